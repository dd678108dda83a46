"""The kinds of sources, one file each; the kind `feed` is `bot.sources.http_feeds`.

A kind turns `SourceSettings` into the entries of one poll and fulfils `bot.ports.sources.FeedFetcher`. What
it fetches passes the same client, guard and limits as feeds do.
"""

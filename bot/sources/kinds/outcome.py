"""What a poll gave, judged by its entries: a page changes with every view, its entries do not."""

import json
from dataclasses import replace

from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import Response
from bot.sources.feeds import Feed
from bot.sources.http_feeds import body_hash
from bot.sources.kinds.posts import changed

_OPTIONS_LENGTH = 8  # hex digits that stand for the options in a stored hash


def outcome(
    feed: Feed,
    source: SourceSettings,
    known: Validators,
    *,
    response: Response | None = None,
    mark: str | None = None,
) -> Fetched:
    """The outcome of a poll: unchanged where the entries are the known ones.

    Args:
        feed: What was read.
        source: With which options.
        known: What the last poll left.
        response: The answer whose validators are sent back next time, if that is enough to ask anew.
        mark: What the kind itself wants to see again next time, in the place of an ETag.
    """
    validators = Validators(
        etag=response.etag if response else mark,
        last_modified=response.last_modified if response else None,
        body_hash=body_hash(repr(feed.entries).encode("utf-8", "replace")) + _options(source),
    )
    if not feed.cut and validators.body_hash == known.body_hash:
        return Fetched(changed=False, validators=validators)
    return Fetched(
        changed=True,
        entries=feed.entries,
        validators=Validators() if feed.cut else validators,
        title=feed.title,
        skipped=feed.skipped,
        note="; ".join(feed.notes) or None,
    )


def known_alike(known: Validators, source: SourceSettings) -> Validators:
    """What is known, unless the source was read with other options then: it has to be read anew."""
    return known if (known.body_hash or "").endswith(_options(source)) else Validators()


def whole(feed: Feed) -> Feed:
    """A feed of posts: all their text is here."""
    return replace(feed, entries=tuple(changed(entry, whole=True) for entry in feed.entries))


def _options(source: SourceSettings) -> str:
    text = json.dumps(dict(source.options), sort_keys=True)
    return "-" + body_hash(text.encode())[:_OPTIONS_LENGTH]

"""Sources of the kind `page`: an HTML page that lists articles, where a site has no feed."""

from bot.article.cleaning import one_line
from bot.errors import SourceError
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient, Response
from bot.sources.entries import NAME_LIMIT
from bot.sources.feeds import Feed
from bot.sources.http_feeds import conditional, unchanged, with_wishes
from bot.sources.kinds.answers import html_tree, text_of
from bot.sources.kinds.outcome import known_alike, outcome
from bot.sources.kinds.page_links import found_links, selected_links
from bot.sources.kinds.posts import entries_of
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


class IndexPages:
    """Polls pages that list articles; their links are the entries."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Ask for the page.

        Raises:
            SourceError: As `FeedFetcher` says; no link to an article is there.
        """
        known = known_alike(known, source)
        headers = conditional(known, _ACCEPT)
        response = await self._client.get(source.url, headers=headers, max_bytes=self._limits.page_bytes)
        if response.unchanged:
            return with_wishes(unchanged(known), response, source.url)
        feed = await in_thread(read_index, response, source.options.get("links"), self._limits)
        return with_wishes(outcome(feed, source, known, response=response), response, source.url)


def read_index(response: Response, selector: str | None, limits: Limits) -> Feed:
    """The links to articles on a page.

    Args:
        response: The page.
        selector: CSS, such as `main h2 a`; None: those that look like articles.
        limits: How many entries are taken: the first ones, because pages list the newest first.

    Raises:
        SourceError: There are none; how to mend it.
    """
    tree = html_tree(response)
    url = response.url
    posts = selected_links(tree, url, selector) if selector else found_links(tree, url)
    if not posts:
        raise SourceError(
            f"nothing on the page fits `links: {selector}`"
            if selector
            else "no links that look like articles: name them, as in `links: main h2 a`"
        )
    entries, skipped = entries_of(posts[: limits.entries])
    title = one_line(text_of(tree.find(".//title")), NAME_LIMIT) or None
    return Feed(title=title, entries=tuple(entries), skipped=skipped, cut=not response.complete)

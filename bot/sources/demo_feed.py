"""Sources of the kind `demo`: articles of ours, written out as a real feed and read like any other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from babel.dates import format_date

from bot.located import plain_yaml
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.feeds import read_feed
from bot.sources.http_feeds import body_hash
from bot.sources.threads import in_thread

_KEYS = {"id", "lang", "hours_ago", "source", "title", "text", "link"}
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*([+-]\d+)\s*\}\}")
_FORMS: Mapping[str, Mapping[str, str]] = {
    "weekday": {"de": "EEEE", "en": "EEEE"},
    "date": {"de": "d. MMMM", "en": "d MMMM"},
    "month": {"de": "MMMM y", "en": "MMMM y"},
    "iso": {"de": "y-MM-dd", "en": "y-MM-dd"},
}


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """One article of the demo file; its texts may hold placeholders such as `{{weekday +2}}`.

    Attributes:
        hours_ago: How long before the start it was published.
        source: The outlet it is said to be from.
    """

    id: str
    lang: str
    hours_ago: float
    source: str
    title: str
    text: str
    link: str


class DemoFeed:
    """Yields the demo articles, dated from one moment.

    Args:
        started: When the bot started, timezone-aware.
        articles: Those of the package unless given.
    """

    def __init__(self, *, started: datetime, articles: Sequence[DemoArticle] | None = None) -> None:
        self._started = started
        self._articles = articles

    async def fetch(self, source: SourceSettings, known: Validators) -> Fetched:
        """Write the feed and read it; unchanged when it is asked again."""
        articles = demo_articles() if self._articles is None else self._articles
        body = demo_document(articles, self._started)
        validators = Validators(body_hash=body_hash(body))
        if validators == known:
            return Fetched(changed=False, validators=validators)
        feed = await in_thread(read_feed, body, "application/rss+xml; charset=utf-8", source.url)
        return Fetched(
            changed=True, entries=feed.entries, validators=validators, title=feed.title, skipped=feed.skipped
        )


def demo_articles() -> tuple[DemoArticle, ...]:
    """The demo articles that ship with the package."""
    file = files("bot.sources") / "demo" / "articles.yml"
    return load_articles(file.read_text(encoding="utf-8"), "articles.yml")


def load_articles(text: str, place: str) -> tuple[DemoArticle, ...]:
    """Read a demo file: a list of items with exactly the keys of `DemoArticle`.

    Raises:
        ValueError: It is not one; the text says where.
    """
    items = plain_yaml(text, place)
    if not isinstance(items, list):
        raise ValueError(f"{place}: a list of articles is wanted")  # noqa: TRY004 - a mistake in a file
    return tuple(_article(item, f"{place}, article {number}") for number, item in enumerate(items, 1))


def demo_document(articles: Sequence[DemoArticle], started: datetime) -> bytes:
    """The articles as an RSS 2.0 document in UTF-8, with their full text in `content:encoded`."""
    items = "".join(_item(article, started) for article in articles)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Demo</title>'
        f"<link>https://example.org/</link><description>Demo</description>\n{items}</channel></rss>\n"
    ).encode()


def filled(text: str, day: datetime, lang: str) -> str:
    """The text with its placeholders resolved, counted in days from `day`.

    Raises:
        ValueError: A placeholder or language that nobody knows.
    """

    def written(found: re.Match[str]) -> str:
        form = _FORMS.get(found.group(1), {}).get(lang)
        if form is None:
            raise ValueError(f"{found.group()} in `{lang}`: use {', '.join(_FORMS)} in de or en")
        return format_date((day + timedelta(days=int(found.group(2)))).date(), form, locale=lang)

    result = _PLACEHOLDER.sub(written, text)
    if "{{" in result:
        raise ValueError(f"{{{{{result.partition('{{')[2][:20]}: write {{{{weekday +2}}}}")
    return result


def _article(item: object, place: str) -> DemoArticle:
    if not isinstance(item, dict) or item.keys() != _KEYS:
        raise ValueError(f"{place}: exactly these keys are wanted: {', '.join(sorted(_KEYS))}")
    try:
        return DemoArticle(**{**item, "hours_ago": float(item["hours_ago"])})
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: hours_ago must be a number") from error


def _item(article: DemoArticle, started: datetime) -> str:
    """One item; its days are counted from the day it is published, so a Monday stays a Monday."""
    published = started - timedelta(hours=article.hours_ago)
    title = filled(article.title, published, article.lang)
    lines = filled(article.text, published, article.lang).split("\n")
    html = "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())
    return (
        f"<item><guid isPermaLink={quoteattr('false')}>{escape(article.id)}</guid>"
        f"<title>{escape(escape(title))}</title><link>{escape(article.link)}</link>"
        f"<source url={quoteattr(article.link)}>{escape(article.source)}</source>"
        f"<pubDate>{format_datetime(published)}</pubDate>"
        f"<content:encoded>{escape(html)}</content:encoded></item>\n"
    )

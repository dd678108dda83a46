"""What becomes of the entries of a poll: pure decisions, no database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.article.identity import article_id
from bot.article.markup import plain_text
from bot.article.model import Article, Entry, Published
from bot.article.url import canonical_url
from bot.ports.sources import SourceSettings
from bot.ports.store import ArticleState
from bot.storage.columns import storable

FULL_TEXT = 400  # characters; a content that is shorter is a teaser
DEMO = "demo"  # the kind of source whose entries are whole and never leave the console


@dataclass(frozen=True, kw_only=True)
class Identified:
    """An entry with what tells it apart within its source.

    Attributes:
        id: Identity of its article.
        url: Canonical address of its link, or None.
        link: The same, or None where other entries of the feed have it too.
    """

    entry: Entry
    id: str
    url: str | None
    link: str | None


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """An entry made into an article."""

    article: Article
    source: Identified
    state: ArticleState
    push: bool


def identify(entries: Sequence[Entry], source_id: str) -> list[Identified]:
    """The entries of one poll, earliest published first; of two with one key or link the first stays."""
    urls = [canonical_url(entry.link) if entry.link else None for entry in entries]
    shared = _shared(entries, urls)
    found = [
        Identified(
            entry=entry,
            id=article_id(source_id, storable(entry.key)),
            url=url,
            link=None if url in shared else url,
        )
        for entry, url in zip(entries, urls, strict=True)
    ]
    return sorted(_distinct(found), key=lambda one: _age(one.entry))


def admit(one: Identified, source: SourceSettings, *, oldest_pushed: datetime | None) -> Admitted:
    """Make an article of a new entry."""
    entry = one.entry
    content, summary = plain_text(entry.content or "").strip(), (entry.summary or "").strip()
    text = content if len(content) >= len(summary) else summary
    is_demo = source.kind == DEMO
    return Admitted(
        article=_article(one, source, text),
        source=one,
        state=_state(content, text, has_page=one.link is not None and not (is_demo or entry.whole)),
        push=not is_old(entry.published or entry.updated, oldest_pushed),
    )


def is_old(published: Published | None, oldest: datetime | None) -> bool:
    """Surely published before `oldest`: of a bare day, all of it; never where one of them is unknown."""
    if published is None or oldest is None:
        return False
    return published.at + (timedelta() if published.exact else timedelta(days=1)) < oldest


def _shared(entries: Sequence[Entry], urls: Sequence[str | None]) -> frozenset[str | None]:
    """Addresses under which one feed lists entries of different titles: a live page, a front page."""
    titles: dict[str | None, set[str | None]] = defaultdict(set)
    for entry, url in zip(entries, urls, strict=True):
        titles[url].add(entry.title)
    return frozenset(url for url, different in titles.items() if len(different) > 1)


def _distinct(found: Iterable[Identified]) -> Iterator[Identified]:
    ids: set[str] = set()
    links: set[str] = set()
    for one in found:
        if one.id not in ids and one.link not in links:
            ids.add(one.id)
            links.update([one.link] if one.link else [])
            yield one


def _age(entry: Entry) -> datetime:
    """Undated entries come last."""
    dated = entry.published or entry.updated
    return dated.at if dated else datetime.max.replace(tzinfo=UTC)


def _state(content: str, text: str, *, has_page: bool) -> ArticleState:
    if has_page and len(content) < FULL_TEXT:
        return ArticleState.LISTED
    return ArticleState.FETCHED if text else ArticleState.EMPTY


def _article(one: Identified, source: SourceSettings, text: str) -> Article:
    return Article(
        id=one.id,
        text=text,
        title=one.entry.title,
        url=one.url,
        source_id=source.id,
        source_name=one.entry.source_name or source.name,
        published=one.entry.published or one.entry.updated,
        demo=source.kind == DEMO,
    )

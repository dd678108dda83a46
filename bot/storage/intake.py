"""What becomes of the entries of a poll: pure decisions, no database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from bot.article.identity import article_id
from bot.article.markup import plain_text
from bot.article.model import Article, Entry, Published
from bot.article.url import canonical_url
from bot.ports.sources import SourceSettings
from bot.ports.store import ArticleState
from bot.storage.columns import storable

DAY = timedelta(hours=24)  # what is older at the first fetch of its source is read, not pushed
FULL_TEXT = 400  # characters; a content that is shorter is a teaser
DEMO = "demo"  # the kind of source whose entries are whole and never leave the console
SKEW = timedelta(minutes=5)  # clocks that differ by less are right enough
EARTH = timedelta(hours=14)  # the day begins that much earlier somewhere


@dataclass(frozen=True, kw_only=True)
class Identified:
    """An entry with what tells it apart within its source.

    Attributes:
        id: Identity of its article.
        url: Canonical address of its link, or None.
        link: The same, or None where other entries of the feed have it too.
        twin: Digest of title and moment of publication, by which an entry is known whose id and link have
            both changed; None where either is missing or other entries of the feed have the same.
        face: Digest of all that the entry says and may change.
    """

    entry: Entry
    id: str
    url: str | None
    link: str | None
    twin: str | None = None
    face: str = ""


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
    twins = [_twin(entry) for entry in entries]
    numbers = Counter(twins)
    found = [
        Identified(
            entry=entry,
            id=article_id(source_id, storable(entry.key)),
            url=url,
            link=None if url in shared else url,
            twin=twin if numbers[twin] == 1 else None,
            face=entry.face,
        )
        for entry, url, twin in zip(entries, urls, twins, strict=True)
    ]
    return sorted(_distinct(found), key=lambda one: _age(one.entry))


def admit(
    one: Identified, source: SourceSettings, *, oldest_pushed: datetime | None, now: datetime
) -> Admitted:
    """Make an article of a new entry.

    Args:
        one: The entry.
        source: Where it comes from.
        oldest_pushed: What was surely published before it is read, not pushed.
        now: No article is published later than it comes.
    """
    entry = one.entry
    content = plain_text(entry.content or "").strip()
    text = own_text(entry, content)
    is_demo = source.kind == DEMO
    return Admitted(
        article=_article(one, source, text, now),
        source=one,
        state=_state(content, text, has_page=one.link is not None and not (is_demo or entry.whole)),
        push=not is_old(entry.published or entry.updated, oldest_pushed),
    )


def own_text(entry: Entry, content: str | None = None) -> str:
    """The text that an entry brings itself: its content, or its summary where that says more."""
    content = plain_text(entry.content or "").strip() if content is None else content
    summary = (entry.summary or "").strip()
    return content if len(content) >= len(summary) else summary


def is_old(published: Published | None, oldest: datetime | None) -> bool:
    """Surely published before `oldest`: of a bare day, all of it; never where one of them is unknown."""
    if published is None or oldest is None:
        return False
    return published.at + (timedelta() if published.exact else timedelta(days=1)) < oldest


def came_old(before: Published | None, page: Published | None, came: datetime) -> bool:
    """Whether an undated entry turns out, by its page, to have been a day old when it came.

    Pages that list articles name no dates; at the first look at one, most of what it lists is old.
    """
    return before is None and is_old(page, came - DAY)


def has_page(entry: Entry | None, link: str | None) -> bool:
    """Whether the text of an article was read from its page, not from its entry."""
    if entry is None or link is None or entry.whole:
        return False
    return len(plain_text(entry.content or "").strip()) < FULL_TEXT


def not_ahead(published: Published | None, now: datetime) -> Published | None:
    """The moment an outlet names, but not one to come: its clock or its zone is wrong.

    An article from the future would make everything after it look outdated.
    """
    if published is None or published.at <= now + (SKEW if published.exact else EARTH):
        return published
    return Published(at=now.astimezone(published.at.tzinfo), exact=published.exact)


def dated_at(article: Article, now: datetime) -> datetime:
    """When an article counts as published: never later than it came."""
    return min(article.published.at, now) if article.published else now


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


def _twin(entry: Entry) -> str | None:
    if not (entry.title and entry.published and entry.published.exact):
        return None
    return _digest(entry.title.casefold(), entry.published.at.astimezone(UTC).isoformat())


def _digest(*parts: str | None) -> str:
    joined = "\x1f".join(part or "" for part in parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _age(entry: Entry) -> datetime:
    """Undated entries come last."""
    dated = entry.published or entry.updated
    return dated.at if dated else datetime.max.replace(tzinfo=UTC)


def _state(content: str, text: str, *, has_page: bool) -> ArticleState:
    if has_page and len(content) < FULL_TEXT:
        return ArticleState.LISTED
    return ArticleState.FETCHED if text else ArticleState.EMPTY


def _article(one: Identified, source: SourceSettings, text: str, now: datetime) -> Article:
    return Article(
        id=one.id,
        text=text,
        title=one.entry.title,
        lang=source.options.get("lang"),
        url=one.url,
        source_id=source.id,
        source_name=one.entry.source_name or source.name,
        published=not_ahead(one.entry.published or one.entry.updated, now),
        author=one.entry.author,
        demo=source.kind == DEMO,
    )

"""What becomes of an article whose outlet changed it: pure decisions, no database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.article.fingerprint import fingerprint
from bot.article.markup import plain_text
from bot.article.model import Article, Entry, Published
from bot.ports.store import ArticleState
from bot.storage.intake import Admitted, not_ahead, own_text

MOST_EDITIONS = 20  # a feed that writes the time into its texts must not be read for ever
MOST_CHECKS = 5  # looks at one page, whatever its feed says
FIRST_CHECK = timedelta(hours=1)  # after an article was told
LEAST_SHARE = 0.5  # of the words it had; a page with fewer shows a consent wall or the end of its free part


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article as the store has it.

    Attributes:
        face: `Identified.face` of its entry as it was taken in; None where it was not kept then.
        edition: The number of the present one, from 1.
        checks: How often its page was looked at again.
    """

    article: Article
    entry: Entry | None
    face: str | None
    state: ArticleState
    edition: int
    checks: int


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What an entry changes of a known article.

    Attributes:
        article: The next edition; None: the words are the same.
        state: Of the next edition.
        check: Its page is to be looked at again.
    """

    article: Article | None = None
    state: ArticleState | None = None
    check: bool = False


def revision(known: Known, one: Admitted, now: datetime) -> Revision | None:
    """What an entry says anew of an article; None where it says nothing new at all."""
    if known.face == one.source.face:
        return None
    if known.face is None or known.entry is None or known.article.demo or _is_closed(known):
        return Revision()
    if said(known.entry) == said(one.source.entry):
        later = one.source.entry.updated != known.entry.updated
        return Revision(check=later and _has_page(known, one) and known.checks < MOST_CHECKS)
    return _next_edition(known, one, now)


def page_revision(known: Known, page: Article, now: datetime) -> Article | None:
    """The next edition of a read article whose page was looked at again; None where it says the same."""
    if _is_closed(known) or known.state is not ArticleState.READ:
        return None
    if len(page.text) < LEAST_SHARE * len(known.article.text) or same_words(page, known.article):
        return None
    edited = _moment(page.edited, known, now)
    return replace(known.article, title=page.title or known.article.title, text=page.text, edited=edited)


def same_words(one: Article, other: Article) -> bool:
    """Whether two editions say the same words in title and text."""
    return fingerprint(one.content) == fingerprint(other.content)


def said(entry: Entry) -> str | None:
    """Stands for the words of an entry."""
    return fingerprint("\n".join([entry.title or "", entry.summary or "", plain_text(entry.content or "")]))


def _is_closed(known: Known) -> bool:
    return known.state is ArticleState.SET_ASIDE or known.edition >= MOST_EDITIONS


def _has_page(known: Known, one: Admitted) -> bool:
    return known.state is ArticleState.READ and one.state is ArticleState.LISTED


def _next_edition(known: Known, one: Admitted, now: datetime) -> Revision:
    """The article with the new words; what is on its page only stays until the page is fetched again."""
    old, new = known.article, one.article
    is_whole = one.state is ArticleState.FETCHED
    is_own = known.entry is not None and old.text == own_text(known.entry)  # its page gave nothing better
    changed = replace(
        old,
        title=new.title or old.title,
        text=new.text if is_whole or is_own else old.text,
        published=old.published or new.published,
        edited=_edited(known, one.source.entry, now),
    )
    if is_whole and same_words(changed, old):
        return Revision()
    state = one.state if one.state is not ArticleState.EMPTY or not old.text else ArticleState.FETCHED
    return Revision(article=changed, state=state)


def _edited(known: Known, entry: Entry, now: datetime) -> Published:
    """When it was changed: as the entry says, if it says so anew, else now."""
    before = known.entry.updated if known.entry else None
    return _moment(None if before == entry.updated else entry.updated, known, now)


def _moment(told: Published | None, known: Known, now: datetime) -> Published:
    """A moment of change that is told, if it comes after what is known; else now."""
    told = not_ahead(told, now)
    before = [date.at for date in (known.article.published, known.article.edited) if date]
    is_later = told is not None and told.exact and all(told.at > date for date in before)
    return told if told and is_later else Published(at=now)

"""Where a fact of the ledger or the calendar was read, and who is who without its article at hand."""

from dataclasses import dataclass

from bot.article.model import Published
from bot.extraction.findings import Actor
from bot.extraction.naming import renamed

COMMON = "en"  # the language in which names without an id are compared
_STATES = frozenset({"country", "government", "nationality", "group", "military"})


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What somebody can check: an article, a sentence of it, and the words of whoever says so.

    Attributes:
        article: Id of the article.
        alert: Id of the alert that told it; None where no alert was made of it.
        first: Id of the alert that this one updated; its own id where it was the first.
        sentence: Verbatim, on one line.
        quote: The key quote, verbatim on one line, or None.
        said_by: Name or description of who said it, with the office, or None.
        via: The medium that relays it, or None.
    """

    article: str
    alert: str | None
    first: str | None
    title: str | None
    url: str | None
    outlet: str | None
    published: Published | None
    lang: str | None
    sentence: str
    quote: str | None = None
    said_by: str | None = None
    via: str | None = None


def names_of(actor: Actor) -> frozenset[str]:
    """All that somebody may be known by: an id, the country they act for, the name in one language."""
    known = {actor.id, actor.country, renamed(actor.name, COMMON).casefold()}
    return frozenset(name for name in known if name)


def state_of(actor: Actor) -> str:
    """One name; the country first, because who sends troops is the country, whoever says so."""
    return actor.country or actor.id or renamed(actor.name, COMMON).casefold()


def is_known(actor: Actor) -> bool:
    """Whether somebody has an identity beyond the words of one article."""
    return bool(actor.id or actor.country)


def may_be_one(one: Actor, other: Actor) -> bool:
    """Whether two mentions mean the same: `the French president`, `Emmanuel Macron`, `France`."""
    if one.id and other.id and one.id != other.id:
        return _stands_for(one, other) or _stands_for(other, one)
    return bool(names_of(one) & names_of(other))


def _stands_for(state: Actor, other: Actor) -> bool:
    """Whether a state is named where the other is somebody who acts for it."""
    return (
        state.kind in _STATES
        and bool(state.country or state.id)
        and other.country == (state.country or state.id)
    )


def plain(actor: Actor) -> Actor:
    """Somebody without the place in one article."""
    return Actor(
        name=actor.name, id=actor.id, kind=actor.kind, role=actor.role, country=actor.country,
        office=actor.office,
    )  # fmt: skip

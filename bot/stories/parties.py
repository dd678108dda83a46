"""Who is who: whether two mentions mean the same party, and one name for a party in every language."""

from dataclasses import dataclass
from enum import Enum

from bot.extraction.findings import Actor, EntityKind, Speaker
from bot.rules.view import View
from bot.stories.terms import content_stems

# Of these a country may stand for the party: the government of Norway, its minister and Norway act as one.
_STATES = frozenset({"country", "person", "government", "nationality", "place", "group", "military"})


class Likeness(Enum):
    """What is known of two mentions, or two lists of them."""

    SAME = "same"
    UNKNOWN = "unknown"
    DIFFERENT = "different"


@dataclass(frozen=True, kw_only=True)
class Party:
    """Somebody or some place, as far as it can be told apart from others.

    Attributes:
        id: ISO 3166 alpha-2, Wikidata id or None.
        country: The country it acts for or lies in, or None.
        person: Name of a person in lower case, or None; an office is none.
        stems: Stems of what it is called.
    """

    id: str | None
    country: str | None
    person: str | None
    stems: frozenset[str]

    @property
    def known(self) -> bool:
        """Whether it has an identity beyond the words of one article."""
        return bool(self.id or self.country)

    @property
    def key(self) -> str:
        """One readable name: the id, else the name, the country, the stems."""
        return self.id or self.person or self.country or " ".join(sorted(self.stems))

    @property
    def state(self) -> str:
        """As `key`, but the country first: who sends troops is the country, whoever says so."""
        return self.country or self.key


def party_of(who: Actor | Speaker, view: View) -> Party:
    """The party that takes part in an event or says something, or the place of it."""
    traits = view.traits(who)
    named = _named(who, view)
    countries = traits.countries if traits.kinds & _STATES else frozenset()
    if not named and isinstance(who, Speaker):
        countries |= _mentioned(who, view)
    return Party(
        id=who.id,
        country=next(iter(countries)) if len(countries) == 1 else None,
        person=who.name.casefold() if named else None,
        stems=content_stems(who.name, view.findings.lang),
    )


def _named(who: Actor | Speaker, view: View) -> bool:
    """Whether somebody is a person by name: in the text, or because the reading knew who holds an office."""
    if isinstance(who, Actor) and who.kind == "person" and who.text and who.name != who.text:
        return True
    mention = view.entity(who)
    return mention is not None and mention.kind is EntityKind.PERSON and mention.name == who.name


def _mentioned(who: Speaker, view: View) -> frozenset[str]:
    """Countries named in the words for somebody: `the Irish minister`, `a spokesman for Mr Moen`."""
    return frozenset(
        entity.country or entity.id or ""
        for entity in view.findings.entities
        if who.start <= entity.start < who.end and (entity.country or entity.kind is EntityKind.COUNTRY)
    )


def likeness(one: Party, other: Party) -> Likeness:
    """Whether two mentions mean the same party; vague ones may."""
    if one.id and one.id == other.id:
        return Likeness.SAME
    if one.person and other.person:
        return _by_stems(one, other, Likeness.DIFFERENT)
    if one.country and one.country == other.country:
        return Likeness.SAME
    if one.known and other.known:
        return Likeness.DIFFERENT
    return _by_stems(one, other, Likeness.UNKNOWN)


def _by_stems(one: Party, other: Party, otherwise: Likeness) -> Likeness:
    """The same if the words of one are among those of the other: `Moen` and `Ida Moen`."""
    small, large = sorted((one.stems, other.stems), key=len)
    return Likeness.SAME if small and small <= large else otherwise


def pairs(some: tuple[Party, ...], others: tuple[Party, ...]) -> int:
    """How many of `some` are among the others."""
    return sum(any(likeness(one, other) is Likeness.SAME for other in others) for one in some)

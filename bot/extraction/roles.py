"""Roles: what people are called by their office, and the mentions of it in a text.

Keywords, levels and which office covers which stand in `knowledge/offices.yml`; the nouns of a language
in `lexicons/<lang>/roles.yml`. Nothing here needs spaCy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from bot.extraction.findings import Span
from bot.extraction.lexicon import knowledge


class Level(StrEnum):
    """Where an office stands."""

    HEAD = "head"
    CHIEF = "chief"
    MINISTER = "minister"
    SPOKESPERSON = "spokesperson"
    DIPLOMAT = "diplomat"
    OFFICIAL = "official"
    MILITARY = "military"
    POLITICIAN = "politician"
    EXPERT = "expert"
    OTHER = "other"

    @property
    def leads(self) -> bool:
        """Head of state or government, of the EU, NATO, UN, or a minister."""
        return self in (Level.HEAD, Level.CHIEF, Level.MINISTER)


class Number(StrEnum):
    """Grammatical number of a form; `either` where only the words around it tell."""

    SINGULAR = "singular"
    PLURAL = "plural"
    EITHER = "either"


@dataclass(frozen=True, kw_only=True)
class Role:
    """What a role noun says by itself.

    Attributes:
        keyword: English keyword, the same in every language: `prime minister`.
        country: Whose office it is, if the noun tells (`Kremlchef`).
        body: Name of the organisation it belongs to, if the noun tells (`EU`, `Hamas`).
        weak: Country or body hold only where no other word names one.
        former: No longer in office (`Ex-Kanzler`).
        cautious: The word means something else as often.
        private: The first part of the compound is nothing of a state (`Vereinspräsident`).
    """

    keyword: str
    level: Level
    number: Number = Number.SINGULAR
    country: str | None = None
    body: str | None = None
    weak: bool = False
    former: bool = False
    cautious: bool = False
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleMention(Span):
    """A noun phrase that speaks of somebody by role: `ein Sprecher des britischen Premierministers`.

    The stretch runs from the determiner to the end of name and genitive attribute. Mentions may lie
    inside one another: the premier has a mention of his own.

    Attributes:
        role: English keyword of the role.
        level: Where the office stands; `level.leads` for leaders.
        head: Start and end character of the role noun.
        country: Whose office it is, by adjective, genitive, prefix, name or the noun itself.
        body: Name of the organisation (`EU`, `Hamas`, `Kreml`), if one is named.
        plural: More than one person is meant.
        definite: With a definite article, a genitive or a name: somebody in particular.
        former: No longer in office at the time of the text.
        person: Name of the person meant, if a name stands beside it or it can only be one; else None.
        person_id: That person's id.
        named: The person's name stands inside the stretch.
        serves: Name of the person, body or country it speaks or works for (`Keir Starmer`), or None.
    """

    role: str
    level: Level
    head: tuple[int, int]
    country: str | None = None
    body: str | None = None
    plural: bool = False
    definite: bool = False
    former: bool = False
    person: str | None = None
    person_id: str | None = None
    named: bool = False
    serves: str | None = None


@cache
def levels() -> Mapping[str, Level]:
    """The level of each keyword."""
    return {
        keyword: Level(level)
        for level, keywords in knowledge("offices")["levels"].items()
        for keyword in keywords
    }


def covers(role: str, office: str) -> bool:
    """Whether somebody called by `role` may hold `office`: a head of government may be a chancellor."""
    return role == office or office in knowledge("offices")["covers"].get(role, ())


def in_body(role: Role, body: str | None) -> Role:
    """The role as an office of a body: the secretary general of NATO is the `NATO secretary general`."""
    of_body: dict[str, dict[str, str]] = knowledge("offices")["of_body"]
    keyword = of_body.get(body or "", {}).get(role.keyword, role.keyword)
    if role.keyword in ("head", "chair") and _kinds_of_body().get(body or "") == "party":
        keyword = "party leader"
    return replace(role, keyword=keyword, body=body, level=levels().get(keyword, role.level))


def held_alone(role: Role) -> bool:
    """Whether one person at a time holds such an office."""
    return role.level.leads and role.keyword not in knowledge("offices")["many"]


def of_state(body: str | None) -> bool:
    """Whether a body is a government or of governments: its president may be a head of state."""
    return _kinds_of_body().get(body or "", "government") in ("government", "international", "coalition")


@cache
def _kinds_of_body() -> Mapping[str, str]:
    """What kind of organisation a code or name is."""
    return {
        name: kind
        for kind, entries in knowledge("organisations").items()
        for entry in entries
        for key in ("code", "name", "de", "en")
        if (name := entry.get(key))
    }

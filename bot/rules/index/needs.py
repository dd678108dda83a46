"""What an article must have for a rule to hold: clauses, of each of which one key must be there."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from bot.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EntityIs,
    EventIs,
    LanguageIs,
    MediumIs,
    ModalityIs,
    PartyIs,
    PatternFound,
    Phrase,
    PlaceIs,
    QuoteIs,
    SomeEvent,
    SourceIs,
    TextHas,
    Who,
)
from bot.rules.index.keys import (
    COUNTRY,
    EVENT,
    FRAGMENT,
    KIND,
    LANGUAGE,
    MEDIUM,
    MODALITY,
    NAME,
    ROLE,
    SOURCE,
    WORD,
    cost,
    stems,
)
from bot.rules.index.literals import literals

Clause = frozenset[str]
WILD = re.compile(r"[*?\[]")


def needs(condition: Condition) -> tuple[Clause, ...]:
    """The clauses of a condition, the rarest first; none where anything at all may make it hold."""
    found = dict.fromkeys(_needs(condition))
    return tuple(sorted(found, key=cost)) if len(found) > 1 else tuple(found)


def _needs(condition: Condition) -> list[Clause]:
    read = _READERS.get(type(condition))
    return [clause for clause in read(condition) if clause] if read else []


def _all(condition: AllOf) -> list[Clause]:
    return [clause for part in condition.parts for clause in _needs(part)]


def _any(condition: AnyOf) -> list[Clause]:
    """The rarest need of each part, together; nothing, where one part needs nothing."""
    parts = [_needs(part) for part in condition.parts]
    return [_union(map(_rarest, parts))] if all(parts) else []


def _union(clauses: Iterable[Clause]) -> Clause:
    return frozenset().union(*clauses)


def _keys(family: str, values: Iterable[str]) -> Clause:
    return frozenset(family + value for value in values)


def _who(who: Who | None) -> list[Clause]:
    """Everything a description asks for."""
    if who is None:
        return []
    clauses = [_keys(NAME, who.named), _keys(KIND, who.kinds), _keys(COUNTRY, who.countries)]
    if not any(map(WILD.search, who.roles)):
        clauses.append(_keys(ROLE, who.roles))
    return [clause for clause in clauses if clause]


def _phrases(phrases: Iterable[Phrase]) -> list[Clause]:
    """Of each phrase its rarest word."""
    return [_union(_rarest([_word(word) for word in phrase.words]) for phrase in phrases)]


def _rarest(clauses: Sequence[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else min(clauses, key=cost)


@lru_cache(maxsize=100_000)
def _word(word: str) -> Clause:
    if "*" not in word:
        return _keys(WORD, stems(word))
    core = word.strip("*")
    if word.endswith("*"):
        return _keys(FRAGMENT, [core.casefold()])
    # `*übung` is compared by stems, and its stem differs with a capital.
    return _keys(FRAGMENT, stems(core) | stems(core.capitalize()))


def _quote(condition: QuoteIs) -> list[Clause]:
    words = _phrases(condition.phrases) if condition.phrases else []
    return [*words, *_who(condition.speaker)]


_READERS: dict[type[Condition], Callable[[Any], list[Clause]]] = {
    AllOf: _all,
    AnyOf: _any,
    SomeEvent: lambda condition: _needs(condition.part),
    EventIs: lambda condition: [_keys(EVENT, condition.types)],
    PartyIs: lambda condition: _who(condition.who),
    ModalityIs: lambda condition: [_keys(MODALITY, condition.modalities)],
    MediumIs: lambda condition: [_keys(MEDIUM, condition.media)],
    PlaceIs: lambda condition: _who(condition.who),
    EntityIs: lambda condition: _who(condition.who),
    QuoteIs: _quote,
    SourceIs: lambda condition: [_keys(SOURCE, condition.sources)],
    LanguageIs: lambda condition: [_keys(LANGUAGE, condition.languages)],
    TextHas: lambda condition: _phrases(condition.phrases),
    PatternFound: lambda condition: [_keys(FRAGMENT, literals(condition.pattern))],
}

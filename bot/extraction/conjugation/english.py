"""English verb forms: regular spelling, irregular parts, auxiliaries, particles."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from bot.extraction.verbs import Mood, Shape, Tense, VerbForm

_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]|[^aeiou]*[aeiou]l")  # plan, stop, not: fight, meet
_HISSES = ("s", "x", "z", "ch", "sh", "o")


@dataclass(frozen=True, kw_only=True)
class _Parts:
    third: str
    past: tuple[str, ...]
    participle: tuple[str, ...]
    gerund: str


def spell_out(lexicon: Mapping[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    """Every word that is a form of a verb in the lexicon, with that form."""
    doubling = frozenset(lexicon["doubling"])
    entries = [entry for line in lexicon["verbs"] for entry in line]
    for entry in dict.fromkeys([*lexicon["irregular"], *entries]):
        base, _, particle = entry.partition("|")
        parts = _parts(base, lexicon["irregular"].get(base), doubles=_doubles(base, doubling))
        yield from _forms(base, particle or None, parts)
    for lemma, parts in lexicon["auxiliaries"].items():
        yield from _auxiliary(lemma, parts)


def _doubles(base: str, doubling: frozenset[str]) -> bool:
    return base in doubling or bool(_DOUBLES.fullmatch(base))


def _parts(base: str, irregular: list[str] | None, *, doubles: bool) -> _Parts:
    stem = base + base[-1] if doubles else base
    past, participle = irregular or [_ed(base, stem)] * 2
    return _Parts(
        third=_s(base),
        past=tuple(past.split("/")),
        participle=tuple(participle.split("/")),
        gerund=_ing(base, stem),
    )


def _s(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(_HISSES) else "s")


def _ed(base: str, stem: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return stem + "ed"


def _ing(base: str, stem: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return stem + "ing"


def _finite(lemma: str, tense: Tense, person: str | None, particle: str | None = None) -> VerbForm:
    return VerbForm(
        lemma=lemma,
        shape=Shape.FINITE,
        tense=tense,
        mood=Mood.INDICATIVE,
        person=person,
        particle=particle,
    )


def _forms(base: str, particle: str | None, parts: _Parts) -> Iterator[tuple[str, VerbForm]]:
    lemma = f"{base} {particle}" if particle else base
    yield base, _finite(lemma, Tense.PRESENT, "3p", particle)
    yield parts.third, _finite(lemma, Tense.PRESENT, "3s", particle)
    for word in parts.past:
        yield word, _finite(lemma, Tense.PAST, None, particle)
    yield base, VerbForm(lemma=lemma, shape=Shape.INFINITIVE, particle=particle)
    for word in parts.participle:
        yield word, VerbForm(lemma=lemma, shape=Shape.PARTICIPLE, tense=Tense.PAST, particle=particle)
    yield parts.gerund, VerbForm(lemma=lemma, shape=Shape.GERUND, particle=particle)


def _auxiliary(lemma: str, parts: Mapping[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    yield lemma, VerbForm(lemma=lemma, shape=Shape.INFINITIVE)
    for tense, person in product(Tense, ("1s", "3s", "3p")):
        words = parts.get(tense.value, {}).get(person, [])
        for word in [words] if isinstance(words, str) else words:
            yield word, _finite(lemma, tense, person)
    if "participle" in parts:
        yield parts["participle"], VerbForm(lemma=lemma, shape=Shape.PARTICIPLE, tense=Tense.PAST)
    if "gerund" in parts:
        yield parts["gerund"], VerbForm(lemma=lemma, shape=Shape.GERUND)

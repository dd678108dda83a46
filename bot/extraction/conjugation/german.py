"""German verb forms: weak and strong, separable and inseparable.

The Konjunktiv II of weak verbs and the plural of Konjunktiv I look like the indicative and are given
as indicative only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.extraction.verbs import Mood, Shape, Tense, VerbForm

Parts = Mapping[str, Any]
_UMLAUT = str.maketrans({"a": "ä", "o": "ö", "u": "ü"})
_NEEDS_E = re.compile(r".*([dt]|[^lrhmnaeiouäöü][mn]|ch[mn])")  # redet, atmet, rechnet
_MOODS = {
    "present": (Tense.PRESENT, Mood.INDICATIVE),
    "past": (Tense.PAST, Mood.INDICATIVE),
    "subjunctive_1": (Tense.PRESENT, Mood.SUBJUNCTIVE_1),
    "subjunctive_2": (Tense.PAST, Mood.SUBJUNCTIVE_2),
}


@dataclass(frozen=True, kw_only=True)
class _Verb:
    """A verb taken apart: `an|er-kennen` has particle an, prefix er and root kennen."""

    particle: str
    prefix: str
    root: str

    @property
    def lemma(self) -> str:
        return self.particle + self.prefix + self.root


def spell_out(lexicon: Mapping[str, Any]) -> Iterator[tuple[str, VerbForm]]:
    """Every word that is a form of a verb in the lexicon, with that form."""
    roots = {root: _strong(root, parts) for root, parts in lexicon["roots"].items()}
    roots |= lexicon["irregular"]
    entries = [entry for line in lexicon["verbs"] for entry in line]
    for entry in dict.fromkeys([*roots, *entries]):
        verb = _parse(entry)
        yield from _forms(verb, roots.get(verb.root) or _weak(verb.root))
        if verb.root in lexicon["weak_too"]:
            yield from _forms(verb, _weak(verb.root))


def _parse(entry: str) -> _Verb:
    particle, _, rest = entry.rpartition("|")
    prefix, _, root = rest.rpartition("-")
    return _Verb(particle=particle.replace("|", ""), prefix=prefix.replace("-", ""), root=root)


def _stem(root: str) -> str:
    return root[:-1] if root.endswith(("eln", "ern")) else root[:-2]


def _first(stem: str) -> str:
    """The form in -e: sage, wechsle."""
    return stem[:-2] + "le" if stem.endswith("el") else stem + "e"


def _strong(root: str, parts: list[str]) -> Parts:
    present, past, participle, *given = parts
    subjunctive = given[0] if given else _subjunctive_2(past)
    first = _first(_stem(root))
    return {
        "present": {"1s": first, "3s": present, "3p": root},
        "past": {"3s": past, "3p": past.removesuffix("e") + "en"},
        "subjunctive_1": {"3s": first},
        "subjunctive_2": {"3s": subjunctive, "3p": subjunctive + "n"},
        "participle": participle,
    }


def _subjunctive_2(past: str) -> str:
    """Gab to gäbe, ging to ginge, brachte to brächte; of `au` nothing changes."""
    stem = past.removesuffix("e")
    at = max((stem.rfind(vowel) for vowel in "aou"), default=-1)
    if at >= 0 and stem[at - 1 : at + 1] != "au":
        stem = stem[:at] + stem[at].translate(_UMLAUT) + stem[at + 1 :]
    return stem + "e"


def _weak(root: str) -> Parts:
    stem = _stem(root)
    tee = stem + ("et" if _NEEDS_E.fullmatch(stem) else "t")
    first = _first(stem)
    return {
        "present": {"1s": first, "3s": tee, "3p": root},
        "past": {"3s": tee + "e", "3p": tee + "en"},
        "subjunctive_1": {"3s": first},
        "participle": tee if root.endswith("ieren") else "ge" + tee,
    }


def _forms(verb: _Verb, parts: Parts) -> Iterator[tuple[str, VerbForm]]:
    yield from _finite(verb, parts)
    yield verb.lemma, VerbForm(lemma=verb.lemma, shape=Shape.INFINITIVE)
    if verb.particle:
        zu = VerbForm(lemma=verb.lemma, shape=Shape.ZU_INFINITIVE)
        yield verb.particle + "zu" + verb.prefix + verb.root, zu
    for participle in _several(parts["participle"]):
        core = participle.removeprefix("ge") if verb.prefix and _has_ge(participle) else participle
        form = VerbForm(lemma=verb.lemma, shape=Shape.PARTICIPLE, tense=Tense.PAST)
        yield verb.particle + verb.prefix + core, form


def _has_ge(participle: str) -> bool:
    return participle.startswith("ge")


def _finite(verb: _Verb, parts: Parts) -> Iterator[tuple[str, VerbForm]]:
    for name, (tense, mood) in _MOODS.items():
        for person, words in parts.get(name, {}).items():
            form = VerbForm(lemma=verb.lemma, shape=Shape.FINITE, tense=tense, mood=mood, person=person)
            for word in _several(words):
                yield verb.particle + verb.prefix + word, form
                if verb.particle:
                    yield verb.prefix + word, replace(form, particle=verb.particle)


def _several(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words

"""Verb forms from principal parts: what a word can be as a verb, without any statistical model.

`lexicons/<lang>/verbs.yml` gives each verb's lemma, principal parts and particle; `conjugation` spells
out the forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tense(StrEnum):
    """Tense of the form itself; compound tenses are read by the clause."""

    PRESENT = "present"
    PAST = "past"


class Mood(StrEnum):
    """Mood of a finite form; English has only the indicative here."""

    INDICATIVE = "indicative"
    SUBJUNCTIVE_1 = "subjunctive_1"
    SUBJUNCTIVE_2 = "subjunctive_2"


class Shape(StrEnum):
    """What kind of form it is."""

    FINITE = "finite"
    INFINITIVE = "infinitive"
    ZU_INFINITIVE = "zu_infinitive"
    PARTICIPLE = "participle"
    GERUND = "gerund"


@dataclass(frozen=True, kw_only=True)
class VerbForm:
    """One reading of a word as a verb form.

    Attributes:
        lemma: Infinitive with its particle: `ankündigen`.
        particle: The separable particle that must follow in the clause if the form stands without
            it (`kündigte … an`, `called … off`); None if the word is complete.
        person: Person and number, `1s`, `3s` or `3p`; the third person also stands for the first
            where the two are the same. None for non-finite and ambiguous forms.
    """

    lemma: str
    shape: Shape
    tense: Tense | None = None
    mood: Mood | None = None
    particle: str | None = None
    person: str | None = None


@dataclass(frozen=True, kw_only=True)
class VerbLexicon:
    """All known verb forms of one language, by lower-cased word."""

    forms: Mapping[str, tuple[VerbForm, ...]]

    def readings(self, word: str) -> tuple[VerbForm, ...]:
        """What `word` can be as a verb; empty if it is none we know."""
        return self.forms.get(word.lower(), ())

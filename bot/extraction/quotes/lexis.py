"""The words of one language that tell who says what, out of its lexicons."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.extraction.lexicon import lexicon


@dataclass(frozen=True, kw_only=True)
class Lexis:
    """Word lists by name; all words in lower case.

    Attributes:
        sets: Lists of `phrases.yml` and `saying.yml` by their name.
        kinds: Lemma -> the kinds of verb of saying it is: say, hold, judge.
        needs: Lemma -> words one of which must stand in its clause.
        unless: Lemma -> words none of which may stand there.
        pronouns: Pronoun -> m, f, n or p.
        owners: Possessive -> the pronoun it stands for.
        articles: Article -> the gender it shows.
        capital_nouns: Nouns are written with a capital.
    """

    sets: Mapping[str, frozenset[str]]
    kinds: Mapping[str, frozenset[str]]
    needs: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    pronouns: Mapping[str, str]
    owners: Mapping[str, str]
    articles: Mapping[str, str]
    capital_nouns: bool = True

    def __getitem__(self, name: str) -> frozenset[str]:
        """A word list by its name."""
        return self.sets[name]


@cache
def lexis_of(lang: str) -> Lexis:
    """The words of `de` or `en`."""
    entries: dict[str, Any] = {**lexicon(lang, "phrases"), **lexicon(lang, "saying")}
    kinds: dict[str, set[str]] = {}
    for kind, lemmas in entries["kinds"].items():
        for lemma in lemmas.split():
            kinds.setdefault(lemma, set()).add(kind)
    return Lexis(
        sets={name: frozenset(text.split()) for name, text in entries.items() if isinstance(text, str)},
        kinds={lemma: frozenset(names) for lemma, names in kinds.items()},
        needs={lemma: tuple(words) for lemma, words in entries.get("needs", {}).items()},
        unless={lemma: tuple(words) for lemma, words in entries.get("unless", {}).items()},
        pronouns=entries["pronouns"],
        owners=entries.get("owners", {}),
        articles=entries.get("articles", {}),
        capital_nouns=entries.get("capital_nouns", True),
    )

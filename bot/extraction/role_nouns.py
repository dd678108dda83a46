"""Which words name a role: German nouns with declension and compounds, English phrases with plurals.

`Verteidigungsministerin`, `EU-Außenbeauftragte`, `Vize-Außenminister`, `secretaries of state`; the
nouns stand in `lexicons/<lang>/roles.yml`. Nothing here needs spaCy.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from bot.extraction.inflection import LONGEST_NOUN, forms
from bot.extraction.lexicon import lexicon
from bot.extraction.phrases import PhraseIndex
from bot.extraction.roles import Level, Number, Role, in_body, levels

Owner = Callable[[str], tuple[str | None, str | None] | None]
Cut = Callable[[str], Sequence[str]]
SHORTEST_FIRST_PART = 2


class RoleNouns(Protocol):
    """Finds the role that begins at a word."""

    def find(self, words: Sequence[str], at: int) -> tuple[int, Role] | None:
        """Number of words and role of what begins at word `at`, or None."""


def role_nouns(lang: str, *, owner: Owner, cut: Cut) -> RoleNouns:
    """The role nouns of a language.

    `owner` gives country and body that the first part of a German compound names; `cut` cuts a phrase
    into words as the texts are cut.
    """
    return GermanRoles(owner) if lang == "de" else EnglishRoles(cut)


def deputy(role: Role, deputies: dict[str, str]) -> Role:
    """The role of a deputy: a vice president leads too, a deputy foreign minister is no minister."""
    if role.level is Level.SPOKESPERSON:
        return role
    keyword = deputies.get(role.keyword, f"deputy {role.keyword}")
    return replace(role, keyword=keyword, level=levels().get(keyword, Level.OFFICIAL))


class GermanRoles:
    """German roles are one word, often a compound."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._lexicon = lexicon("de", "roles")
        self._never = frozenset(self._lexicon["never"])
        alone = self._lexicon["no_compounds"]
        self._alone = frozenset(form for noun in alone for form in forms(noun, "de"))
        self._nouns = dict(_entries("de", self._lexicon))
        self.read = lru_cache(maxsize=1 << 15)(self._read)

    def find(self, words: Sequence[str], at: int) -> tuple[int, Role] | None:
        """The role of the word `at`."""
        word = words[at]
        if not word[0].isupper() and "-" not in word:
            return None
        role = self.read(word)
        return (1, role) if role else None

    def _read(self, word: str) -> Role | None:
        known = self._nouns.get(word)
        if known:
            return known
        first, hyphen, last = word.rpartition("-")
        if hyphen and last:
            role = self._read(last[0].upper() + last[1:])
            return self._with_parts(role, first.split("-")) if role else None
        return None if word in self._never or not word.isalpha() else self._compound(word)

    def _compound(self, word: str) -> Role | None:
        """The role of the longest noun the word ends with."""
        for at in range(max(SHORTEST_FIRST_PART, len(word) - LONGEST_NOUN), len(word) - 3):
            last = word[at:].capitalize()
            role = self._nouns.get(last)
            if role and last not in self._alone:
                return self._with_parts(role, [word[:at]])
        return None

    def _with_parts(self, role: Role, parts: Iterable[str]) -> Role:
        for part in parts:
            role = self._with_part(role, part)
        return role

    def _with_part(self, role: Role, part: str) -> Role:
        prefixes, lower = self._lexicon["prefixes"], part.lower()
        if lower in prefixes["former"]:
            return replace(role, former=True)
        if lower.startswith(tuple(prefixes["deputy"])):
            return deputy(role, self._lexicon["deputies"])
        country = prefixes["countries"].get(lower)
        if country:
            return replace(role, country=country, weak=lower == "bundes")
        owner = self._owner(part)
        if owner is None or owner[1] is None:
            of_state = lower.startswith(tuple(prefixes["state"]))
            return (
                role if of_state else replace(role, private=True, country=None if role.weak else role.country)
            )
        return in_body(replace(role, country=owner[0]), owner[1])


class EnglishRoles:
    """English roles are phrases: in small letters, with a capital, as titles; `PM` and `CEO` as they are."""

    def __init__(self, cut: Cut) -> None:
        self._index: PhraseIndex[Role | None] = PhraseIndex()
        words = lexicon("en", "roles")
        for form, role in _entries("en", words):
            for spelled in {form, form[0].upper() + form[1:], form if form.isupper() else form.title()}:
                self._index.add(cut(spelled), role)
        for phrase in words["never"]:
            for spelled in {phrase, phrase.capitalize(), phrase.title()}:
                self._index.add(cut(spelled), None)

    def find(self, words: Sequence[str], at: int) -> tuple[int, Role] | None:
        """The role of the longest phrase that begins at the word `at`."""
        found = self._index.longest(words, at)
        return (found[0], found[1]) if found and found[1] else None


def _entries(lang: str, words: Any) -> Iterable[tuple[str, Role]]:
    cautious = frozenset(words.get("cautious", ()))
    sure_plurals = cautious - frozenset(words.get("cautious_plurals", ()))
    for keyword, nouns in words["nouns"].items():
        for noun in nouns:
            plain = noun.partition("|")[0]
            role = _role(keyword, words["countries"].get(plain, {}), cautious=plain in cautious)
            for form, number in forms(noun, lang).items():
                sure = number is Number.PLURAL and plain in sure_plurals
                yield form, replace(role, number=number, cautious=role.cautious and not sure)


def _role(keyword: str, owner: Any, *, cautious: bool) -> Role:
    role = Role(
        keyword=keyword,
        level=levels()[keyword],
        country=owner.get("country"),
        weak=bool(owner.get("weak")),
        cautious=cautious,
    )
    return in_body(role, owner.get("body"))

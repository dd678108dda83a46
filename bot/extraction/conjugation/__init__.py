"""From principal parts in `lexicons/<lang>/verbs.yml` to all forms of a verb."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bot.extraction.conjugation import english, german
from bot.extraction.lexicon import lexicon
from bot.extraction.verbs import VerbForm, VerbLexicon

Spelled = Iterator[tuple[str, VerbForm]]
SPELL: Mapping[str, Callable[[Mapping[str, Any]], Spelled]] = {
    "de": german.spell_out,
    "en": english.spell_out,
}


@cache
def verb_lexicon(lang: str) -> VerbLexicon:
    """All verb forms of `de` or `en`; spelled out once a process."""
    return VerbLexicon(forms=_by_word(SPELL[lang](lexicon(lang, "verbs"))))


def spelled(lang: str, entries: Iterable[str]) -> Mapping[str, tuple[VerbForm, ...]]:
    """The forms of further verbs, by lower-cased word; entries as in `verbs.yml`, such as `ab|holzen`."""
    rows = list(entries)
    if not rows:
        return {}
    lemmas = {lemma_of(lang, entry) for entry in rows}
    forms = SPELL[lang]({**lexicon(lang, "verbs"), "verbs": [rows]})
    return _by_word((word, form) for word, form in forms if form.lemma in lemmas)


def lemma_of(lang: str, entry: str) -> str:
    """The infinitive that an entry of `verbs.yml` stands for: `abholzen`, `phase out`."""
    return entry.replace("|", " ") if lang == "en" else entry.replace("|", "").replace("-", "")


def _by_word(spelled: Iterable[tuple[str, VerbForm]]) -> dict[str, tuple[VerbForm, ...]]:
    forms: dict[str, dict[VerbForm, None]] = {}
    for word, form in spelled:
        forms.setdefault(word, {})[form] = None
    return {word: tuple(found) for word, found in forms.items()}

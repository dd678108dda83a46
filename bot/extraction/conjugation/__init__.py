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


def _by_word(spelled: Iterable[tuple[str, VerbForm]]) -> dict[str, tuple[VerbForm, ...]]:
    forms: dict[str, dict[VerbForm, None]] = {}
    for word, form in spelled:
        forms.setdefault(word, {})[form] = None
    return {word: tuple(found) for word, found in forms.items()}

"""Who speaks without a name yet with knowledge, and what is doing rather than saying."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from bot.extraction.conjugation import verb_lexicon
from bot.extraction.findings import Quote, Speaker
from bot.extraction.lexicon import lexicon
from bot.located import plain_yaml

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _voices() -> Any:
    text = files("bot.alerts").joinpath("voices.yml").read_text(encoding="utf-8")
    return plain_yaml(text, "voices.yml")


@cache
def _words(name: str, lang: str) -> frozenset[str]:
    found = _voices()[name].get(lang, ())
    plural = [word + "s" for word in found] if lang == "en" else []
    return frozenset((*found, *plural))


def is_insider(speaker: Speaker, lang: str | None) -> bool:
    """Whether somebody without a name is called a diplomat, an official, one of them."""
    if speaker.id or lang is None:
        return False
    said = [word.lower() for word in _WORD.findall(speaker.text)]
    return not _words("insiders", lang).isdisjoint(said) or " ".join(said[:2]) in _voices()["part_of"][lang]


@cache
def _deciding(lang: str) -> frozenset[str]:
    """All forms of the verbs of deciding."""
    verbs = set(lexicon(lang, "modality")["verbs"]["decided"])
    spelled = verb_lexicon(lang).forms.items()
    return frozenset(word for word, forms in spelled if any(form.lemma in verbs for form in forms))


def is_decision(quote: Quote, lang: str | None) -> bool:
    """Whether the words are what somebody decided (`beschloss, … einzurichten`), which nobody said."""
    if lang is None or quote.cue is None or quote.kind.value not in ("indirect", "reported"):
        return False
    last = _WORD.findall(quote.cue.text.lower())[-1:]
    return not _deciding(lang).isdisjoint(last)

"""Organisations, parties and media, from `knowledge/organisations.yml`. Loads without spaCy."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.extraction.inflection import genitive
from bot.extraction.lexicon import knowledge


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Something with a name that acts or is quoted.

    Attributes:
        names: All names and declined forms in the language.
        subkind: `coalition`, `international`, `ngo`, `militia`, `government`, `party`, `company`, `media`.
        body: What offices and roles call it: its code (`EU`), else its name.
        guarded: The name is a common word: it counts only where something beside it says so.
    """

    name: str
    names: tuple[str, ...]
    id: str | None
    subkind: str
    country: str | None
    body: str
    guarded: bool = False


@cache
def organisations(lang: str) -> tuple[Organisation, ...]:
    """All organisations known in a language."""
    return tuple(
        _organisation(entry, subkind, lang)
        for subkind, entries in knowledge("organisations").items()
        for entry in entries
        if entry.get("only", lang) == lang
    )


def _organisation(entry: Any, subkind: str, lang: str) -> Organisation:
    name = entry.get(lang) or entry.get("name") or entry["en"]
    usual = [entry[key] for key in ("name", "de", "en") if key in entry]
    return Organisation(
        name=name,
        names=tuple(_spellings([name, *usual, *entry.get("also", ())], lang, acronyms=subkind != "media")),
        id=entry.get("id"),
        subkind=subkind,
        country=entry.get("country"),
        body=entry.get("code", name),
        guarded=bool(entry.get("guarded")),
    )


def _spellings(names: list[str], lang: str, *, acronyms: bool) -> dict[str, None]:
    """Names with what follows from them: NATO and Nato, the German genitive."""
    found: dict[str, None] = {}
    for name in names:
        found[name] = None
        if acronyms and name.isalpha() and name.isupper() and len(name) >= 4:
            found[name.capitalize()] = None
    if lang == "de":
        found |= dict.fromkeys(form for name in list(found) if (form := genitive(name)))
    return found

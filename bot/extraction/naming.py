"""What a language calls those that are known by name: `Genf` is Geneva in English. Loads without spaCy."""

from collections.abc import Iterator
from functools import cache

from bot.extraction.lexicon import LANGUAGES, knowledge, lexicon
from bot.extraction.people import people
from bot.extraction.places import places
from bot.extraction.world import listed, territories


def renamed(name: str, lang: str) -> str:
    """The name in `lang`, or as it is if nobody knows it or it is the same everywhere."""
    return _names(lang).get(name, name) if lang in LANGUAGES else name


@cache
def _names(lang: str) -> dict[str, str]:
    """Names of other languages -> the name of the language; a name that means two things is left out."""
    found: dict[str, set[str]] = {}
    for known in _all():
        for name in known.values():
            found.setdefault(name, set()).add(known[lang])
    return {name: next(iter(own)) for name, own in found.items() if len(own) == 1}


def _all() -> Iterator[dict[str, str]]:
    """Each known one with its name by language."""
    for entries in knowledge("organisations").values():
        for entry in entries:
            yield {lang: entry.get(lang) or entry.get("name") or entry["en"] for lang in LANGUAGES}
    for person in people():
        yield {lang: person.name(lang) for lang in LANGUAGES}
    for same in zip(*map(places, LANGUAGES), strict=True):
        yield {lang: place.name for lang, place in zip(LANGUAGES, same, strict=True)}
    for code in territories(LANGUAGES[0]):
        yield {lang: territories(lang)[code].name for lang in LANGUAGES}
        yield from _capital(code)


def _capital(code: str) -> Iterator[dict[str, str]]:
    entries = {lang: lexicon(lang, "territories")["territories"].get(code, {}) for lang in LANGUAGES}
    capitals = {lang: listed(entry.get("capital")) for lang, entry in entries.items()}
    if all(capitals.values()):
        yield {lang: names[0] for lang, names in capitals.items()}

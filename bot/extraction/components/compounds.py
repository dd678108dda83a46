"""Names inside other words: `EU` in `EU-Gipfel`, `Ukraine` in `Ukrainekrieg`, `Kiew` in `Kiewer`.

They are no names of their own, but tell whose; only an adjective, or an abbreviation used as one (`US-`),
is a mention of a nationality.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.extraction.components.gazetteer import Gazetteer, Known
from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.row import Row
from bot.extraction.findings import Entity, EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.people import in_office

PIECE = re.compile(r"[^\-–/]+")
LEAST = 2  # characters of a name
SENSES = (Sense.PLAIN, Sense.SHORT, Sense.CAPITAL, Sense.SEAT)


class Compounds:
    """Looks up names that begin or make up German compounds; English writes them apart."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        lang = gazetteer.lang
        self._adjectival = frozenset(lexicon(lang, "roles").get("prefixes", {}).get("countries", ()))
        self._heads = tuple(lexicon(lang, "territories")["compound_heads"])

    def find(
        self, row: Row, known: Mapping[int, Mention], day: date | None
    ) -> tuple[list[Entity], list[Entity]]:
        """The names inside words, and those of them that are adjectives of nationality."""
        if self._gazetteer.lang != "de":
            return [], []
        parts = [
            self._entity(one, row.starts[at] + offset, text, day)
            for at, word in enumerate(row.words)
            if len(word) > LEAST and at not in known
            for offset, text, one in self._inside(row, at, word)
        ]
        adjectives = [part for part in parts if self._is_adjective(part)]
        return parts, [replace(part, kind=EntityKind.NATIONALITY) for part in adjectives]

    def _inside(self, row: Row, at: int, word: str) -> Iterator[tuple[int, str, Known]]:
        """Offset, text and meaning of the names in a word."""
        if "-" in word:
            for piece in PIECE.finditer(word):
                if known := self._known(piece.group()):
                    yield piece.start(), piece.group(), known
        elif word[0].isupper():
            first = self._first_part(word) or (word[:-2] if self._is_town(row, at, word) else "")
            if first and (known := self._known(first)):
                yield 0, first, known

    def _first_part(self, word: str) -> str:
        """The country in front of `krieg`, `politik` and the like; empty if there is none."""
        head = next((head for head in self._heads if word.endswith(head)), "")
        return word.removesuffix(head) if head else ""

    def _is_town(self, row: Row, at: int, word: str) -> bool:
        """`Kiewer Regierung`: an adjective of a capital, before a noun."""
        return word.endswith("er") and row.capital(at + 1)

    def _known(self, text: str) -> Known | None:
        known = self._gazetteer.alone(text) if len(text) >= LEAST else None
        return known if known and known.sense in SENSES else None

    def _entity(self, known: Known, start: int, text: str, day: date | None) -> Entity:
        person = in_office(known.people, day) if known.people else None
        office = person.office(day) if person else None
        return Entity(
            start=start,
            end=start + len(text),
            text=text,
            kind=known.kind,
            name=person.name(self._gazetteer.lang) if person else known.name,
            id=person.id if person else known.id,
            subkind=known.subkind,
            role=office.role if office else None,
            country=person.country(day) if person else known.country,
        )

    def _is_adjective(self, part: Entity) -> bool:
        if part.kind is EntityKind.NATIONALITY:
            return True
        return part.kind is EntityKind.COUNTRY and part.text.lower() in self._adjectival

"""All names known in a language, in one index over words; and which of them stand in a text.

What a name is when its words alone do not tell (a capital or its government, a medium or a common word)
is decided in `guards.py` and `seats.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.inflection import genitive
from bot.extraction.organisations import organisations
from bot.extraction.people import Person, in_office, people
from bot.extraction.phrases import PhraseIndex
from bot.extraction.places import places
from bot.extraction.world import seats, territories

Cut = Callable[[str], Sequence[str]]
SHOUTED_FROM = 4  # letters: a shorter word in capitals is an abbreviation


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a known name stands for; `people` are those who go by it."""

    kind: EntityKind
    name: str
    id: str | None = None
    subkind: str | None = None
    country: str | None = None
    body: str | None = None
    sense: Sense = Sense.PLAIN
    people: tuple[Person, ...] = ()
    unless: tuple[frozenset[str], str] | None = None


class Gazetteer:
    """The names of one language; the first meaning learnt of a name stands.

    Args:
        cut: Cuts a name into words as the texts are cut.
    """

    def __init__(self, lang: str, cut: Cut) -> None:
        self.lang = lang
        self._cut = cut
        self.index: PhraseIndex[Known] = PhraseIndex()
        for forms, known in self._all():
            for form in forms:
                self.index.add(self._words(form), known)

    def find(self, row: Row, day: date | None) -> list[Mention]:
        """The names in a text from left to right, the longest at each place."""
        found, at, words = [], 0, self._spelled(row)
        while at < len(words):
            if words[at] in self.index and (hit := self.index.longest(words, at)):
                found.append(_mention(hit[1], at, at + hit[0], row, day, self.lang))
                at += hit[0]
            else:
                at += 1
        return found

    def alone(self, word: str) -> Known | None:
        """What one word stands for."""
        return self.index.single(word)

    def owner(self, part: str) -> tuple[str | None, str | None] | None:
        """Country and body of an organisation that the first part of a compound names."""
        known = self.alone(part)
        if known is None or known.kind is not EntityKind.ORGANISATION:
            return None
        return (None, known.body) if known.body else (known.country, None)

    def _spelled(self, row: Row) -> list[str]:
        """The words, where shouted ones are only known in lower case so spelled."""
        return [
            word.capitalize()
            if len(word) >= SHOUTED_FROM and word.isupper() and word.isalpha() and word not in self.index
            else word
            for word in row.words
        ]

    def _words(self, form: str) -> Sequence[str]:
        return (form,) if form.isalpha() else self._cut(form)

    def _all(self) -> Iterable[tuple[Iterable[str], Known]]:
        yield from self._countries()
        yield from self._organisations()
        yield from self._full_names()
        yield from self._seats()
        yield from self._places()
        yield from self._short_names()
        yield from self._nationalities()

    def _countries(self) -> Iterable[tuple[Iterable[str], Known]]:
        for one in territories(self.lang).values():
            kind = EntityKind.PLACE if one.within else EntityKind.COUNTRY
            country = one.within or one.code
            yield one.names, Known(kind=kind, name=one.name, id=one.code, country=country, unless=one.unless)

    def _organisations(self) -> Iterable[tuple[Iterable[str], Known]]:
        for one in organisations(self.lang):
            yield (
                one.names,
                Known(
                    kind=EntityKind.ORGANISATION,
                    name=one.name,
                    id=one.id,
                    subkind=one.subkind,
                    country=one.country,
                    body=one.body,
                    sense=Sense.GUARDED_MEDIUM if one.guarded else Sense.PLAIN,
                ),
            )

    def _full_names(self) -> Iterable[tuple[Iterable[str], Known]]:
        for one in people():
            yield self._with_genitives(one.names), self._person((one,), Sense.PLAIN)

    def _short_names(self) -> Iterable[tuple[Iterable[str], Known]]:
        sharing: dict[str, list[Person]] = {}
        for one in people():
            for name in one.short:
                sharing.setdefault(name, []).append(one)
        for name, ones in sharing.items():
            yield self._with_genitives((name,)), self._person(tuple(ones), Sense.SHORT)

    def _person(self, ones: tuple[Person, ...], sense: Sense) -> Known:
        return Known(kind=EntityKind.PERSON, name=ones[0].name(self.lang), people=ones, sense=sense)

    def _seats(self) -> Iterable[tuple[Iterable[str], Known]]:
        for seat in seats(self.lang):
            known = _government(seat.name, seat.country, Sense.SEAT)
            yield self._with_genitives(seat.forms), known
        for one in territories(self.lang).values():
            for capital in one.capitals:
                known = Known(
                    kind=EntityKind.PLACE, name=one.capitals[0], country=one.code, sense=Sense.CAPITAL
                )
                yield self._with_genitives((capital,)), known

    def _places(self) -> Iterable[tuple[Iterable[str], Known]]:
        for place in places(self.lang):
            sense = Sense.GUARDED_PLACE if place.guarded else Sense.PLAIN
            known = Known(kind=EntityKind.PLACE, name=place.name, country=place.country, sense=sense)
            yield self._with_genitives(place.names), known

    def _nationalities(self) -> Iterable[tuple[Iterable[str], Known]]:
        for one in territories(self.lang).values():
            yield (
                one.nationality,
                Known(kind=EntityKind.NATIONALITY, name=one.name, id=one.code, country=one.code),
            )

    def _with_genitives(self, names: Iterable[str]) -> list[str]:
        if self.lang != "de":
            return list(names)
        return [form for name in names for form in (name, genitive(name)) if form]


def _government(name: str, country: str, sense: Sense) -> Known:
    return Known(
        kind=EntityKind.ORGANISATION, name=name, subkind="government", country=country, body=name, sense=sense
    )


def _mention(known: Known, first: int, end: int, row: Row, day: date | None, lang: str) -> Mention:
    if known.unless and not known.unless[0].isdisjoint(row.vocabulary):
        return Mention(first=first, end=end, kind=EntityKind.PLACE, name=known.name, country=known.unless[1])
    person = in_office(known.people, day) if known.people else None
    return Mention(
        first=first,
        end=end,
        kind=known.kind,
        name=person.name(lang) if person else known.name,
        id=person.id if person else known.id,
        subkind=known.subkind,
        country=known.country,
        body=known.body,
        person=person,
        sense=known.sense,
    )

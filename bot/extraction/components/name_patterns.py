"""Organisations and places nobody listed, by the words they are made of. Modest: precision goes first."""

from collections.abc import Mapping, Sequence

from bot.extraction.components.common_words import LeadWords
from bot.extraction.components.mentions import Mention
from bot.extraction.components.persons import taken
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import knowledge, lexicon

LONGEST = 7  # words of a name
NATIONALITY, ORGANISATION, PLACE = EntityKind.NATIONALITY, EntityKind.ORGANISATION, EntityKind.PLACE
PARTY, MINISTRY = ("partei", "party"), ("ministerium", "ministeriums", "ministry", "department")


class NamePatterns:
    """Names that end or begin with a telling word."""

    def __init__(self, lang: str) -> None:
        self._lead_words = LeadWords(lang)
        self.lang = lang
        words, roles = lexicon(lang, "names"), lexicon(lang, "roles")
        self._tails = frozenset(words["organisation_tails"])
        self._team_tails = frozenset(knowledge("team_names")["tails"])
        cues = lexicon(lang, "no_names")["label_cues"].values()
        self._kinds_of_names = frozenset(word for listed in cues for word in listed)
        self._heads = frozenset(words["organisation_heads"])
        self._links = frozenset(words.get("organisation_links", ()))
        self._joins = frozenset(words.get("organisation_joins", ()))
        self._endings = tuple(words["organisation_endings"])
        self._joining_heads = frozenset(words.get("joining_heads", ()))
        self._head_endings = tuple(words.get("head_endings", ()))
        self._state = tuple(words.get("state_prefixes", ()))
        self._state_endings = tuple(words.get("state_endings", ()))
        self._never = frozenset(words["never"].split()) - self._tails - self._heads
        self._state_never = frozenset(words.get("state_never", ()))
        self._offices_for = frozenset(words.get("offices_for", ()))
        self._place_tails = frozenset(words.get("place_tails", ()))
        self._place_heads = frozenset(words.get("place_heads", ()))
        self._place_endings = tuple(words["place_endings"])
        self._place_never = frozenset(words["place_never"])
        self._noun_endings = tuple(words["noun_endings"])
        self._before_places = frozenset(words["place_prepositions"])
        self._titles = frozenset(roles["titles"])
        self._town_endings = tuple(words.get("town_endings", ()))
        self._town_nouns = tuple(words.get("town_nouns", ()))
        self._streets = tuple(words.get("street_endings", ()))
        self._kinds_of_streets = frozenset(words.get("kinds_of_streets", ()))

    def find(self, row: Row, mentions: Sequence[Mention]) -> list[Mention]:
        """Organisations and places, from left to right."""
        known = taken(mentions)
        found: list[Mention] = []
        reached = 0
        for at, word in enumerate(row.words):
            if at >= reached and word[:1].isupper():
                mention = self._at(row, at, known, reached)
                if mention:
                    found.append(mention)
                    reached = mention.end
        return found

    def _at(self, row: Row, at: int, known: Mapping[int, Mention], reached: int) -> Mention | None:
        word = row.words[at]
        if word in self._tails or word in self._heads:
            return self._around(row, at, known, reached, EntityKind.ORGANISATION)
        if word in self._team_tails and (town := known.get(at - 1)) and town.kind is PLACE:
            return _named(row, town.first, at + 1, ORGANISATION)
        if word in self._place_tails:
            first = self._left(row, at, known, reached, wide=True)
            return _named(row, first, at + 1, EntityKind.PLACE) if first < at else None
        if self._of_town(row, at, known):
            return _named(row, at, at + 2, EntityKind.ORGANISATION)
        return None if at in known else self._unknown(row, at, known)

    def _unknown(self, row: Row, at: int, known: Mapping[int, Mention]) -> Mention | None:
        """What begins with a word that nobody knows."""
        word = row.words[at]
        if self._is_street(word):
            return _named(row, at, self._number_end(row, at + 1), EntityKind.PLACE)
        if self._head_endings and word.lower().endswith(self._head_endings):
            return self._of_place(row, at, known)
        if word in self._offices_for and row.lower(at + 1) == "für":
            return _named(row, at, self._field_end(row, at + 2), EntityKind.ORGANISATION)
        if self._is_office(word):
            return _named(row, at, at + 1, EntityKind.ORGANISATION)
        return _named(row, at, at + 1, EntityKind.PLACE) if self._is_place(row, at) else None

    def _of_town(self, row: Row, at: int, known: Mapping[int, Mention]) -> bool:
        """`Wiener Fußballverband`, `Rheinische Nachrichten`."""
        mention = known.get(at)
        if not self._town_endings or (mention is not None and mention.kind is not NATIONALITY):
            return False
        word, noun = row.words[at], row.word(at + 1)
        if word in self._never or "-" in word:
            return False
        free = at + 1 not in known and row.capital(at + 1) and not row.opens[at + 1]
        return free and word.endswith(self._town_endings) and noun.lower().endswith(self._town_nouns)

    def _is_street(self, word: str) -> bool:
        """`Lindenstraße`, but not a kind of street."""
        lower = word.lower()
        return lower.endswith(self._streets) and lower not in self._kinds_of_streets

    def _number_end(self, row: Row, at: int) -> int:
        """Behind the number of a house."""
        return at + 1 if row.word(at).isdigit() and len(row.word(at)) <= 3 else at

    def _of_place(self, row: Row, at: int, known: Mapping[int, Mention]) -> Mention | None:
        """`Landgericht Berlin`."""
        place = known.get(at + 1)
        if place is None or place.kind is not EntityKind.PLACE:
            return None
        return _named(row, at, place.end, EntityKind.ORGANISATION)

    def _around(
        self, row: Row, at: int, known: Mapping[int, Mention], reached: int, kind: EntityKind
    ) -> Mention | None:
        """The capitalised words before a telling word, and what `of` ties to it."""
        word = row.words[at]
        first = self._left(row, at, known, reached) if word in self._tails else at
        end = self._right(row, at + 1, known) if word in self._heads else at + 1
        return _named(row, first, end, kind) if end - first > 1 else None

    def _left(
        self, row: Row, at: int, known: Mapping[int, Mention], reached: int, *, wide: bool = False
    ) -> int:
        first = at
        while first > reached and at - first < LONGEST and self._belongs(row, first - 1, known, wide=wide):
            first -= 1
        return first

    def _belongs(self, row: Row, at: int, known: Mapping[int, Mention], *, wide: bool) -> bool:
        """Whether a word can be part of a name to its right; `wide`: one that is known as a place too."""
        word = row.words[at]
        if row.opens[at + 1] or word in self._never or word in self._titles or not word[:1].isupper():
            return False
        if word in self._lead_words or (wide and word in self._kinds_of_names):
            return False
        mention = known.get(at)
        return mention is None or self.lang == "en" or wide or mention.kind in (NATIONALITY, ORGANISATION)

    def _right(self, row: Row, end: int, known: Mapping[int, Mention]) -> int:
        """What follows a telling word: `Universität Leipzig`, `Ministry of Defence`."""
        if self.lang == "en":
            return self._linked(row, end, joins=row.words[end - 1] in self._joining_heads)
        first = end
        while (
            end - first < 2 and row.capital(end) and not row.opens[end] and row.word(end) not in self._never
        ):
            if row.word(end) in self._heads or not self._is_proper(row, end, known):
                break
            end += 1
        return end

    def _is_proper(self, row: Row, at: int, known: Mapping[int, Mention]) -> bool:
        return at in known or not row.words[at].endswith(self._noun_endings)

    def _linked(self, row: Row, end: int, *, joins: bool) -> int:
        """`of Canada`, `for Foreign Affairs`, as far as capitals go."""
        at, last = end, end
        while at - end < LONGEST and at < len(row) and not row.opens[at]:
            link = row.lower(at)
            if row.capital(at) and row.word(at) not in self._never and at > end:
                last = at + 1
            elif link not in self._links or (
                link in self._joins and not (joins and last > end and row.capital(at + 1))
            ):
                break
            at += 1
        return last

    def _field_end(self, row: Row, at: int) -> int:
        """Behind the field of an authority: `für Justiz und Verbraucherschutz`."""
        end = at
        while row.word(end) and not row.capital(end) and end - at < 2:
            end += 1
        end += 1
        return end + 2 if row.lower(end) == "und" and row.capital(end + 1) else end

    def _is_office(self, word: str) -> bool:
        """`Bundesnetzagentur`, `Nawalny-Stiftung`."""
        first, hyphen, last = word.rpartition("-")
        if hyphen and first[:1].isupper():
            return last.lower().endswith(self._endings) if self._endings else False
        if not self._state or word in self._state_never:
            return False
        return word.startswith(self._state) and word.endswith(self._state_endings)

    def _is_place(self, row: Row, at: int) -> bool:
        """`in Rheinberg`: an unknown word that ends as places do, after a preposition without article."""
        word = row.words[at]
        if row.lower(at - 1) not in self._before_places or not self._place_endings:
            return False
        if len(word) < 6 or word in self._place_never or row.capital(at + 1):
            return False
        return word.endswith(self._place_endings) and not word.endswith(self._noun_endings)


def _named(row: Row, first: int, end: int, kind: EntityKind) -> Mention:
    text = row.text[row.starts[first] : row.ends[end - 1]]
    name = " ".join(text.split())
    return Mention(
        first=first, end=end, kind=kind, name=name, subkind=subkind_of(name, kind), body=body_of(name, kind)
    )


def subkind_of(name: str, kind: EntityKind) -> str | None:
    """What an organisation is by the words of its name, as far as they tell."""
    lower = name.lower()
    if kind is EntityKind.PLACE:
        return None
    if lower.endswith(PARTY) or " party " in lower:
        return "party"
    return "government" if any(word in lower for word in MINISTRY) else None


def body_of(name: str, kind: EntityKind) -> str | None:
    """What offices and roles call an organisation that nobody listed."""
    return name if kind is EntityKind.ORGANISATION else None

"""A capital or a seat of government: the place, or the government that sits there.

`in Moskau` is a place, `Moskau bestätigte`, `aus Moskau hieß es`, `Druck auf Moskau` are governments;
the Kremlin is a government unless something happens in it. The words that tell are in
`lexicons/<lang>/territories.yml`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.row import OPENING, POSSESSIVE, Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.verbs import Shape, VerbForm

Verbs = Mapping[int, Sequence[VerbForm]]
REACH = 3  # words between a capital and the word that tells
CLAUSE = 25  # words that a verb may wait for its participle
FUTURE, PERFECT, STATE = ("werden", "will"), ("haben", "have"), ("sein", "be")


class Seats:
    """Turns capitals into governments and seats into places where the words say so."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        words = lexicon(lang, "territories")
        self._to_place = frozenset(word.lower() for word in words["place_prepositions"])
        self._to_government = frozenset(words["government_prepositions"])
        self._after = frozenset(words["government_postpositions"])
        self._source: str = words["source_preposition"]
        self._source_verbs = frozenset(words["source_verbs"])
        self._place_verbs = frozenset(words["place_verbs"])
        self._states = frozenset(words["states"])
        self._aims = frozenset(word.lower() for word in words["aims"])
        self._things = tuple(words["government_things"])
        self._stands_for: dict[str, str] = words["stands_for"]
        self._inside = frozenset(words["seat_is_place_after"])
        determiners = lexicon(lang, "roles")["determiners"]["definite"]
        self._determiners = frozenset(determiners)

    def decide(self, mentions: Sequence[Mention], row: Row, verbs: Verbs) -> list[Mention]:
        """The mentions, each capital and seat decided."""
        decided: list[Mention] = []
        for mention in mentions:
            if mention.sense is Sense.CAPITAL and self._governs(mention, row, verbs, decided):
                decided.append(self._government(mention))
            elif mention.sense is Sense.SEAT and self._before(mention, row) in self._inside:
                decided.append(replace(mention, kind=EntityKind.PLACE, subkind=None, body=None))
            else:
                decided.append(mention)
        return decided

    def _government(self, mention: Mention) -> Mention:
        body = self._stands_for.get(mention.name)
        return replace(
            mention,
            kind=EntityKind.ORGANISATION,
            subkind="government",
            country=None if body else mention.country,
            body=body or mention.name,
        )

    def _before(self, mention: Mention, row: Row) -> str:
        """The word before a seat, an article left out."""
        at = mention.first - 1
        if row.lower(at) in self._determiners:
            at -= 1
        return row.lower(at)

    def _governs(self, mention: Mention, row: Row, verbs: Verbs, decided: Sequence[Mention]) -> bool:
        """Whether a capital stands for its government."""
        before = row.lower(mention.first - 1)
        joined = self._joined(mention, row, decided)
        if joined is not None:
            return joined
        owned = self._owned(mention, row)
        if owned is not None:
            return owned
        if row.lower(mention.end) in self._after:
            return before not in self._to_place
        if before == self._source and self._source_verbs & set(
            row.lowers[max(0, mention.first - REACH) : mention.end + REACH]
        ):
            return True
        if before in self._to_government:
            return self._aimed(mention, row)
        if before in self._to_place or before[:1] == "(" or self._described(mention, row, decided):
            return False
        return self._acts(mention, row, verbs)

    def _owned(self, mention: Mention, row: Row) -> bool | None:
        """`Moskaus Forderungen`, `Moscow's demands`; None if the capital stands in no genitive."""
        last = row.word(mention.end - 1)
        if self.lang == "de":
            genitive = last.endswith("s") and mention.end - mention.first == 1 and last[:-1] == mention.name
            return row.word(mention.end).startswith(self._things) if genitive else None
        if row.word(mention.end) not in POSSESSIVE:
            return None
        return any(
            word.startswith(self._things) for word in row.lowers[mention.end + 1 : mention.end + REACH]
        )

    def _described(self, mention: Mention, row: Row, decided: Sequence[Mention]) -> bool:
        """`im norwegischen Oslo`, `Bahnhof Wien`: after an adjective or noun a capital is the town."""
        last = decided[-1] if decided else None
        if last and last.end == mention.first and last.kind is EntityKind.NATIONALITY:
            return True
        before = row.word(mention.first - 1)
        if self.lang == "de" and before[:1].isupper() and before.isalpha():
            return True
        leading = row.lower(mention.first - 2)
        led = leading in self._determiners or leading in self._to_place
        return led and before[:1].islower() and before.isalpha()

    def _joined(self, mention: Mention, row: Row, decided: Sequence[Mention]) -> bool | None:
        """`Moskau und Kiew`: as the first, so the second."""
        last = decided[-1] if decided else None
        if last is None or last.sense is not Sense.CAPITAL or last.end != mention.first - 1:
            return None
        if row.lower(last.end) not in ("und", "and", "/", "oder", "or"):
            return None
        return last.kind is EntityKind.ORGANISATION

    def _aimed(self, mention: Mention, row: Row) -> bool:
        """`Druck auf Moskau`, but not `Angriffe auf Kiew`."""
        return row.lower(mention.first - 2) not in self._aims

    def _acts(self, mention: Mention, row: Row, verbs: Verbs) -> bool:
        """Whether a verb beside it has it for a subject, as governments have."""
        at = mention.end
        if row.lower(at) in ("und", "and") and row.capital(at + 1):
            at += 2
        if self._is_act(at, row, verbs):
            return True
        before = mention.first - 1
        if self.lang != "de" or row.word(before) in OPENING or self._is_attribute(before, row):
            return False
        return self._is_act(before, row, verbs)

    def _is_attribute(self, at: int, row: Row) -> bool:
        """`ins zerstörte Moskau`: the verb is an adjective if an article or preposition leads up to it."""
        leading = row.lowers[max(0, at - 2) : at]
        return any(word in self._determiners or word in self._to_place for word in leading)

    def _is_act(self, at: int, row: Row, verbs: Verbs) -> bool:
        finite = [form for form in verbs.get(at, ()) if form.shape is Shape.FINITE]
        if not finite or not row.word(at)[0].islower():
            return False
        lemmas = {form.lemma for form in finite}
        if lemmas & set(FUTURE):
            return self._waits_for(Shape.INFINITIVE, at, row, verbs)
        if lemmas & set(PERFECT):
            return self._waits_for(Shape.PARTICIPLE, at, row, verbs)
        if lemmas & set(STATE):
            return bool(self._states & set(row.lowers[at + 1 : at + 1 + REACH]))
        return not lemmas & self._place_verbs

    def _waits_for(self, shape: Shape, at: int, row: Row, verbs: Verbs) -> bool:
        """Whether the rest of the sentence has such a form."""
        for later in range(at + 1, min(at + CLAUSE, len(row))):
            if row.opens[later]:
                return False
            if any(form.shape is shape for form in verbs.get(later, ())):
                return True
        return False

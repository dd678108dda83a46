"""Whether the words around a time expression speak of what was or of what is to come."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from functools import cached_property

from spacy.tokens import Doc

from bot.extraction.reading import reading_of
from bot.extraction.verbs import Mood, Shape, Tense, VerbForm
from bot.extraction.words import plain

PAST, UNKNOWN, AHEAD, SURELY_AHEAD = -1, 0, 1, 2
_PARTICIPLE = re.compile(
    r"[a-zäöü]*ge[a-zäöüß]{2,}(?:t|en)|[a-zäöü]+iert|(?:be|ver|er|ent|zer)[a-zäöüß]{2,}t"
)
ATTRIBUTE = 3  # tokens between an expression and an attribute that looks ahead
FARTHEST = 4  # clauses to look at on each side

WIDEST = 60  # tokens to look at on each side of an expression


class TenseReader:
    """The direction of each clause of a doc, found when asked for.

    Args:
        doc: With verb forms noted; without them every direction is unknown.
        cues: From the lexicon: `borders` of clauses, words that look `ahead` and `attributes` that do so for
            what stands beside them, `modals`, `auxiliaries`;
            `order` is `clause` where all verbs of a clause count, `nearest` where the nearest does.
    """

    def __init__(self, doc: Doc, cues: Mapping[str, Collection[str]]) -> None:
        self.doc = doc
        self.cues = cues
        self.verbs = reading_of(doc).verbs
        self.nearest = "nearest" in cues["order"]
        self._known: dict[int, int] = {}

    @cached_property
    def _table(self) -> tuple[list[int], list[int], list[bool]]:
        """Of each token: its offset, the key of its lower-cased word, whether a sentence begins there."""
        offsets, words, starts = self.doc.to_array(["IDX", "LOWER", "SENT_START"]).T.tolist()
        return offsets, words, [start == 1 for start in starts]

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        """Start and end token of each clause; a border word begins one."""
        strings = self.doc.vocab.strings
        borders = {strings[border] for border in self.cues["borders"]}
        _, words, opens = self._table
        starts = [at for at, word in enumerate(words) if not at or opens[at] or word in borders]
        return list(zip(starts, [*starts[1:], len(words)], strict=True))

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._clauses]

    def direction(self, offset: int) -> int:
        """Past, ahead (surely, or by the present tense alone) or unknown, at a character of the text."""
        if not self.verbs:
            return UNKNOWN
        token = self._token(offset)
        if self._attributed(token):
            return SURELY_AHEAD
        here = max(bisect_right(self._starts, token) - 1, 0)
        for clause in self._nearby(here):
            found = self._near(token, *self._clauses[clause]) if self.nearest else self._of(clause)
            if found:
                return found
        return UNKNOWN

    def goes_on(self, before: int, offset: int) -> bool:
        """Whether what is said at one place holds at another behind it: in its sentence, or by a verb."""
        opens = self._table[2]
        first, last = self._token(before), self._token(offset)
        end = next((at for at in range(first + 1, last + 1) if opens[at]), None)
        start = next((at for at in range(first, 0, -1) if opens[at]), 0)
        return end is None or any(at in self.verbs for at in range(start, end))

    def _attributed(self, token: int) -> bool:
        """Whether it stands by an attribute that looks ahead: "der für Freitag geplante Gipfel"."""
        words, opens = self._table[1], self._table[2]
        first, last = max(0, token - ATTRIBUTE), min(len(words), token + ATTRIBUTE + 1)
        first = next((at for at in range(token, first, -1) if opens[at]), first)
        return any(words[at] in self._attributes for at in range(first, last))

    @cached_property
    def _attributes(self) -> frozenset[int]:
        strings = self.doc.vocab.strings
        return frozenset(strings[word] for word in self.cues["attributes"])

    def _token(self, offset: int) -> int:
        return bisect_right(self._table[0], offset) - 1

    def _nearby(self, here: int) -> list[int]:
        """The clause itself, then those before, then those behind, in the same sentence."""
        before: list[int] = []
        behind: list[int] = []
        at = here
        while at > 0 and len(before) < FARTHEST and not self._opens_sentence(at):
            at -= 1
            before.append(at)
        at = here + 1
        while at < len(self._clauses) and len(behind) < FARTHEST and not self._opens_sentence(at):
            behind.append(at)
            at += 1
        return [here, *before, *behind]

    def _opens_sentence(self, clause: int) -> bool:
        return self._table[2][self._clauses[clause][0]]

    def _of(self, clause: int) -> int:
        if clause not in self._known:
            self._known[clause] = self._read(*self._clauses[clause])
        return self._known[clause]

    def _read(self, start: int, end: int) -> int:
        words = [plain(token.text) for token in self.doc[start:end]]
        if any(word in self.cues["ahead"] for word in words):
            return SURELY_AHEAD
        forms = [self.verbs[at] for at in range(start, end) if at in self.verbs]
        finite = [readings for readings in forms if any(form.shape is Shape.FINITE for form in readings)]
        participle = self._has_participle(start, end) or self._waits_for_participle(finite, end)
        directions = [self._finite(readings, participle=participle) for readings in finite]
        if directions:
            return PAST if PAST in directions else max(directions)
        if any(form.shape in (Shape.INFINITIVE, Shape.ZU_INFINITIVE) for one in forms for form in one):
            return AHEAD
        return PAST if participle else UNKNOWN

    def _has_participle(self, start: int, end: int) -> bool:
        known = (form.shape for at in range(start, end) for form in self.verbs.get(at, ()))
        return Shape.PARTICIPLE in known or any(
            _PARTICIPLE.fullmatch(self.doc[at].text) for at in range(start, end) if at not in self.verbs
        )

    def _waits_for_participle(self, finite: list[tuple[VerbForm, ...]], end: int) -> bool:
        """Whether an auxiliary has its participle behind an inserted clause."""
        if not any(form.lemma in self.cues["auxiliaries"] for readings in finite for form in readings):
            return False
        clause = bisect_left(self._starts, end)
        last = min(clause + FARTHEST, len(self._clauses))
        while clause < last and not self._opens_sentence(clause):
            start, stop = self._clauses[clause]
            verbs = [form.shape for at in range(start, stop) for form in self.verbs.get(at, ())]
            if Shape.FINITE not in verbs and self._has_participle(start, stop):
                return True
            clause += 1
        return False

    def _finite(self, readings: tuple[VerbForm, ...], *, participle: bool) -> int:
        """The direction of a finite verb: past, perfect, or present, which in news looks ahead."""
        forms = [form for form in readings if form.shape is Shape.FINITE]
        lemma = forms[0].lemma
        if lemma in self.cues["strong"] and all(form.tense is Tense.PRESENT for form in forms):
            return SURELY_AHEAD
        if any(form.mood is Mood.SUBJUNCTIVE_2 for form in forms) or lemma in self.cues["modals"]:
            return AHEAD
        if all(form.tense is Tense.PAST for form in forms):
            return PAST
        return PAST if participle and lemma in self.cues["auxiliaries"] else AHEAD

    def _near(self, token: int, start: int, end: int) -> int:
        """The direction of the last verb before a token, else of the first behind it."""
        start, end = max(start, token - WIDEST), min(end, token + WIDEST)
        if any(self.doc[at].lower_ in self.cues["ahead"] for at in range(start, end)):
            return SURELY_AHEAD
        for at in (*range(min(token, end) - 1, start - 1, -1), *range(max(token, start), end)):
            found = self._alone(at, start)
            if found:
                return found
        return UNKNOWN

    def _alone(self, at: int, start: int) -> int:
        """The direction of a word by itself and the auxiliaries before it."""
        leading = [self.doc[i].lower_ for i in range(max(start, at - 3), at)]
        forms = self.verbs.get(at)
        if forms is None:
            past = self.doc[at].lower_.endswith("ed") and self.doc[at].is_lower
            return (
                PAST
                if past and not set(leading) & {*self.cues["passives"], *self.cues["noun_markers"]}
                else UNKNOWN
            )
        if leading and leading[-1] in self.cues["noun_markers"]:
            return UNKNOWN
        if all(form.shape is Shape.GERUND for form in forms):
            return UNKNOWN
        lemma = forms[0].lemma
        if lemma in self.cues["modals"]:
            return SURELY_AHEAD if lemma in self.cues["strong"] else AHEAD
        if any(word in self.cues["modals"] for word in leading):
            return SURELY_AHEAD if set(leading) & set(self.cues["strong"]) else AHEAD
        past = any(form.tense is Tense.PAST for form in forms)
        if not past and "to" in leading:
            return SURELY_AHEAD
        if not past and at > start and at - 1 in self.verbs:
            return UNKNOWN  # a noun that looks like a verb: `took place`
        return AHEAD if not past or set(leading) & set(self.cues["passives"]) else PAST

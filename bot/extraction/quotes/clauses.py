"""What kind of clause a German part is: its verb, mood, and place in the sentence.

This is not the clause of `extraction/clauses.py`, from which events take who does what to whom. That one
is a node in the tree of a sentence, over tokens, in both languages, and cuts inside quotation marks as
anywhere. Here a whole quotation is one atom, the parts stay in their row between commas and colons, and
what is asked is which verb says something, in which mood, and whether a part can be somebody's words.
Either would have to carry the other's atoms to serve both.
"""

from dataclasses import dataclass
from functools import cached_property

from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.units import Atom, Part
from bot.extraction.verbs import Mood, Shape, VerbForm

AUXILIARIES = frozenset(("haben", "sein", "werden"))
PASSIVE = frozenset(("werden", "sein"))
MODALS = frozenset(("müssen", "können", "wollen", "sollen", "dürfen", "mögen", "lassen"))
THIRD = frozenset(("3s", "3p"))


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A verb of saying in a clause.

    Attributes:
        at: Index of the atom that is inflected, in its part.
        last: Index of the last atom that belongs to it.
        passive: Somebody's words are done to, not said by the subject.
    """

    lemma: str
    at: int
    last: int
    passive: bool = False


class Clause:
    """One part, read as a clause; everything is found when first asked for."""

    def __init__(
        self, part: Part, lexis: Lexis, *, before: "Clause | None" = None, tails: frozenset[str] = frozenset()
    ) -> None:
        self.before = before
        self.tails = tails
        self.part = part
        self.atoms = part.atoms
        self.lexis = lexis
        self.lows = [atom.low for atom in part.atoms]

    @property
    def opener(self) -> str:
        """The first word; behind a conjunction such as `denn` that is `wie`."""
        joined = self.lows[0] in self.lexis["coordinators"] and self.lows[1:2] == ["wie"]
        return self.lows[1] if joined else self.lows[0]

    @cached_property
    def finites(self) -> list[int]:
        """Indexes of the inflected verbs; an infinitive beside one that is beyond doubt is none."""
        found = [k for k, atom in enumerate(self.atoms) if atom.forms and self._finite(k)]
        sure = [k for k in found if not self._has(k, Shape.INFINITIVE)]
        return sure or found

    def _has(self, k: int, shape: Shape) -> bool:
        return any(form.shape is shape for form in self.atoms[k].forms)

    def _finite(self, k: int) -> bool:
        if (k and self.lows[k - 1] == "zu") or self.lows[k] in self.lexis["nominative"]:
            return False  # `einige` is no verb
        finite = [form for form in self.atoms[k].forms if form.shape is Shape.FINITE]
        if self.atoms[k].capital:  # at the beginning: rather a noun, unless it opens a question or condition
            return any(form.mood is Mood.INDICATIVE and form.person in THIRD for form in finite)
        return bool(finite) and not self._attributive(k)

    def _attributive(self, k: int) -> bool:
        """A form between article and noun, as in "die erwarteten Schiffe"."""
        if not k or k + 1 >= len(self.atoms) or not self.atoms[k + 1].capital:
            return False
        low = self.lows[k - 1]
        return low in self.lexis["nominative"] or low in self.lexis["oblique"]

    @cached_property
    def infinitive(self) -> bool:
        """Whether it is a clause with zu and an infinitive."""
        return any(self._zu(k) for k in range(len(self.atoms)))

    def _zu(self, k: int) -> bool:
        if any(form.shape is Shape.ZU_INFINITIVE for form in self.atoms[k].forms):
            return True
        low = self.lows[k]
        if not low.endswith("n") or self.atoms[k].capital:
            return False
        return (k > 0 and self.lows[k - 1] == "zu") or self._joined_zu(low)

    def _joined_zu(self, low: str) -> bool:
        """A form such as `stattzugeben` of a verb nobody listed."""
        head, middle, tail = low.partition("zu")
        return bool(middle) and head in self.lexis["separable"] and len(tail) > 3

    @cached_property
    def mood(self) -> Mood | None:
        """Konjunktiv I or II if a verb shows it beyond doubt, else indicative; None without a verb."""
        moods = {self._mood_of(self.atoms[k]) for k in self.finites}
        for mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2, Mood.INDICATIVE):
            if mood in moods:
                return mood
        return None

    def _mood_of(self, atom: Atom) -> Mood:
        finite = [form for form in atom.forms if form.shape is Shape.FINITE]
        if any(form.mood is Mood.INDICATIVE and form.person in THIRD for form in finite):
            return Mood.INDICATIVE
        if "ich" in self.lows or atom.low in self.lexis["no_mood"]:
            return Mood.INDICATIVE
        moods = {form.mood for form in finite}
        if Mood.SUBJUNCTIVE_1 in moods:
            return Mood.SUBJUNCTIVE_1
        return Mood.SUBJUNCTIVE_2 if Mood.SUBJUNCTIVE_2 in moods else Mood.INDICATIVE

    @property
    def reported(self) -> bool:
        """Whether a verb stands in the Konjunktiv I or II."""
        return self.mood in (Mood.SUBJUNCTIVE_1, Mood.SUBJUNCTIVE_2)

    @cached_property
    def relative(self) -> bool:
        """Whether it begins with a relative pronoun and ends with its verb."""
        lexis = self.lexis
        at = 1 if self.opener in lexis["prepositions"] else 0
        if (
            len(self.lows) < at + 2
            or self.lows[at] not in lexis["relatives"]
            or self.part.border in ("", ":")
        ):
            return False
        return self.final

    @cached_property
    def final(self) -> bool:
        """Whether its inflected verb is its last word."""
        return bool(self.finites) and self.finites[-1] == len(self.atoms) - 1 and self.finites[-1] > 0

    @cached_property
    def subordinate(self) -> bool:
        """Whether it is a subordinate clause."""
        if self.before is not None and self.part.border in self.lexis["coordinators"] and self.final:
            return self.before.subordinate
        if self.opener in self.lexis["subordinators"]:
            if self.opener in self.lexis["also_prepositions"]:
                return not self.finites or (self.final and not self._verb_inside)
            return self.final or not self.finites or self.finites[0] > 1
        return self.relative

    @property
    def _verb_inside(self) -> bool:
        """Whether a helping verb stands before its last word, as in a main clause: `bis Mai würden …`."""
        forms = [self.atoms[k].forms for k in self.finites[:-1]]
        return any(
            all(form.shape is Shape.FINITE for form in one)
            and any(form.lemma in AUXILIARIES | MODALS for form in one)
            for one in forms
        )

    @cached_property
    def verb(self) -> Verb | None:
        """The last verb of saying in it, or None."""
        for k in range(len(self.atoms) - 1, -1, -1):
            if self.atoms[k].forms:
                verb = self._saying(k)
                if verb:
                    return verb
        return None

    def _saying(self, k: int) -> Verb | None:
        shapes = {form.shape for form in self.atoms[k].forms}
        helper = self._helper(k)
        if helper is not None and shapes & {Shape.PARTICIPLE, Shape.INFINITIVE}:
            return self._compound(k, helper)
        if Shape.FINITE not in shapes or not self._finite(k):
            return self._bare_participle(k) if Shape.PARTICIPLE in shapes else None
        for form in sorted(self.atoms[k].forms, key=lambda form: not form.particle):
            if form.shape is Shape.FINITE and self._particle_fits(form, k) and self.says(form.lemma):
                last = self._index_after(k, form.particle)
                return Verb(lemma=form.lemma, at=k, last=last)
        return None

    def _particle_fits(self, form: VerbForm, k: int) -> bool:
        if not form.particle:
            return True
        apart = k > 0 and self.lows[k - 1] == form.particle
        return apart or form.particle in self.tails or form.particle in self.lows[k + 1 :]

    def _index_after(self, k: int, word: str | None) -> int:
        """The last place of a particle behind `k`; `k` if it stands elsewhere."""
        return next((j for j in range(len(self.lows) - 1, k, -1) if self.lows[j] == word), k)

    def _helper(self, k: int) -> int | None:
        """The auxiliary or modal of a participle or infinitive at `k`, or None."""
        for j in self.finites:
            lemmas = {form.lemma for form in self.atoms[j].forms}
            if j != k and lemmas & AUXILIARIES:
                return j
            if j != k and lemmas & MODALS and any(f.shape is Shape.INFINITIVE for f in self.atoms[k].forms):
                return j
        return None

    def _compound(self, k: int, helper: int) -> Verb | None:
        participle = any(form.shape is Shape.PARTICIPLE for form in self.atoms[k].forms)
        becoming = any(form.lemma in PASSIVE for form in self.atoms[helper].forms)
        for form in self.atoms[k].forms:
            if form.shape is Shape.FINITE or not (participle or form.shape is Shape.INFINITIVE):
                continue
            for lemma in (self.lows[k - 1] + form.lemma, form.lemma) if k else (form.lemma,):
                if self.says(lemma):
                    return Verb(lemma=lemma, at=helper, last=max(k, helper), passive=participle and becoming)
        return None

    def _bare_participle(self, k: int) -> Verb | None:
        """A participle at the end whose auxiliary stands before an insertion."""
        if k != len(self.atoms) - 1 or self.finites:
            return None
        for form in self.atoms[k].forms:
            if form.shape is Shape.PARTICIPLE and self.says(form.lemma):
                return Verb(lemma=form.lemma, at=k, last=k)
        return None

    def says(self, lemma: str) -> bool:
        """Whether the verb says something here."""
        needs, unless = self.lexis.needs.get(lemma), self.lexis.unless.get(lemma, ())
        if lemma not in self.lexis.kinds or any(word in self.lows for word in unless):
            return False
        if lemma == "heißen":
            return "es" in self.lows
        return not needs or any(word in self.lows for word in needs)

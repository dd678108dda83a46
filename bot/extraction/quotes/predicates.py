"""English verbs in a part: which word is the predicate, and whether somebody says something with it."""

from collections.abc import Sequence

from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.nominals import Nominals
from bot.extraction.quotes.units import Atom, Part
from bot.extraction.verbs import Shape, Tense

HELPER = 4  # atoms before a verb in which its auxiliary stands


class Predicates:
    """Tells predicates from the nouns, adjectives and infinitives that look like them."""

    def __init__(self, lexis: Lexis, nominals: Nominals) -> None:
        self.lexis = lexis
        self.nominals = nominals

    def saying(self, atoms: Sequence[Atom], k: int, *, gerund: bool = False) -> str:
        """The verb of saying that an atom is a form of, if it says something here; else empty."""
        following = atoms[k + 1].low if k + 1 < len(atoms) else ""
        for form in atoms[k].forms:
            if (form.shape is Shape.GERUND and not gerund) or form.particle not in (None, following):
                continue
            lemma = form.lemma.replace(" ", "_")
            if lemma in self.lexis.kinds and self._complete(atoms, k, lemma):
                return lemma
        return ""

    def _complete(self, atoms: Sequence[Atom], k: int, lemma: str) -> bool:
        """Whether a verb such as `find` has with it what makes it one of saying: `found that`."""
        needs, unless = self.lexis.needs.get(lemma), self.lexis.unless.get(lemma, ())
        if unless and any(atom.low in unless for atom in atoms[k + 1 :]):
            return False
        return not needs or k + 1 == len(atoms) or any(atom.low in needs for atom in atoms[k + 1 :])

    def joined(self, part: Part) -> bool:
        """Whether a part has the subject of the one before: "and added", "saying that"."""
        first, lexis = next((atom for atom in part.atoms if not atom.quote), part.atoms[0]), self.lexis
        gerund = any(form.shape is Shape.GERUND and form.lemma in lexis.kinds for form in first.forms)
        return gerund or part.border in lexis["coordinators"] or first.low in lexis["coordinators"]

    def is_predicate(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether the verb is the predicate here, and no noun, adjective or infinitive with "to"."""
        shapes = {form.shape for form in atoms[k].forms}
        if Shape.GERUND in shapes:
            return True
        if k and any(form.shape is Shape.GERUND for form in atoms[k - 1].forms):
            return False  # `citing demand`
        before = atoms[k - 1].low if k else ""
        helper = self._helped(atoms, k)
        if k + 1 < len(atoms) and self.present(atoms[k]) and self.nominals.finite(atoms, k + 1):
            return False  # `media reports said`, `the states met`
        if not helper and self._attribute(atoms, k):
            return False
        if Shape.FINITE in shapes and self._after_noun(before):
            plain = {form.person for form in atoms[k].forms if form.shape is Shape.FINITE} == {"3p"}
            inserted = k == 0 and self.behind(atoms, k)  # "Owners, of whom there are many, say it is old"
            many = k > 0 and not atoms[k - 1].quote and self.of_many(atoms, k)
            return not plain or helper or many or inserted
        return helper and bool(shapes & {Shape.PARTICIPLE, Shape.INFINITIVE})

    def _attribute(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether it is a participle behind its noun: "froze the assets of a firm accused of smuggling"."""
        following = atoms[k + 1].low if k + 1 < len(atoms) else ""
        bare = self.lexis["with_object"] if following in ("of", "for") else frozenset[str]()
        bare = self.lexis["never_to"] if following == "to" else bare
        return any(form.lemma in bare for form in atoms[k].forms)

    def _after_noun(self, before: str) -> bool:
        articles = self.lexis["nominative"] - self.lexis["lone_subjects"]
        return before not in articles and before not in ("to", "'s", "’s")

    def _helped(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether an auxiliary stands before, with no verb, article or preposition between."""
        for atom in reversed(atoms[max(0, k - HELPER) : k]):
            if atom.low in self.lexis["auxiliaries"]:
                return True
            if atom.forms or atom.low in self.lexis["nominative"] or atom.low in self.lexis["prepositions"]:
                return False
        return False

    def of_many(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether a plural may be the subject of the base form: not behind "a phone", nor a second verb."""
        for j in range(k - 1, max(-1, k - 1 - HELPER), -1):
            low = atoms[j].low
            if low in self.lexis["coordinators"] | self.lexis["subordinators"]:
                return True
            one = low in self.lexis["singular"] and atoms[j + 1].low not in self.lexis["times"]
            if one or self.nominals.finite(atoms, j):
                return False
        return True

    def present(self, atom: Atom) -> bool:
        """Whether it can be a present form, so that it may be a noun as well."""
        finite = [form for form in atom.forms if form.shape is Shape.FINITE]
        return bool(finite) and all(form.tense is Tense.PRESENT for form in finite)

    def passive(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether a form of "be" stands before the verb."""
        near = [atom.low for atom in atoms[max(0, k - 3) : k]]
        return any(low in self.lexis["being"] for low in near) and atoms[k].low not in near

    def first(self, part: Part) -> int | None:
        """The first inflected verb of a part."""
        return next((k for k in range(len(part.atoms)) if self.nominals.finite(part.atoms, k)), None)

    def behind(self, atoms: Sequence[Atom], k: int) -> bool:
        """Whether an inflected verb stands behind an atom, outside a clause with a conjunction."""
        for j in range(k + 1, len(atoms)):
            if atoms[j].low in self.lexis["reasons"]:
                return False
            if self.nominals.finite(atoms, j):
                return True
        return False

    def predicated(self, part: Part) -> bool:
        """Whether a part has an inflected verb, be it a plain present: "the leaders plan to …"."""
        if self.first(part) is not None:
            return True
        if part.atoms[0].low in self.lexis["prepositions"]:
            return False
        return any(
            self.present(part.atoms[k])
            and self.of_many(part.atoms, k)
            and part.atoms[k - 1].low not in self.lexis["prepositions"]
            for k in range(1, len(part.atoms))
        )

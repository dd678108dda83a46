"""The rules in force, filed so that an article meets only the few that it can make hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.extraction.findings import Modality
from bot.rules.index.fragments import Fragments
from bot.rules.index.keys import FRAGMENT, MODALITY
from bot.rules.index.needs import Clause, needs
from bot.rules.index.presence import haystack, presence
from bot.rules.model import Rule, Status
from bot.rules.view import View

ALWAYS = ""  # the key of rules that need nothing
MODALITIES = frozenset(MODALITY + modality for modality in Modality)


@dataclass(frozen=True, slots=True)
class _Filed:
    """A rule, its place among the others, and its clauses beside the one it is filed under."""

    rank: int
    rule: Rule
    door: Clause
    others: tuple[Clause, ...]


class RuleIndex:
    """Rules by their rarest need. A change costs what one rule costs, however many there are.

    Verdicts on the candidates together are those of the plain loop over all rules.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._filed: dict[str, _Filed] = {}
        self._behind: dict[str, dict[int, _Filed]] = {}
        self._fragments = Fragments()
        self._clauses: dict[Clause, Clause] = {}
        self._next = 0
        for rule in rules:
            self.put(rule)

    def __len__(self) -> int:
        """How many rules there are, drafts not counted."""
        return len(self._filed)

    def put(self, rule: Rule) -> None:
        """Add a rule, or put it in the place of the one with its id. Drafts are left out."""
        old = self._filed.get(rule.id)
        self.drop(rule.id)
        if rule.status is Status.DRAFT:
            return
        rank = self._next if old is None else old.rank
        self._next += old is None
        door, *others = [self._clauses.setdefault(one, one) for one in needs(rule.when)] or [frozenset()]
        filed = self._filed[rule.id] = _Filed(rank, rule, door, tuple(others))
        for fragment in (key[1:] for clause in (door, *others) for key in clause if key[0] == FRAGMENT):
            self._fragments.add(fragment)
        for key in door or [ALWAYS]:
            self._behind.setdefault(key, {})[rank] = filed

    def drop(self, rule_id: str) -> None:
        """Take a rule out, if it is there."""
        filed = self._filed.pop(rule_id, None)
        if filed is None:
            return
        for key in filed.door or [ALWAYS]:
            shelf = self._behind[key]
            del shelf[filed.rank]
            if not shelf:
                del self._behind[key]

    def candidates(self, view: View, *, any_modality: bool = False) -> list[Rule]:
        """The rules worth judging on an article, in the order they came.

        Args:
            view: The article.
            any_modality: Also those that could hold if its events were real in other ways than they are.
        """
        present = presence(view)
        present.add(ALWAYS)
        if any_modality:
            present.update(MODALITIES)
        present.update(FRAGMENT + one for one in self._fragments.found(haystack(view)))
        met: dict[int, _Filed] = {}
        for key in present & self._behind.keys():
            met.update(self._behind[key])
        able = (
            rank for rank, filed in met.items()
            if not any(clause.isdisjoint(present) for clause in filed.others)
        )  # fmt: skip
        return [met[rank].rule for rank in sorted(able)]

"""Who does what by a parser's relations, whatever the parser calls them.

Only parsers that are good enough are asked (`trained/standing.py`): the rules are right more often than a
small one. What the labels of a scheme mean stands in `lexicons/<lang>/relations.yml`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.extraction.lexicon import lexicon

DEEPEST = 8  # steps from a verb to the one that has its subject


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """What the labels of a parser mean; the fields are those of `relations.yml`."""

    name: str
    known_by: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    governed: frozenset[str] = frozenset()
    agent: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    passive: frozenset[str] = frozenset()
    helped: frozenset[str] = frozenset()
    helping: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Arc:
    """On which token another hangs, and how; the root of a sentence hangs on itself."""

    head: int
    label: str


@cache
def schemes(lang: str) -> tuple[Scheme, ...]:
    """The schemes known for `de` or `en`."""
    rows = lexicon(lang, "relations").items()
    return tuple(
        Scheme(name=name, **{key: frozenset(labels) for key, labels in row.items()}) for name, row in rows
    )


def scheme_of(lang: str, labels: Collection[str]) -> Scheme | None:
    """The scheme of a parser with these labels, or None."""
    return next((one for one in schemes(lang) if one.known_by <= set(labels)), None)


class Syntax:
    """Answers questions about one parsed text.

    Args:
        arcs: Token -> what it hangs on.
        scheme: What the labels mean.
        helps: Whether the word at a token can be an auxiliary or a modal.
    """

    def __init__(self, arcs: Mapping[int, Arc], scheme: Scheme, helps: Callable[[int], bool]) -> None:
        self._arcs = arcs
        self._scheme = scheme
        self._helps = helps
        self._below: dict[int, list[int]] = {}
        for token, arc in arcs.items():
            if arc.head != token:
                self._below.setdefault(arc.head, []).append(token)

    def doer(self, verb: int) -> int | None:
        """The head of the phrase that says who does it; None where a passive verb names nobody."""
        scheme = self._scheme
        for one in self._chain(verb):
            if (agent := self._child(one, scheme.agent)) is not None:
                return self._child(agent, scheme.inside) if scheme.inside else agent
            if self._child(one, scheme.passive) is not None:
                return None
            if (subject := self._child(one, scheme.subject)) is not None:
                return subject
        return None

    def cannot_do(self, token: int, verb: int) -> bool:
        """Whether what a token names has it done to it, or only stands behind a preposition."""
        arc = self._arcs.get(token)
        if arc is None or token == self.doer(verb):
            return False
        done = arc.label in self._scheme.object and arc.head in set(self._chain(verb))
        return done or arc.label in self._scheme.governed

    def phrase(self, head: int) -> list[int]:
        """The tokens of a phrase in their order; clauses that tell more of it are left out."""
        return sorted(self._under(head))

    def _under(self, token: int) -> Iterator[int]:
        yield token
        for one in self._below.get(token, ()):
            if self._arcs[one].label not in self._scheme.aside:
                yield from self._under(one)

    def _chain(self, verb: int) -> Iterator[int]:
        """The verb, and those that share its subject: its auxiliaries, the verb it is joined to."""
        seen: set[int] = set()
        at: int | None = verb
        while at is not None and at not in seen and len(seen) < DEEPEST:
            seen.add(at)
            yield at
            at = self._above(at)

    def _above(self, verb: int) -> int | None:
        arc = self._arcs.get(verb)
        if arc is None or arc.head == verb:
            return None
        if arc.label in self._scheme.helping or (arc.label in self._scheme.helped and self._helps(arc.head)):
            return arc.head
        if arc.label not in self._scheme.joined:
            return None
        before = self._arcs.get(arc.head)
        return before.head if before and before.label in self._scheme.joining else arc.head

    def _child(self, token: int, labels: Collection[str]) -> int | None:
        found = (one for one in self._below.get(token, ()) if self._arcs[one].label in labels)
        return min(found, default=None)

"""Which parts of words stand in a text: one pass of an automaton (Aho and Corasick, 1975) for all of them."""

from ahocorasick_rs import AhoCorasick

UNBUILT = 200  # fragments looked for one by one, before the automaton is built anew with them


class Fragments:
    """A set of fragments that may grow between two articles."""

    def __init__(self) -> None:
        self._built: list[str] = []
        self._fresh: list[str] = []
        self._known: set[str] = set()
        self._automaton: AhoCorasick | None = None

    def add(self, fragment: str) -> None:
        """Look for this one, too. It is never forgotten: a fragment nobody needs costs next to nothing."""
        if fragment not in self._known:
            self._known.add(fragment)
            self._fresh.append(fragment)

    def found(self, text: str) -> set[str]:
        """The fragments that stand in a text."""
        if len(self._fresh) > UNBUILT:
            self._build()
        fresh = {fragment for fragment in self._fresh if fragment in text}
        if self._automaton is None:
            return fresh
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return fresh.union(self._built[number] for number, _, _ in hits)

    def _build(self) -> None:
        self._built += self._fresh
        self._fresh = []
        self._automaton = AhoCorasick(self._built)

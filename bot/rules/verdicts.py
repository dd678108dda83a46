"""What became of a condition: it held, or why not, and on which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.extraction.findings import Event, Span


class Reason(StrEnum):
    """Why a condition holds or does not."""

    HELD = "held"
    MISSING = "missing"  # there is nothing the condition could speak of: no event, no date, no such words
    OTHER = "other"  # there is something, but not what is asked for
    EXCLUDED = "excluded"  # it holds and should not


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The outcome of one condition.

    Attributes:
        key: The word in the rule file.
        line: Line in the rule file, 0 if unknown.
        found: The words or the value that decided; empty if there was nothing.
        wanted: What was asked for, in words.
        span: Where in the article it was decided, if at a place.
        event: The event it was decided on, if on one.
        parts: Verdicts of the parts of a group, as far as they were judged.
    """

    key: str
    reason: Reason
    line: int = 0
    found: str = ""
    wanted: str = ""
    span: Span | None = None
    event: Event | None = None
    parts: tuple["Verdict", ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the condition holds."""
        return self.reason is Reason.HELD

    def leaves(self) -> Iterator["Verdict"]:
        """The verdicts on single conditions that decided this one, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def held(self) -> list["Verdict"]:
        """The single conditions that held."""
        return [leaf for leaf in self.leaves() if leaf.holds]

    def failed(self) -> "Verdict | None":
        """The first single condition that failed."""
        return next((leaf for leaf in self.leaves() if not leaf.holds), None)

    def __str__(self) -> str:
        """One line for a person."""
        if self.holds:
            return f"{self.key}: {self.found}" if self.found else self.key
        if self.reason is Reason.EXCLUDED:
            return f"{self.key}: {self.found or self.wanted} is excluded"
        return f"{self.key}: {self.found or 'nothing'} instead of {self.wanted}"

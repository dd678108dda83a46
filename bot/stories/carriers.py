"""Who carries a fact, and how many of them are sources of their own."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """An article that says a fact.

    Attributes:
        outlet: Who published it, or None.
        origin: Id of the article whose text it has, its own where the text is its own.
        agencies: News agencies that it credits.
    """

    outlet: str | None
    origin: str
    agencies: tuple[str, ...] = ()

    def leans_on(self, other: "Carrier") -> bool:
        """Whether both say it from one source: the same outlet, text or agency."""
        same_outlet = self.outlet is not None and self.outlet == other.outlet
        return same_outlet or self.origin == other.origin or bool({*self.agencies} & {*other.agencies})


def adds(carrier: Carrier, known: Sequence[Carrier]) -> bool:
    """Whether a carrier is a source of its own beside those that are known."""
    return not any(carrier.leans_on(one) for one in known)

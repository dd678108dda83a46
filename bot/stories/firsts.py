"""Whether something happens for the first time: by the values of a rule's `first` slots.

Compared are novelty keys (`novelty.py`) of all that the rule matched, told or not: who was met before is not
new because nobody was told of it. Where it is not known who acts, nobody is called new.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import product

from bot.rules.model import Novelty
from bot.stories.novelty import JOINT, NOBODY, SEPARATOR

CUT = "…"  # where a long key was cut; what stands before it is half a name
OF_CONSULTATIONS = {"actor": "participant", "target": "participant"}  # there they are one list

Values = tuple[str, ...]


class Newness(StrEnum):
    """How an alert stands to what its rule asks to be the first time."""

    NOT_ASKED = "not_asked"
    FIRST = "first"
    KNOWN = "known"
    LEARNING = "learning"  # the rule has not watched long enough to call anybody new


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a rule matched before.

    Attributes:
        keys: The novelty keys within its window.
        since: When it matched for the first time ever, or None.
    """

    keys: tuple[str, ...] = ()
    since: datetime | None = None


def newness(key: str, novelty: Novelty, seen: Seen, now: datetime) -> Newness:
    """How an alert with this key stands to what was seen before it."""
    if not novelty.first:
        return Newness.NOT_ASKED
    if not newcomers(key, novelty, seen.keys):
        return Newness.KNOWN
    watched = now - seen.since if seen.since else timedelta(0)
    return Newness.FIRST if watched >= novelty.learn else Newness.LEARNING


def newcomers(key: str, novelty: Novelty, earlier: Iterable[str]) -> list[Values]:
    """The values of the `first` slots that no earlier key has, in their order."""
    rest, mine = _split(key, novelty.first)
    known: set[Values] = set()
    for other in earlier:
        same, theirs = _split(other, novelty.first)
        known.update(theirs if same == rest else ())
    return [values for values in mine if values not in known]


def _split(key: str, first: Sequence[str]) -> tuple[frozenset[str], list[Values]]:
    """What must be the same, and the values that must be new, in all their combinations."""
    whole = key.partition(CUT)[0].rpartition(JOINT)[0] if CUT in key else key
    slots = dict(part.partition("=")[::2] for part in whole.split(SEPARATOR)[1:])
    asked = [slot if slot in slots else OF_CONSULTATIONS.get(slot, slot) for slot in first]
    rest = frozenset(f"{slot}={value}" for slot, value in slots.items() if slot not in asked)
    named = [[one for one in slots.get(slot, "").split(JOINT) if one not in ("", NOBODY)] for slot in asked]
    return rest, list(product(*named))

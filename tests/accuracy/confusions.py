"""Where the reading goes wrong, by classes: what gold has against what was found in its place.

Each function compares one article and yields pairs (gold class, found class); `-` stands for nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

NOTHING, ELSEWHERE = "-", "other bounds"
Row = Mapping[str, Any]
Pair = tuple[str, str]
LABELS = {"person": "PER", "country": "LOC", "place": "LOC", "organisation": "ORG"}


def entity_pairs(gold: Row, found: Row) -> Iterator[Pair]:
    """Names by label; one that overlaps another has other bounds."""
    wanted = {(start, end): label for start, end, label in gold["ents"]}
    given = {(one["start"], one["end"]): LABELS.get(one["kind"], one["kind"]) for one in found["entities"]}
    for place, label in wanted.items():
        same = given.get(place)
        yield label, same or (ELSEWHERE if _near(place, given) else NOTHING)
    for place, label in given.items():
        if not _near(place, wanted):
            yield NOTHING, label


def time_pairs(gold: Row, found: Row) -> Iterator[Pair]:
    """Time expressions by type, and whether the value is right."""
    left = {(one["start"], one["end"]): one for one in found.get("times", ())}
    for one in gold["times"]:
        place = next((place for place in left if _overlap((one["start"], one["end"]), place)), None)
        other = left.pop(place) if place else None
        if other is None:
            yield one["type"], NOTHING
        else:
            yield one["type"], other["type"] + ("" if other["value"] == one["value"] else ", wrong value")
    for other in left.values():
        yield NOTHING, other["type"]


def spec_pairs(gold: Row, found: Row) -> Iterator[Pair]:
    """Cases of a specification by family: found nowhere, or with another value."""
    for one in gold["expect"]:
        amount = one["family"] in ("money", "percent")
        near = [
            other
            for other in found["quantities" if amount else "times"]
            if _overlap((one["start"], one["end"]), (other["start"], other["end"]))
        ]
        yield one["family"], "found" if near else NOTHING


def quote_pairs(gold: Row, found: Row) -> Iterator[Pair]:
    """Quotes by type and the kind they were found as, with whose words they were taken for."""
    text = gold["text"]
    left = list(found["quotes"])
    for one in gold["quotes"]:
        best = max(left, key=lambda other: _share(one["spans"], other["spans"]), default=None)
        if best is None or _share(one["spans"], best["spans"]) < 0.3:
            yield one["type"], NOTHING
            continue
        left.remove(best)
        yield one["type"], f"{best['kind']}, {_speaker(one, best, text)}"
    for other in left:
        yield NOTHING, other["kind"]


def _speaker(gold: Row, found: Row, text: str) -> str:
    wanted, given = gold["speaker"], found["speaker"]
    if not wanted:
        return "no speaker in gold"
    if not given or given["start"] is None:
        return "no speaker"
    right = any(_overlap((start, end), (given["start"], given["end"])) for start, end in wanted)
    return f"{given['basis']} speaker {'right' if right else 'wrong'}" if text else ""


def _share(some: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> float:
    """Characters in both, of those in either."""
    one, other = ({place for start, end in spans for place in range(start, end)} for spans in (some, others))
    return len(one & other) / max(1, len(one | other))


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _near(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(_overlap(place, other) for other in others)


def table(pairs: Iterable[Pair]) -> str:
    """The classes as lines, the most frequent first within each gold class."""
    counts = Counter(pairs)
    lines = []
    for gold in sorted({gold for gold, _ in counts}):
        row = [(number, found) for (own, found), number in counts.items() if own == gold]
        total = sum(number for number, _ in row)
        cells = "; ".join(f"{found} {number}" for number, found in sorted(row, reverse=True))
        lines.append(f"{gold:22s} {total:5d}: {cells}")
    return "\n".join(lines)

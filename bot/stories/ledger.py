"""The ledger of commitments: who committed what, where, how many, how firmly, and how it changed.

Pure: what a report does to the entries is said here, where entries lie is the store's business. An entry
belongs to one commitment. Its history holds each state that was reported, in the order of publication.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from bot.extraction.findings import Actor, Modality
from bot.located import plain_yaml
from bot.rules.model import Novelty
from bot.stories.evidence import Evidence, is_known, state_of
from bot.stories.facts import NO, Change, Fact, Slot, Value, comparable, differences
from bot.stories.standing import Standing, Told, standing

# A figure within this time of the last report is the same commitment; a denial may come later.
SAME_COMMITMENT = dt.timedelta(days=30)
DENIED_LATER = dt.timedelta(days=180)
MENTIONS = 50  # kept of one entry
COMPARED = Novelty(update_when=("quantity", "modality", "date"))
# Neither is a commitment of whoever would have to act.
_NO_COMMITMENT = frozenset({Modality.DEMANDED, Modality.HYPOTHETICAL, Modality.HISTORICAL})


class Kind(StrEnum):
    """Kinds of commitments; `commitments.yml` says which events belong to each."""

    TROOPS = "troops"
    WITHDRAWAL = "withdrawal"
    AID = "aid"
    SANCTIONS = "sanctions"
    CEASEFIRE = "ceasefire"


class Entered(StrEnum):
    """What a report did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"  # one more article says so
    LATE = "late"  # it was published before the present state: part of the history, no change
    NOTHING_TO_TAKE_BACK = "nothing_to_take_back"  # a denial of what is not in the ledger
    NO_COMMITMENT = "no_commitment"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one article says of a commitment.

    Attributes:
        additional: It says that its amount comes on top of what was committed before.
    """

    kind: Kind
    event_type: str
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    fact: Fact
    evidence: Evidence
    additional: bool = False

    @property
    def where(self) -> tuple[Actor, ...]:
        """For whom or where."""
        return self.targets or self.fact.places


@dataclass(frozen=True, kw_only=True)
class State:
    """What an entry says since one article.

    Attributes:
        fact: Complete with what only earlier articles said.
        disputed: It contradicts the state before it, which another outlet reported at about the same time.
    """

    fact: Fact
    evidence: Evidence
    at: dt.datetime
    disputed: bool = False


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One more article that says the same."""

    alert: str | None
    article: str
    outlet: str | None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What an admin set.

    Attributes:
        before: What stood there.
        by: Who: platform and id, with the name they go by.
    """

    slot: Slot
    value: Value
    before: Value
    by: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One commitment.

    Attributes:
        id: 24 hex digits.
        states: Oldest first; never empty.
        mentions: Articles that said the same as a state.
        seen: When the last article said the same; None: none did since the last state.
        dropped: An admin took it out; what is reported of it later stays out as well.
    """

    id: str
    kind: Kind
    event_type: str
    actors: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    states: tuple[State, ...]
    mentions: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()
    dropped: bool = False
    seen: dt.datetime | None = None

    @property
    def last(self) -> State:
        """The present state, as the articles say."""
        return self.states[-1]

    @property
    def where(self) -> tuple[Actor, ...]:
        """For whom or where, as the articles say."""
        return self.targets or self.last.fact.places

    @property
    def alerts(self) -> frozenset[str]:
        """Ids of all alerts it rests on."""
        of_states = {one for state in self.states for one in (state.evidence.alert, state.evidence.first)}
        return frozenset(filter(None, of_states | {one.alert for one in self.mentions}))

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who reported it, each once, the first one first."""
        named = [state.evidence.outlet for state in self.states] + [one.outlet for one in self.mentions]
        return tuple(dict.fromkeys(filter(None, named)))


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a report did, and the entry as it is after it; None where no entry was touched."""

    entered: Entered
    entry: Entry | None = None


def kind_of(event_type: str | None) -> Kind | None:
    """Which kind of commitment a type of event is; None: it is none."""
    name = event_type or ""
    return _kinds().get(name) or _kinds().get(f"{name.partition('.')[0]}.*")


@cache
def _kinds() -> dict[str, Kind]:
    """Type of event, or `family.*` -> kind of commitment."""
    text = files("bot.stories").joinpath("commitments.yml").read_text(encoding="utf-8")
    found = plain_yaml(text, "bot/stories/commitments.yml")
    listed = found if isinstance(found, dict) else {}
    return {str(event): Kind(kind) for kind, events in listed.items() for event in events}


def who_key(actors: Sequence[Actor]) -> str:
    """Who commits, in one word for lookups: those that are known, else all."""
    known = [one for one in actors if is_known(one)] or actors
    return "+".join(sorted({state_of(one) for one in known}))


def entered(entries: Sequence[Entry], report: Report, now: dt.datetime) -> Outcome:
    """What a report does to the ledger.

    Args:
        entries: Those of the same kind by the same actors, in any order.
        report: What an article says.
        now: When it is entered.
    """
    modality = report.fact.modality
    if modality in _NO_COMMITMENT or not report.actors:
        return Outcome(entered=Entered.NO_COMMITMENT)
    same = [entry for entry in entries if _is_same(entry, report, now)]
    # Of several the one with that amount is meant, else the last one.
    same.sort(key=lambda entry: (_has_amount(entry, report), entry.last.at, entry.id))
    told = [
        Told(id=f"{entry.id}/{number}", first=entry.id, fact=state.fact)
        for entry in same
        for number, state in enumerate(entry.states)
    ]
    verdict = standing(_placed(report), told, (), COMPARED)
    if verdict.told is None or (report.additional and _is_other_amount(verdict.changes)):
        return _first(report, now)
    first = verdict.told.first
    entry = next(entry for entry in same if entry.id == first)
    # Of two outlets that contradict each other the one that published first stands first, whoever came first.
    if verdict.standing in (Standing.CHANGED, Standing.OUTDATED) and (late := _with_late(entry, report, now)):
        return Outcome(entered=Entered.LATE, entry=late)
    if verdict.standing is Standing.CHANGED:
        return Outcome(entered=Entered.CHANGED, entry=_changed(entry, report, verdict.changes, now))
    if verdict.standing is Standing.SAME and (day := _first_date(entry, report)):
        return Outcome(entered=Entered.CHANGED, entry=_changed(entry, report, (day,), now))
    return Outcome(entered=Entered.SAME, entry=_mentioned(entry, report, now))


def _has_amount(entry: Entry, report: Report) -> bool:
    """Whether an entry says an amount that a report gives, now or before."""
    amount = report.fact.quantity
    return any(
        comparable(state.fact.quantity, amount) and not _is_other_amount(_differ(state, report))
        for state in entry.states
    )


def _differ(state: State, report: Report) -> tuple[Change, ...]:
    return differences(state.fact, replace(report.fact, modality=None), COMPARED)


def _is_other_amount(changes: Sequence[Change]) -> bool:
    return any(change.slot is Slot.QUANTITY and change.before is not None for change in changes)


def _first_date(entry: Entry, report: Report) -> Change | None:
    """The day that a report names of a commitment that had none; no news, but worth keeping."""
    if report.fact.modality in NO or not _share_all(entry.where, report.where):
        return None
    found = differences(entry.last.fact, report.fact, COMPARED)
    return next((one for one in found if one.slot is Slot.DATE and one.before is None), None)


def _share_all(some: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether both name where, and it is the same."""
    return bool(some) and bool(others) and _share(some, others)


def _is_same(entry: Entry, report: Report, now: dt.datetime) -> bool:
    """Whether a report may speak of an entry."""
    window = DENIED_LATER if report.fact.modality in NO else SAME_COMMITMENT
    return (
        (entry.kind, entry.event_type) == (report.kind, report.event_type)
        and who_key(entry.actors) == who_key(report.actors)
        and now - (entry.seen or entry.last.at) <= window
        and _share(entry.where, report.where)
    )


def _share(some: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether one place may be the other; an unknown one may be any."""
    keys = [{state_of(one) for one in actors} for actors in (some, others)]
    return not all(keys) or bool(keys[0] & keys[1])


def _placed(report: Report) -> Fact:
    """The fact, vague where too little is known to say that a figure of another article is the same one."""
    vague = not report.where and len(report.actors) < 2
    return replace(report.fact, vague=vague)


def _first(report: Report, now: dt.datetime) -> Outcome:
    if report.fact.modality in NO or report.fact.modality is None:
        return Outcome(entered=Entered.NOTHING_TO_TAKE_BACK)
    evidence = report.evidence
    entry = Entry(
        id=_id(report),
        kind=report.kind,
        event_type=report.event_type,
        actors=report.actors,
        targets=report.targets,
        states=(State(fact=report.fact, evidence=evidence, at=now),),
    )
    return Outcome(entered=Entered.NEW, entry=entry)


def _id(report: Report) -> str:
    evidence = report.evidence
    name = f"ledger>{evidence.article}>{evidence.alert}>{report.event_type}>{who_key(report.actors)}"
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _changed(entry: Entry, report: Report, changes: Sequence[Change], now: dt.datetime) -> Entry:
    before, fact = entry.last.fact, report.fact
    dates = [change.after for change in changes if change.slot is Slot.DATE]
    date = dates[0] if dates else before.date or fact.date
    complete = replace(
        fact,
        modality=fact.modality or before.modality,
        quantity=fact.quantity or before.quantity,
        date=date if isinstance(date, str) else None,
        places=fact.places or before.places,
    )
    disputed = any(change.sides for change in changes)
    state = State(fact=complete, evidence=report.evidence, at=now, disputed=disputed)
    return replace(entry, states=(*entry.states, state), targets=entry.targets or report.targets, seen=None)


def _is_before(report: Report, first: State) -> bool:
    mine, theirs = report.fact.published, first.fact.published
    return bool(mine and theirs and mine < theirs)


def _with_late(entry: Entry, report: Report, now: dt.datetime) -> Entry | None:
    """The entry with a report at its place in the history; None where it belongs at the end or repeats."""
    later = [number for number, state in enumerate(entry.states) if _is_before(report, state)]
    if not later:
        return None
    place = later[0]
    if any(not differences(state.fact, report.fact, COMPARED) for state in entry.states[:place]):
        return None
    state = State(fact=report.fact, evidence=report.evidence, at=now)
    return replace(entry, states=(*entry.states[:place], state, *entry.states[place:]))


def _mentioned(entry: Entry, report: Report, now: dt.datetime) -> Entry:
    evidence = report.evidence
    one = Mention(alert=evidence.alert, article=evidence.article, outlet=evidence.outlet)
    if one in entry.mentions or any(state.evidence.article == one.article for state in entry.states):
        return entry
    return replace(entry, mentions=(*entry.mentions, one)[-MENTIONS:], seen=now)


def without(entry: Entry, alert: str) -> Entry | None:
    """The entry without what one alert brought into it; None where nothing else is left."""
    states = tuple(
        state for state in entry.states if alert not in (state.evidence.alert, state.evidence.first)
    )
    mentions = tuple(one for one in entry.mentions if one.alert != alert)
    return replace(entry, states=states, mentions=mentions) if states else None

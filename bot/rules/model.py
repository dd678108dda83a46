"""The rule as it is after loading, and the match of a rule in an article."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from bot.article.model import Tier
from bot.extraction.findings import Actor, Event, Modality, Quantity, QuoteKind, Span
from bot.rules.conditions import Condition


class Status(StrEnum):
    """Draft rules are only checked, shadow rules run and are counted, live rules alert."""

    DRAFT = "draft"
    SHADOW = "shadow"
    LIVE = "live"


class Severity(StrEnum):
    """How urgent, from low to critical."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Severity).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Novelty:
    """What makes a match new.

    Attributes:
        key: Slots that say which fact it is: `actor`, `target`, `place`, `date`, `type`, `quantity`.
        window: How long the same fact stays known.
        update_when: Slots whose change is told as an update (`quantity`, `modality`, `date`).
        quantity_change: How much a quantity must change to count as changed, as a share: 0.1 for 10 %.
        first: Slots of the key that must have a value which no match of the rule had within the window,
            beside the same values in the rest of the key; told or not, also in shadow. Empty: any fact.
        learn: How long after its first match a rule with `first` only watches.
    """

    key: tuple[str, ...] = ("actor", "place")
    window: timedelta = timedelta(days=14)
    update_when: tuple[str, ...] = ()
    quantity_change: float = 0.0
    first: tuple[str, ...] = ()
    learn: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteChoice:
    """Which quote is the key quote: preferences in order, and the kinds that may be one."""

    prefer: tuple[str, ...] = ("actor", "about_event")
    kinds: tuple[QuoteKind, ...] = (QuoteKind.DIRECT, QuoteKind.FRAGMENT, QuoteKind.INDIRECT)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleTest:
    """A test inside a rule file.

    Attributes:
        published: In the form `Published.parse` reads.
        line: Where it begins in the file.
        expect: Slot -> what one of the matches must have there.
        because: The key of the condition that must be the one that fails.
    """

    text: str
    published: str
    fires: bool
    line: int
    title: str | None = None
    lang: str | None = None
    expect: Mapping[str, object] = field(default_factory=dict)
    because: str | None = None
    source: str | None = None
    tier: Tier | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule, valid.

    Attributes:
        title: Language -> title; always has `de` and `en`.
        headline: Language -> template, see `headlines.py`; a language without one has the usual headline.
        when: Holds for a match.
        unless: Must not hold, or None.
        place: The file it came from, as people know it.
        cap: How many new facts it tells in an hour one by one; None: as usual, 0: any number.
        version: Names the text it was read from; 16 hex digits, empty where it stands in no file.
    """

    id: str
    title: Mapping[str, str]
    description: str
    status: Status
    severity: Severity
    tags: tuple[str, ...]
    when: Condition
    unless: Condition | None = None
    novelty: Novelty = Novelty()
    quote: QuoteChoice = QuoteChoice()
    tests: tuple[RuleTest, ...] = ()
    place: str = ""
    headline: Mapping[str, str] = field(default_factory=dict)
    cap: int | None = None
    version: str = field(default="", compare=False)

    def tried(self) -> "Rule":
        """The rule as if it ran: a draft can be tested and explained before it does."""
        return replace(self, status=Status.SHADOW) if self.status is Status.DRAFT else self


@dataclass(frozen=True, kw_only=True)
class Match:
    """A rule that holds in an article, once per event (or once, for rules without events).

    Attributes:
        event: The event it holds for; None for rules on words, quotes or numbers alone.
        evidence: The sentence that shows it.
        because: One line per condition that held, with the words it held on.
    """

    rule: Rule
    evidence: Span
    event: Event | None = None
    modality: Modality | None = None
    actors: tuple[Actor, ...] = ()
    date: str | None = None
    quantity: Quantity | None = None
    because: tuple[str, ...] = ()

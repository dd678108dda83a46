"""The Alert: all that a message to a person may say, independent of platform and language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.article.model import Published
from bot.extraction.findings import Actor, Medium, Modality, Quantity, QuoteKind, Span
from bot.rules.model import Severity
from bot.stories.carriers import Carrier
from bot.stories.facts import Change


@dataclass(frozen=True, kw_only=True)
class KeyQuote:
    """The words that carry the alert: verbatim `content[start:end]` of the article.

    Attributes:
        speaker: Name or description of who said it, or None where it stays unresolved.
        role: Their office as the article words it, or None.
        via: The medium that relays it, or None.
    """

    start: int
    end: int
    text: str
    kind: QuoteKind
    speaker: str | None = None
    role: str | None = None
    via: str | None = None


@dataclass(frozen=True, kw_only=True)
class ArticleRef:
    """What an alert says of its article."""

    id: str
    title: str | None
    url: str | None
    source_id: str | None
    source_name: str | None
    published: Published | None
    lang: str | None
    edited: Published | None = None
    paywalled: bool = False


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing worth telling, from one article.

    Attributes:
        id: Stable: the same article, rule and event give the same id.
        rule_title: Language -> title.
        rule_headline: Language -> the rule's own template of a headline; empty: the usual one.
        event_type: Type of the event, or None for rules without events.
        date: ISO day or coarser TIMEX3 date of the event, or None.
        key: What the novelty of the rule compares; the same key is the same fact.
        demo: From a demo article: console only, no ledger, no calendar.
        updates: Id of the alert whose message this one brings up to date, or None: it stands for itself.
        carriers: The independent articles that say what the alert says now, itself among them.
        sources: How many of them there are.
        confirmed: Two of them said it once, or what it changed.
        changes: What an update says otherwise than the state before it; else empty.
        late: Whole hours that passed from its publication until it was read, where they are many; else 0.
    """

    id: str
    rule_id: str
    rule_title: Mapping[str, str]
    severity: Severity
    tags: tuple[str, ...]
    article: ArticleRef
    evidence: Span
    key: str
    event_type: str | None = None
    modality: Modality | None = None
    medium: Medium | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    participants: tuple[Actor, ...] = ()
    place: Actor | None = None
    date: str | None = None
    quantity: Quantity | None = None
    quote: KeyQuote | None = None
    because: tuple[str, ...] = ()
    sources: int = 1
    carriers: tuple[Carrier, ...] = ()
    confirmed: bool = False
    demo: bool = False
    updates: str | None = None
    changes: tuple[Change, ...] = ()
    rule_headline: Mapping[str, str] = field(default_factory=dict)
    late: int = 0

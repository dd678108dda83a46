"""Findings made by hand: each piece found by its words in the text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.article.model import Article, Published, Tier
from bot.extraction.findings import (
    PLOVER,
    Actor,
    Basis,
    Bound,
    Entity,
    EntityKind,
    Event,
    Findings,
    Medium,
    Modality,
    Quantity,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    TimeExpression,
    TimeType,
)


@dataclass(kw_only=True)
class Written:
    """An article with findings that a test notes one after the other."""

    text: str
    title: str | None = None
    published: str | None = "2026-03-02"
    lang: str = "de"
    source: str | None = None
    tier: Tier | None = None
    entities: list[Entity] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @property
    def article(self) -> Article:
        """The article."""
        return Article(
            id="a",
            text=self.text,
            title=self.title,
            source_name=self.source,
            source_tier=self.tier,
            published=Published.parse(self.published) if self.published else None,
        )

    @property
    def findings(self) -> Findings:
        """What was noted; each line of the text is a sentence."""
        content, sentences, at = self.article.content, [], 0
        for line in content.split("\n"):
            if line:
                sentences.append((at, at + len(line)))
            at += len(line) + 1
        return Findings(
            lang=self.lang,
            entities=tuple(self.entities),
            quotes=tuple(self.quotes),
            quantities=tuple(self.quantities),
            times=tuple(self.times),
            events=tuple(self.events),
            sentences=tuple(sentences),
        )

    def span(self, words: str) -> Span:
        """Where words stand first."""
        start = self.article.content.index(words)
        return Span(start=start, end=start + len(words), text=words)

    def entity(
        self,
        words: str,
        kind: EntityKind = EntityKind.COUNTRY,
        *,
        id: str | None = None,  # noqa: A002  (the field's name)
        role: str | None = None,
        country: str | None = None,
        subkind: str | None = None,
    ) -> Entity:
        """Note a mention."""
        span = self.span(words)
        entity = Entity(
            start=span.start, end=span.end, text=words, kind=kind, name=words, id=id, role=role,
            country=country, subkind=subkind,
        )  # fmt: skip
        self.entities.append(entity)
        return entity

    def actor(self, words: str) -> Actor:
        """Somebody in an event, with the id and kind of the mention that stands there."""
        span = self.span(words)
        known = next((entity for entity in self.entities if entity.start == span.start), None)
        return Actor(
            name=words,
            id=known.id if known else None,
            kind=str(known.kind) if known else None,
            start=span.start,
            end=span.end,
            text=words,
        )

    def quantity(
        self, words: str, value: float, unit: str = "soldier", bound: Bound = Bound.EXACT
    ) -> Quantity:
        """Note a quantity; its bounds follow from `bound`."""
        span = self.span(words)
        low = value if bound in (Bound.MORE_THAN, Bound.AT_LEAST) else None
        high = value if bound in (Bound.LESS_THAN, Bound.UP_TO) else None
        found = Quantity(
            start=span.start,
            end=span.end,
            text=words,
            value=value,
            low=low,
            high=high,
            unit=unit,
            bound=bound,
        )
        self.quantities.append(found)
        return found

    def time(self, words: str, value: str) -> TimeExpression:
        """Note a date."""
        span = self.span(words)
        found = TimeExpression(start=span.start, end=span.end, text=words, type=TimeType.DATE, value=value)
        self.times.append(found)
        return found

    def quote(self, words: str, speaker: str | None = None, kind: QuoteKind = QuoteKind.DIRECT) -> Quote:
        """Note a quote."""
        span = self.span(words)
        who = self.span(speaker) if speaker else None
        found = Quote(
            start=span.start,
            end=span.end,
            text=words,
            spans=((span.start, span.end),),
            kind=kind,
            speaker=Speaker(start=who.start, end=who.end, text=who.text, name=who.text, basis=Basis.EXPLICIT)
            if who
            else None,
        )
        self.quotes.append(found)
        return found

    def event(
        self,
        trigger: str,
        type: str = "troops.commit",  # noqa: A002  (the field's name)
        modality: Modality = Modality.DECIDED,
        *,
        actors: Sequence[str] = (),
        targets: Sequence[str] = (),
        participants: Sequence[str] = (),
        place: str | None = None,
        date: str | None = None,
        medium: Medium | None = None,
        quantity: Quantity | None = None,
    ) -> Event:
        """Note an event; its evidence is the line its trigger stands in."""
        span, content = self.span(trigger), self.article.content
        start = content.rfind("\n", 0, span.start) + 1
        end = content.find("\n", span.end)
        end = len(content) if end < 0 else end
        event = Event(
            type=type,
            plover=PLOVER.get(type, ""),
            trigger=span,
            evidence=Span(start=start, end=end, text=content[start:end]),
            modality=modality,
            actors=tuple(map(self.actor, actors)),
            targets=tuple(map(self.actor, targets)),
            participants=tuple(map(self.actor, participants)),
            place=self.actor(place) if place else None,
            date=date,
            medium=medium,
            quantity=quantity,
        )
        self.events.append(event)
        return event

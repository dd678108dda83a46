"""The notes that components leave on a spaCy Doc while it is being read.

A component takes `reading_of(doc)`, adds its findings and returns the doc. Later components build on
what earlier ones noted. The order is in `pipeline.py`.
"""

from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from bot.article.model import Published
from bot.extraction.findings import Entity, Event, Quantity, Quote, Span, TimeExpression
from bot.extraction.roles import RoleMention
from bot.extraction.syntax import Arc, Scheme
from bot.extraction.verbs import VerbForm

KEY = "depesche.reading"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What a trained pipeline takes for a name: tokens `first` up to, not including, `end`.

    Attributes:
        label: PER, LOC, ORG, or OTH for what is none of them (works, elections, events).
        nouns: Those of its tokens that are plain nouns by all that the pipeline knows.
        compound: It is one word that the pipeline does not know and that is built as plain nouns are.
    """

    first: int
    end: int
    label: str
    nouns: frozenset[int] = frozenset()
    compound: bool = False


@dataclass(kw_only=True)
class Reading:
    """What is known so far of one text.

    Attributes:
        text: The text; spaCy puts it together anew each time its doc is asked.
        published: The anchor of relative times, or None.
        body_start: Where the body begins; before it stands the headline.
        paragraphs: Start and end character of each paragraph.
        verbs: Token index -> the verb forms its word can be, from the lexicon.
        quoted: Start and end character of what stands inside quotation marks, the marks left out.
        arcs: Token index -> on what it hangs, by a parser that is asked; empty without one.
        scheme: What the labels of that parser mean.
        proposals: What a trained pipeline takes for names, in text order; empty without one.
        entities: Mentions in text order, not overlapping.
        parts: Names inside compounds (`EU` in `EU-Gipfel`): no names of their own, but they tell whose.
        roles: Mentions of people by role, in text order; one may lie inside another.
    """

    text: str = ""
    published: Published | None = None
    body_start: int = 0
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    verbs: dict[int, tuple[VerbForm, ...]] = field(default_factory=dict)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    arcs: dict[int, Arc] = field(default_factory=dict)
    scheme: Scheme | None = None
    proposals: list[Proposal] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    parts: list[Entity] = field(default_factory=list)
    roles: list[RoleMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def begin(doc: Doc, *, published: Published | None, body_start: int) -> Reading:
    """Put fresh notes on a doc before its pipeline runs."""
    reading = Reading(text=doc.text, published=published, body_start=body_start)
    doc.user_data[KEY] = reading
    return reading


def reading_of(doc: Doc) -> Reading:
    """The notes of a doc; fresh ones if nobody began."""
    if KEY not in doc.user_data:
        begin(doc, published=None, body_start=0)
    return cast("Reading", doc.user_data[KEY])


def cut(doc: Doc, start: int, end: int) -> Span:
    """The stretch of the text from character `start` to `end`."""
    return Span(start=start, end=end, text=reading_of(doc).text[start:end])


def stretch(tokens: Tokens) -> Span:
    """The stretch of the text that some tokens cover."""
    return cut(tokens.doc, tokens.start_char, tokens.end_char)

"""The key quote of an alert: the words that carry the news, from the mouth of somebody.

A candidate must be about the event: it holds the event's words, stands in its sentence, follows it, or an
editor put it over it as a subheading. Being near alone is not enough; without such a quote there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.alerts.model import KeyQuote
from bot.alerts.quote_ties import NEAR, Scene, Ties, covers
from bot.alerts.voices import is_decision
from bot.extraction.findings import Basis, Quote, QuoteKind, Speaker
from bot.rules.model import Match
from bot.rules.view import View
from bot.stories.terms import content_stems

FEWEST_WORDS = 3  # of a fragment that can stand alone


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A quote about an event.

    Attributes:
        order: Smaller is better, within one event.
        rank: Greater is better, across events.
        shared: It holds the event's own words, so that it may serve several events.
        bare: It is no more than the news, told by somebody without a part in it.
    """

    quote: Quote
    order: tuple[bool, bool, bool, int, bool, float, int]
    rank: float
    shared: bool
    bare: bool


def key_quote(mentions: Sequence[Match], view: View) -> KeyQuote | None:
    """The key quote for an event, by the rule's choice, or None.

    Args:
        mentions: The matches of one rule that tell of the event.
        view: The article and what was found in it.
    """
    return key_quotes([mentions], view)[0]


def key_quotes(events: Sequence[Sequence[Match]], view: View) -> list[KeyQuote | None]:
    """The key quote for each event of a rule; none serves two events unless it holds the words of both.

    A quote goes to the event it is tied to most; who loses it takes the next best of its own.
    """
    left = [candidates(mentions, view) for mentions in events]
    while True:
        taken = _contested(left)
        if not taken:
            chosen = [some[0].quote if some else None for some in left]
            for event, some in enumerate(left):
                if not some or some[0].bare:
                    chosen[event] = _of_the_story(events[event], view, chosen) or chosen[event]
            return [_as_key_quote(quote) if quote else None for quote in chosen]
        for event in taken:
            left[event] = left[event][1:]


def _contested(left: Sequence[Sequence[Candidate]]) -> list[int]:
    """The events whose best quote goes to another event."""
    firsts = [(event, some[0]) for event, some in enumerate(left) if some]
    lost = []
    for event, mine in firsts:
        rivals = [other for place, other in firsts if place != event and other.quote is mine.quote]
        before = [other for place, other in firsts if place < event and other.quote is mine.quote]
        better = any(other.rank > mine.rank for other in rivals) or any(o.rank == mine.rank for o in before)
        if better and not mine.shared:
            lost.append(event)
    return lost


def candidates(mentions: Sequence[Match], view: View) -> list[Candidate]:
    """The quotes about an event that the rule allows, the best first."""
    scene = Scene(view=view, mentions=tuple(mentions))
    choice = mentions[0].rule.quote
    body = [quote for quote in view.findings.quotes if not scene.in_heading(quote)]
    found = []
    for quote in view.findings.quotes:
        decided = is_decision(quote, view.findings.lang)
        if quote.kind not in choice.kinds or decided or _shortens(quote, body, scene):
            continue
        ties = scene.ties(quote)
        if ties.related and _stands_alone(quote, ties):
            rank = ties.rank(choice.prefer)
            kind = choice.kinds.index(quote.kind)
            outside = ties.outsider and not ties.holds
            order = (ties.remote, ties.bare, outside, kind, scene.in_heading(quote), -rank, quote.start)
            found.append(Candidate(quote=quote, order=order, rank=rank, shared=ties.holds, bare=ties.bare))
    return sorted(found, key=lambda candidate: candidate.order)


def _of_the_story(mentions: Sequence[Match], view: View, chosen: Sequence[Quote | None]) -> Quote | None:
    """For an event that nobody speaks of directly: what a person in charge says in the article.

    Who takes part comes first, then who speaks for a state or an organisation; verbatim words before others,
    near ones before those further off. With several events in the article, or where the news itself is a
    quote, the words must be verbatim, near and nobody else's.
    """
    scene = Scene(view=view, mentions=tuple(mentions))
    kinds = mentions[0].rule.quote.kinds
    alone = list(chosen) == [None]
    found = []
    for quote in view.findings.quotes:
        if quote.kind not in kinds or scene.in_heading(quote) or len(quote.text.split()) < FEWEST_WORDS:
            continue
        ties = scene.ties(quote)
        fits = alone or (ties.direct and abs(ties.distance) <= NEAR and quote not in chosen)
        if is_decision(quote, view.findings.lang) or not fits:
            continue
        part = bool(ties.speaker & {"actor", "participant", "target"})
        if part or "leader" in ties.speaker or (quote.speaker and scene.in_office(quote.speaker)):
            found.append(((not part, kinds.index(quote.kind), abs(ties.distance), quote.start), quote))
    return min(found, key=lambda one: one[0])[1] if found else None


def _stands_alone(quote: Quote, ties: Ties) -> bool:
    """Whether quoted words say something of the event by themselves: `sehr konkret` does not."""
    if quote.kind is not QuoteKind.FRAGMENT:
        return True
    return len(quote.text.split()) >= FEWEST_WORDS and (ties.holds or ties.common > 0)


def _shortens(quote: Quote, body: Sequence[Quote], scene: Scene) -> bool:
    """Whether a heading gives in short what the body quotes in full."""
    if not scene.in_heading(quote):
        return False
    short = scene.stems_of(quote.text)
    return any(covers(scene.stems_of(full.text), short) for full in body)


def _as_key_quote(quote: Quote) -> KeyQuote:
    speaker = quote.speaker
    known = speaker if speaker and speaker.basis is not Basis.UNRESOLVED else None
    return KeyQuote(
        start=quote.start,
        end=quote.end,
        text=quote.text,
        kind=quote.kind,
        speaker=known.name if known else None,
        role=_role(known) if known else None,
        via=quote.via,
    )


def _role(speaker: Speaker) -> str | None:
    """The words before the name, where the article gives the office with it."""
    before, name, _ = speaker.text.partition(speaker.name)
    return before.strip(" ,") if name and content_stems(before, None) else None

"""What ties a quote to an event: words in common, who says it, where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.alerts.voices import is_insider
from bot.article.headings import headings
from bot.extraction.findings import Actor, Quote, QuoteKind, Speaker
from bot.rules.conditions import Who
from bot.rules.model import Match
from bot.rules.view import View, answers
from bot.rules.vocabulary import role_group
from bot.stories.parties import Likeness, likeness, party_of
from bot.stories.terms import content_stems

SAME_QUOTE = 0.6  # of the words of a quote in a heading, found again in the body
ABOUT = 2  # words in common that tie what stands further off
SHORTEST_STEM = 5  # letters, where one word begins with another: `Sanktion`, `Sanktionspaket`
BESIDE = 2  # sentences; so soon an official of no named country speaks for the country that acts
NEAR = 3  # sentences; a quote that names what the event is about may follow that late
FAR = 99
IN_OFFICE = ("leader", "spokesperson", "diplomat")
_IN_MARKS = re.compile(r"[„“”\"»«‚‘]([^„“”\"»«\n]{8,})[“”\"»«’‘]")


@dataclass(frozen=True, kw_only=True)
class Ties:
    """What ties a quote to the event.

    Attributes:
        direct: It is verbatim, a clause or more.
        holds: It holds the event's own words.
        distance: In sentences from the nearest mention: 0 in it, 1 after it, -1 before it.
        speaker: Which of `actor`, `target`, `participant`, `leader` its speaker is.
        teller: Its speaker is the one who told of the event.
        insider: Its speaker is one of those who act or know, without a name: a diplomat, one of them.
        outsider: Its speaker acts for a country that has no part in the event.
        official: Its speaker holds an office, of no country that is named, while a country acts.
        common: Content words of the quote that the event's sentences have too.
        named: Those named in both, by id.
        around: The same for the words around the quote in its sentence.
        headed: A heading that tells of the event quotes it.
    """

    direct: bool
    holds: bool
    distance: int
    speaker: frozenset[str]
    teller: bool
    insider: bool
    outsider: bool
    official: bool
    common: int
    named: int
    around: int
    headed: bool

    @property
    def related(self) -> bool:
        """Whether the quote is about the event."""
        if self.holds or self.headed:
            return True
        beside, takes_part = abs(self.distance) <= 1, bool(self.speaker & {"actor", "participant"})
        if not self.direct:
            return self.common >= ABOUT and (takes_part or beside)
        if self.distance == 0 or (self.distance == 1 and self.teller):
            return True
        if (self.official or self.insider) and 0 < self.distance <= BESIDE:
            return True
        shared = self.common + self.named
        if beside and (takes_part or shared + self.around > 0):
            return True
        near = abs(self.distance) <= NEAR or "target" in self.speaker
        return bool(self.common and near) or bool(shared and takes_part)

    @property
    def bare(self) -> bool:
        """Whether it is no more than the news itself, told by somebody who has no part in it."""
        return self.holds and not self.direct and not self.speaker & {"actor", "participant", "leader"}

    @property
    def remote(self) -> bool:
        """Whether only its speaker and its words tie it to the event, not its place."""
        return not (self.holds or self.headed or abs(self.distance) <= NEAR)

    def rank(self, prefer: Sequence[str]) -> float:
        """How well it serves the rule's preferences; earlier ones weigh more."""
        about = 3 * self.holds + 3 * self.headed + 2 * (self.distance == 1) + (self.distance in (-1, 0))
        values = dict.fromkeys(self.speaker, 1.0)
        values["about_event"] = (about + min(self.common, 3) + min(self.around, 2) / 2) / 4
        order = [*prefer, *(() if "about_event" in prefer else ("about_event",))]
        return sum(values.get(name, 0.0) / (1 + place / 4) for place, name in enumerate(order))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """An event with all places of the article that tell of it."""

    view: View
    mentions: tuple[Match, ...]

    @cached_property
    def headings(self) -> tuple[tuple[int, int], ...]:
        """Headline and subheadings."""
        return headings(self.view.article)

    def stems(self, quote: Quote | None = None) -> frozenset[str]:
        """Content words of the sentences that tell of the event, days and the quote itself left out."""
        parts: list[tuple[int, int]] = []
        for match in self.mentions:
            start, end = match.evidence.start, match.evidence.end
            if quote and quote.start < end and start < quote.end:
                parts += [(start, quote.start), (quote.end, end)]
            else:
                parts.append((start, end))
        return frozenset(word for start, end in parts for word in self._stems_in(start, end))

    def ids(self, start: int, end: int) -> frozenset[str]:
        """Ids and countries of those named in a stretch: Israel and Israeli are one."""
        found = (entity for entity in self.view.findings.entities if start <= entity.start < end)
        return frozenset(known for entity in found for known in (entity.id, entity.country) if known)

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """Numbers of the sentences that tell of the event."""
        return tuple(
            number
            for match in self.mentions
            for number in self.view.sentences_of(match.evidence.start, match.evidence.end)
        )

    @cached_property
    def quoted_in_headings(self) -> tuple[frozenset[str], ...]:
        """Content words of each quote in a heading that tells of the event."""
        told = [
            self.view.article.content[start:end] for start, end in self.headings if self._tells(start, end)
        ]
        return tuple(self.stems_of(found) for text in told for found in _IN_MARKS.findall(text))

    def stems_of(self, text: str) -> frozenset[str]:
        """Content words of a text, days left out, because every second sentence has one."""
        return content_stems(text, self.view.findings.lang) - self._days

    def ties(self, quote: Quote) -> Ties:
        """What ties a quote to the event."""
        stems, told = self._stems_in(quote.start, quote.end), self.stems(quote)
        return Ties(
            direct=quote.kind is QuoteKind.DIRECT,
            holds=any(
                quote.start <= match.event.trigger.start < quote.end for match in self.mentions if match.event
            ),
            distance=self._distance(quote),
            speaker=self._speaker(quote.speaker) if quote.speaker else frozenset(),
            teller=bool(quote.speaker and quote.speaker.name in self._tellers),
            insider=bool(quote.speaker and is_insider(quote.speaker, self.view.findings.lang)),
            outsider=bool(quote.speaker and self._outsider(quote.speaker)),
            official=bool(quote.speaker and self._official(quote.speaker)),
            common=shared(stems, told),
            named=len(self.ids(quote.start, quote.end) & self._event_ids),
            around=shared(self.stems_of(self._around(quote)) - stems, told),
            headed=not self.in_heading(quote)
            and any(covers(stems, short) for short in self.quoted_in_headings),
        )

    def in_heading(self, quote: Quote) -> bool:
        """Whether a quote stands in the headline or a subheading."""
        return any(start <= quote.start < end for start, end in self.headings)

    @cached_property
    def _event_ids(self) -> frozenset[str]:
        places = ((match.evidence.start, match.evidence.end) for match in self.mentions)
        return frozenset(known for start, end in places for known in self.ids(start, end))

    def _stems_in(self, start: int, end: int) -> frozenset[str]:
        return self.stems_of(self.view.article.content[start:end])

    @cached_property
    def _days(self) -> frozenset[str]:
        texts = " ".join(time.text for time in self.view.findings.times)
        return content_stems(texts, self.view.findings.lang)

    def _tells(self, start: int, end: int) -> bool:
        if any(start <= match.evidence.start < end for match in self.mentions):
            return True
        return len(self.stems_of(self.view.article.content[start:end]) & self.stems()) >= ABOUT

    def _distance(self, quote: Quote) -> int:
        own = self.view.sentences_of(quote.start, quote.end)
        gaps = [mine - told for mine in own for told in self.sentences]
        return min(gaps, key=abs, default=FAR)

    def _around(self, quote: Quote) -> str:
        own = self.view.sentences_of(quote.start, quote.end)
        if not own:
            return ""
        content, places = self.view.article.content, self.view.findings.sentences
        return content[places[own[0]][0] : quote.start] + " " + content[quote.end : places[own[-1]][1]]

    def _speaker(self, speaker: Speaker) -> frozenset[str]:
        found = {name for name, actors in self._parts.items() if self._among(speaker, actors)}
        leads = answers(Who(roles=role_group("leader")), self.view.traits(speaker))
        return frozenset(found | ({"leader"} if leads else set()))

    def in_office(self, speaker: Speaker) -> bool:
        """Whether somebody leads a state or an organisation, or speaks for one."""
        groups = Who(roles=tuple(role for name in IN_OFFICE for role in role_group(name)))
        return answers(groups, self.view.traits(speaker))

    def _outsider(self, speaker: Speaker) -> bool:
        country = party_of(speaker, self.view).country
        parts = [party_of(actor, self.view) for some in self._parts.values() for actor in some]
        known = {party.country for party in parts if party.country}
        return country is not None and bool(known) and country not in known

    def _official(self, speaker: Speaker) -> bool:
        if party_of(speaker, self.view).country:
            return False
        acts = any(party_of(actor, self.view).country for actor in self._parts["actor"])
        return acts and self.in_office(speaker)

    @cached_property
    def _parts(self) -> dict[str, tuple[Actor, ...]]:
        events = [match.event for match in self.mentions if match.event]
        return {
            "actor": tuple(actor for event in events for actor in event.actors),
            "target": tuple(actor for event in events for actor in event.targets),
            "participant": tuple(actor for event in events for actor in event.participants),
        }

    @cached_property
    def _tellers(self) -> frozenset[str]:
        """Who told of the event: by the event itself, or by the reported clause it stands in."""
        told = {match.event.said_by.name for match in self.mentions if match.event and match.event.said_by}
        for match in self.mentions:
            start = match.event.trigger.start if match.event else match.evidence.start
            told |= {
                quote.speaker.name
                for quote in self.view.findings.quotes
                if quote.speaker and quote.start <= start < quote.end
            }
        return frozenset(told)

    def _among(self, speaker: Speaker, actors: tuple[Actor, ...]) -> bool:
        who = party_of(speaker, self.view)
        return any(likeness(who, party_of(actor, self.view)) is Likeness.SAME for actor in actors)


def covers(full: frozenset[str], short: frozenset[str]) -> bool:
    """Whether a quote may be the full form of a shortened one, by their content words."""
    return bool(short) and len(full & short) >= SAME_QUOTE * len(short)


def shared(some: frozenset[str], others: frozenset[str]) -> int:
    """How many words have a relative among the others: a stem that begins it, or that it begins."""
    return sum(any(_related(word, other) for other in others) for word in some)


def _related(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= SHORTEST_STEM and long.startswith(short))

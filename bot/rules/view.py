"""What conditions look at: one article and its findings, with look-ups built once, when needed."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property

from bot.article.model import Article
from bot.extraction.findings import Actor, Entity, EntityKind, Event, Findings, Span, Speaker
from bot.rules.conditions import Where, Who
from bot.rules.words import WordIndex


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What is known of somebody: the words in the text, names, ids, kinds, offices, countries."""

    names: frozenset[str]
    kinds: frozenset[str]
    roles: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class View:
    """One article as conditions see it."""

    article: Article
    findings: Findings

    @cached_property
    def words(self) -> WordIndex:
        """The words of headline and body."""
        return WordIndex(self.article.content, self.findings.lang)

    @cached_property
    def day(self) -> date | None:
        """The day of publication."""
        return self.article.published.day if self.article.published else None

    def stretch(self, where: Where | None, event: Event | None) -> tuple[int, int]:
        """Where words are looked for: by default the event's sentence, without an event the article."""
        if where is Where.TITLE:
            return 0, max(0, self.article.text_start - 1)
        if where is Where.ARTICLE or event is None:
            return 0, len(self.article.content)
        return event.evidence.start, event.evidence.end

    def sentence(self, at: int) -> Span:
        """The sentence around an offset; the line, where nobody cut sentences."""
        text = self.article.content
        place = bisect_right(self._sentence_starts, at) - 1
        if place >= 0 and at < self.findings.sentences[place][1]:
            start, end = self.findings.sentences[place]
            return Span(start=start, end=end, text=text[start:end])
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        return Span(start=start, end=end, text=text[start:end])

    def sentences_of(self, start: int, end: int) -> range:
        """Numbers of the sentences that a stretch touches."""
        first = bisect_right(self._sentence_ends, start)
        last = bisect_left(self._sentence_starts, end)
        return range(first, max(first, last))

    def entity(self, who: Actor | Speaker) -> Entity | None:
        """The mention that stands where somebody is named, else any mention of the same one."""
        here = self._standing(who)
        both = next((entity for entity in here if _same(entity, who)), None)
        proper = [entity for entity in here if entity.kind is not EntityKind.NATIONALITY]
        return both or next(iter(proper[-1:]), None) or self._first_mention.get(who.id or who.name)

    def traits(self, who: Actor | Speaker) -> Traits:
        """What is known of somebody who takes part in an event or says something."""
        known = self._known_traits.get(who)
        if known is None:
            known = self._known_traits[who] = self._traits(who)
        return known

    def _traits(self, who: Actor | Speaker) -> Traits:
        entity = self.entity(who)
        known = traits_of(entity) if entity else _UNKNOWN
        return _with(known, who) if isinstance(who, Actor) else _named(known, who)

    def _standing(self, who: Actor | Speaker) -> list[Entity]:
        """The mentions in the words for somebody."""
        if who.start is None or who.end is None:
            return []
        first = bisect_right(self._entity_ends, who.start)
        last = bisect_left(self._entity_starts, who.end)
        return list(self.findings.entities[first:last])

    # Looked up once for each actor of each event: on a long article a walk over all would not end.

    @cached_property
    def _first_mention(self) -> dict[str, Entity]:
        """Id, or name where there is no id -> the first proper mention."""
        found: dict[str, Entity] = {}
        for entity in self.findings.entities:
            if entity.kind is not EntityKind.NATIONALITY:
                for known in (entity.id, entity.name):
                    found.setdefault(known or entity.name, entity)
        return found

    @cached_property
    def _known_traits(self) -> dict[Actor | Speaker, Traits]:
        return {}

    @cached_property
    def _entity_starts(self) -> list[int]:
        return [entity.start for entity in self.findings.entities]

    @cached_property
    def _entity_ends(self) -> list[int]:
        return [entity.end for entity in self.findings.entities]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.findings.sentences]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [end for _, end in self.findings.sentences]


def traits_of(entity: Entity) -> Traits:
    """What is known of a mention."""
    kinds = {str(entity.kind)} | ({entity.subkind} if entity.subkind else set())
    country = entity.country or (entity.id if entity.kind is EntityKind.COUNTRY else None)
    return Traits(
        names=frozenset(word.lower() for word in (entity.name, entity.id, entity.text) if word),
        kinds=frozenset(kinds),
        roles=frozenset({entity.role.lower()} if entity.role else ()),
        countries=frozenset({country} if country else ()),
    )


def answers(who: Who, traits: Traits) -> bool:
    """Whether somebody answers a description in all that it asks."""
    return (
        (not who.named or not traits.names.isdisjoint(who.named))
        and (not who.kinds or not traits.kinds.isdisjoint(who.kinds))
        and (not who.countries or not traits.countries.isdisjoint(who.countries))
        and (not who.roles or any(fnmatchcase(role, want) for role in traits.roles for want in who.roles))
    )


def _named(known: Traits, who: Actor | Speaker) -> Traits:
    return replace(known, names=known.names | {word.lower() for word in (who.name, who.id, who.text) if word})


def _with(known: Traits, who: Actor) -> Traits:
    """What the event says of somebody, beside what the mention says."""
    is_country = who.kind == "country" or "country" in known.kinds
    return replace(
        _named(known, who),
        kinds=known.kinds | ({who.kind} if who.kind else set()),
        roles=known.roles | ({who.role.lower()} if who.role else set()),
        countries=known.countries | {code for code in (who.country, who.id if is_country else None) if code},
    )


_UNKNOWN = Traits(names=frozenset(), kinds=frozenset(), roles=frozenset(), countries=frozenset())


def _same(entity: Entity, who: Actor | Speaker) -> bool:
    if entity.kind is EntityKind.NATIONALITY:
        return False
    return entity.id == who.id if who.id else entity.name == who.name

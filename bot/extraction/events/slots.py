"""Who takes part in an event: who does it, to whom, with whom, where."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.extraction.clauses import Clause, Link
from bot.extraction.events.bodies import bodies, is_nationality, partners
from bot.extraction.events.control import asked
from bot.extraction.events.hanging import above
from bot.extraction.events.implied import (
    governing,
    included,
    is_amount,
    of_region,
    seat_behind,
    spoken_for,
)
from bot.extraction.events.known import known_event, known_people
from bot.extraction.events.sentence import Item, Mention, Sentence, can_act, pair
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Actor, Entity, EntityKind
from bot.extraction.reading import cut
from bot.extraction.roles import RoleMention

BEHIND = 7  # tokens from a noun to the phrase that says by whom
NEAR = 4  # tokens between a trigger and the relative clause that speaks of it
TO = {"de": ("nach", "in", "für", "gegen", "an", "im"), "en": ("to", "into", "for", "against", "on", "in")}
IN = {"de": ("in", "im", "nach"), "en": ("in", "at", "to")}
BY = {"de": ("von", "durch"), "en": ("by",)}
OF = {"de": ("von", "aus"), "en": ("of", "from")}
FROM = {"de": ("aus",), "en": ("from",)}


@dataclass(frozen=True, kw_only=True)
class People:
    """Who takes part in an event, by slot."""

    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    participants: tuple[Actor, ...] = ()
    place: Actor | None = None


def actor_of(item: Item) -> Actor:
    """The actor that a name, an office or an amount of countries stands for."""
    if isinstance(item, Entity):
        kind = "country" if item.kind is EntityKind.NATIONALITY else item.kind.value
        bare = Actor(name=item.name, id=item.id, kind=kind, role=item.role, country=item.country)
    elif isinstance(item, RoleMention):
        bare = Actor(
            name=item.person or item.text,
            id=item.person_id,
            kind="person",
            role=item.role,
            country=item.country,
            office=not _names(item),
        )
    else:
        bare = Actor(name=item.text, kind="country")
    return replace(bare, start=item.start, end=item.end, text=item.text)


def _names(role: RoleMention) -> bool:
    """Whether the words for somebody hold the name: `Chancellor Merz`, not `the chancellor`."""
    return role.person is not None and any(word in role.text for word in role.person.split())


def _once(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Each actor once, the first mention kept."""
    return tuple({actor.id or actor.name: actor for actor in reversed(list(actors))}.values())[::-1]


class Slots:
    """Reads the slots of one trigger."""

    def __init__(self, sentence: Sentence, trigger: Trigger) -> None:
        self.sentence = sentence
        self.trigger = trigger
        self.lang = sentence.lexicon.lang
        self.clause = sentence.clauses[trigger.clause]
        parties = [m for party in sentence.parties for m in self._opened(party)]
        self.own = [m for m in parties if sentence.clause_of.get(m.start) == trigger.clause]

    def _opened(self, party: Mention) -> list[Mention]:
        """The names inside an office that is part of the object: of `German soldiers`, Germany sends."""
        tokens = range(party.start, party.end)
        if not isinstance(party.item, RoleMention) or self.trigger.taken.isdisjoint(tokens):
            return [party]
        return [m for m in self.sentence.entities if m.start in tokens]

    # Who.

    def people(self) -> People:
        """Actors, targets, participants and place."""
        seats = self._seats()
        self.own = [m for m in self.own if m.start not in seats]
        place = self._place()
        acting = [m for m in self.own if self._acting(m) and m is not place]
        actors = self._agents(acting) or self._inherited() or bodies(self.sentence, self.trigger, self.clause)
        actors = self._with_members(actors) or spoken_for(self.sentence, self.trigger)
        if self.trigger.frame.family in ("consult", "peace", "ceasefire"):
            participants = self._participants(actors, acting)
            targets: tuple[Actor, ...] = ()
        else:
            participants = ()
            targets = _once(self._actor(m) for m in self._aims({actor.start for actor in actors}))
        return People(
            actors=_once(actors),
            targets=targets,
            participants=participants,
            place=self._actor(place) if place else None,
        )

    def _participants(self, actors: list[Actor], acting: list[Mention]) -> tuple[Actor, ...]:
        """All who take part; those of the consultation told of before, if it is meant and nobody is named."""
        found = _once([*actors, *map(self._actor, partners(self.sentence, acting))])
        if found or self.trigger.verb:
            return found
        asked = self.sentence, self.trigger.frame, self.trigger.start
        known = known_event(*asked)
        return known.participants if known else tuple(map(self._actor, known_people(*asked)))

    def _actor(self, mention: Mention) -> Actor:
        actor = actor_of(mention.item)
        if mention.start + 1 < mention.end and self.lang == "de" and isinstance(mention.item, RoleMention):
            return self._without_article(actor, mention)
        return actor

    def _without_article(self, actor: Actor, mention: Mention) -> Actor:
        """`die Außenminister` are called Außenminister."""
        words = self.sentence.article.words
        first = self.sentence.line.words[mention.start]
        if (
            first not in words.definite
            or actor.name != actor.text
            or actor.start is None
            or actor.end is None
        ):
            return actor
        doc = self.sentence.article.doc
        start = doc[mention.start + 1].idx
        text = cut(doc, start, actor.end).text
        return replace(actor, name=text, start=start, text=text)

    def _acting(self, mention: Mention) -> bool:
        return can_act(mention.item)

    def _agents(self, acting: list[Mention]) -> list[Actor]:
        """Who does it: by-phrase, owner of the noun, else the subject of the clause."""
        owner = None if self.trigger.verb else self._owner(acting)
        if owner is not None:
            return [self._actor(owner)]
        by = [m for m in acting if m.prep in BY[self.lang] and self._is_agent(m)]
        if by:
            return [self._actor(by[0])]
        if subjects := self._subjects(acting):
            return [self._actor(m) for m in subjects]
        if inside := (self._inside() or self._named_in_it(acting)):
            return inside
        if self._has_pronoun(self.sentence.article.words.first_person):
            return self._speaker()
        if self._their_own():
            return self._last_subject(self.clause)
        if not self.trigger.verb:
            return []
        owners = [m for m in acting if is_nationality(m) and self._next_to_taken(m)]
        loose = [m for m in acting if (m.prep in OF[self.lang] or m.genitive) and not self._tells_who()]
        return [self._actor(m) for m in (*owners, *loose)][:1]

    def _inside(self) -> list[Actor]:
        """Whose it is by its own word: `EU-Gipfel`, `die Entsendung von UN-Truppen`."""
        if self.trigger.verb or self.trigger.frame.type == "consult.visit":
            return []
        tokens = (self.trigger.end - 1, *sorted(self.trigger.taken))
        if self.trigger.frame.family == "consult" and (both := pair(self.sentence, self.trigger.end - 1)):
            return [actor_of(part) for part in both]
        parts = (self.sentence.part_at(i) for i in tokens)
        inside = [actor_of(part) for part in parts if part is not None][:1]
        return inside or of_region(self.sentence, [self.trigger.start, *sorted(self.trigger.taken)])

    def _named_in_it(self, acting: list[Mention]) -> list[Actor]:
        """Who is part of the noun's phrase: `der Einsatz der Nato`, `die Nato setzt ihre Mission fort`."""
        if self.trigger.verb or self.trigger.frame.family != "troops":
            return []
        return [self._actor(m) for m in acting if m.start in self.trigger.taken and not m.prep][:1]

    def _their_own(self) -> bool:
        """`its 1,200 men would leave`: whose they are stands before."""
        first = min(self.trigger.taken, default=0)
        own = self.sentence.line.words[first - 1] in self.sentence.article.words.possessives
        return self.trigger.frame.subject and own

    def _tells_who(self) -> bool:
        """Whether the clause has a subject of its own that is no name, or leaves it to others."""
        third = self.sentence.article.words.third_person
        return self._passive() or self.clause.link is Link.INFINITIVE or self._has_pronoun(third)

    def _seats(self) -> set[int]:
        """Where the seats of governments stand, which are no place of the event: `the government in Oslo`."""
        bodies = (i for i in self.clause.tokens if "governments" in self.sentence.classes(i))
        return {seat.start for i in bodies if (seat := seat_behind(self.sentence, i))}

    def _with_members(self, actors: list[Actor]) -> list[Actor]:
        """With `a dozen countries, including X and Y` X and Y act too."""
        if not is_amount(actors):
            return actors
        members = included(self.sentence)
        starts = {m.start for m in members}
        self.own = [m for m in self.own if m.start not in starts]
        return [*actors, *map(self._actor, members)]

    def _passive(self) -> bool:
        return self.sentence.groups[self.clause.index].passive

    def _is_agent(self, mention: Mention) -> bool:
        """Whether a by-phrase can name who does it: in the passive, or soon behind a noun."""
        behind = 0 < mention.start - self.trigger.start <= BEHIND
        return self._passive() or (not self.trigger.verb and behind)

    def _owner(self, acting: list[Mention]) -> Mention | None:
        """`Besuch Putins`, `Trump's visit`, `deutsche Soldaten`, `Abzug der Nato`."""
        at = self.trigger
        for mention in acting:
            if at.frame.family == "sanction" and at.taken:
                break  # whose assets, whose diplomats: the target
            behind = 0 <= mention.start - at.end <= 1 and not mention.prep
            before = self.lang == "en" and 0 <= at.start - mention.end <= 2 and self._possessive(mention)
            if behind or before:
                return mention
        if at.frame.family == "sanction":
            return None
        return next((m for m in acting if is_nationality(m) and self._next_to_taken(m)), None)

    def _possessive(self, mention: Mention) -> bool:
        words = self.sentence.line.words
        return words[mention.end : mention.end + 1] in (["'s"], ["’s"], ["'"], ["’"]) or is_nationality(
            mention
        )

    def _next_to_taken(self, mention: Mention) -> bool:
        return any(0 <= i - mention.end <= 1 for i in (*self.trigger.taken, self.trigger.start))

    def _subjects(self, acting: list[Mention]) -> list[Mention]:
        """The first names of the clause that no preposition governs, with those listed beside them."""
        free = [m for m in acting if not m.prep and not m.genitive and not self._is_object(m)]
        if not free and (seat := self._capital()):
            return [seat]
        if not free or self._passive() or self.clause.link is Link.INFINITIVE:
            return []
        subjects = self._joined(free)
        if self.lang == "en" and subjects[0].start > self._verb_place():
            return []
        return subjects

    def _capital(self) -> Mention | None:
        """The seat of a government that acts for it: `Berlin wants its soldiers out`."""
        if not self.trigger.verb or self.trigger.frame.family in ("consult", "attack", "protest"):
            return None
        for mention in self.own:
            if not mention.prep and not mention.genitive and mention.start < self._verb_place():
                return governing(mention, self.lang)
        return None

    def _is_object(self, mention: Mention) -> bool:
        """An adjective before the object (`britische Soldaten`) is no subject; one before a government is."""
        return mention.start in self.trigger.taken or (
            is_nationality(mention) and self._next_to_taken(mention)
        )

    def _verb_place(self) -> int:
        finite = self.sentence.groups[self.clause.index].finite
        return finite if finite is not None else self.sentence.end

    def _has_pronoun(self, pronouns: frozenset[str]) -> bool:
        return any(self.sentence.line.words[i] in pronouns for i in self.clause.tokens)

    def _speaker(self) -> list[Actor]:
        """`Wir` in a quote is the one who says it."""
        start = self.sentence.article.doc[self.trigger.start].idx
        quote = self.sentence.quote_at(start)
        if quote is None or quote.speaker is None:
            return []
        speaker = quote.speaker
        known = next(
            (
                e
                for e in self.sentence.article.reading.entities
                if e.name == speaker.name or e.start == speaker.start
            ),
            None,
        )
        if known:
            return [actor_of(known)]
        return [
            Actor(name=speaker.name, id=speaker.id, start=speaker.start, end=speaker.end, text=speaker.text)
        ]

    def _inherited(self) -> list[Actor]:
        """The subject of the clause this one hangs on, or of its twin; or whom its pronoun means."""
        clause: Clause | None = self.clause
        if self.clause.link is Link.RELATIVE:
            return self._antecedent()
        for _ in range(len(self.sentence.clauses)):
            if clause is None:
                return []
            if named := asked(self.sentence, clause):
                return [self._actor(m) for m in named]
            if clause is not self.clause and (found := self._subject_of(clause)):
                return found
            if meant := self._the_latter(clause):
                return meant
            if any(
                self.sentence.line.words[i] in self.sentence.article.words.third_person for i in clause.tokens
            ):
                return self._last_subject(clause)
            clause = self._above(clause)
        return []

    def _the_latter(self, clause: Clause) -> list[Actor]:
        """`Dieser könnte …`, `the latter may …`: whoever was named last in the sentence before."""
        line, before = self.sentence.line, self.sentence.before
        words = [line.words[i] for i in clause.tokens[:2]]
        verb_next = any(i in line.verbs for i in clause.tokens[1:2])
        latter = words[:1] in (["dieser"], ["letzterer"]) and verb_next
        if before is None or not (latter or words == ["the", "latter"]):
            return []
        return [self._actor(m) for m in before.parties if self._acting(m)][-1:]

    def _antecedent(self) -> list[Actor]:
        """Whom a relative pronoun means: the last name before it, unless a preposition governs that."""
        first = min(self.clause.tokens, default=0)
        before = [m for m in self.sentence.parties if 0 < first - m.end + 1 <= NEAR and self._acting(m)]
        return [self._actor(m) for m in before[-1:] if not m.prep]

    def _above(self, clause: Clause) -> Clause | None:
        if clause.twin is not None:
            return self.sentence.clauses[clause.twin]
        return above(self.sentence, clause) if clause.link is Link.INFINITIVE or self._open(clause) else None

    def _open(self, clause: Clause) -> bool:
        """Whether a clause without an opening word may lack a subject: `…, die Mehrheit stellt und …`."""
        if clause.link is not Link.COMPLEMENT or clause.opener or clause.parent is None:
            return False
        ends_in_infinitive = [self.sentence.line.words[i] for i in clause.tokens[-2:-1]] == ["zu"]
        saying = self.sentence.article.words.saying
        says = not saying.isdisjoint(self.sentence.groups[clause.parent].lemmas)
        return ends_in_infinitive or not says

    def _subject_of(self, clause: Clause) -> list[Actor]:
        names = [m for m in self.sentence.parties if self.sentence.clause_of.get(m.start) == clause.index]
        free = [m for m in names if self._acting(m) and not m.prep and not m.genitive]
        return [self._actor(m) for m in self._joined(free)] or bodies(self.sentence, self.trigger, clause)

    def _joined(self, free: list[Mention]) -> list[Mention]:
        """The first of some names and those listed beside it."""
        subjects = free[:1]
        for mention in free[1:]:
            if self.sentence.listed(subjects[-1].end, mention.start):
                subjects.append(mention)
        return subjects

    def _last_subject(self, clause: Clause) -> list[Actor]:
        """Whom `he`, `she`, `they` or `it` means: the subject of the clause around or of the one before."""
        if clause.parent is not None and (found := self._subject_of(self.sentence.clauses[clause.parent])):
            return found
        before = self.sentence.before
        if before is None:
            return []
        free = [m for m in before.parties if self._acting(m) and not m.prep and not m.genitive]
        return [self._actor(m) for m in free[:1]]

    def _aims(self, taken: set[int | None]) -> list[Mention]:
        """To whom or against whom: by preposition, or a second name without one."""
        named = [m for m in self.own if isinstance(m.item, Entity) and m.item.start not in taken]
        by_preposition = [m for m in named if m.prep in TO[self.lang]]
        if by_preposition:
            return by_preposition
        owners = [m for m in named if is_nationality(m) and self._next_to_taken(m)]
        if owners and self.trigger.frame.family == "sanction":
            return owners[:1]
        free = [m for m in named if not m.prep and not m.genitive and self._acting(m)]
        return [m for m in free if not is_nationality(m)][:1] if taken else []

    def _place(self) -> Mention | None:
        places = [
            m
            for m in self.own
            if isinstance(m.item, Entity)
            and m.item.kind in (EntityKind.PLACE, EntityKind.COUNTRY)
            and (m.prep in IN[self.lang] or self._left(m))
        ]
        return min(places, key=lambda m: abs(m.start - self.trigger.start), default=None)

    def _left(self, mention: Mention) -> bool:
        """Whether soldiers leave from there: `aus Mali`, `out of Mali`."""
        if self.trigger.frame.type != "troops.withdraw":
            return False
        out = mention.prep == "of" and "out" in self.sentence.line.words[mention.start - 2 : mention.start]
        return out or mention.prep in FROM[self.lang]

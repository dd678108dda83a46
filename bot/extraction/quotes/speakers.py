"""Whom the words for a speaker mean: names, described people, pronouns, carried speakers.

A pronoun is resolved only if exactly one candidate fits best: the subject or speaker before it of the
right gender and number. Better unresolved than wrong.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.extraction.findings import Basis, Entity, EntityKind, Quote, QuoteKind, Span, Speaker
from bot.extraction.lexicon import knowledge
from bot.extraction.quotes.assembly import Analysed
from bot.extraction.quotes.frames import Said
from bot.extraction.quotes.lexis import Lexis
from bot.extraction.quotes.nominative import nominative
from bot.extraction.quotes.phrases import Mention
from bot.extraction.reading import Reading
from bot.extraction.roles import Level, RoleMention

NEAR = 3  # units back in which a pronoun looks for whom it means
FAR = 8  # units over which somebody goes on speaking
BODIES = frozenset({EntityKind.ORGANISATION, EntityKind.COUNTRY, EntityKind.PLACE})


@dataclass(frozen=True, kw_only=True)
class Who:
    """Somebody who can speak.

    Attributes:
        gender: m, f, n, p (several), or empty if nothing tells.
        person: It is a human being or several.
        head: Last noun of the description in lower case, for "der Minister" later on.
    """

    name: str
    id: str | None = None
    gender: str = ""
    person: bool = False
    head: str = ""


@cache
def given_names() -> dict[str, str]:
    """Given name -> m or f."""
    names = knowledge("genders")
    return {name: gender for key, gender in (("female", "f"), ("male", "m")) for name in names[key].split()}


class Speakers:
    """Names the speakers of one text."""

    def __init__(self, text: str, reading: Reading, lexis: Lexis, units: Sequence[Analysed]) -> None:
        self.text = text
        self.lexis = lexis
        self.units = units
        self.entities = reading.entities
        self.entity_starts = [entity.start for entity in reading.entities]
        self.roles = sorted(reading.roles, key=lambda role: (role.start, -role.end))
        self.role_starts = [role.start for role in self.roles]
        self.known: dict[str, str] = {}
        self.spoken: list[tuple[int, Mention, Who, Basis]] = []
        self.said: dict[int, list[Said]] = {}

    def name(self, said: Sequence[Said]) -> list[Quote]:
        """Each quote with its speaker."""
        return [self._quote(one) for one in said]

    def is_medium(self, mention: Mention) -> bool:
        """Whether a phrase names a medium."""
        entity = self._entity(mention)
        if entity is not None and entity.kind is not EntityKind.PERSON:
            return entity.subkind == "media" or (mention.head > 1 and self._media_noun(mention))
        return entity is None and self._media_noun(mention)

    def _media_noun(self, mention: Mention) -> bool:
        nouns = self._nouns(mention)
        endings = tuple(self.lexis["media_endings"])
        return any(low in self.lexis["media"] or low.endswith(endings) for low in nouns)

    def _quote(self, said: Said) -> Quote:
        start, end = said.start, said.end
        via = self._via(said)
        return Quote(
            start=start,
            end=end,
            text=self.text[start:end],
            spans=tuple(said.spans),
            kind=said.kind,
            speaker=self._speaker(said),
            cue=self._cut(*said.cue) if said.cue else None,
            via=via,
        )

    def _cut(self, start: int, end: int) -> Span:
        return Span(start=start, end=end, text=self.text[start:end])

    def _via(self, said: Said) -> str | None:
        """The medium by its known name, else the name in quotation marks, else its words without article."""
        if said.via is None:
            return None
        entity = self._entity(said.via)
        if entity is not None and entity.subkind == "media":
            return entity.name
        marked = next((atom.quote for atom in said.via.atoms if atom.quote), None)
        if marked is not None:
            return self.text[marked.start : marked.end]
        first = self.lexis["nominative"] | self.lexis["oblique"]
        atoms = [atom for n, atom in enumerate(said.via.atoms) if n or atom.low not in first]
        return self.text[atoms[0].start : atoms[-1].end] if atoms else None

    # Speakers.

    def _speaker(self, said: Said) -> Speaker | None:
        if said.speaker is None:
            return self._carried(said) if said.carried else None
        mention = said.speaker
        if self._report(mention):  # whoever wrote it
            return self._as_speaker(mention, self.describe(mention), Basis.UNRESOLVED)
        if not mention.pronoun:
            who = self._anaphor(mention, self.describe(mention))
            return self._spoken(said, mention, who, Basis.EXPLICIT)
        known = said.antecedent is not None and not said.antecedent.pronoun
        found = self.describe(said.antecedent) if said.antecedent and known else self._pronoun(said)
        if found is None:
            words = self.text[mention.start : mention.end]
            self.spoken.append((said.unit, mention, Who(name=words, gender="?"), Basis.UNRESOLVED))
            return self._as_speaker(mention, Who(name=words), Basis.UNRESOLVED)
        if mention.pronoun in self.lexis["thus"] and self.spoken:
            self.spoken.append((said.last, self.spoken[-1][1], found, Basis.PRONOUN))
            return self._as_speaker(mention, found, Basis.PRONOUN)
        return self._spoken(said, mention, found, Basis.PRONOUN)

    def _report(self, mention: Mention) -> bool:
        """Whether the speaker is a mere report, nobody knows by whom."""
        nouns = self._nouns(mention)
        return len(mention.atoms) == mention.head and bool(nouns) and nouns[-1] in self.lexis["reports"]

    def _spoken(self, said: Said, mention: Mention, who: Who, basis: Basis) -> Speaker:
        self.spoken.append((said.last, mention, who, basis))
        return self._as_speaker(mention, who, basis)

    def _as_speaker(self, mention: Mention, who: Who, basis: Basis) -> Speaker:
        start, end = mention.start, mention.end
        return Speaker(start=start, end=end, text=self.text[start:end], name=who.name, id=who.id, basis=basis)

    def _carried(self, said: Said) -> Speaker | None:
        """Whoever spoke last, if that is near enough; else the subject of the sentence before."""
        nearer = self._nearer(said)
        if nearer is not None:
            return self._spoken(said, nearer, self.describe(nearer), Basis.CARRIED)
        if self.spoken and said.unit - self.spoken[-1][0] <= FAR:
            unit, mention, who, basis = self.spoken[-1]
            self.spoken[-1] = (
                said.last if said.kind is not QuoteKind.FRAGMENT else unit,
                mention,
                who,
                basis,
            )
            unresolved = basis is Basis.UNRESOLVED
            return self._as_speaker(mention, who, Basis.UNRESOLVED if unresolved else Basis.CARRIED)
        subject = self.units[said.unit - 1].subject if said.unit else None
        if subject is None or subject.pronoun:
            return None
        return self._spoken(said, subject, self.describe(subject), Basis.CARRIED)

    def _nearer(self, said: Said) -> Mention | None:
        """Somebody the sentence before is about, though nobody spoke in it."""
        if not said.unit or (self.spoken and self.spoken[-1][0] >= said.unit - 1):
            return None
        before = self.units[said.unit - 1]
        framed = [frame.speaker for frame in before.frames if frame.speaker and not frame.speaker.pronoun]
        if framed:
            return framed[-1]
        subject = before.subject
        if (
            subject is None
            or subject.pronoun
            or before.unit.paragraph != self.units[said.unit].unit.paragraph
        ):
            return None
        who = self.describe(subject)
        return subject if who.person or who.id or self._body(subject) else None

    def _body(self, mention: Mention) -> bool:
        """Whether a phrase means those who can speak as one, or what they wrote."""
        nouns = self._nouns(mention)
        return bool(nouns) and nouns[-1].endswith(tuple(self.lexis["bodies"] | self.lexis["media"]))

    # Pronouns.

    def _pronoun(self, said: Said) -> Who | None:
        """Whom a personal pronoun means, or None."""
        mention = said.speaker
        if mention and mention.pronoun in self.lexis["thus"]:
            return self._last_speaker(said.unit)
        gender = self.lexis.pronouns.get(mention.pronoun, "") if mention else ""
        if not gender or mention is None:
            return None
        last = self._last_speaker(said.unit)
        if said.further:
            return last if last and self._fits(last, gender) else None
        for candidates in self._candidates(said, mention):
            fitting = {who.name: who for who in candidates if self._fits(who, gender)}
            if fitting:
                return next(iter(fitting.values())) if len(fitting) == 1 else None
        return None

    def _last_speaker(self, unit: int) -> Who | None:
        if not self.spoken or unit - self.spoken[-1][0] > NEAR:
            return None
        return self.spoken[-1][2]

    def _candidates(self, said: Said, mention: Mention) -> list[list[Who]]:
        """Groups of candidates, the best first."""
        groups: list[list[Who]] = [self._named_between(self.units[said.unit].unit.start, mention.start)]
        for number in range(said.unit - 1, max(-1, said.unit - 1 - NEAR), -1):
            spoken = [who for unit, _, who, _ in self.spoken[-8:] if unit == number]
            subject = self.units[number].subject
            if subject is not None and not subject.pronoun:
                groups.append([self.describe(subject)])
            groups.append(spoken[-1:])
            unit = self.units[number].unit
            groups.append(self._named_between(unit.start, unit.end))
        return groups

    def _named_between(self, start: int, end: int) -> list[Who]:
        first = bisect_left(self.entity_starts, start)
        last = bisect_left(self.entity_starts, end)
        return [self._who(one) for one in self.entities[first:last] if one.kind is EntityKind.PERSON]

    def _fits(self, who: Who, gender: str) -> bool:
        if who.gender == "?":
            return False
        known = who.gender or self.known.get(who.name, "")
        if gender in ("m", "f") and not who.person:
            return known == gender == "f"
        return not known or known == gender

    # Names.

    def describe(self, mention: Mention) -> Who:
        """Name, gender and kind of a phrase."""
        role = self._role(mention)
        gender = self._gender(mention)
        if role is not None and role.person and role.level is not Level.SPOKESPERSON:
            known = self.known.get(role.person, "")
            gender = self._learn(role.person, gender or known or self._given(role.person))
            return Who(
                name=role.person, id=role.person_id, gender=gender, person=True, head=self._head(mention)
            )
        entity = self._entity(mention)
        if entity is not None and self._names(mention, entity, role):
            person = entity.kind is EntityKind.PERSON
            gender = self._learn(entity.name, gender or (self._given(entity.name) if person else ""))
            return Who(name=entity.name, id=entity.id, gender=gender, person=person, head=self._head(mention))
        name = self._words(mention)
        person = role is not None or self._given(name) != "" or self._human(mention)
        return Who(name=name, gender=gender or self._given(name), person=person, head=self._head(mention))

    def _learn(self, name: str, gender: str) -> str:
        if gender:
            self.known[name] = gender
        return gender or self.known.get(name, "")

    def _who(self, entity: Entity) -> Who:
        gender = self.known.get(entity.name, "") or self._given(entity.name)
        return Who(name=entity.name, id=entity.id, gender=gender, person=True)

    def _role(self, mention: Mention) -> RoleMention | None:
        """The role mention that has its head in the head of the phrase."""
        end = mention.atoms[mention.head - 1].end
        first = bisect_left(self.role_starts, mention.start)
        for role in self.roles[first : first + 4]:
            if mention.start <= role.head[0] < end:
                return role
        return None

    def _entity(self, mention: Mention) -> Entity | None:
        """The name in the head of the phrase; of several a person."""
        head_end = mention.atoms[min(mention.head, len(mention.atoms)) - 1].end
        first = max(bisect_left(self.entity_starts, mention.start) - 1, 0)
        found = [
            one
            for one in self.entities[first : first + 6]
            if mention.start < one.end and one.start < head_end
        ]
        people = [one for one in found if one.kind is EntityKind.PERSON]
        return next(iter(people or [one for one in found if one.kind in BODIES]), None)

    def _names(self, mention: Mention, entity: Entity, role: RoleMention | None) -> bool:
        """Whether the name says who speaks, and not only for whom."""
        if entity.kind is EntityKind.PERSON:
            return not self._spokesman(role)
        capital = self.lexis.capital_nouns
        head = [a for a in mention.atoms[: mention.head] if a.capital or (not capital and a.low.isalpha())]
        return bool(head) and head[-1].start < entity.end and role is None

    def _spokesman(self, role: RoleMention | None) -> bool:
        if role is not None and role.level is Level.SPOKESPERSON:
            return not role.named
        return False

    def _words(self, mention: Mention) -> str:
        """The words of the article; in German in the nominative, where that is simple."""
        marked = self._marked(mention)
        if marked:
            return marked
        atoms, at = mention.atoms, mention.head
        words = self.text[atoms[0].start : atoms[-1].end]
        whole = all(atom.text.isalpha() for atom in atoms[:at])
        if not self.lexis.capital_nouns or not whole:
            return words
        head = " ".join(nominative([atom.text for atom in atoms[:at]]))
        return head + self.text[atoms[at - 1].end : atoms[-1].end]

    def _marked(self, mention: Mention) -> str:
        """The name in quotation marks, where nothing but an article stands before it."""
        lexis = self.lexis
        *before, last = mention.atoms
        small = lexis["nominative"] | lexis["oblique"]
        if last.quote is None or any(atom.low not in small for atom in before):
            return ""
        return self.text[last.quote.start : last.quote.end]

    def _head(self, mention: Mention) -> str:
        nouns = self._nouns(mention)
        return nouns[0] if nouns else ""

    def _nouns(self, mention: Mention) -> list[str]:
        """The nouns of the head in lower case, without the article."""
        lexis = self.lexis
        small = lexis["nominative"] | lexis["oblique"] | lexis["loose"]
        head = mention.atoms[: mention.head]
        return [a.low for a in head if (a.capital or not lexis.capital_nouns) and a.low not in small]

    def _given(self, name: str) -> str:
        return given_names().get(name.split(" ", maxsplit=1)[0], "") if name else ""

    def _gender(self, mention: Mention) -> str:
        """By the noun, else by the article, as far as they tell."""
        lexis = self.lexis
        nouns = self._nouns(mention)
        if any(low.endswith(tuple(lexis["female_endings"])) for low in nouns):
            return "f"
        if any(low.endswith(tuple(lexis["male_endings"])) for low in nouns):
            return "m"
        if any(low.endswith(tuple(lexis["plural_endings"])) for low in nouns[:1]):
            return "p"
        return lexis.articles.get(mention.atoms[0].low, "")

    def _human(self, mention: Mention) -> bool:
        endings = tuple(self.lexis["human_endings"])
        return any(low.endswith(endings) for low in self._nouns(mention))

    def _may_mean(self, who: Who, known: Who) -> bool:
        """Whether head and gender of a description fit somebody: one minister is not the ministers."""
        genders = {who.gender, known.gender} - {""}
        return bool(known.head) and known.head.endswith(who.head) and len(genders) < 2

    def _nationality(self, mention: Mention) -> bool:
        """Whether the phrase says of which country: "der dänische Minister" need not be the one before."""
        return any(
            atom.name is not None and atom.name.kind is EntityKind.NATIONALITY
            for atom in mention.atoms[: mention.head]
        )

    def _anaphor(self, mention: Mention, who: Who) -> Who:
        """The phrase "der Minister" is whoever was called Außenminister and spoke before."""
        article = mention.atoms[0].low
        if article not in self.lexis["definite"] or len(mention.atoms) != mention.head or not who.head:
            return who
        if self._entity(mention) is not None or self._nationality(mention):
            return who
        earlier = {
            known.name: known
            for _, _, known, _ in self.spoken
            if known.person and known.name != who.name and self._may_mean(who, known)
        }
        if len(earlier) == 1:
            return replace(next(iter(earlier.values())), head=who.head)
        return who

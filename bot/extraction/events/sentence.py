"""All that is known of one sentence, by token: clauses, verbs, nouns, names, amounts, times."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from bot.extraction.clause_tree import cut_clauses
from bot.extraction.clauses import SEPARATORS, Clause, ClauseWords, Line, Link
from bot.extraction.events.lexicon import CLASS, EventLexicon
from bot.extraction.events.nouns import NounHit
from bot.extraction.findings import Entity, EntityKind, Event, Quantity, Quote, TimeExpression
from bot.extraction.reading import Reading, cut
from bot.extraction.roles import RoleMention
from bot.extraction.verbgroups import VerbGroup, verb_group

LOOK_BACK = 8
OPENING = (Link.COMPLEMENT, Link.CONDITION)
CURRENCY = 3
SHORTEST = 5  # letters of a word that may stand for a whole name


Item = Entity | RoleMention | Quantity | TimeExpression
AnyItem = TypeVar("AnyItem", Entity, RoleMention, Quantity, TimeExpression, Item)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name, an office, an amount or a time in the sentence.

    Attributes:
        start: First token.
        end: Token behind the last.
        item: What was found there.
        prep: The preposition that governs it, or empty.
        genitive: Whether it seems to hang on the noun before it (`Sprecher der Regierung`).
    """

    start: int
    end: int
    item: Item
    prep: str = ""
    genitive: bool = False


@dataclass(kw_only=True)
class Article:
    """One text while its events are read."""

    doc: Doc
    reading: Reading
    line: Line
    lexicon: EventLexicon
    words: ClauseWords
    starts: list[int]
    told: list[Event] = field(default_factory=list)

    @cached_property
    def short_names(self) -> dict[str, Entity]:
        """First and last word of each longer name of an organisation -> the organisation, first mention."""
        found: dict[str, Entity] = {}
        for entity in self.reading.entities:
            words = entity.text.lower().split()
            if entity.kind is EntityKind.ORGANISATION and len(words) > 1:
                for word in (words[0], words[-1]):
                    if len(word) >= SHORTEST and not word.endswith("s"):
                        found.setdefault(word, entity)
        return found

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that cover characters `start` to `end`."""
        first = bisect_right(self.starts, start) - 1
        return first, max(first + 1, bisect_left(self.starts, end))


@dataclass(kw_only=True)
class Sentence:
    """One sentence of it."""

    article: Article
    start: int
    end: int
    before: "Sentence | None" = None

    @classmethod
    def of(cls, article: Article, tokens: Tokens, before: "Sentence | None") -> "Sentence":
        """The sentence over some tokens; `before` is the one before it."""
        return cls(article=article, start=tokens.start, end=tokens.end, before=before)

    @property
    def line(self) -> Line:
        """The words of the text."""
        return self.article.line

    @property
    def lexicon(self) -> EventLexicon:
        """The words that matter."""
        return self.article.lexicon

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses."""
        return cut_clauses(self.line, self.start, self.end, self.lexicon.lang)

    @cached_property
    def groups(self) -> list[VerbGroup]:
        """The verbs of each clause."""
        return [verb_group(self.line, one, self.article.words, self.lexicon.lang) for one in self.clauses]

    @cached_property
    def clause_of(self) -> dict[int, int]:
        """Token index -> index of its clause; punctuation belongs to none."""
        return {i: clause.index for clause in self.clauses for i in clause.tokens}

    @cached_property
    def nouns(self) -> dict[int, list[NounHit]]:
        """Token index -> the nouns of the lexicon that end there."""
        found = {}
        for i in range(self.start, self.end):
            if self.lexicon.lang == "de" and not self.line.capital[i]:
                continue
            if i in self.line.verbs and self.lexicon.lang == "en":
                continue
            if hits := self.lexicon.nouns.at(self.line.words, i):
                found[i] = hits
        return found

    def classes(self, i: int) -> frozenset[str]:
        """Names of the classes that the noun ending at token `i` belongs to."""
        hits = self.nouns.get(i, ())
        return frozenset(
            label.removeprefix(CLASS) for hit in hits for label in hit.labels if label.startswith(CLASS)
        )

    @cached_property
    def all_classes(self) -> frozenset[str]:
        """The classes of all its nouns."""
        return frozenset().union(*(self.classes(i) for i in self.nouns))

    # Mentions.

    @cached_property
    def entities(self) -> list[Mention]:
        """Names, in order."""
        return self._mentions(self.article.reading.entities)

    def part_at(self, i: int) -> Entity | None:
        """The country or organisation named inside the compound at token `i`: `UN-Truppen`."""
        return next((part for part in self.parts_at(i) if part.kind is not EntityKind.PERSON), None)

    def parts_at(self, i: int) -> list[Entity]:
        """All names inside the compound at token `i`."""
        start = self.article.starts[i]
        return list(_between(self.article.reading.parts, start, start + len(self.line.words[i])))

    @cached_property
    def quantities(self) -> list[Mention]:
        """Amounts, in order."""
        return self._mentions(self.article.reading.quantities)

    @cached_property
    def times(self) -> list[Mention]:
        """Time expressions, in order."""
        return self._mentions(self.article.reading.times)

    @property
    def span(self) -> tuple[int, int]:
        """First and last character, white space at the end left out."""
        doc = self.article.doc
        end = self.end
        while end > self.start + 1 and doc[end - 1].is_space:
            end -= 1
        return doc[self.start].idx, doc[end - 1].idx + len(doc[end - 1])

    def quote_at(self, start: int) -> Quote | None:
        """The quote that covers character `start`; of several the shortest."""
        covering = [
            quote
            for quote in self.article.reading.quotes
            if quote.start <= start < quote.end
            and any(first <= start < last for first, last in quote.spans or ((quote.start, quote.end),))
        ]
        return min(covering, key=lambda quote: quote.end - quote.start, default=None)

    @cached_property
    def roles(self) -> list[Mention]:
        """People called by their office, in order; of those inside one another the outermost."""
        found: list[Mention] = []
        for mention in self._mentions(self.article.reading.roles):
            if not found or mention.start >= found[-1].end:
                found.append(mention)
        return found

    @cached_property
    def parties(self) -> list[Mention]:
        """Whoever could take part in an event, in order: names, people by office, amounts of countries.

        A name with its office is one; what stands inside somebody's office (`Sprecher der Nato`) is none.
        """
        inside = {i for role in self.roles for i in range(role.start, role.end)}
        found = [self._person(role) for role in self.roles]
        found += [mention for mention in self.entities if mention.start not in inside]
        found += [mention for mention in self._short_names() if mention.start not in inside]
        found += [m for m in self.quantities if isinstance(m.item, Quantity) and m.item.unit == "country"]
        return sorted(found, key=lambda mention: mention.start)

    def _short_names(self) -> list[Mention]:
        """`the coalition`, where an organisation of that name stands before."""
        found = []
        line = self.line
        for i in range(self.start + 1, self.end):
            entity = self.article.short_names.get(line.words[i])
            definite = line.words[i - 1] in self.article.words.definite
            if entity and definite and i not in self._named and entity.start < self.article.starts[i]:
                start = self.article.starts[i]
                span = cut(self.article.doc, start, start + len(line.words[i]))
                here = replace(entity, start=span.start, end=span.end, text=span.text)
                prep, genitive = self._government(i)
                found.append(Mention(start=i, end=i + 1, item=here, prep=prep, genitive=genitive))
        return found

    def _person(self, role: Mention) -> Mention:
        """The name that stands with an office, else the office."""
        if not isinstance(role.item, RoleMention) or not role.item.named:
            return role
        for mention in self.entities:
            here = role.start <= mention.start < role.end
            if here and isinstance(mention.item, Entity) and mention.item.name == role.item.person:
                return replace(role, item=mention.item)
        return role

    @cached_property
    def _named(self) -> frozenset[int]:
        """The tokens of names."""
        first, last = self.span
        spans = (
            range(*self.article.tokens(entity.start, entity.end))
            for entity in _between(self.article.reading.entities, first, last)
        )
        return frozenset(i for span in spans for i in span)

    def _mentions(self, items: Sequence[Item]) -> list[Mention]:
        found: list[Mention] = []
        for item in _between(items, *self.span):
            found.append(self._mention(item, found[-1] if found else None))
        return found

    def _mention(self, item: Item, before: Mention | None) -> Mention:
        start, end = self.article.tokens(item.start, item.end)
        if before and self.listed(before.end, start):
            return Mention(start=start, end=end, item=item, prep=before.prep, genitive=before.genitive)
        prep, genitive = self._government(start)
        return Mention(start=start, end=end, item=item, prep=prep, genitive=genitive)

    def listed(self, end: int, start: int) -> bool:
        """Whether only `and`, a comma or an article stands between two names."""
        between = self.line.words[end:start]
        joined = {"und", "and", "sowie", ",", "&", "oder", "or"}
        small = joined | self.article.words.determiners
        return bool(between) and all(word in small for word in between) and bool(joined & set(between))

    def negates(self, i: int) -> bool:
        """Whether a token says no: `nicht`, yet not the one of `nicht nur`."""
        words = self.lexicon.modality
        following = self.line.words[min(i + 1, self.end - 1)]
        return self.line.words[i] in words.negation and following not in words.not_negating

    def is_negated(self, clause: Clause) -> bool:
        """Whether the verb of a clause is; a noun is by `kein` and `no`."""
        words = self.line.words
        return any(
            self.negates(i) and not words[i].startswith("kein") and words[i] != "no" for i in clause.tokens
        )

    def governor(self, i: int) -> str:
        """The preposition that governs the noun at token `i`, or empty."""
        return self._government(i)[0]

    def _government(self, start: int) -> tuple[str, bool]:
        """The preposition before a name, roles and adjectives passed over; whether it is a genitive."""
        words, line = self.article.words, self.line
        genitive = False
        for i in range(start - 1, max(self.start, start - LOOK_BACK) - 1, -1):
            word = line.words[i]
            if word in words.prepositions or word == "to":
                return word, genitive
            if (word in words.coordinators or word == ",") and i - 1 in self._named:
                continue
            opens = word in words.coordinators or words.conjunctions.get(word) in OPENING
            if word in SEPARATORS or i in line.verbs or opens or word[:1].isdigit():
                break
            if word in ("des", "der", "'s", "’s") and i > self.start and line.capital[i - 1]:
                genitive = word == "des" or i + 1 == start or genitive
        return "", genitive


def _between(items: Sequence[AnyItem], first: int, last: int) -> Sequence[AnyItem]:
    """What begins from character `first` up to `last`."""
    low = bisect_left(items, first, key=lambda item: item.start)
    high = bisect_left(items, last, key=lambda item: item.start)
    return items[low:high]


def pair(sentence: Sentence, i: int) -> list[Entity]:
    """Both whom the compound at token `i` names: `Putin-Selenskyj-Treffen`."""
    parts = sentence.parts_at(i)
    return parts if len(parts) > 1 else []


def is_money(quantity: Quantity) -> bool:
    """Whether the unit is a currency."""
    return len(quantity.unit) == CURRENCY and quantity.unit.isupper()


def can_act(item: Item) -> bool:
    """Whether somebody can act: not a place, not the medium that reports, not those who are told."""
    if isinstance(item, Entity):
        return item.kind is not EntityKind.PLACE and item.subkind != "media"
    if isinstance(item, RoleMention):
        return item.role != "journalist"
    return isinstance(item, Quantity) and item.unit == "country"

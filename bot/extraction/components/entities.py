"""Find the names in a text, what they name, and who is meant by a role.

In this order: names we know (gazetteer, with guards for common words), people by given name, title or
role, organisations and places by pattern, what a trained model proposes, surnames alone, capital or
government. Whatever proposes mentions goes through `merged`, where the longer and earlier knowledge wins;
how the model shares with the rest is in `model_names.py`.
"""

from collections.abc import Sequence
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.components.compounds import Compounds
from bot.extraction.components.election_names import ElectionNames
from bot.extraction.components.gazetteer import Gazetteer
from bot.extraction.components.guards import Guards
from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.merging import merged
from bot.extraction.components.model_names import ModelNames
from bot.extraction.components.name_patterns import NamePatterns
from bot.extraction.components.persons import Heads, PersonFinder, Surnames, taken
from bot.extraction.components.role_mentions import RoleFinder
from bot.extraction.components.row import Row, row_of
from bot.extraction.components.seats import Seats
from bot.extraction.findings import Entity, EntityKind
from bot.extraction.reading import Proposal, reading_of
from bot.extraction.role_nouns import role_nouns


class EntityFinder:
    """Notes entities, names inside compounds, and mentions of people by role."""

    def __init__(self, nlp: Language, lang: str) -> None:
        self.lang = lang
        self._gazetteer = Gazetteer(lang, lambda text: [token.text for token in nlp.make_doc(text)])
        self._guards = Guards(lang)
        self._persons = PersonFinder(lang)
        self._surnames = Surnames(lang)
        self._patterns = NamePatterns(lang)
        self._proposed = ModelNames(lang)
        self._seats = Seats(lang)
        self._compounds = Compounds(self._gazetteer)
        self._role_nouns = role_nouns(
            lang, owner=self._gazetteer.owner, cut=lambda text: [token.text for token in nlp.make_doc(text)]
        )
        self._elections = ElectionNames(lang)
        self._roles = RoleFinder(lang)

    def __call__(self, doc: Doc) -> Doc:
        """Note what is found."""
        reading = reading_of(doc)
        day = reading.published.day if reading.published else None
        row = row_of(doc)
        heads = self._heads(row)
        mentions = self._mentions(row, heads, day, reading.proposals)
        mentions = self._seats.decide(mentions, row, reading.verbs)
        parts, attributive = self._compounds.find(row, taken(mentions), day)
        mentions, of_elections = self._elections.parted(row, mentions)
        reading.parts = sorted([*parts, *(one.entity(row, day) for one in of_elections)], key=_start)
        mentions, reading.roles = self._roles.find(row, mentions, heads, reading.verbs, day)
        entities = [mention.entity(row, day) for mention in mentions]
        reading.entities = sorted([*entities, *attributive], key=_start)
        return doc

    def _heads(self, row: Row) -> Heads:
        """The role noun that begins at a token, by token."""
        words = row.words
        heads = {}
        reached = 0
        for at in range(len(words)):
            found = self._role_nouns.find(words, at) if at >= reached else None
            if found:
                heads[at] = found
                reached = at + found[0]
        return heads

    def _mentions(
        self, row: Row, heads: Heads, day: date | None, proposals: Sequence[Proposal]
    ) -> list[Mention]:
        listed = self._gazetteer.find(row, day)
        full = frozenset(
            one.name for one in listed if one.kind is EntityKind.PERSON and one.sense is Sense.PLAIN
        )
        mentions = [one for one in listed if self._guards.passes(one, row, full)]
        mentions = merged(mentions, self._persons.find(row, mentions, heads))
        mentions = merged(mentions, self._patterns.find(row, mentions))
        mentions = self._proposed.share(row, mentions, heads, proposals)
        return merged(mentions, self._surnames.find(row, mentions))


def _start(entity: Entity) -> int:
    return entity.start


@Language.factory("depesche_entities", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> EntityFinder:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return EntityFinder(nlp, lang)

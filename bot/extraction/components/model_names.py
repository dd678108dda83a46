"""How what is known, what patterns find and what a trained model proposes share the names of a text.

The model comes last. Its proposals lose what is no part of a name and common words; the rest stands where
nothing else does. Of a known name and a longer proposal around it the longer stands where measuring showed
that it is mostly right: an organisation around anything that is none (`Universität Leipzig`), somebody
around a part of their name; never a place or somebody around a known place. In the name of a vote
(`2019 United Kingdom general election`) the names of places are no mentions of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extraction.components.common_words import CommonWords
from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.merging import merged
from bot.extraction.components.name_borders import NameBorders
from bot.extraction.components.name_patterns import body_of, subkind_of
from bot.extraction.components.persons import Heads, person_named, taken
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.reading import Proposal

KINDS = {"PER": EntityKind.PERSON, "LOC": EntityKind.PLACE, "ORG": EntityKind.ORGANISATION}
# Label of a proposal -> kinds of shorter names inside it that give way.
GIVES_WAY = {
    "PER": frozenset({EntityKind.PERSON}),
    "ORG": frozenset(EntityKind),
    "LOC": frozenset({EntityKind.NATIONALITY}),
}


class ModelNames:
    """Puts a trained model's proposals behind what is known."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._common = CommonWords(lang)
        names = lexicon(lang, "names")
        self._tails = frozenset((*names["organisation_tails"], *names.get("more_tails", ())))
        self._town_nouns = tuple(names.get("town_nouns", ()))
        self._borders = NameBorders(lang, self._common)
        self._articles = self._borders.articles
        words = lexicon(lang, "no_names")
        self._cues = {word: label for label, cues in words["label_cues"].items() for word in cues}
        self._votes = tuple(words["votes"])
        self._directions = frozenset(words["directions"].split())

    def share(
        self, row: Row, mentions: Sequence[Mention], heads: Heads, proposals: Sequence[Proposal]
    ) -> list[Mention]:
        """The mentions, with what the model found besides."""
        mentions = self._outside_votes(row, mentions, proposals)
        names = (self._borders.trimmed(row, heads, one) for one in proposals if one.label in KINDS)
        trimmed = [one for one in names if one.first < one.end]
        named = [self._called(row, one) for one in trimmed if not self._common_words(row, heads, one)]
        people = [(one.first, one.end) for one in mentions if one.kind is EntityKind.PERSON]
        people += [(one.first, one.end) for one in named if one.label == "PER"]
        surnames = {row.words[end - 1] for first, end in people if end - first > 1}
        known = taken(mentions)
        bodies = {row.words[one.end - 1] for one in mentions if one.kind is EntityKind.ORGANISATION}
        named = [one for one in named if not self._begins_short(row, one, bodies)]
        return merged(
            mentions,
            [
                _mention(row, one)
                for one in named
                if self._may_stand(row, one, _rivals(one, known)) and not _short(row, one, surnames)
            ],
        )

    def _outside_votes(
        self, row: Row, mentions: Sequence[Mention], proposals: Iterable[Proposal]
    ) -> list[Mention]:
        votes = [one for one in proposals if one.label not in KINDS and self._vote(row, one)]
        return [
            mention
            for mention in mentions
            if not any(vote.first <= mention.first and mention.end <= vote.end for vote in votes)
        ]

    def _vote(self, row: Row, one: Proposal) -> bool:
        """Whether a vote and its year are named: without a year a place is one."""
        words = row.words[one.first : one.end]
        return any(word.lower().endswith(self._votes) for word in words) and any(
            word.isdigit() and len(word) == 4 for word in words
        )

    def _called(self, row: Row, one: Proposal) -> Proposal:
        """With the label that the last word or the word before tells: `Schloss Quendlin`."""
        before, last = row.word(one.first - 1), row.words[one.end - 1]
        if one.end - one.first > 1 and (last in self._tails or last.lower().endswith(self._town_nouns)):
            return replace(one, label="ORG")
        if label := self._cues.get(before):
            return replace(one, label=label)
        if one.label == "PER" and one.end - one.first == 1 and before == "in":
            return replace(one, label="LOC")  # nobody is in somebody
        return one

    def _common_words(self, row: Row, heads: Heads, one: Proposal) -> bool:
        """Whether the words are no name."""
        if one.compound:
            return True
        words = row.words[one.first : one.end]
        if not any(word[:1].isupper() or word[:1].isdigit() for word in words):
            return True
        if one.label == "PER" and any(word[:1].isdigit() for word in words):
            return True
        if len(words) > 1:
            return False
        last = words[-1]
        if self._common.small(last) or self._common.compound(last) or one.first in heads:
            return True
        return self._common.noun(last) and not (one.label == "PER" and self._bare(row, one))

    def _bare(self, row: Row, one: Proposal) -> bool:
        """Whether a word that may be a surname stands as one: inside the sentence, without an article."""
        before = row.lower(one.first - 1)
        return self.lang == "de" and not row.opens[one.first] and before not in self._articles

    # What may stand against what is known.

    def _may_stand(self, row: Row, one: Proposal, rivals: Sequence[Mention]) -> bool:
        inside = [rival for rival in rivals if one.first <= rival.first and rival.end <= one.end]
        known = any((rival.first, rival.end) == (one.first, one.end) for rival in inside)
        if known or len(inside) < len(rivals):
            return False  # who is known by a short name is known better than the model knows
        if one.label == "LOC" and self._is_part(row, one, inside):
            return True
        if _known_and_nouns(one, inside):
            return False
        whole = [rival for rival in inside if rival.kind is not EntityKind.NATIONALITY]
        kinds = {rival.kind for rival in whole}
        if {EntityKind.PERSON, EntityKind.ORGANISATION} <= kinds:
            return False  # `der Kyiv Independent Starmer`: two names side by side
        sure = [rival for rival in whole if rival.id and rival.kind is not EntityKind.COUNTRY]
        return len(sure) < 2 and all(rival.kind in GIVES_WAY[one.label] for rival in inside)

    def _begins_short(self, row: Row, one: Proposal, bodies: Iterable[str]) -> bool:
        """`die Union Sanktionen` where the text has the African Union: its short name and another noun."""
        article = row.lower(one.first - 1) in self._articles
        return self.lang == "de" and article and one.end - one.first == 2 and row.words[one.first] in bodies

    def _is_part(self, row: Row, one: Proposal, inside: Sequence[Mention]) -> bool:
        """`South Australia`: a place that a known one and a direction name."""
        if len(inside) != 1 or inside[0].end != one.end:
            return False
        return all(row.lower(at) in self._directions for at in range(one.first, inside[0].first))


def _known_and_nouns(one: Proposal, inside: Sequence[Mention]) -> bool:
    """`EU Staaten`: a known name and plain nouns behind it."""
    if len(inside) != 1 or inside[0].first != one.first or inside[0].end == one.end:
        return False
    return one.nouns.issuperset(range(inside[0].end, one.end))


def _rivals(one: Proposal, known: dict[int, Mention]) -> list[Mention]:
    found = {known[at].first: known[at] for at in range(one.first, one.end) if at in known}
    return list(found.values())


def _short(row: Row, one: Proposal, surnames: Iterable[str]) -> bool:
    """A surname whose bearer the text names in full: that is settled where all surnames are."""
    return one.end - one.first == 1 and row.words[one.first] in surnames


def _mention(row: Row, one: Proposal) -> Mention:
    if one.label == "PER":
        return person_named(row, one.first, one.end, Sense.SHORT if one.end - one.first == 1 else Sense.PLAIN)
    name = " ".join(row.text[row.starts[one.first] : row.ends[one.end - 1]].split())
    kind = KINDS[one.label]
    return Mention(
        first=one.first,
        end=one.end,
        kind=kind,
        name=name,
        subkind=subkind_of(name, kind),
        body=body_of(name, kind),
    )

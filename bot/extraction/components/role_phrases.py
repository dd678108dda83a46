"""How far the noun phrase around a role noun goes, and whose role the words in it say it is.

To the left: adjectives, nationality, possessor, determiner (`ein hochrangiger ukrainischer`, `Britain's`).
To the right: a name, a genitive (`des Außenministeriums`, `of France`), a name after that.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from bot.extraction.components.mentions import Mention
from bot.extraction.components.row import POSSESSIVE, Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.roles import Level, Role

ADJECTIVES = 4  # words between determiner and noun
ATTRIBUTES = 3  # attributes after the noun


@dataclass(kw_only=True)
class Phrase:
    """The noun phrase of a role; positions are tokens.

    Attributes:
        first: First token of the phrase.
        head: First token of the role noun.
        head_end: Behind its last token.
        end: Behind the last token of the phrase.
        determiner: The determiner in lower case, or empty.
        before: Words between determiner and noun, in lower case.
        nations: Mentions before the noun that say whose role it is, the nearest last.
        owner: Who stands in the genitive or with a link (`of`, `von`).
        inner: The phrase of the role that stands there instead.
        name: Who is named beside the noun.
        institution: The common noun that closes the attribute (`Ministeriums`), or empty.
    """

    first: int
    head: int
    head_end: int
    end: int
    role: Role
    determiner: str = ""
    before: list[str] = field(default_factory=list)
    nations: list[Mention] = field(default_factory=list)
    owner: Mention | None = None
    inner: "Phrase | None" = None
    name: Mention | None = None
    institution: str = ""


class Phrases:
    """Builds the phrases of one language, the inner ones first."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._verbs: Container[int] = ()
        words = lexicon(lang, "roles")
        self._determiners = frozenset(one for group in words["determiners"].values() for one in group)
        self._indefinite = frozenset(words["determiners"]["indefinite"])
        self._endings = tuple(words["adjective_endings"])
        self._no_adjectives = frozenset(words["not_adjectives"])
        self._links = frozenset(words["links"])
        self._posted = frozenset(words["posted"])
        self._sure = (*words["former"], *words["acting"], *words["deputy"], *words["ranks"])
        self._joining = frozenset(words["names_that_join"])
        self._genitives = frozenset(words["genitive_links"])
        self._link_determiners = frozenset(words["link_determiners"])
        self._institutions = frozenset(words["institutions"])

    def build(
        self,
        row: Row,
        head: tuple[int, int, Role],
        known: Mapping[int, Mention],
        inner: Mapping[int, Phrase],
        verbs: Container[int],
    ) -> Phrase:
        """The phrase around a role noun, given by first token, number of tokens and role.

        `known` has the mention at each token, `inner` the phrases further right by first token, `verbs`
        the tokens that can be verbs.
        """
        self._verbs = verbs
        at, size, role = head
        phrase = Phrase(first=at, head=at, head_end=at + size, end=at + size, role=role)
        self._leftwards(row, phrase, known)
        self._rightwards(row, phrase, known, inner)
        return phrase

    # To the left.

    def _leftwards(self, row: Row, phrase: Phrase, known: Mapping[int, Mention]) -> None:
        at, sure = phrase.head, phrase.head
        words: list[str] = []
        while len(words) <= ADJECTIVES and at > 0 and not row.opens[at]:
            step = self._step(row, at, phrase, known)
            if step is None:
                break
            at, closes, certain = step
            words.insert(0, row.lowers[at])
            if certain:
                sure = at
            if closes:
                break
        phrase.first = sure
        phrase.before = [word for word in row.lowers[sure : phrase.head] if word != phrase.determiner]

    def _step(
        self, row: Row, at: int, phrase: Phrase, known: Mapping[int, Mention]
    ) -> tuple[int, bool, bool] | None:
        """Where the phrase begins with the word before `at`, whether it ends there, whether it is certain."""
        before = at - 1
        lower = row.lowers[before]
        if lower in POSSESSIVE and (owner := known.get(before - 1)):
            phrase.nations.insert(0, owner)
            return owner.first, True, True
        mention = known.get(before)
        if mention:
            return self._mention_before(row, mention, phrase, at)
        if lower in self._determiners:
            phrase.determiner = lower
            return before, True, True
        sure = lower.startswith(self._sure)
        word = lower if sure and row.opens[before] else row.words[before]
        if not self._is_adjective(word) or (not sure and self._is_predicate(row, before)):
            return None
        return before, False, sure

    def _is_predicate(self, row: Row, at: int) -> bool:
        """Whether an English word is a verb: `matched prosecutors`, but not `a retired officer`."""
        if at not in self._verbs or self.lang == "de":
            return False
        before = row.lower(at - 1)
        return before not in self._determiners and not before.endswith("ly")

    def _mention_before(
        self, row: Row, mention: Mention, phrase: Phrase, at: int
    ) -> tuple[int, bool, bool] | None:
        if mention.kind is EntityKind.NATIONALITY and not self._is_inhabitant(row, mention):
            phrase.nations.insert(0, mention)
            return mention.first, False, True
        if self.lang == "de":
            if not (row.words[mention.end - 1].endswith("s") or mention.kind is EntityKind.NATIONALITY):
                return None
            phrase.nations.insert(0, mention)
            return mention.first, True, True
        if mention.kind is EntityKind.PERSON or (at != phrase.head and phrase.nations):
            return None
        phrase.nations.insert(0, mention)
        return mention.first, False, True

    def _is_inhabitant(self, row: Row, mention: Mention) -> bool:
        """`die Briten Minister` is no phrase; a capitalised German adjective only opens a sentence."""
        return self.lang == "de" and row.words[mention.first][0].isupper() and not row.opens[mention.first]

    def _is_adjective(self, word: str) -> bool:
        if not word[0].islower() or not word.replace("-", "").isalpha() or word in self._no_adjectives:
            return False
        return word.endswith(self._endings) if self.lang == "de" else True

    # To the right.

    def _rightwards(
        self, row: Row, phrase: Phrase, known: Mapping[int, Mention], inner: Mapping[int, Phrase]
    ) -> None:
        for _ in range(ATTRIBUTES):
            if phrase.name is None and self._take_name(phrase, known):
                continue
            if phrase.owner is None and phrase.inner is None and self._take_owner(row, phrase, known, inner):
                continue
            break

    def _take_name(self, phrase: Phrase, known: Mapping[int, Mention]) -> bool:
        mention = known.get(phrase.end)
        if mention is None or mention.kind is not EntityKind.PERSON or mention.first != phrase.end:
            return False
        phrase.name = mention
        phrase.end = mention.end
        return True

    def _take_owner(
        self, row: Row, phrase: Phrase, known: Mapping[int, Mention], inner: Mapping[int, Phrase]
    ) -> bool:
        """A genitive or a link with whom it ties to the noun."""
        at = phrase.end
        mention = known.get(at)
        if mention and self.lang == "de" and phrase.name is None:
            return self._take_genitive(row, phrase, mention)
        if row.lower(at) not in self._links or row.opens[at]:
            return False
        if row.lower(at) in self._posted:
            return phrase.name is None and self._take_post(row, phrase, known, at)
        nested = inner.get(at) or inner.get(at + 1)
        if nested and self._ties(row, at, nested):
            phrase.inner, phrase.end = nested, nested.end
            return True
        return self._take_linked(row, phrase, known, at)

    def _ties(self, row: Row, link: int, nested: Phrase) -> bool:
        """Whether somebody behind a link is served; `von einem Soldaten` means by him."""
        word = row.lower(link)
        return word in self._genitives or (
            word in self._joining and nested.determiner not in self._indefinite
        )

    def _take_genitive(self, row: Row, phrase: Phrase, mention: Mention) -> bool:
        if mention.kind is EntityKind.NATIONALITY or not row.words[mention.end - 1].endswith("s"):
            return False
        phrase.owner, phrase.end = mention, mention.end
        return True

    def _take_linked(self, row: Row, phrase: Phrase, known: Mapping[int, Mention], link: int) -> bool:
        at = link + 1
        nation = None
        while at - link <= ADJECTIVES and at < len(row) and not row.opens[at]:
            mention = known.get(at)
            if mention and row.lower(mention.end) in POSSESSIVE:
                return False
            if mention and mention.kind is not EntityKind.NATIONALITY:
                phrase.owner, phrase.end = mention, mention.end
                return True
            if self._is_institution(row, at, row.lower(link)):
                phrase.owner, phrase.institution = nation, row.words[at]
                phrase.end = self._institution_end(row, at, known)
                return True
            if not (mention or row.lower(at) in self._link_determiners or self._is_adjective(row.words[at])):
                return False
            nation = mention or nation
            at += 1
        return False

    def _take_post(self, row: Row, phrase: Phrase, known: Mapping[int, Mention], link: int) -> bool:
        """`ambassador to Ukraine`, `officials at the Pentagon`; whose they are stays open for a country."""
        at = link + 2 if row.lower(link + 1) in self._link_determiners else link + 1
        mention = known.get(at)
        if mention is None or mention.kind in (EntityKind.PERSON, EntityKind.NATIONALITY):
            return False
        body = mention.kind is EntityKind.ORGANISATION
        if not body and phrase.role.level is not Level.DIPLOMAT:
            return False
        phrase.end = mention.end
        phrase.owner = mention if body else None
        return True

    def _institution_end(self, row: Row, at: int, known: Mapping[int, Mention]) -> int:
        """Behind the noun, and behind the one its adjective belongs to: `des Städtischen Museums`."""
        more = self.lang == "de" and row.words[at].endswith("en") and row.capital(at + 1)
        return at + 2 if more and at + 1 not in known and not row.opens[at + 1] else at + 1

    def _is_institution(self, row: Row, at: int, link: str) -> bool:
        """Whether a common noun closes the attribute: `des Ministeriums`, `of the foreign ministry`."""
        word = row.words[at]
        if self.lang == "en" or link not in self._genitives:
            return word in self._institutions
        return word[0].isupper() and word[-1].isalpha()

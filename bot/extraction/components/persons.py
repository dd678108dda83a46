"""People nobody listed: by given name, title or role, and by surname once the full name is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import knowledge, lexicon
from bot.extraction.roles import Number, Role

Heads = Mapping[int, tuple[int, Role]]
REGNAL = re.compile(r"[IVX]+\.?")
INITIAL = re.compile(r"(?:[A-ZÄÖÜ]\.){1,3}(?:-[A-Z]\.)?|[A-Z]")
SURNAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:['’\-][^\W\d_]+)*")
CLOSING = tuple("\"”“’'")
NO_GENITIVE = ("ss", "us", "is", "as", "os", "es", "ns", "ts", "ls", "rs")  # Jonas, Jens, Peters: rather not
BEFORE_NAMES = "zu"  # right before the name itself: `zu Guttenberg`, not `zu den Flames`
LONGEST = 6  # words of a name
MORE_SURNAMES = {"de": 0, "en": 2}


def taken(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """The mention at each token."""
    return {at: mention for mention in mentions for at in range(mention.first, mention.end)}


class PersonFinder:
    """Finds names of people in capitalised words."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        words, roles = lexicon(lang, "names"), lexicon(lang, "roles")
        self._ambiguous = frozenset(words["ambiguous"])
        self._also_words = frozenset(words["also_words"])
        self._given = frozenset(knowledge("given_names")["names"].split())
        self._particles = frozenset(words["particles"])
        self._opening = frozenset(words["opening_particles"])
        self._suffixes = frozenset(words["suffixes"])
        self._never = frozenset(words["never"].split())
        self._never |= frozenset((*words["organisation_tails"], *words.get("place_tails", ())))
        self._noun_endings = tuple(words["noun_endings"])
        self._speech = frozenset(words["speech"])
        self._starters = frozenset(word.lower() for word in words["opening_particles"])
        self._unnamed = frozenset(roles["unnamed"])
        self._titles = frozenset(roles["titles"])
        determiners = roles["determiners"]
        self._articles = frozenset((*determiners["definite"], *determiners["indefinite"]))

    def find(self, row: Row, mentions: Sequence[Mention], heads: Heads) -> list[Mention]:
        """People that are not in the gazetteer, from left to right."""
        known = taken(mentions)
        found: list[Mention] = []
        at = 0
        while at < len(row):
            end = self._name_at(row, at, known, heads) if row.words[at][:1].isupper() else at
            if end > at:
                found.append(
                    person_named(
                        row, at, end, Sense.SHORT if self._only_speaks(row, at, end, heads) else Sense.PLAIN
                    )
                )
            at = max(end, at + 1)
        return found

    def _name_at(self, row: Row, at: int, known: Mapping[int, Mention], heads: Heads) -> int:
        """Where the name ends that begins at a token; `at` if none does."""
        mention = known.get(at)
        if mention and (mention.end - mention.first > 1 or mention.kind is EntityKind.ORGANISATION):
            return at
        if row.words[at] in self._given or self._before_initial(row, at):
            end = self._rest(row, at, known)
            if end - at > 1 and self._sure(row, at, end, heads):
                return end
        if mention is None and self._called(row, at, heads):
            return self._after_title(row, at, known, heads)
        return at + 1 if mention is None and self._speaks(row, at, heads) else at

    def _only_speaks(self, row: Row, at: int, end: int, heads: Heads) -> bool:
        """Whether nothing but a verb of saying makes it a name: a full name elsewhere knows better."""
        return end - at == 1 and not self._called(row, at, heads)

    def _before_initial(self, row: Row, at: int) -> bool:
        """`Thelonius D. Weaver`: an initial inside makes a name of any two words."""
        initial, word = row.word(at + 1), row.words[at]
        inside = len(initial) == 2 and INITIAL.fullmatch(initial) is not None
        inside = inside and at + 2 < len(row.words)
        return inside and not row.opens[at + 2] and word not in self._never and len(word) > 2

    def _speaks(self, row: Row, at: int, heads: Heads) -> bool:
        """Whether an unknown word stands by a verb of saying as only a name does: `sagte Lindqvist`."""
        if row.opens[at] or at in heads or not self._is_surname(row, at, {}):
            return False
        after = row.word(at + 1)
        if row.lower(at - 1) in self._speech:
            return not after[:1].isupper() and not row.opens[at - 1]
        return self.lang == "en" and after in self._speech and row.word(at - 1)[-1:] in CLOSING

    def _rest(self, row: Row, at: int, known: Mapping[int, Mention]) -> int:
        """Where a name that begins with a given name ends: given names, initials, particles, surname."""
        end = at + 1
        while end - at < LONGEST and self._goes_on(row, end):
            end += 1
        if REGNAL.fullmatch(row.word(end)) and row.word(end) != "I":
            return _with_stop(row, end + 1)
        if not self._is_surname(row, end, known):
            return end if row.word(end - 1) in self._given and end - at > 1 else at
        return self._more(row, end + 1, known)

    def _goes_on(self, row: Row, at: int) -> bool:
        """Whether a word inside a name leads on to a surname."""
        word = row.word(at)
        if word in self._given:
            return row.capital(at + 1) or self._after_particles(row, at + 1)
        if word == "-":
            return row.lower(at - 1) in self._particles and row.starts[at] == row.ends[at - 1]
        return bool(INITIAL.fullmatch(word)) or self._after_particles(row, at)

    def _after_particles(self, row: Row, at: int) -> bool:
        """Whether a surname follows the particles that begin here."""
        inner = row.lower(at - 1) in self._particles
        if row.lower(at) not in (self._particles if inner else self._starters):
            return False
        while row.lower(at) in self._particles or row.word(at) == "-":
            if row.lower(at) == BEFORE_NAMES and not row.capital(at + 1):
                return False
            at += 1
        return bool(SURNAME.fullmatch(row.word(at)))

    def _more(self, row: Row, end: int, known: Mapping[int, Mention]) -> int:
        """Further surnames, the parts of a hyphenated one, `Jr.`."""
        if row.word(end) == "-" and row.starts[end] == row.ends[end - 1] and row.capital(end + 1):
            end += 2
        for _ in range(MORE_SURNAMES[self.lang]):
            if not self._is_surname(row, end, known) or end in known:
                break
            end += 1
        return end + 1 if row.word(end) in self._suffixes else end

    def _is_surname(self, row: Row, at: int, known: Mapping[int, Mention]) -> bool:
        word = row.word(at)
        if not SURNAME.fullmatch(word) or word in self._never or len(word) < 2:
            return False
        mention = known.get(at)
        if mention and not _like_surname(mention, word):
            return False
        return not (word.endswith(self._noun_endings) or word.isupper())

    def _sure(self, row: Row, at: int, end: int, heads: Heads) -> bool:
        """Whether an ambiguous given name is one here."""
        word = row.words[at]
        if word in self._also_words and not row.opens[at]:
            return True
        if word not in self._ambiguous and word not in self._also_words:
            return True
        if end - at > 2 or self._called(row, at, heads):
            return True
        surname = row.words[end - 1]
        return row.words.count(surname) + row.words.count(surname + "s") > 1

    def _called(self, row: Row, at: int, heads: Heads) -> bool:
        """Whether a title or a role stands before."""
        if row.word(at - 1) in self._titles:
            return True
        head = _head_before(at, heads)
        return head is not None and head[1].keyword not in self._unnamed

    def _after_title(self, row: Row, at: int, known: Mapping[int, Mention], heads: Heads) -> int:
        """Where an unknown name after a title or role ends."""
        end = at
        while row.lower(end) in self._particles and end - at < LONGEST:
            end += 1
        while end - at < LONGEST and (
            self._is_unknown(row, end, known, heads) or (end > at and self._goes_on(row, end))
        ):
            end += 1
        if end == at or row.lower(end - 1) in self._particles or INITIAL.fullmatch(row.word(end - 1)):
            return at
        return end if end - at > 1 or self._alone(row, at, heads) else at

    def _is_unknown(self, row: Row, at: int, known: Mapping[int, Mention], heads: Heads) -> bool:
        return at not in known and at not in heads and self._is_surname(row, at, known)

    def _alone(self, row: Row, at: int, heads: Heads) -> bool:
        """Whether one word after a title or role is a name: `Minister Fischer`, not `der Minister Geld`."""
        head = _head_before(at, heads)
        if head is None:
            return True
        if self.lang == "en":
            return row.capital(head[0])
        role = head[1]
        return role.number is not Number.PLURAL and not self._has_article(row, head[0])

    def _has_article(self, row: Row, at: int) -> bool:
        return row.lower(at - 1) in self._articles or row.lower(at - 2) in self._articles


def _with_stop(row: Row, end: int) -> int:
    """Behind the stop of a number: `Ludwig XIV.` does not end the sentence."""
    stop = row.word(end) == "." and row.starts[end] == row.ends[end - 1]
    return end + 1 if stop and end + 1 < len(row) and not row.opens[end + 1] else end


def _like_surname(mention: Mention, word: str) -> bool:
    """Whether a known name may be a surname here: of somebody's family, of a town, of a founder."""
    if mention.sense is Sense.SHORT or mention.kind is EntityKind.PLACE:
        return True
    return mention.kind is EntityKind.ORGANISATION and mention.end - mention.first == 1 and not word.isupper()


def _head_before(at: int, heads: Heads) -> tuple[int, Role] | None:
    """Start and role of the role noun that ends where a name begins."""
    for size in range(1, 5):
        head = heads.get(at - size)
        if head and head[0] == size:
            return at - size, head[1]
    return None


def person_named(row: Row, first: int, end: int, sense: Sense) -> Mention:
    """Somebody by the words of their name, a genitive -s left out."""
    text = row.text[row.starts[first] : row.ends[end - 1]]
    name = text[:-1] if _genitive(row, end) else text
    return Mention(first=first, end=end, kind=EntityKind.PERSON, name=" ".join(name.split()), sense=sense)


def _full_first(ones: list[Mention]) -> list[Mention]:
    """Those with a full name, if there are any."""
    return [one for one in ones if one.sense is Sense.PLAIN] or ones


def _genitive(row: Row, end: int) -> bool:
    """Whether a surname ends in a genitive -s: it stands without it elsewhere, or a noun follows."""
    word = row.words[end - 1]
    if not word.endswith("s") or word.endswith(NO_GENITIVE):
        return False
    return word[:-1] in row.vocabulary or (row.capital(end) and not row.opens[end])


class Surnames:
    """Finds people by surname alone whose full name the text has."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        determiners = lexicon(lang, "roles")["determiners"]
        self._before_nouns = frozenset(word for words in determiners.values() for word in words)
        self._particles = frozenset(lexicon(lang, "names")["particles"])

    def find(self, row: Row, mentions: Sequence[Mention]) -> list[Mention]:
        """Mentions by surname, and known short names that mean somebody else in this text."""
        bearers = self._bearers(row, mentions)
        known = taken(mentions)
        found = []
        for at, word in enumerate(row.words):
            if word[:1].isupper() and (bearer := self._bearer(word, at, bearers)):
                mention = known.get(at)
                if mention is None and not self._is_noun(row, at):
                    found.append(replace(bearer, first=self._start(row, at), end=at + 1, sense=Sense.PLAIN))
                elif mention and self._other(mention, bearer, mentions):
                    found.append(replace(bearer, first=mention.first, end=mention.end, sense=Sense.PLAIN))
        return found

    def _bearers(self, row: Row, mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
        bearers: dict[str, list[Mention]] = {}
        for mention in mentions:
            if mention.kind is EntityKind.PERSON and (mention.person is None or mention.sense is Sense.PLAIN):
                bearers.setdefault(row.words[mention.end - 1], []).append(mention)
        return {word: _full_first(ones) for word, ones in bearers.items() if len(word) > 1}

    def _bearer(self, word: str, at: int, bearers: Mapping[str, list[Mention]]) -> Mention | None:
        """Who is meant: the last named before, else the first named after."""
        ones = bearers.get(word)
        if not ones and self.lang == "de":
            ones = bearers.get(word[:-1] if word.endswith("s") else word + "s")
        if not ones:
            return None
        before = [one for one in ones if one.first < at]
        return before[-1] if before else ones[0]

    def _is_noun(self, row: Row, at: int) -> bool:
        return row.lower(at - 1) in self._before_nouns

    def _start(self, row: Row, at: int) -> int:
        while row.lower(at - 1) in self._particles and row.word(at - 1) != "und":
            at -= 1
        return at

    def _other(self, mention: Mention, bearer: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether a short name of somebody famous is somebody else's whose full name stands here."""
        if mention.sense is not Sense.SHORT or mention.name == bearer.name:
            return False
        return all(one.name != mention.name or one.sense is Sense.SHORT for one in mentions)

"""Mentions of people by role, and who is meant: by the name beside it, by the text, by who was in office."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.extraction.components.mentions import Mention
from bot.extraction.components.persons import Heads, taken
from bot.extraction.components.role_phrases import Phrase, Phrases
from bot.extraction.components.row import Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.people import holders
from bot.extraction.role_nouns import deputy
from bot.extraction.roles import Level, Number, Role, RoleMention, covers, held_alone, in_body, of_state
from bot.extraction.verbs import Shape, Tense, VerbForm

Verbs = Mapping[int, Sequence[VerbForm]]


class RoleFinder:
    """Finds role mentions in the text of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        words = lexicon(lang, "roles")
        self._phrases = Phrases(lang)
        self._former = tuple(words["former"])
        self._deputy = tuple(words["deputy"])
        self._deputies: dict[str, str] = words["deputies"]
        self._definite = frozenset(words["determiners"]["definite"])
        self._no_adjectives = frozenset(words["not_adjectives"])
        self._plurals = frozenset(words["plural_determiners"])
        self._state_nouns = frozenset(words["state_nouns"])
        self._singulars = frozenset(words["singular_determiners"])

    def find(
        self, row: Row, mentions: Sequence[Mention], heads: Heads, verbs: Verbs, day: date | None
    ) -> tuple[list[Mention], list[RoleMention]]:
        """The mentions, people with the role the text gives them, and the role mentions in text order."""
        known = taken(mentions)
        phrases = self._all(row, heads, known, verbs)
        mentions = with_roles(mentions, phrases, self, day)
        people = [_seen(one, day) for one in mentions if one.kind is EntityKind.PERSON]
        found = [self._mention(row, phrase, known, people, day) for phrase in phrases]
        return mentions, found

    def _all(self, row: Row, heads: Heads, known: Mapping[int, Mention], verbs: Verbs) -> list[Phrase]:
        """The phrases in text order; built from the right, so that inner ones are there for outer ones."""
        by_first: dict[int, Phrase] = {}
        found = []
        for at in sorted(heads, reverse=True):
            if at in known:
                continue
            phrase = self._phrases.build(row, (at, *heads[at]), known, by_first, verbs)
            if phrase.role.cautious and not self._backed(row, phrase, verbs):
                continue
            by_first[phrase.first] = phrase
            found.append(phrase)
        return found[::-1]

    def _backed(self, row: Row, phrase: Phrase, verbs: Verbs) -> bool:
        """Whether something around a word such as `head` or `official` makes it a person."""
        if phrase.end > phrase.head_end:
            return True
        if not (phrase.determiner or phrase.nations):
            return False
        after = row.word(phrase.end)
        if not after.isalpha() or after in self._no_adjectives:
            return True
        return any(_goes_with_one(form, after) for form in verbs.get(phrase.end, ()))

    def role(self, phrase: Phrase, day: date | None) -> Role:
        """The role with what stands before the noun: `stellvertretender Außenminister` is no minister."""
        role = phrase.role
        near = phrase.before if self.lang == "de" else phrase.before[-1:]
        if any(word.startswith(self._deputy) for word in near):
            role = deputy(role, self._deputies)
        former = role.former or any(word.startswith(self._former) for word in phrase.before)
        country, body = self.whose(phrase, day)
        role = replace(role, former=former, country=country, body=body)
        if phrase.role.number is not Number.PLURAL:
            role = in_body(role, body)
        return replace(role, level=Level.OTHER) if self._is_private(phrase, role) else role

    def _is_private(self, phrase: Phrase, role: Role) -> bool:
        """Whether a president, head or king is one of no state: of a club, a bank, a company."""
        if role.level is not Level.HEAD:
            return False
        noun = phrase.institution
        return phrase.role.private or not of_state(role.body) or bool(noun and noun not in self._state_nouns)

    def whose(self, phrase: Phrase, day: date | None) -> tuple[str | None, str | None]:
        """Country and body of the office: by prefix, adjective, possessor, genitive, inner role, noun."""
        role = phrase.role
        if not role.weak and (role.country or role.body):
            return role.country, role.body
        for mention in (*reversed(phrase.nations), phrase.owner):
            if mention and mention.kind is not EntityKind.PERSON:
                return mention.country, mention.body
        owner = phrase.inner
        if owner:
            return self.whose(owner, day)
        people = (*phrase.nations, phrase.owner, phrase.name)
        if role.keyword == "counterpart":  # somebody's counterpart is of another country
            people = (phrase.name,)
        person = next((one for one in people if one and one.kind is EntityKind.PERSON), None)
        country = _seen(person, day).country if person else None
        return (country, None) if country else (role.country, role.body)

    def _mention(
        self,
        row: Row,
        phrase: Phrase,
        known: Mapping[int, Mention],
        people: Sequence[Mention],
        day: date | None,
    ) -> RoleMention:
        role = self.role(phrase, day)
        plural = self._is_plural(row, phrase)
        beside = phrase.name or beside_comma(row, phrase, known)
        beside = _seen(beside, day) if beside and not plural and _may_be(beside, role) else None
        definite = self._is_definite(phrase)
        person = beside or (
            None if plural or not definite else _resolved(phrase, role, people, day, self.lang)
        )
        country = role.country or (person.country if person and not role.body else None)
        start, end = row.starts[phrase.first], row.ends[phrase.end - 1]
        return RoleMention(
            start=start,
            end=end,
            text=row.text[start:end],
            role=role.keyword,
            level=role.level,
            head=(row.starts[phrase.head], row.ends[phrase.head_end - 1]),
            country=country,
            body=role.body,
            plural=plural,
            definite=definite,
            former=role.former,
            person=person.name if person else None,
            person_id=person.id if person else None,
            named=phrase.name is not None,
            serves=_serves(phrase),
        )

    def _is_definite(self, phrase: Phrase) -> bool:
        if phrase.name or phrase.determiner in self._definite:
            return True
        return not phrase.determiner and any(one.kind is not EntityKind.NATIONALITY for one in phrase.nations)

    def _is_plural(self, row: Row, phrase: Phrase) -> bool:
        number = phrase.role.number
        if number is not Number.EITHER or phrase.name:
            return number is Number.PLURAL and phrase.name is None
        word, determiner = row.words[phrase.head_end - 1], phrase.determiner
        if determiner == "die":
            return not word.endswith("e")
        if determiner == "den":
            return word.endswith(("en", "ern"))
        if not determiner and row.word(phrase.first - 1)[:1].isdigit():
            return True
        if determiner in self._singulars or determiner in self._definite:
            return False
        if determiner in self._plurals:
            return True
        return bool(phrase.before) and phrase.before[-1].endswith("e")


def _goes_with_one(form: VerbForm, word: str) -> bool:
    """Whether a verb can have one person for its subject: `said`, `says`; not `an official visit`."""
    return form.shape is Shape.FINITE and (form.tense is Tense.PAST or word.endswith("s"))


def with_roles(
    mentions: Sequence[Mention], phrases: Iterable[Phrase], finder: RoleFinder, day: date | None
) -> list[Mention]:
    """Give people nobody knows the role and country that stand beside their name, wherever they are named."""
    given: dict[str, Role] = {}
    for phrase in phrases:
        if phrase.name and phrase.name.person is None:
            role = finder.role(phrase, day)
            if not role.former:
                given.setdefault(phrase.name.name, role)
    return [
        replace(one, role=given[one.name].keyword, country=given[one.name].country)
        if one.kind is EntityKind.PERSON and one.person is None and one.name in given
        else one
        for one in mentions
    ]


def beside_comma(row: Row, phrase: Phrase, known: Mapping[int, Mention]) -> Mention | None:
    """`der Premierminister, Keir Starmer, …` and `Keir Starmer, der britische Premierminister`."""
    after = known.get(phrase.end + 1) if row.word(phrase.end) == "," else None
    if after and after.kind is EntityKind.PERSON and row.word(after.end) in (",", "."):
        return after
    before = known.get(phrase.first - 2) if row.word(phrase.first - 1) == "," else None
    return before if before and before.kind is EntityKind.PERSON else None


def _seen(mention: Mention, day: date | None) -> Mention:
    """A known person with role and country of the day."""
    if mention.person is None:
        return mention
    office = mention.person.office(day)
    return replace(mention, role=office.role if office else None, country=mention.person.country(day))


def _may_be(mention: Mention, role: Role) -> bool:
    """Whether somebody known can be called so: one premier named before a comma is not the next one."""
    if mention.person is None or not role.level.leads or not mention.person.offices:
        return True
    return any(covers(role.keyword, office.role) for office in mention.person.offices)


def _resolved(
    phrase: Phrase, role: Role, people: Sequence[Mention], day: date | None, lang: str
) -> Mention | None:
    """Who alone can be meant: somebody in the text with that role, else who held the office."""
    if role.former:
        return None
    weak = phrase.role.weak and (role.country, role.body) == (phrase.role.country, phrase.role.body)
    country = None if weak else role.country
    inside = {
        one.name: one
        for one in people
        if one.role and covers(role.keyword, one.role) and (country is None or one.country in (country, None))
    }
    if len(inside) == 1:
        return next(iter(inside.values()))
    if inside or not (role.country or role.body) or not held_alone(role) or _of_person(phrase, day):
        return None
    ones = holders(role.keyword, day, country=role.country, body=role.body)
    if len(ones) != 1:
        return None
    one = ones[0]
    return Mention(
        first=phrase.first,
        end=phrase.end,
        kind=EntityKind.PERSON,
        name=one.name(lang),
        id=one.id,
        role=role.keyword,
        country=one.country(day),
        person=one,
    )


def _of_person(phrase: Phrase, day: date | None) -> bool:
    """Whether it is the office under somebody no longer in office: `Reagans Außenminister`."""
    people = (one.person for one in (*phrase.nations, phrase.owner) if one and one.person)
    return any(one.office(day) is None for one in people)


def _serves(phrase: Phrase) -> str | None:
    """Whom or what somebody speaks or works for."""
    if phrase.inner:
        return phrase.inner.name.name if phrase.inner.name else None
    owner = phrase.owner or next((one for one in phrase.nations), None)
    return owner.name if owner else phrase.role.body

"""Who acts without a name of its own: governments by their seat, listed members, those spoken for."""

from dataclasses import replace
from functools import cache

from bot.extraction.clauses import Clause
from bot.extraction.events.nouns import adjective
from bot.extraction.events.sentence import Mention, Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Actor, Entity, EntityKind
from bot.extraction.lexicon import lexicon
from bot.extraction.organisations import organisations
from bot.extraction.roles import RoleMention
from bot.extraction.world import listed, territory_name

SEATS = {"de": ("in",), "en": ("in",)}
INCLUDING = {"de": ("darunter", "einschließlich", "inklusive", "ihnen", "denen"), "en": ("including", "them")}
THE = frozenset({"das", "dieses", "jenes", "der", "dieser", "the", "that", "this"})
GOVERNMENT = "government"
BY_STATES = frozenset({"troops", "aid", "sanction"})
SEVERAL = frozenset({"länder", "ländern", "staaten", "countries", "nations"})
SINGLE = frozenset({"land", "landes", "staat", "staates", "country", "nation"})


def seat_behind(sentence: Sentence, i: int) -> Mention | None:
    """The place behind a government: `die Regierung in Oslo`."""
    if i + 1 >= sentence.end or sentence.line.words[i + 1] not in SEATS[sentence.lexicon.lang]:
        return None
    for mention in sentence.entities:
        if mention.start == i + 2 and isinstance(mention.item, Entity) and _land(mention.item):
            return mention
    return None


def _land(entity: Entity) -> str | None:
    return entity.id if entity.kind is EntityKind.COUNTRY else entity.country


def seated(sentence: Sentence, i: int, actor: Actor) -> Actor:
    """The country of a government named by its seat, in the words of the article."""
    seat = seat_behind(sentence, i)
    code = _land(seat.item) if seat and isinstance(seat.item, Entity) else None
    if not code:
        return actor
    name = territory_name(code, sentence.lexicon.lang)
    return replace(actor, name=name, id=code, kind="country", country=code)


def meant_countries(sentence: Sentence, i: int, actor: Actor) -> list[Actor]:
    """Which `that country`, `his country`, `their countries` are; the actor as it is where that is open."""
    before = sentence.line.words[i - 1] if i > sentence.start else ""
    if sentence.line.words[i] not in SINGLE | SEVERAL:
        return [actor]
    if before in sentence.article.words.possessives:
        return _countries_of(sentence, i) or [actor]
    if before not in THE or sentence.line.words[i] in SEVERAL:
        return [actor]
    here = [m.item for m in sentence.entities if m.start < i]
    earlier = [m.item for m in sentence.before.entities] if sentence.before else []
    for items in (here, earlier):
        found = {e.id: e for e in items if isinstance(e, Entity) and e.kind is EntityKind.COUNTRY}
        if found:
            one = next(iter(found.values())) if len(found) == 1 else None
            return [replace(actor, name=one.name, id=one.id, country=one.country) if one else actor]
    return [actor]


def _countries_of(sentence: Sentence, i: int) -> list[Actor]:
    """The countries of those who are spoken of before token `i`; of one person the last one's."""
    codes: list[str] = []
    for one in (sentence, sentence.before):
        here = [m for m in one.parties if one is not sentence or m.start < i] if one else []
        codes = [code for m in here if (code := _country(m))]
        if codes:
            break
    chosen = list(dict.fromkeys(codes)) if sentence.line.words[i] in SEVERAL else codes[-1:]
    names = [(code, territory_name(code, sentence.lexicon.lang)) for code in chosen]
    return [Actor(name=name, id=code, kind="country", country=code) for code, name in names]


def _country(mention: Mention) -> str | None:
    item = mention.item
    return _land(item) if isinstance(item, Entity) else getattr(item, "country", None)


def of_region(sentence: Sentence, nouns: list[int]) -> list[Actor]:
    """For whom an adjective of a part of the world stands: `die europäische Friedenstruppe`."""
    regions = sentence.lexicon.regions
    for i in nouns:
        for part in sentence.line.words[i - 1].split("-") if i > sentence.start else ():
            name = adjective(part, regions)
            known = next((one for one in organisations(sentence.lexicon.lang) if one.name == name), None)
            if known:
                return [Actor(name=known.name, id=known.id, kind=EntityKind.ORGANISATION.value)]
    return []


@cache
def _capitals(lang: str) -> dict[str, str]:
    """Capital -> the country it stands for."""
    entries = lexicon(lang, "territories")["territories"]
    return {name: code for code, entry in entries.items() for name in listed(entry.get("capital"))}


def governing(mention: Mention, lang: str) -> Mention | None:
    """The country for which its capital stands, in the words of the article."""
    item = mention.item
    code = _capitals(lang).get(item.name) if isinstance(item, Entity) else None
    if code is None or not isinstance(item, Entity):
        return None
    name = territory_name(code, lang)
    return replace(mention, item=replace(item, kind=EntityKind.COUNTRY, name=name, id=code, country=code))


def included(sentence: Sentence) -> list[Mention]:
    """The countries listed after `darunter` or `including`."""
    words = INCLUDING[sentence.lexicon.lang]
    found: list[Mention] = []
    for mention in sentence.entities:
        if not isinstance(mention.item, Entity) or mention.item.kind is not EntityKind.COUNTRY:
            continue
        line = sentence.line.words
        before = [line[i] for i in range(max(sentence.start, mention.start - 2), mention.start)]
        listed = bool(found) and sentence.listed(found[-1].end, mention.start)
        if listed or (not found and any(word in words for word in before)):
            found.append(mention)
    return found


def is_amount(actors: list[Actor]) -> bool:
    """Whether some unnamed countries act: `rund ein Dutzend Länder`."""
    return any(actor.kind == "country" and actor.id is None for actor in actors)


def spoken_for(sentence: Sentence, trigger: Trigger) -> list[Actor]:
    """For whom an official speaks who says what will be done without saying by whom: state or institution."""
    clause = sentence.clauses[trigger.clause]
    if not (_impersonal(sentence, clause) or sentence.groups[clause.index].passive or not trigger.verb):
        return []
    if trigger.frame.family not in BY_STATES:
        return []
    quote = sentence.quote_at(sentence.article.doc[trigger.start].idx)
    if quote is None or quote.speaker is None:
        return []
    speaker = quote.speaker
    for role in sentence.article.reading.roles:
        here = role.start < speaker.end and speaker.start < role.end
        if here or (role.person is not None and role.person == speaker.name):
            return _office(sentence, role)
    return [
        _state(sentence, entity)
        for entity in sentence.article.reading.entities
        if speaker.start <= entity.start < speaker.end and entity.subkind == GOVERNMENT
    ][:1]


def _state(sentence: Sentence, entity: Entity) -> Actor:
    """A government, or the country it governs where that is known."""
    if entity.country:
        name = territory_name(entity.country, sentence.lexicon.lang)
        return Actor(name=name, id=entity.country, kind="country", country=entity.country)
    return Actor(name=entity.name, id=entity.id, kind=GOVERNMENT)


def _impersonal(sentence: Sentence, clause: Clause) -> bool:
    words = {sentence.line.words[i] for i in clause.tokens}
    lemmas = sentence.groups[clause.index].lemmas
    return "man" in words or ("es" in words and "geben" in lemmas) or "there" in words


def _office(sentence: Sentence, role: RoleMention) -> list[Actor]:
    if role.former:
        return []
    lang = sentence.lexicon.lang
    if role.body:
        known = next((one for one in organisations(lang) if one.body == role.body), None)
        kind = EntityKind.ORGANISATION.value
        return [Actor(name=known.name, id=known.id, kind=kind)] if known else []
    if role.country:
        name = territory_name(role.country, lang)
        return [Actor(name=name, id=role.country, kind="country", country=role.country)]
    return []

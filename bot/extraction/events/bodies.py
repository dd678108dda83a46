"""Who acts or takes part without a name: governments and states in the words of the article, partners."""

from bot.extraction.clauses import Clause
from bot.extraction.events.implied import meant_countries, seated
from bot.extraction.events.sentence import Mention, Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Actor, Entity, EntityKind
from bot.extraction.reading import cut

ADJECTIVES = 3  # words before the noun that belong to it
# Prepositions of those whom a consultation is about, or who report it.
ABOUT = frozenset({"über", "gegen", "für", "about", "on", "against", "for", "laut", "according"})


def bodies(sentence: Sentence, trigger: Trigger, clause: Clause) -> list[Actor]:
    """Governments and states without a name, in the words of the article: `several governments`."""
    if sentence.groups[clause.index].passive:
        return []
    own_noun = not trigger.verb and clause.index == trigger.clause
    known = {i for party in sentence.parties for i in range(party.start, party.end)} | trigger.taken
    for i in clause.tokens:
        kinds = sentence.classes(i) & {"governments", "states"}
        if not kinds or i in known or sentence.governor(i):
            continue
        first = i <= clause.tokens[min(1, len(clause.tokens) - 1)]  # `the cabinet approved the deployment`
        if own_noun and not first and sentence.line.words[i - 1] not in sentence.article.words.possessives:
            continue
        body = _body(sentence, i, "government" if "governments" in kinds else "country", clause)
        return [seated(sentence, i, one) for one in meant_countries(sentence, i, body)]
    return []


def _body(sentence: Sentence, i: int, kind: str, clause: Clause) -> Actor:
    """The noun with the adjectives and amounts before it."""
    words, line = sentence.article.words, sentence.line
    ends = words.definite | words.prepositions | words.possessives | words.before | set(words.conjunctions)
    first = i
    while first > clause.tokens[0] and line.words[first - 1] not in ends and i - first < ADJECTIVES:
        first -= 1
    doc = sentence.article.doc
    start, end = doc[first].idx, doc[i].idx + len(doc[i])
    others = line.words[first] in sentence.lexicon.others  # whose sending it is stays open
    text = cut(doc, start, end).text
    return Actor(name=text, start=start, end=end, text=text, kind=None if others else kind)


def partners(sentence: Sentence, acting: list[Mention]) -> list[Mention]:
    """All who take part in a consultation: everybody in its clause but those it is about."""
    return [
        m
        for m in acting
        if m.prep not in ABOUT and not _beside_place(sentence, m) and not _crowd(sentence, m)
    ]


def is_nationality(mention: Mention) -> bool:
    """Whether it is an adjective of nationality or an inhabitant."""
    return isinstance(mention.item, Entity) and mention.item.kind is EntityKind.NATIONALITY


def _crowd(sentence: Sentence, mention: Mention) -> bool:
    """Inhabitants by their noun, `lebender Griechen`, are not their country."""
    return sentence.lexicon.lang == "de" and is_nationality(mention) and mention.item.text[:1].isupper()


def _beside_place(sentence: Sentence, mention: Mention) -> bool:
    """A country that only says where: `in Athens, Greece`, `in der marokkanischen Hauptstadt Rabat`."""
    item = mention.item
    if not isinstance(item, Entity):
        return False
    places = [
        m
        for m in sentence.entities
        if isinstance(m.item, Entity)
        and m.item.kind is EntityKind.PLACE
        and m.item.country in (item.id, item.country)
    ]
    if is_nationality(mention):
        return any(0 < m.start - mention.end <= 1 for m in places)
    return any(mention.start - m.end == 1 for m in places)

"""Sanctions that are no politics: leagues, courts and companies that punish players, clubs, staff."""

from bot.extraction.events.sentence import Mention, Sentence
from bot.extraction.events.slots import BY
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Actor, Entity, EntityKind

AGAINST = frozenset({"gegen", "gegenüber", "against", "on"})
POLITICAL = frozenset({"country", "government", "organisation"})
OFFICIALS = frozenset({"person", "government", "organisation"})
SUBKINDS = frozenset({"company", "sport"})


def is_private(sentence: Sentence, trigger: Trigger, actors: tuple[Actor, ...]) -> bool:
    """Whether sanctions are by or against nobody political.

    Against players, staff, pupils they never are; by a league or company they are not, unless a state acts.
    """
    if trigger.frame.family in ("ceasefire", "peace"):
        return _figurative(sentence, actors)
    if trigger.frame.family == "aid":
        return _at_home(sentence, actors)
    if trigger.frame.family != "sanction":
        return False
    nouns = [i for i in sentence.nouns if not _in_country(sentence, i)]
    persons = [i for i in nouns if "persons" in sentence.classes(i)]
    if any(sentence.governor(i) in AGAINST for i in persons):
        return True
    own = set(sentence.clauses[trigger.clause].tokens)
    known = (i for i in nouns if i in own and "private" in sentence.classes(i))
    bodies = [i for i in known if _acts(sentence, trigger, i)]
    if not bodies and not own.intersection(persons):
        return False
    return not any(_political(sentence, actor, bodies) for actor in actors)


def _figurative(sentence: Sentence, actors: tuple[Actor, ...]) -> bool:
    """Truces between shops, parties, couples, in films; over trade even between states."""
    classes = sentence.all_classes
    if "commerce" in classes:
        return True
    return not classes.isdisjoint(("figurative", "private")) and not any(
        _political(sentence, actor, []) for actor in actors
    )


def _at_home(sentence: Sentence, actors: tuple[Actor, ...]) -> bool:
    """Whether somebody in office helps in an article that knows no other country: money for one's own."""
    own = {actor.country for actor in actors if actor.kind in OFFICIALS}
    named = {e.id if e.kind is EntityKind.COUNTRY else e.country for e in sentence.article.reading.entities}
    return len(own) == 1 and None not in own and named - {None} == own


def _acts(sentence: Sentence, trigger: Trigger, i: int) -> bool:
    preposition = sentence.governor(i)
    object_place = sentence.lexicon.lang == "en" and trigger.verb and i > trigger.start
    return (not preposition and not object_place) or preposition in BY[sentence.lexicon.lang]


def _political(sentence: Sentence, actor: Actor, bodies: list[int]) -> bool:
    """Whether an actor is a state or the like; in `Deutscher Fußball-Bund` Germany is none."""
    if actor.kind == "person":
        return bool(actor.role and (actor.id or actor.country))  # somebody in office
    if actor.kind not in POLITICAL or actor.start is None:
        return False
    mention = next((m for m in sentence.entities if m.item.start == actor.start), None)
    return mention is None or not _part_of(mention, bodies)


def _part_of(mention: Mention, bodies: list[int]) -> bool:
    item = mention.item
    if isinstance(item, Entity) and item.subkind in SUBKINDS:
        return True
    return any(mention.start <= i <= mention.end for i in bodies)


def _in_country(sentence: Sentence, i: int) -> bool:
    """Whether a token is part of the name of a country (`Russian Federation`)."""
    return any(
        m.start <= i < m.end and isinstance(m.item, Entity) and m.item.kind is EntityKind.COUNTRY
        for m in sentence.entities
    )

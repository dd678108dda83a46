"""What the text has told before or takes for granted: the meeting spoken of, the country that is helped."""

from bot.extraction.clauses import Clause, Link
from bot.extraction.events.lexicon import Frame
from bot.extraction.events.sentence import Mention, Sentence, can_act
from bot.extraction.findings import Entity, EntityKind, Event

STILL_MEANT = 900  # characters; so far `the meeting` may be the one told of before
LANDS = (EntityKind.COUNTRY, EntityKind.PLACE, EntityKind.NATIONALITY)
RECEIVING = frozenset({"for", "to", "für", "an", "nach"})
PLACED = frozenset({"in", "im", "from", "aus"})
FOR_WHOM = 9  # tokens before a place in which somebody may be named for whom the money is
ADJECTIVES = 3  # tokens between an article and its noun


def is_known(sentence: Sentence, frame: Frame, start: int) -> bool:
    """Whether a noun with the definite article can mean a consultation told of before."""
    return bool(known_event(sentence, frame, start) or known_people(sentence, frame, start))


def known_people(sentence: Sentence, frame: Frame, start: int) -> list[Mention]:
    """Who takes part in `the visit` with which a sentence begins: the subject of the sentence before."""
    before = sentence.before
    first = start - sentence.start <= ADJECTIVES and start > sentence.start
    if before is None or frame.family != "consult" or not first or not _definite(sentence, start):
        return []
    free = [m for m in before.parties if can_act(m.item) and not m.prep and not m.genitive]
    return free[:1]


def known_event(sentence: Sentence, frame: Frame, start: int) -> Event | None:
    """The consultation that `the meeting` means: the last one with anybody in it, best of the same type."""
    if frame.family != "consult" or not _definite(sentence, start):
        return None
    here = sentence.article.doc[start].idx
    told = [
        event
        for event in sentence.article.told
        if event.participants and event.type.startswith("consult") and here - event.evidence.end < STILL_MEANT
    ]
    same = [event for event in told if event.type == frame.type]
    return (same or told)[-1] if told else None


def _definite(sentence: Sentence, start: int) -> bool:
    words = sentence.article.words
    for i in range(start - 1, max(sentence.start, start - 1 - ADJECTIVES) - 1, -1):
        word = sentence.line.words[i]
        if word in words.definite or word in ("this", "diese", "dieser", "dieses", "zum", "zur", "beim"):
            return True
        if word in words.prepositions or word in words.determiners:
            return False
    return False


def helps_others(sentence: Sentence, frame: Frame, clause: Clause) -> bool:
    """Whether a country or place receives something that is not the one that gives it."""
    tokens = frozenset(clause.tokens)
    lands = [m for m in sentence.entities if m.start in tokens and _code(m)]
    free = [m for m in sentence.parties if m.start in tokens and not m.prep and not m.genitive]
    own_subject = clause.link is not Link.INFINITIVE and clause.twin is None
    giver = free[0] if free and own_subject else None
    givers = {_code(giver)} if giver else set()
    helped = [i for one in sentence.clauses if _purpose(one, clause) for i in one.tokens]
    if any(m.start in helped and _code(m) not in {None, *givers} for m in sentence.entities):
        return True  # `$50 million to rebuild schools in Nepal`
    if frame.subject and any(m.prep in PLACED | RECEIVING for m in lands):
        return True  # `relief goods landed in Beirut`
    return any(
        _code(m) not in givers and (_receives(sentence, m) or (m is not giver and not m.prep))
        for m in lands
        if giver or _kind(m) is not EntityKind.PLACE
    )


def _purpose(one: Clause, clause: Clause) -> bool:
    return one.link is Link.INFINITIVE and one.parent == clause.index and one.index != clause.index


def _receives(sentence: Sentence, mention: Mention) -> bool:
    """`for Chad`; `in Chad` only behind those it is for: `for refugees in Chad`."""
    if mention.prep in RECEIVING:
        return True
    before = sentence.line.words[max(sentence.start, mention.start - FOR_WHOM) : mention.start]
    return mention.prep in PLACED and not RECEIVING.isdisjoint(before)


def _kind(mention: Mention) -> EntityKind | None:
    return mention.item.kind if isinstance(mention.item, Entity) else None


def _code(mention: Mention) -> str | None:
    """The country of a name, or the name itself where the country is not known."""
    item = mention.item
    if not isinstance(item, Entity):
        return getattr(item, "country", None)
    if item.kind is EntityKind.COUNTRY:
        return item.id
    if item.kind in LANDS:
        return item.country or item.name
    return item.country

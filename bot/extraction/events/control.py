"""Whose doing an infinitive is: of who is asked, not of who asks."""

from bot.extraction.clauses import Clause, Link
from bot.extraction.events.hanging import above
from bot.extraction.events.sentence import Mention, Sentence, can_act

ASKED_BY = {"de": ("", "an", "von"), "en": ("", "on")}  # `appellierte an Berlin`, `called on Germany`


def asked(sentence: Sentence, clause: Clause) -> list[Mention]:
    """Those who are asked to do what an infinitive says: `Kiew forderte Berlin auf, … zu liefern`."""
    parent = above(sentence, clause) if clause.link is Link.INFINITIVE else None
    if parent is None or sentence.groups[parent.index].passive or not _asks(sentence, parent):
        return []
    prepositions = ASKED_BY[sentence.lexicon.lang]
    named = [
        m
        for m in sentence.parties
        if sentence.clause_of.get(m.start) == parent.index and can_act(m.item) and not m.genitive
    ]
    others = [m for m in named[1:] if m.prep in prepositions]
    first = others[:1]
    for mention in others[1:]:
        if sentence.listed(first[-1].end, mention.start):
            first.append(mention)
    return first


def _asks(sentence: Sentence, clause: Clause) -> bool:
    return not sentence.lexicon.modality.asking.isdisjoint(sentence.groups[clause.index].lemmas)

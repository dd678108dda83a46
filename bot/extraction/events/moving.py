"""What is moved to another day: `auf Freitag verschoben`, `brought forward to Monday`."""

from bot.extraction.events.sentence import Mention, Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import TimeExpression, TimeType

ARTICLE = 2  # words before a time: a preposition and an article


def new_days(sentence: Sentence, trigger: Trigger) -> list[Mention]:
    """The days to which the clause of a trigger moves it; none where it only says that it will be late."""
    words, lang = sentence.lexicon.modality, sentence.lexicon.lang
    verbs = sentence.groups[trigger.clause].content.items()
    at = [i for i, lemmas in verbs if words.moving & lemmas and not (trigger.verb and i == trigger.start)]
    if not at:
        return []
    return [
        mention
        for mention in sentence.times
        if sentence.clause_of.get(mention.start) == trigger.clause
        and _leads(sentence, mention.start) in words.moved_to
        and (lang == "de" or mention.start > at[0])  # `planned for Friday, has been postponed`
        and isinstance(mention.item, TimeExpression)
        and mention.item.type in (TimeType.DATE, TimeType.TIME)
    ]


def _leads(sentence: Sentence, start: int) -> str:
    """The word before a time, an article passed over: `bis zum 5. Mai`, `until the summer`."""
    before = sentence.line.words[max(sentence.start, start - ARTICLE) : start]
    if before[-1:] and before[-1] in sentence.article.words.determiners:
        before = before[:-1]
    return before[-1] if before else ""

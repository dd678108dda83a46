"""What is said not to be, or not any more: plans that nobody has, signs that nobody sees, plans of before."""

from bot.extraction.clauses import SEPARATORS, Clause, Link
from bot.extraction.events.hanging import above
from bot.extraction.events.nouns import adjective
from bot.extraction.events.phrases import attributes
from bot.extraction.events.sentence import Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Modality
from bot.extraction.verbgroups import Time

# What becomes of a cue when it is negated.
NEGATED = {
    Modality.DECIDED: Modality.UNDER_DISCUSSION,
    Modality.DENIED: Modality.UNDER_DISCUSSION,
    Modality.CANCELLED: Modality.DECIDED,
}
GIVEN = frozenset({"offered", "pledged", "announced", "planned", "decided", "proposed", "threatened"})
MEANT = frozenset({"planned", "announced", "decided", "expected"})
REACH = 4  # tokens over which `originally` speaks of a time or of a participle
SIGN = "sign"  # kind of nouns that say something only where there is none: `no reason for a withdrawal`


def noun_says(
    sentence: Sentence, trigger: Trigger, clause: int, kind: str, *, denied: bool
) -> list[Modality]:
    """What a noun says of the event that hangs on it.

    Args:
        sentence: Where both stand.
        trigger: What speaks of the event.
        clause: Index of the clause of the noun.
        kind: What kind of noun it is.
        denied: It is said not to be: `keine Pläne`, `no sign`.
    """
    meant = [] if kind == SIGN else [sentence.lexicon.modality.resolve(kind, trigger.frame.type)]
    if denied:
        return with_negation(meant, negated=True)
    return [Modality.CANCELLED] if is_withdrawn(sentence, clause, kind) else meant


def is_withdrawn(sentence: Sentence, clause: int, kind: str) -> bool:
    """Whether somebody takes back what a noun of that kind names: `withdrew its offer`."""
    words = sentence.lexicon.modality
    return kind in GIVEN and not words.withdrawing.isdisjoint(sentence.groups[clause].lemmas)


def is_denied(sentence: Sentence, at: int) -> bool:
    """Whether the noun that ends at token `at` is said not to be: `keine Pläne`, `no immediate plans`."""
    return any(sentence.negates(i) for i in attributes(sentence, at))


def with_negation(found: list[Modality], *, negated: bool) -> list[Modality]:
    """What cues say where `not` or `no` stands among them."""
    if not negated:
        return found
    return [NEGATED.get(modality, Modality.DENIED) for modality in found] or [Modality.DENIED]


def no_noun(sentence: Sentence, clause: Clause) -> bool:
    """Whether something is said not to be: `kein`, `no`."""
    words = (sentence.line.words[i] for i in clause.tokens)
    return any(word.startswith("kein") or word == "no" for word in words)


def is_superseded(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether its clause only tells what was once meant: `war ursprünglich für Freitag geplant`."""
    governing = _with_above(sentence, trigger)
    return any(
        sentence.groups[clause.index].time is Time.PAST
        and any(_of_clause(sentence, clause, i) for i in _once(sentence, clause))
        and _meant(sentence, clause)
        for clause in governing
    )


def _with_above(sentence: Sentence, trigger: Trigger) -> list[Clause]:
    """Its clause, and the one that an infinitive hangs on."""
    clause = sentence.clauses[trigger.clause]
    parent = above(sentence, clause) if clause.link is Link.INFINITIVE else None
    return [clause, parent] if parent else [clause]


def _once(sentence: Sentence, clause: Clause) -> list[int]:
    return [i for i in clause.tokens if sentence.line.words[i] in sentence.lexicon.modality.superseded]


def _of_clause(sentence: Sentence, clause: Clause, i: int) -> bool:
    """Whether the word speaks of the whole clause, not of a noun: `der ursprünglich geplante Gipfel`."""
    line, finite = sentence.line, sentence.groups[clause.index].finite
    if sentence.lexicon.lang == "en":
        return i == clause.tokens[0] or finite in (i - 1, i + 1)
    adjectives = sentence.lexicon.modality.adjectives
    return not any(adjective(line.words[j], adjectives) and line.capital[j + 1] for j in _behind(sentence, i))


def _meant(sentence: Sentence, clause: Clause) -> bool:
    """Whether it says that something was planned: by its verb or a modal."""
    group, words = sentence.groups[clause.index], sentence.lexicon.modality
    kinds = {words.verbs.get(lemma) for lemma in group.lemmas}
    return not kinds.isdisjoint(MEANT) or (group.modal is not None and group.past_modal)


def is_former(sentence: Sentence, time: int) -> bool:
    """Whether the time that begins at a token is one of before: `the summit, originally set for Friday`."""
    line, words = sentence.line, sentence.lexicon.modality.superseded
    for i in range(time - 1, max(sentence.start, time - REACH) - 1, -1):
        if line.words[i] in SEPARATORS:
            return False
        if line.words[i] in words:
            return True
    return False


def _behind(sentence: Sentence, i: int) -> range:
    return range(i + 1, min(i + 1 + REACH, sentence.end - 1))

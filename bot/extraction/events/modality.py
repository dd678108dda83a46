"""How real an event is, from the cues around its trigger, inside out.

Nearest first: what its compound and its noun phrase say, its own clause, then each clause it hangs on as
long as that one governs it. Of several cues the one that leaves the event less real counts, except that a
decision about a plan, an offer or a demand is a decision. Without any cue, tense and date decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.extraction.clauses import Clause, Link, is_finite
from bot.extraction.events.cues import adverbs, last_noun, modal_kind, told_kinds, verb_kinds
from bot.extraction.events.hanging import (
    above,
    is_condition,
    is_generic,
    is_hearsay,
    is_open,
    is_report,
    mere_setting,
    only_stands,
    told_in,
)
from bot.extraction.events.negation import (
    is_denied,
    is_superseded,
    no_noun,
    noun_says,
    with_negation,
)
from bot.extraction.events.nouns import adjective
from bot.extraction.events.phrases import (
    attributes,
    governing_noun,
    is_new,
    is_topic,
    of_somebody,
    setting_of,
)
from bot.extraction.events.sentence import Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.findings import Modality
from bot.extraction.verbgroups import Time
from bot.extraction.verbs import Mood

# From the least real to the most.
ORDER = (
    Modality.DENIED,
    Modality.CANCELLED,
    Modality.HYPOTHETICAL,
    Modality.THREATENED,
    Modality.DEMANDED,
    Modality.UNDER_DISCUSSION,
    Modality.PROPOSED,
    Modality.OFFERED,
    Modality.EXPECTED,
    Modality.SCHEDULED,
    Modality.PLEDGED,
    Modality.DECIDED,
    Modality.ONGOING,
    Modality.OCCURRED,
    Modality.HISTORICAL,
)


DEEPEST = 8  # clauses that hang on one another; more are no sentence anybody wrote
PAST_STATE = frozenset({"war", "waren"})  # `war geplant`


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the words say of an event, before its date is looked at.

    Attributes:
        cue: Whether more than the tense says it.
        time: The time its clause, or the clause it hangs on, is told in.
        saying: Whether its own clause is about talk of the event (its dates are those of the talk).
        told: Whether a verb of telling (`announced the meeting`) has the event for its object: the days of
            the clause are those of the telling, unless something ties them to the event.
        earlier: Whether it is told as before the past, as background (`had imposed sanctions`).
        attribute: Whether a participle at a noun tells it by the way (`the troops stationed in Mali`).
        decided_in: The clause it hangs on that holds the decision, or None.
    """

    modality: Modality
    cue: bool
    time: Time | None = None
    saying: bool = False
    told: bool = False
    earlier: bool = False
    attribute: bool = False
    decided_in: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Cue:
    modality: Modality
    clause: int
    noun: bool = False
    weak: bool = False
    modal: bool = False


def judge(sentence: Sentence, trigger: Trigger) -> Judgement | None:
    """Read the cues of a trigger; None if it is only spoken about."""
    if of_somebody(sentence, trigger) or mere_setting(sentence, trigger):
        return None
    if is_superseded(sentence, trigger):
        return Judgement(modality=Modality.HISTORICAL, cue=True, time=Time.PAST)
    cues = list(_cues(sentence, trigger))
    strong = [cue for cue in cues if not cue.weak] or cues
    time = _time(sentence, trigger)
    conditional = _conditional(sentence, trigger)
    if not strong:
        if is_topic(sentence, trigger) or only_stands(sentence, trigger):
            return None
        if conditional:
            return Judgement(modality=_if_so(sentence, trigger), cue=True, time=time)
        return Judgement(
            modality=sentence.lexicon.modality.tense((time or Time.PRESENT).value, trigger.frame.type),
            cue=is_new(sentence, trigger),
            time=time,
            told=_told(sentence, trigger),
            earlier=_earlier(sentence, trigger),
            attribute=_attribute(sentence, trigger),
        )
    best = _fold(strong)
    if conditional and best.modality is Modality.OFFERED and trigger.frame.family == "consult":
        best = replace(best, modality=Modality.HYPOTHETICAL)  # `ready for talks if …`
    if conditional and best.modality is Modality.UNDER_DISCUSSION and best.modal:
        best = replace(best, modality=Modality.HYPOTHETICAL)  # `if the truce holds, the UN could …`
    return Judgement(
        modality=best.modality,
        cue=True,
        time=time,
        saying=not trigger.verb
        and best.clause == trigger.clause
        and best.modality in _TALK
        and not best.noun,
        told=_told(sentence, trigger),
        earlier=_earlier(sentence, trigger),
        attribute=_attribute(sentence, trigger),
        decided_in=best.clause if best.clause != trigger.clause and _decision(sentence, best) else None,
    )


_TALK = frozenset(ORDER) - {
    Modality.DECIDED,
    Modality.SCHEDULED,
    Modality.CANCELLED,
    Modality.ONGOING,
    Modality.OCCURRED,
}


def _decision(sentence: Sentence, cue: _Cue) -> bool:
    """Whether the clause of a cue holds the decision, taken or to be taken: its day is that of the event."""
    lemmas = sentence.groups[cue.clause].lemmas
    return cue.modality is Modality.DECIDED or not lemmas.isdisjoint(sentence.lexicon.modality.open_verbs)


def _told(sentence: Sentence, trigger: Trigger) -> bool:
    telling = sentence.lexicon.modality.telling
    return not trigger.verb and not telling.isdisjoint(sentence.groups[trigger.clause].lemmas)


def _earlier(sentence: Sentence, trigger: Trigger) -> bool:
    """The pluperfect of a report itself; in reported words it is but a past."""
    clause, group = sentence.clauses[trigger.clause], sentence.groups[trigger.clause]
    plain = clause.link in (Link.MAIN, Link.RELATIVE, Link.ADVERBIAL)
    was = group.finite is not None and sentence.line.words[group.finite] in PAST_STATE
    return plain and (group.pluperfect or (was and "planen" in group.lemmas))


def _attribute(sentence: Sentence, trigger: Trigger) -> bool:
    """A verb form between article and noun, or right behind its noun, in a clause with another verb."""
    if not trigger.verb:
        return False
    i = trigger.start
    noun = i + 1 if sentence.lexicon.lang == "de" else i - 1
    verbs = sentence.clauses[trigger.clause].verbs
    later = any(j > i and is_finite(forms) for j, forms in verbs.items())
    return noun in trigger.taken and later


def _fold(cues: list[_Cue]) -> _Cue:
    decided = [cue for cue in cues if cue.modality is Modality.DECIDED and not cue.noun]
    if decided:
        cues = [cue for cue in cues if not cue.noun or cue.modality is Modality.DENIED]
    return min(cues, key=lambda cue: ORDER.index(cue.modality))


def _cues(sentence: Sentence, trigger: Trigger) -> Iterator[_Cue]:
    yield from _phrase_cues(sentence, trigger)
    clause = sentence.clauses[trigger.clause]
    setting = setting_of(sentence, trigger)
    yield from _clause_cues(sentence, trigger, clause, setting=setting)
    for _ in range(DEEPEST):
        if (parent := _governor(sentence, clause)) is None:
            break
        yield from _governing_cues(sentence, trigger, parent, clause)
        clause = parent
    if is_condition(sentence, clause) or is_generic(sentence, clause):
        yield _Cue(modality=Modality.HYPOTHETICAL, clause=clause.index)


def _governor(sentence: Sentence, clause: Clause) -> Clause | None:
    if is_hearsay(sentence, clause) and clause.index:
        return told_in(sentence, clause)
    if clause.link not in (Link.COMPLEMENT, Link.INFINITIVE) or is_report(sentence, clause):
        return None
    return above(sentence, clause)


def _phrase_cues(sentence: Sentence, trigger: Trigger) -> Iterator[_Cue]:
    words = sentence.lexicon.modality
    if trigger.head:
        yield _cue(sentence, trigger, trigger.head, noun=True)
    anchors = [trigger.start] if not trigger.verb else []
    anchors += [min(trigger.taken)] if trigger.taken and trigger.verb else []
    for anchor in anchors:
        if not trigger.verb and (found := governing_noun(sentence, anchor)):
            denied = is_denied(sentence, found[0])
            said = noun_says(sentence, trigger, trigger.clause, found[1], denied=denied)
            yield from (_Cue(modality=one, clause=trigger.clause, noun=True) for one in said)
        for i in attributes(sentence, anchor):
            word = sentence.line.words[i]
            kind = adjective(word, words.adjectives)
            if sentence.negates(i):
                yield _Cue(modality=Modality.DENIED, clause=trigger.clause)
            elif kind and kind not in ("new", "ongoing"):
                yield _Cue(modality=words.resolve(kind, trigger.frame.type), clause=trigger.clause, weak=True)


def _cue(sentence: Sentence, trigger: Trigger, kind: str, *, noun: bool = False) -> _Cue:
    modality = sentence.lexicon.modality.resolve(kind, trigger.frame.type)
    return _Cue(modality=modality, clause=trigger.clause, noun=noun)


def _conditional(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether an if-clause hangs on the clause of the trigger."""
    return any(
        is_condition(sentence, clause)
        and clause.index != trigger.clause
        and (clause.parent == trigger.clause or (clause.parent, clause.index) == (None, trigger.clause + 1))
        for clause in sentence.clauses
    )


def _if_so(sentence: Sentence, trigger: Trigger) -> Modality:
    """What somebody will do on a condition: sanctions are a threat; what is promised for it is an offer."""
    if trigger.frame.family == "sanction":
        return Modality.THREATENED
    clause = sentence.clauses[trigger.clause]
    told = clause.link is Link.COMPLEMENT and sentence.groups[clause.index].time is Time.FUTURE
    return Modality.OFFERED if told and trigger.frame.type == "ceasefire" else Modality.HYPOTHETICAL


# The clause it stands in.


def _clause_cues(sentence: Sentence, trigger: Trigger, clause: Clause, *, setting: str) -> Iterator[_Cue]:
    words = sentence.lexicon.modality
    group = sentence.groups[clause.index]
    if setting in words.afterwards:
        yield _Cue(modality=Modality.OCCURRED, clause=clause.index)
        return
    kinds = [] if setting else verb_kinds(sentence, group, trigger)
    past = group.past_modal and group.mood is Mood.INDICATIVE
    elsewhere = setting and (past or trigger.frame.family != "consult")
    modal = None if elsewhere else modal_kind(sentence, clause)
    kinds += [modal] if modal else []
    kinds += adverbs(sentence, clause)
    found = words.resolved(kinds, trigger.frame.type)
    negated = not setting and not trigger.frame.negated and sentence.is_negated(clause)
    if negated and not found and _of_decision(sentence, trigger):
        negated, found = False, [Modality.UNDER_DISCUSSION]  # `die Entscheidung ist nicht gefallen`
    for modality in with_negation(found, negated=negated):
        weak = modality is Modality.ONGOING
        yield _Cue(modality=modality, clause=clause.index, weak=weak, modal=modal == "possible")


def _of_decision(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the event hangs on a noun such as decision: what its verb denies is that one."""
    found = None if trigger.verb else governing_noun(sentence, trigger.start)
    return found is not None and found[1] == "decided"


# The clauses it hangs on.


def _governing_cues(sentence: Sentence, trigger: Trigger, parent: Clause, child: Clause) -> Iterator[_Cue]:
    if child.opener in ("um", "ohne", "statt", "anstatt"):
        return
    words = sentence.lexicon.modality
    group = sentence.groups[parent.index]
    kinds = [words.verbs[lemma] for lemma in sorted(group.lemmas) if lemma in words.verbs]
    kinds = told_kinds(sentence, kinds, child)
    if not words.open_verbs.isdisjoint(group.lemmas) and is_open(sentence, group, parent, child):
        kinds = ["under_discussion"]
    if modal := modal_kind(sentence, parent):
        kinds.append(modal)
    if child.link is Link.INFINITIVE or not kinds:
        kinds += adverbs(sentence, parent)
    negated = sentence.is_negated(parent) or no_noun(sentence, parent)
    found = words.resolved(kinds, trigger.frame.type)
    for modality in with_negation(found, negated=negated and bool(found)):
        yield _Cue(modality=modality, clause=parent.index)
    if noun := last_noun(sentence, child):
        said = noun_says(sentence, trigger, parent.index, noun, denied=negated)
        yield from (_Cue(modality=one, clause=parent.index, noun=True) for one in said)


def _time(sentence: Sentence, trigger: Trigger) -> Time | None:
    """The time of its clause; an infinitive takes that of the clause it hangs on."""
    clause: Clause | None = sentence.clauses[trigger.clause]
    seen = set()
    while clause is not None and clause.index not in seen:
        seen.add(clause.index)
        time = sentence.groups[clause.index].time
        if time is not None:
            return time
        clause = sentence.clauses[clause.parent] if clause.parent is not None else None
    return None

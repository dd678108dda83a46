"""How the clause of an event hangs on others, where the opening word alone does not tell."""

from bot.extraction.clauses import MARKS, SEPARATORS, Clause, Link
from bot.extraction.events.phrases import setting_of
from bot.extraction.events.sentence import Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.verbgroups import Time, VerbGroup

WHETHER = frozenset({"whether", "ob", "if", "wie", "how"})
OPENING_WORDS = 3  # of a clause, among which `zufolge` or `laut denen` shows hearsay


def above(sentence: Sentence, clause: Clause) -> Clause | None:
    """The clause that governs this one; an infinitive behind a relative clause hangs on the one above."""
    if clause.parent is None or clause.parent == clause.index:
        return None
    parent = sentence.clauses[clause.parent]
    passed_over = (
        sentence.lexicon.lang == "de"
        and clause.link is Link.INFINITIVE
        and parent.link is Link.RELATIVE
        and parent.parent is not None
    )
    return sentence.clauses[parent.parent] if passed_over and parent.parent is not None else parent


def is_condition(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause is a condition, by its conjunction or its order: `…, sollte es dazu kommen`."""
    if clause.link is Link.CONDITION:
        return True
    if not clause.tokens or clause.link is not Link.MAIN or not clause.index:
        return False
    first = clause.tokens[0]
    comma = first > sentence.start and sentence.line.words[first - 1] == ","
    return comma and sentence.line.words[first] in sentence.lexicon.modality.inverted


def is_hearsay(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause says what reports are about: `Berichte, wonach …`, `reports according to which …`."""
    opening = {sentence.line.words[i] for i in clause.tokens[:OPENING_WORDS]}
    return not opening.isdisjoint(sentence.lexicon.modality.hearsay)


def told_in(sentence: Sentence, clause: Clause) -> Clause:
    """The clause that holds the reports: `Berichte, wonach …, wies er zurück` goes on behind."""
    before = sentence.clauses[clause.index - 1 if clause.parent is None else clause.parent]
    behind = sentence.clauses[clause.index + 1 : clause.index + 2]
    split = len(before.tokens) <= OPENING_WORDS and behind and behind[0].link is Link.MAIN
    return behind[0] if split else before


def is_report(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells who said what stands before it: `…, the minister said during a visit`."""
    if clause.opener or not clause.tokens or clause.parent is None or clause.parent > clause.index:
        return False
    before = sentence.line.words[clause.tokens[0] - 1]
    says = not sentence.article.words.saying.isdisjoint(sentence.groups[clause.index].lemmas)
    return says and (before in SEPARATORS or before in MARKS)


def is_open(sentence: Sentence, group: VerbGroup, clause: Clause, child: Clause) -> bool:
    """Whether a verb of deciding leaves it open: `decides whether`, `is to decide`, `will vote`."""
    if any(sentence.line.words[i] in WHETHER for i in (*child.tokens[:1], *clause.tokens[-1:])):
        return True
    return group.time is Time.FUTURE or group.modal is not None or clause.link is Link.INFINITIVE


def only_stands(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether a participle with `to be` only says how things stand: `troops are stationed in the country`."""
    group = sentence.groups[trigger.clause]
    if not trigger.verb or group.finite in (None, trigger.start):
        return False
    helper = {form.lemma for form in sentence.line.verbs.get(group.finite or 0, ())}
    states = not sentence.lexicon.modality.standing.isdisjoint(trigger.lemmas)
    return states and not helper.isdisjoint(("sein", "be")) and group.time is not Time.FUTURE


def mere_setting(sentence: Sentence, trigger: Trigger) -> bool:
    """`soldiers in action`, `during the deployment`: where something else happens."""
    words = sentence.lexicon.modality
    setting = setting_of(sentence, trigger) if trigger.frame.family in ("troops", "aid", "sanction") else ""
    if trigger.frame.type == "sanction.impose" and trigger.frame.cue:
        return setting in words.settings  # `after the sanctions`
    return bool(setting) and setting not in words.afterwards | words.beforehand


def is_generic(sentence: Sentence, clause: Clause) -> bool:
    """`Any country that sends troops`: nobody is said to do so."""
    if clause.link is not Link.RELATIVE or not clause.tokens:
        return False
    first = clause.tokens[0]
    before = sentence.line.words[max(sentence.start, first - 4) : first]
    return not sentence.lexicon.modality.generic.isdisjoint(before)

"""What the words of a clause say of how real an event is: its verbs, modal verbs, adverbs, cue nouns.

They are named by kind (`modality.yml`); what a kind means for a type of event is looked up in `modality`.
"""

from bot.extraction.clauses import SEPARATORS, Clause, Link
from bot.extraction.events.control import asked
from bot.extraction.events.lexicon import CUE
from bot.extraction.events.moving import new_days
from bot.extraction.events.phrases import is_attribute
from bot.extraction.events.sentence import Sentence
from bot.extraction.events.triggers import Trigger
from bot.extraction.verbgroups import Time, VerbGroup
from bot.extraction.verbs import Mood

# Kinds that the verb of the event may say of it itself.
OWN = frozenset({"decided", "pledged", "offered", "announced", "planned", "proposed", "under_discussion"})
STOPPED = "stopped"  # said of its object only: a convoy that was stopped brings aid all the same
ASKS = frozenset({"ob", "whether"})
OBJECT = 4  # tokens from an English verb to its object
CONSULT_OWN = OWN - {"under_discussion"}  # `the ministers confer on Monday`


def verb_kinds(sentence: Sentence, group: VerbGroup, trigger: Trigger) -> list[str]:
    """What the verbs of the clause say; of the trigger's own verb only some kinds count."""
    words = sentence.lexicon.modality
    moved = bool(new_days(sentence, trigger))
    kinds = []
    for i, lemmas in group.content.items():
        found = [words.verbs[lemma] for lemma in sorted(lemmas) if lemma in words.verbs]
        own = trigger.verb and i == trigger.start
        if not _has_object(sentence, i, trigger):
            found = [kind for kind in found if kind != STOPPED]
        if moved and not words.moving.isdisjoint(lemmas):
            found = ["planned"]  # `was put off until Friday`
        if not own and group.time is not Time.PAST and not words.open_verbs.isdisjoint(lemmas):
            found = ["under_discussion"]  # `is to vote on the deployment`
        said = CONSULT_OWN if trigger.frame.family == "consult" else OWN
        kinds += [kind for kind in found if kind in said or not own]
    return kinds


def _has_object(sentence: Sentence, verb: int, trigger: Trigger) -> bool:
    """Whether the noun of a trigger is what its verb is about, as far as its place and case tell."""
    if trigger.verb or sentence.governor(trigger.start):
        return False
    near = 0 < trigger.start - verb <= OBJECT
    return near or sentence.lexicon.lang == "de" or sentence.groups[trigger.clause].passive


def modal_kind(sentence: Sentence, clause: Clause) -> str | None:
    """What the modal verb of a clause says, by its mood, or None."""
    group = sentence.groups[clause.index]
    moods = sentence.lexicon.modality.modals.get(group.modal or "")
    if not moods:
        return None
    if clause.tokens and sentence.line.words[clause.tokens[0]] in ASKS:
        return "possible"  # `over whether France should send soldiers`
    if group.mood is Mood.SUBJUNCTIVE_1:
        return moods.get("reported")
    if group.mood is Mood.SUBJUNCTIVE_2:
        return moods.get("subjunctive")
    return moods.get("past" if group.past_modal else "indicative")


def adverbs(sentence: Sentence, clause: Clause) -> list[str]:
    """What the adverbs and predicative adjectives of a clause say."""
    words, group = sentence.lexicon.modality, sentence.groups[clause.index]
    found = []
    for i in clause.tokens:
        word = sentence.line.words[i]
        pair = f"{sentence.line.words[i - 1]} {word}" if i else word
        kind = words.adverbs.get(word) or words.adverbs.get(pair)
        particle = any(lemma.startswith(word) for lemma in group.lemmas)
        if kind and kind != "new" and not particle and i != group.finite and not is_attribute(sentence, i):
            found.append(kind)
    return found


def told_kinds(sentence: Sentence, kinds: list[str], child: Clause) -> list[str]:
    """Those that hold for what is told: who announces what has happened promises nothing."""
    if child.link is Link.INFINITIVE and "warned" in kinds:
        return ["hypothetical"]  # `warned the EU against imposing sanctions`
    if "announced" in kinds and asked(sentence, child):
        return ["demanded"]  # `wants Poland to host the talks`
    told = sentence.groups[child.index]
    agreed = "decided" in {sentence.lexicon.modality.verbs.get(lemma) for lemma in told.lemmas}
    done = told.pluperfect or (told.time is Time.PAST and agreed)
    return [kind for kind in kinds if kind != "announced" or not done]


def last_noun(sentence: Sentence, child: Clause) -> str | None:
    """The nearest cue noun before a clause, with no other clause between."""
    first = child.tokens[0] if child.tokens else 0
    for i in range(
        first - 2 if sentence.line.words[first - 1] in SEPARATORS else first - 1, sentence.start - 1, -1
    ):
        if sentence.line.words[i] in SEPARATORS:
            return None
        for hit in sentence.nouns.get(i, ()):
            for label in hit.labels:
                if label.startswith(CUE):
                    return label.removeprefix(CUE)
    return None

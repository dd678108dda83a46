"""What stands around a trigger inside its noun phrase: adjectives, governing nouns, prepositions."""

from collections.abc import Iterator

from bot.extraction.clauses import SEPARATORS
from bot.extraction.events.lexicon import CUE
from bot.extraction.events.nouns import adjective
from bot.extraction.events.sentence import Sentence
from bot.extraction.events.triggers import Trigger

PHRASE = 6  # tokens before a trigger in which a noun may govern it
ATTRIBUTE = 4  # tokens before a trigger in which adjectives may belong to it


def attributes(sentence: Sentence, anchor: int) -> Iterator[int]:
    """Tokens before a noun that may be its determiners and adjectives."""
    line, words = sentence.line, sentence.article.words
    for i in range(anchor - 1, max(sentence.start, anchor - ATTRIBUTE) - 1, -1):
        word = line.words[i]
        if word in SEPARATORS or word in words.prepositions or is_noun(sentence, i):
            return
        yield i


def is_attribute(sentence: Sentence, i: int) -> bool:
    """Whether an English word speaks of the noun behind it only: `about a possible truce`."""
    line, words = sentence.line, sentence.article.words
    if sentence.lexicon.lang != "en" or not sentence.start < i < sentence.end - 1:
        return False
    before, after = line.words[i - 1], line.words[i + 1]
    opened = before in words.determiners or before in words.prepositions or before in words.possessives
    closed = words.prepositions | words.determiners | words.coordinators | SEPARATORS | {".", "to"}
    return opened and i - 1 not in line.verbs and i + 1 not in line.verbs and after not in closed


def is_noun(sentence: Sentence, i: int) -> bool:
    """Whether a token is a noun or a name, as far as its shape and the lexicon tell."""
    if sentence.lexicon.lang == "de":
        small = sentence.line.words[i] in sentence.article.words.determiners  # `Kreml: Kein Termin …`
        return sentence.line.capital[i] and i > sentence.start and not small
    return i in sentence.nouns or (i in sentence.line.verbs and i > sentence.start)


def governing_noun(sentence: Sentence, anchor: int) -> tuple[int, str] | None:
    """The cue noun a noun hangs on, its token and kind: `Pläne zur Entsendung`, `demand for a ceasefire`."""
    linking = sentence.lexicon.modality.linking
    linked = False
    for i in range(anchor - 1, max(sentence.start, anchor - PHRASE) - 1, -1):
        word = sentence.line.words[i]
        if word in SEPARATORS or i in sentence.line.verbs:
            return None
        for hit in sentence.nouns.get(i, ()):
            kind = next((label.removeprefix(CUE) for label in hit.labels if label.startswith(CUE)), None)
            if kind and linked:
                return i, kind
        if is_noun(sentence, i) and not _named(sentence, i):
            return None
        linked = linked or word in linking
    return None


def _named(sentence: Sentence, i: int) -> bool:
    return any(mention.start <= i < mention.end for mention in sentence.entities)


def is_new(sentence: Sentence, trigger: Trigger) -> bool:
    """Whether the text calls the event new; a verb always tells something."""
    words = sentence.lexicon.modality
    if trigger.verb or trigger.lemmas:
        return True
    return any(
        adjective(sentence.line.words[i], words.adjectives) == "new"
        for i in attributes(sentence, trigger.start)
    )


def is_topic(sentence: Sentence, trigger: Trigger) -> bool:
    """`spoke about the talks`: named, yet not told."""
    if trigger.verb or trigger.lemmas:
        return False
    for i in range(trigger.start - 1, max(sentence.start, trigger.start - ATTRIBUTE) - 1, -1):
        word = sentence.line.words[i]
        if word in sentence.lexicon.modality.topics:
            if _belongs_to_verb(sentence, trigger, word):
                return False
            return sentence.line.words[i - 1] not in sentence.lexicon.modality.amounts_of
        if word in SEPARATORS or word in sentence.article.words.prepositions or is_noun(sentence, i):
            return False
    return False


def of_somebody(sentence: Sentence, trigger: Trigger) -> bool:
    """`the chairman of the conference`, `die Teilnehmer der Konferenz`."""
    before = sentence.line.words[max(sentence.start, trigger.start - 2) : trigger.start]
    start = trigger.start - len(before)
    german = sentence.lexicon.lang == "de"
    linked = before in (["of", "the"], ["of", "a"]) or (german and before[-1:] in (["der"], ["des"]))
    end = trigger.start - 1 if german else start
    if trigger.verb or not linked or trigger.frame.family != "consult":
        return False
    if before[-1:] == ["des"] and _only_attribute(sentence, trigger, end):
        return True
    return any(role.end == end or role.start < trigger.start < role.end for role in sentence.roles)


def _only_attribute(sentence: Sentence, trigger: Trigger, end: int) -> bool:
    """`nach dem Willen des Gipfels`: on a noun that says nothing of it, and without a day."""
    if end <= sentence.start or not sentence.line.capital[end - 1]:
        return False
    says = any(label.startswith(CUE) for hit in sentence.nouns.get(end - 1, ()) for label in hit.labels)
    return not says and not any(0 <= time.start - trigger.end <= 1 for time in sentence.times)


def setting_of(sentence: Sentence, trigger: Trigger) -> str:
    """The preposition that makes the trigger the setting of something else, or empty."""
    if trigger.verb:
        return ""
    words = sentence.lexicon.modality
    for i in range(trigger.start - 1, max(sentence.start, trigger.start - ATTRIBUTE) - 1, -1):
        word = sentence.line.words[i]
        pair = f"{word} {sentence.line.words[i + 1]}"
        if word in words.settings or (trigger.frame.family == "consult" and pair in words.setting_pairs):
            return "" if _belongs_to_verb(sentence, trigger, word) else word
        if word in SEPARATORS or word in sentence.article.words.prepositions or is_noun(sentence, i):
            return ""
    return ""


def _belongs_to_verb(sentence: Sentence, trigger: Trigger, preposition: str) -> bool:
    """`warned of`, `warnt vor`: the preposition ties the noun to its verb."""
    known = sentence.lexicon.modality.prepositional
    lemmas = sentence.groups[trigger.clause].lemmas
    return any(preposition in known.get(lemma, ()) for lemma in lemmas)

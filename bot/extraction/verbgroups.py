"""Which words are verbs where they stand, and what the verbs of a clause say together."""

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from bot.extraction.clauses import (
    MARKS,
    SEPARATORS,
    VERB_LAST,
    Clause,
    ClauseWords,
    Forms,
    Line,
    Link,
    has_shape,
    is_finite,
    only_finite,
)
from bot.extraction.verbs import Mood, Shape, Tense, VerbForm

STOPS = SEPARATORS | MARKS | {"."}
SUBJECT = 6  # words from a verb back to the article of its subject


class Time(StrEnum):
    """Where the verbs of a clause put what they tell."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, kw_only=True)
class VerbGroup:
    """The verbs of a clause read together.

    Attributes:
        content: Token index -> the lemmas its verb can have; auxiliaries and modals left out.
        time: By tense and auxiliaries; None without a finite verb.
        modal: Lemma of the modal verb, or None.
        mood: Mood of the finite verb.
        passive: Whether the content verb is passive.
        finite: Token index of the finite verb, or None.
        past_modal: Whether the modal stands in the past form (`sollte`, `could`).
        pluperfect: Whether it is told as before the past (`hatte verhängt`, `had sent`).
    """

    content: dict[int, frozenset[str]]
    time: Time | None = None
    modal: str | None = None
    mood: Mood | None = None
    passive: bool = False
    finite: int | None = None
    past_modal: bool = False
    pluperfect: bool = False

    @property
    def lemmas(self) -> frozenset[str]:
        """All lemmas the content verbs can have."""
        return frozenset().union(*self.content.values())


def read_line(doc: Doc, verbs: dict[int, Forms], words: ClauseWords, lang: str) -> Line:
    """The words of a doc with those verb readings that fit their neighbours."""
    texts = [token.text for token in doc]
    line = Line(
        words=[text.lower() for text in texts],
        capital=[text[:1].isupper() for text in texts],
        spaced=[i == 0 or bool(doc[i - 1].whitespace_) or texts[i - 1].isspace() for i in range(len(texts))],
        verbs=verbs,
    )
    fits = _fits_german if lang == "de" else _fits_english
    kept = {}
    for i, forms in verbs.items():
        if chosen := fits(line, i, forms, words):
            kept[i] = chosen
    if lang == "en":
        _rescue(doc, line, kept, words)
    return Line(words=line.words, capital=line.capital, spaced=line.spaced, verbs=kept)


def _rescue(doc: Doc, line: Line, kept: dict[int, Forms], words: ClauseWords) -> None:
    """A sentence wants a finite verb: where none is sure, the first form in -s behind a noun is one."""
    for sent in doc.sents:
        if any(is_finite(kept[i]) for i in range(sent.start, sent.end) if i in kept):
            continue
        for i in range(sent.start + 1, sent.end):
            if _may_be_finite(line, i, words):
                kept[i] = line.verbs[i]
                break


def _may_be_finite(line: Line, i: int, words: ClauseWords) -> bool:
    before, after = _at(line, i - 1), _at(line, i + 1)
    no_noun = before in words.determiners or before in words.prepositions
    third = any(form.person == "3s" for form in line.verbs.get(i, ()))
    if not third or no_noun or not before.isalpha():
        return False
    if after in words.prepositions or after in STOPS:  # `the truce holds`, not `moves in Paris`
        return line.words[i] not in words.noun_first and _has_subject(line, i, words)
    return True


def _has_subject(line: Line, i: int, words: ClauseWords) -> bool:
    """Whether a noun with its article stands right before a word, adjectives between them."""
    for at in range(i - 2, max(-1, i - SUBJECT), -1):
        word = line.words[at]
        if word in words.determiners:
            return True
        if word in words.prepositions or word in STOPS or at in line.verbs:
            return False
    return False


def _at(line: Line, i: int) -> str:
    return line.words[i] if 0 <= i < len(line.words) else "."


# German.


def _fits_german(line: Line, i: int, forms: Forms, words: ClauseWords) -> Forms:
    before, after = _at(line, i - 1), _at(line, i + 1)
    open_end = after in STOPS or i + 1 in line.verbs or after.isspace()
    if line.words[i] in words.doubtful and not open_end and after not in words.after_doubtful:
        return ()
    if before == "zu":
        return tuple(form for form in forms if form.shape is not Shape.FINITE) or forms
    if before in words.determiners or before in words.prepositions:
        if any(form.lemma in words.modals for form in forms):
            return forms  # `Dieser könnte …`
        relative = _at(line, i - 2) in (",", ")")
        return forms if open_end or relative else ()
    adjective = i > 0 and not line.capital[i - 1]
    if (
        adjective
        and i + 1 < len(line.capital)
        and line.capital[i + 1]
        and before[-2:] in ("er", "en", "em", "es")
    ):
        return forms if only_finite(forms) else ()
    return forms


# English.


def _fits_english(line: Line, i: int, forms: Forms, words: ClauseWords) -> Forms:
    if any(form.lemma in words.helping for form in forms):
        return forms
    before = _word_before(line, i)
    if before == "to":
        return tuple(f for f in forms if f.shape is Shape.INFINITIVE) or _gerunds(forms)
    if helper := _helper(line, i, words):
        after_be = tuple(f for f in forms if f.shape in (Shape.PARTICIPLE, Shape.GERUND))
        return after_be if helper == {"be"} else forms  # `there was support`: no base form behind `be`
    if before in words.pronouns or before in ("not", "n't", "n’t", "and then"):
        return forms
    if before in words.determiners or before in words.prepositions:
        return (
            tuple(form for form in forms if form.shape is Shape.GERUND)
            if before in words.prepositions
            else ()
        )
    if has_shape(forms, Shape.PARTICIPLE) or all(f.tense is Tense.PAST for f in forms):
        return forms
    if has_shape(forms, Shape.GERUND):
        return forms
    return _weak(line, i, forms, words)


def _gerunds(forms: Forms) -> Forms:
    return tuple(form for form in forms if form.shape is Shape.GERUND)


def _word_before(line: Line, i: int) -> str:
    """The word before, adverbs in -ly and quotation marks passed over."""
    at = i - 1
    while at > 0 and (
        line.words[at].endswith("ly") or line.words[at] in ("also", "now", "then", "still", *MARKS)
    ):
        at -= 1
    return _at(line, at)


def _helper(line: Line, i: int, words: ClauseWords) -> frozenset[str]:
    """What an auxiliary or modal up to four words before can be, with no sign between; empty if none."""
    for at in range(i - 1, max(-1, i - 4), -1):
        if line.words[at] in STOPS or line.words[at] in words.prepositions:
            return frozenset()
        lemmas = frozenset(form.lemma for form in line.verbs.get(at, ()))
        if lemmas & words.helping:
            free = not any(line.words[j] in words.determiners for j in range(at + 1, i))
            return lemmas if free else frozenset()
        if at in line.verbs:
            return frozenset()
    return frozenset()


def _weak(line: Line, i: int, forms: Forms, words: ClauseWords) -> Forms:
    """Base forms and forms in -s, which may as well be nouns: verbs between a subject and an object."""
    before, after = _at(line, i - 1), _at(line, i + 1)
    following = i + 1 < len(line.capital) and line.capital[i + 1]
    if before == "," and after == "to" and has_shape(forms, Shape.FINITE):  # `countries, …, want to`
        return forms
    object_follows = (
        after in words.determiners
        or following
        or after in words.pronouns
        or after[:1].isdigit()
        or after in ("to", "that")
    )
    subject = i > 0 and (line.capital[i - 1] or before.endswith("s"))
    third = any(form.person == "3s" for form in forms)
    if line.words[i] in words.noun_first and not line.capital[i - 1]:
        return ()
    opening = {words.conjunctions.get(word) for word in line.words[max(0, i - 4) : i - 1]}
    if after in STOPS and Link.CONDITION in opening and before.isalpha():  # `if the truce holds,`
        return forms if third or before.endswith("s") else ()
    if subject and after in STOPS:  # `if Russia attacks,`
        return forms if third and _at(line, i - 2) in words.conjunctions else ()
    if not third and "that" in line.words[max(0, i - 4) : i]:  # `demands that Germany send`
        return forms
    if subject and (
        object_follows
        or after in ("in", "on", "with", "against", "off", "out", "at", "by", "with", "over", "for")
    ):
        return forms if third or before.endswith("s") or _at(line, i - 2) in ("and", "&") else ()
    plain = before.isalpha() and third and line.words[i] not in words.noun_first
    return forms if object_follows and (plain or after in words.determiners) else ()


# The group.


def verb_group(line: Line, clause: Clause, words: ClauseWords, lang: str) -> VerbGroup:
    """Read the verbs of a clause together."""
    tokens = [i for i in clause.tokens if i in clause.verbs]
    if not tokens:
        return VerbGroup(content={})
    finite = _finite_verb(clause, tokens, words, lang)
    chosen = {i: _resolved(line, clause, i, clause.verbs[i], finite=finite == i) for i in tokens}
    content = {
        i: lemmas
        for i, forms in chosen.items()
        if (
            i == finite or not only_finite(clause.verbs[i])
        )  # a clause has one finite verb: attributes drop out
        and (lemmas := frozenset(f.lemma for f in forms if f.lemma not in words.helping))
    }
    helping = [f for forms in chosen.values() for f in forms if f.lemma in words.helping]
    if finite is None or not chosen[finite]:
        passive = any(f.lemma in ("werden", "be") for f in helping) and _participle(chosen)
        return VerbGroup(content=content, passive=passive)
    return _read(chosen, content, finite, words)


def _finite_verb(clause: Clause, tokens: list[int], words: ClauseWords, lang: str) -> int | None:
    finite = [i for i in tokens if is_finite(clause.verbs[i])]
    if not finite or clause.link is Link.INFINITIVE:
        return None
    if lang == "de" and clause.link in VERB_LAST and clause.opener:
        return finite[-1]
    if lang == "en" and any(form.lemma in words.helping for form in clause.verbs[finite[0]]):
        return finite[0]
    sure = [i for i in finite if only_finite(clause.verbs[i])]
    return sure[0] if sure else finite[0]


def _resolved(line: Line, clause: Clause, i: int, forms: Forms, *, finite: bool) -> Forms:
    """Keep the shapes that fit, and of separable verbs the one whose particle is there."""
    shaped = tuple(f for f in forms if (f.shape is Shape.FINITE) == finite) or forms
    later = {line.words[j] for j in clause.tokens if j > i}
    with_particle = tuple(f for f in shaped if f.particle and f.particle in later)
    if with_particle and (line.words[clause.tokens[-1]] in {f.particle for f in with_particle} or not finite):
        return with_particle
    loose = tuple(f for f in with_particle if f.particle in later and len(f.particle or "") > 3)
    return loose or with_particle or tuple(f for f in shaped if not f.particle)


def _participle(chosen: dict[int, Forms]) -> bool:
    return any(has_shape(forms, Shape.PARTICIPLE) for forms in chosen.values())


def _read(
    chosen: dict[int, Forms],
    content: dict[int, frozenset[str]],
    finite: int,
    words: ClauseWords,
) -> VerbGroup:
    form = next((f for f in chosen[finite] if f.lemma in words.helping), chosen[finite][0])
    others = [f for i, forms in chosen.items() if i != finite for f in forms]
    shapes = {f.shape for f in others if f.lemma not in words.helping}
    modal = form.lemma if form.lemma in words.modals else None
    return VerbGroup(
        content=content,
        time=_time(form, others, shapes),
        modal=None if modal == "will" else modal,
        mood=form.mood,
        passive=_passive(form, others, shapes),
        finite=finite,
        past_modal=modal is not None and form.tense is Tense.PAST,
        pluperfect=_pluperfect(form, shapes, others),
    )


def _pluperfect(form: VerbForm, shapes: set[Shape], others: list[VerbForm]) -> bool:
    if form.tense is not Tense.PAST or form.mood is not Mood.INDICATIVE or Shape.PARTICIPLE not in shapes:
        return False
    passive = form.lemma == "sein" and any(f.lemma == "werden" for f in others)
    return passive or form.lemma in ("haben", "have")


def _passive(form: VerbForm, others: list[VerbForm], shapes: set[Shape]) -> bool:
    if Shape.PARTICIPLE not in shapes:
        return False
    lemmas = {form.lemma, *(f.lemma for f in others)}
    return bool(lemmas & {"be", "werden"}) and not (form.lemma == "werden" and Shape.INFINITIVE in shapes)


def _time(form: VerbForm, others: list[VerbForm], shapes: set[Shape]) -> Time:
    infinitive = Shape.INFINITIVE in shapes or any(f.shape is Shape.INFINITIVE for f in others)
    if form.lemma == "will" or (form.lemma == "werden" and infinitive):
        return Time.FUTURE
    if form.lemma in ("haben", "have", "sein") and Shape.PARTICIPLE in shapes:
        return Time.PAST
    if form.lemma == "have" and any(f.lemma == "be" for f in others):
        return Time.PAST
    if form.lemma == "sein" and any(f.lemma == "werden" for f in others):
        return Time.PAST
    if form.lemma == "sein" and any(f.lemma == "sein" and f.shape is Shape.PARTICIPLE for f in others):
        return Time.PAST  # `sei gewesen`
    past = form.tense is Tense.PAST and form.mood is Mood.INDICATIVE
    return Time.PAST if past else Time.PRESENT

"""Note events with how real they are, who takes part, where, when and how much."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from bot.extraction.clauses import clause_words
from bot.extraction.events.lexicon import FRAME, EventLexicon, event_lexicon
from bot.extraction.events.measures import Measures, day_of
from bot.extraction.events.modality import Judgement, judge
from bot.extraction.events.packs import PackLexicon
from bot.extraction.events.private import is_private
from bot.extraction.events.sentence import Article, Sentence
from bot.extraction.events.slots import People, Slots
from bot.extraction.events.triggers import Trigger, find_triggers
from bot.extraction.findings import Event, Modality, TimeExpression
from bot.extraction.reading import Reading, cut, reading_of
from bot.extraction.verbgroups import Time, read_line
from bot.extraction.verbs import VerbForm

Verbs = dict[int, tuple[VerbForm, ...]]
PAST_AFTER = timedelta(days=7)  # what is longer ago is history, not news
LONGEST = 200  # tokens in one sentence; a longer row is none that anybody wrote
LONG_AGO = timedelta(days=60)  # so long ago even plans and offers are history
_BACKGROUND = frozenset({Modality.OCCURRED, Modality.DECIDED, Modality.SCHEDULED})
_UNREAL = frozenset({Modality.DENIED, Modality.HYPOTHETICAL})
REAL = frozenset({Modality.OCCURRED, Modality.ONGOING, Modality.DECIDED, Modality.SCHEDULED})


class EventReader:
    """Finds events; what counts as one is in `lexicons/<lang>/events.yml`, and in the packs of rules."""

    def __init__(
        self, lang: str, lexicon: EventLexicon | None = None, packs: Sequence[PackLexicon] = ()
    ) -> None:
        self.lang = lang
        self.lexicon = lexicon or event_lexicon(lang)
        self.packs = tuple(packs)

    def __call__(self, doc: Doc) -> Doc:
        """Note the events of a doc, in the order of the text."""
        reading = reading_of(doc)
        found = self._read(doc, self.lexicon, reading.verbs)
        for pack in self.packs:
            if _may_speak(doc, pack):
                found += self._read(doc, pack.events, _with_verbs(doc, reading.verbs, pack))
        reading.events = sorted(found, key=lambda event: event.trigger.start) if self.packs else found
        return doc

    def _read(self, doc: Doc, lexicon: EventLexicon, verbs: Verbs) -> list[Event]:
        """The events of one lexicon."""
        reading, words = reading_of(doc), clause_words(self.lang)
        article = Article(
            doc=doc,
            reading=reading,
            line=read_line(doc, verbs, words, self.lang),
            lexicon=lexicon,
            words=words,
            starts=[token.idx for token in doc],
        )
        for sentence in _sentences(article):
            article.told += list(_events(sentence))
        return _without_headline_twins(article.told, reading.body_start)


def _may_speak(doc: Doc, pack: PackLexicon) -> bool:
    """Whether any word can be one of the pack's; most articles are done here."""
    return any(_is_word_of(pack, token.lower_, reading_of(doc).verbs.get(token.i, ())) for token in doc)


def _is_word_of(pack: PackLexicon, word: str, forms: tuple[VerbForm, ...]) -> bool:
    if word in pack.verbs or any(form.lemma in pack.events.by_verb for form in forms):
        return True
    return any(label.startswith(FRAME) for entry in pack.events.nouns.entries(word) for label in entry.labels)


def _with_verbs(doc: Doc, verbs: Verbs, pack: PackLexicon) -> Verbs:
    """The verbs of a doc, with those that only the pack knows; a capital makes a German word a noun."""
    if not pack.verbs:
        return verbs
    german = pack.events.lang == "de"
    mine = {
        token.i: (*verbs.get(token.i, ()), *pack.verbs[token.lower_])
        for token in doc
        if token.lower_ in pack.verbs and (not german or token.text[:1].islower() or token.is_sent_start)
    }
    return {**verbs, **mine}


def _sentences(article: Article) -> Iterator[Sentence]:
    before = None
    for tokens in _pieces(article.doc):
        before = Sentence.of(article, tokens, before)
        if before.before:
            before.before.before = None
        yield before


def _pieces(doc: Doc) -> Iterator[Tokens]:
    """The sentences, endless ones cut, so that the work grows with the text and not its square."""
    for sent in doc.sents:
        for start in range(sent.start, sent.end, LONGEST):
            yield doc[start : min(start + LONGEST, sent.end)]


def _events(sentence: Sentence) -> Iterator[Event]:
    if not _promising(sentence):
        return
    for trigger in find_triggers(sentence):
        judgement = judge(sentence, trigger)
        if judgement and (judgement.cue or not trigger.frame.cue):
            people = Slots(sentence, trigger).people()
            if not is_private(sentence, trigger, people.actors):
                yield _event(sentence, trigger, judgement, people)


def _promising(sentence: Sentence) -> bool:
    """Whether any word of the sentence is a trigger at all; most sentences are done here."""
    line, lexicon = sentence.line, sentence.lexicon
    by_verb = lexicon.by_verb
    for i in range(sentence.start, sentence.end):
        if any(form.lemma in by_verb for form in line.verbs.get(i, ())):
            return True
        if lexicon.nouns.entries(line.words[i]):
            return True
    return False


def _event(sentence: Sentence, trigger: Trigger, judgement: Judgement, people: People) -> Event:
    doc = sentence.article.doc
    measures = Measures(sentence, trigger)
    time = measures.date(judgement)
    start, end = doc[trigger.start].idx, doc[trigger.end - 1].idx + len(doc[trigger.end - 1])
    quote = sentence.quote_at(start)
    return Event(
        type=trigger.frame.type,
        plover=trigger.frame.plover,
        trigger=cut(doc, start, end),
        evidence=cut(doc, *sentence.span),
        modality=_dated(judgement, time, sentence.article.reading, trigger, own=measures.own(time)),
        actors=people.actors,
        targets=people.targets,
        participants=people.participants,
        medium=trigger.frame.medium,
        place=people.place,
        date=_day(time),
        quantity=measures.quantity(),
        said_by=quote.speaker if quote else None,
    )


def _day(time: TimeExpression | None) -> str | None:
    if time is None:
        return None
    if time.first and time.first == time.last:
        return time.first
    if time.first and time.value and not time.value[0].isdigit():
        return time.first
    return time.value


def _dated(
    judgement: Judgement,
    time: TimeExpression | None,
    reading: Reading,
    trigger: Trigger,
    *,
    own: bool,
) -> Modality:
    """Let the date correct what the words say."""
    modality = judgement.modality
    background = judgement.attribute or (judgement.earlier and time is None)
    if background and modality in _BACKGROUND:
        return Modality.HISTORICAL
    first, last = (day_of(time.first), day_of(time.last)) if time else (None, None)
    if last is None and judgement.time is Time.PAST:
        last = first  # `since 2003`
    if reading.published is None or first is None or last is None:
        return modality
    today = reading.published.day
    if last < today - LONG_AGO and judgement.time is not Time.FUTURE and modality not in _UNREAL:
        return Modality.HISTORICAL
    consult = trigger.frame.family == "consult"
    if last < today and judgement.time is not Time.FUTURE and modality in REAL:
        return Modality.HISTORICAL if today - last > PAST_AFTER else _happened(modality, consult=consult)
    lies_ahead = own and consult and not trigger.verb  # `hopes rose for the summit next week`
    real = modality in (Modality.OCCURRED, Modality.ONGOING) and (
        lies_ahead or judgement.time is not Time.PAST
    )
    if first > today and (real or (consult and modality in _FIRM)):
        return Modality.SCHEDULED
    if first > today and not judgement.cue and modality is Modality.PLEDGED:
        return Modality.SCHEDULED
    return modality


_FIRM = frozenset({Modality.DECIDED, Modality.EXPECTED, Modality.PLEDGED, Modality.SCHEDULED})


def _happened(modality: Modality, *, consult: bool) -> Modality:
    return Modality.OCCURRED if consult or modality is not Modality.DECIDED else modality


def _without_headline_twins(events: list[Event], body_start: int) -> list[Event]:
    """An event of the headline that the body tells too is shown from the body."""
    body = [event for event in events if event.trigger.start >= body_start]
    head = [event for event in events if event.trigger.start < body_start]
    return [event for event in head if not any(_twins(event, other) for other in body)] + body


def _twins(headline: Event, told: Event) -> bool:
    """Whether the body tells of the same: the type, and somebody in common if the headline names anybody."""
    names, others = _who(headline), _who(told)
    return headline.type == told.type and (not names or not others or not names.isdisjoint(others))


def _who(event: Event) -> frozenset[str]:
    people = (*event.actors, *event.targets, *event.participants)
    return frozenset(person.id or person.name for person in people)


@Language.factory("depesche_events", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> EventReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return EventReader(lang)

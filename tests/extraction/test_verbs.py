"""What a word can be as a verb."""

import pytest
import spacy

from bot.extraction.components import verbs as _registered  # noqa: F401
from bot.extraction.conjugation import verb_lexicon
from bot.extraction.reading import reading_of
from bot.extraction.verbs import Mood, Shape, Tense

FINITE = [
    ("de", "ist", "sein", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("de", "sei", "sein", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "seien", "sein", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3p"),
    ("de", "habe", "haben", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "habe", "haben", Tense.PRESENT, Mood.INDICATIVE, "1s"),
    ("de", "werde", "werden", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "gebe", "geben", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "könne", "können", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "wäre", "sein", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "hätten", "haben", Tense.PAST, Mood.SUBJUNCTIVE_2, "3p"),
    ("de", "würde", "werden", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "könnte", "können", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "dürften", "dürfen", Tense.PAST, Mood.SUBJUNCTIVE_2, "3p"),
    ("de", "gäbe", "geben", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "ginge", "gehen", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "brächte", "bringen", Tense.PAST, Mood.SUBJUNCTIVE_2, "3s"),
    ("de", "stünden", "stehen", Tense.PAST, Mood.SUBJUNCTIVE_2, "3p"),
    ("de", "sagte", "sagen", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("de", "rechnet", "rechnen", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("de", "warnten", "warnen", Tense.PAST, Mood.INDICATIVE, "3p"),
    ("de", "entsandte", "entsenden", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("de", "entsendete", "entsenden", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("de", "verhandle", "verhandeln", Tense.PRESENT, Mood.SUBJUNCTIVE_1, "3s"),
    ("de", "traf", "treffen", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("de", "ankündigte", "ankündigen", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("en", "is", "be", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("en", "were", "be", Tense.PAST, Mood.INDICATIVE, "3p"),
    ("en", "has", "have", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("en", "would", "will", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("en", "wo", "will", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("en", "might", "may", Tense.PAST, Mood.INDICATIVE, "3s"),
    ("en", "says", "say", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("en", "denies", "deny", Tense.PRESENT, Mood.INDICATIVE, "3s"),
    ("en", "denied", "deny", Tense.PAST, Mood.INDICATIVE, None),
    ("en", "committed", "commit", Tense.PAST, Mood.INDICATIVE, None),
    ("en", "visited", "visit", Tense.PAST, Mood.INDICATIVE, None),
    ("en", "planned", "plan", Tense.PAST, Mood.INDICATIVE, None),
    ("en", "sought", "seek", Tense.PAST, Mood.INDICATIVE, None),
]


@pytest.mark.parametrize(("lang", "word", "lemma", "tense", "mood", "person"), FINITE)
def test_finite(lang: str, word: str, lemma: str, tense: Tense, mood: Mood, person: str | None) -> None:
    """A finite form is known with lemma, tense, mood and person."""
    found = {
        (form.lemma, form.tense, form.mood, form.person)
        for form in verb_lexicon(lang).readings(word)
        if form.shape is Shape.FINITE and not form.particle
    }
    assert (lemma, tense, mood, person) in found


@pytest.mark.parametrize(
    ("lang", "word", "lemma", "shape"),
    [
        ("de", "angekündigt", "ankündigen", Shape.PARTICIPLE),
        ("de", "bestätigt", "bestätigen", Shape.PARTICIPLE),
        ("de", "beschlossen", "beschließen", Shape.PARTICIPLE),
        ("de", "telefoniert", "telefonieren", Shape.PARTICIPLE),
        ("de", "anerkannt", "anerkennen", Shape.PARTICIPLE),
        ("de", "einberufen", "einberufen", Shape.PARTICIPLE),
        ("de", "beauftragt", "beauftragen", Shape.PARTICIPLE),
        ("de", "worden", "werden", Shape.PARTICIPLE),
        ("de", "bereitzustellen", "bereitstellen", Shape.ZU_INFINITIVE),
        ("de", "verhängen", "verhängen", Shape.INFINITIVE),
        ("en", "frozen", "freeze", Shape.PARTICIPLE),
        ("en", "calling", "call off", Shape.GERUND),
        ("en", "dying", "die", Shape.GERUND),
        ("en", "deploying", "deploy", Shape.GERUND),
        ("en", "imposing", "impose", Shape.GERUND),
        ("en", "send", "send", Shape.INFINITIVE),
    ],
)
def test_non_finite(lang: str, word: str, lemma: str, shape: Shape) -> None:
    """Infinitives, participles and gerunds are known with their lemma."""
    assert (lemma, shape) in {(form.lemma, form.shape) for form in verb_lexicon(lang).readings(word)}


@pytest.mark.parametrize(
    ("lang", "word", "lemma", "particle"),
    [
        ("de", "kündigte", "ankündigen", "an"),
        ("de", "stellt", "bereitstellen", "bereit"),
        ("en", "called", "call off", "off"),
    ],
)
def test_particle(lang: str, word: str, lemma: str, particle: str) -> None:
    """A verb that stands without its particle says which one must follow."""
    assert (lemma, particle) in {(form.lemma, form.particle) for form in verb_lexicon(lang).readings(word)}


@pytest.mark.parametrize("word", ["haus", "gebesucht", "gebestätigt", "soldat", "", "goed"])
def test_no_verb(word: str) -> None:
    """A word that is no verb form has no reading."""
    assert verb_lexicon("de").readings(word) == ()
    assert verb_lexicon("en").readings(word) == ()


def test_wealth() -> None:
    """Each lexicon has some hundreds of verbs."""
    for lang in ("de", "en"):
        lemmas = {form.lemma for forms in verb_lexicon(lang).forms.values() for form in forms}
        assert len(lemmas) > 450


@pytest.mark.parametrize(
    ("lang", "text", "verbs"),
    [
        ("de", "Das Treffen beginnt heute.", ["beginnt"]),
        ("de", "„Treffen wir uns“, sagt er.", ["Treffen", "sagt"]),
        ("en", "The summit in May will end.", ["will", "end"]),
        ("en", "They won’t send troops.", ["wo", "send"]),
    ],
)
def test_component(lang: str, text: str, verbs: list[str]) -> None:
    """A noun in capitals is no verb unless it could open a sentence."""
    nlp = spacy.blank(lang)
    nlp.add_pipe("depesche_sentences", config={"lang": lang})
    nlp.add_pipe("depesche_verbs", config={"lang": lang})
    doc = nlp(text)
    assert [doc[i].text for i in reading_of(doc).verbs] == verbs

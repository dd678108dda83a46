from dataclasses import replace

import pytest

from bot.alerts.key_quote import key_quote, key_quotes
from bot.alerts.model import KeyQuote
from bot.extraction.findings import Basis, EntityKind, Modality, QuoteKind, Speaker
from bot.rules.model import Match, QuoteChoice
from bot.rules.view import View
from tests.fakes.findings import Written
from tests.fakes.rules import rule


def chosen(written: Written, choice: QuoteChoice | None = None) -> KeyQuote | None:
    """The key quote for all events of the article as one."""
    matches = [
        Match(rule=rule(quote=choice or QuoteChoice()), evidence=event.evidence, event=event)
        for event in written.events
    ]
    return key_quote(matches, View(article=written.article, findings=written.findings))


def text_of(quote: KeyQuote | None) -> str | None:
    """The words of a key quote."""
    return quote.text if quote else None


@pytest.mark.parametrize(
    ("lang", "text", "trigger", "quote", "speaker"),
    [
        ("de", "„Wir entsenden 150 Soldaten nach Riga“, sagte Ida Moen.", "entsenden",
         "Wir entsenden 150 Soldaten nach Riga", "Ida Moen"),
        ("en", "“We will send 150 soldiers to Riga,” said Ida Moen.", "send",
         "We will send 150 soldiers to Riga,", "Ida Moen"),
    ],
)  # fmt: skip
def test_quote_that_holds_the_event(lang: str, text: str, trigger: str, quote: str, speaker: str) -> None:
    """A quote that holds the event's verb is its key quote, cut from the article to the character."""
    written = Written(text=text, lang=lang, title="Riga")
    written.quote(quote, speaker)
    written.event(trigger)
    found = chosen(written)
    assert found is not None
    assert (found.text, found.speaker) == (quote, speaker)
    assert written.article.content[found.start : found.end] == quote


def test_quote_after_the_sentence() -> None:
    """A quote in the next sentence belongs to the event if who takes part says it."""
    written = Written(text="Norwegen schickt 150 Soldaten.\n„Das wird lange dauern“, sagte Ida Moen.")
    written.entity("Norwegen", id="NO")
    written.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="minister", country="NO")
    written.event("schickt", actors=["Norwegen"])
    quote = written.quote("Das wird lange dauern", "Ida Moen")
    assert quote.speaker is not None
    assert text_of(chosen(written)) == "Das wird lange dauern"


def test_near_is_not_enough() -> None:
    """A quote in the next sentence with another speaker and other words is no key quote: rather none."""
    written = Written(text="Norwegen schickt 150 Soldaten.\n„Das Brot ist teuer“, sagte eine Bäckerin.")
    written.entity("Norwegen", id="NO")
    written.event("schickt", actors=["Norwegen"])
    written.quote("Das Brot ist teuer", "eine Bäckerin")
    assert chosen(written) is None


def test_direct_before_indirect() -> None:
    """A direct quote about the event goes before an indirect one that holds it."""
    written = Written(
        text="Der Rat habe beschlossen, neue Sanktionen zu verhängen, sagte Ola Berg.\n"
        "„Die Sanktionen erhöhen den Druck“, sagte Ola Berg."
    )
    written.quote("Der Rat habe beschlossen, neue Sanktionen zu verhängen", "Ola Berg", QuoteKind.INDIRECT)
    written.quote("Die Sanktionen erhöhen den Druck", "Ola Berg")
    written.event("verhängen", "sanction.impose")
    assert text_of(chosen(written)) == "Die Sanktionen erhöhen den Druck"
    assert text_of(chosen(written, QuoteChoice(kinds=(QuoteKind.INDIRECT,)))) == (
        "Der Rat habe beschlossen, neue Sanktionen zu verhängen"
    )


def test_full_quote_of_the_body() -> None:
    """A quote that a heading shortens is taken from the body, in full."""
    written = Written(
        title="„Druck auf Belarus erhöhen“: EU einig über Sanktionen",
        text="Die EU verhängt Sanktionen.\nMehr dazu am Abend.\n"
        "„Wir werden den Druck auf Belarus weiter erhöhen, Schritt für Schritt“, sagte ein Minister.",
    )
    full = "Wir werden den Druck auf Belarus weiter erhöhen, Schritt für Schritt"
    written.quote("Druck auf Belarus erhöhen")
    written.quote(full, "ein Minister")
    written.event("einig", "sanction.impose")
    written.event("verhängt", "sanction.impose")
    assert text_of(chosen(written)) == full


def test_heading_alone() -> None:
    """A quote that stands in the headline only may be the key quote."""
    written = Written(title="„Wir schicken Soldaten“: Oslo sagt Hilfe zu", text="Norwegen hilft.")
    written.quote("Wir schicken Soldaten")
    written.event("schicken")
    assert text_of(chosen(written)) == "Wir schicken Soldaten"


def test_scrap_of_words() -> None:
    """Two quoted words inside the sentence of the event are no key quote."""
    written = Written(text="Norwegen will „sehr konkret“ über Truppen reden und schickt Soldaten.")
    written.quote("sehr konkret", kind=QuoteKind.FRAGMENT)
    written.event("schickt")
    assert chosen(written) is None


def test_fragment_says_something() -> None:
    """Quoted words from the sentence of the event are its key quote only if they speak of the event."""
    written = Written(
        text="Norwegen schickt Soldaten und hofft auf „viel guten Willen“.\n"
        "Man schicke „Soldaten, die den Frieden sichern“."
    )
    written.quote("viel guten Willen", kind=QuoteKind.FRAGMENT)
    written.event("schickt")
    assert chosen(written) is None
    written.quote("Soldaten, die den Frieden sichern", kind=QuoteKind.FRAGMENT)
    written.event("Frieden")
    assert text_of(chosen(written)) == "Soldaten, die den Frieden sichern"


def test_teller_goes_on() -> None:
    """Who told of the event in reported speech and goes on in direct speech gives the key quote."""
    written = Written(
        text="Im Mai gebe es in Riga Gespräche, sagte Ola Berg.\nSie fügte hinzu: „Jetzt wird es ernst.“"
    )
    written.quote("Im Mai gebe es in Riga Gespräche", "Ola Berg", QuoteKind.INDIRECT)
    later = written.quote("Jetzt wird es ernst.", "Sie")
    assert later.speaker is not None
    told_by_her = replace(later, speaker=replace(later.speaker, name="Ola Berg", basis=Basis.PRONOUN))
    written.quotes[1] = told_by_her
    written.event("Gespräche", "consult.talks", Modality.SCHEDULED)
    assert text_of(chosen(written)) == "Jetzt wird es ernst."


def test_one_quote_one_event() -> None:
    """A quote goes to the event it is tied to most; the other one takes its next best or none."""
    written = Written(
        text="Die EU beschließt Sanktionen für Belarus.\n„Die Sanktionen treffen Belarus“, sagte Ola Berg."
        "\nDie Schweiz prüft Sanktionen."
    )
    written.quote("Die Sanktionen treffen Belarus", "Ola Berg")
    written.event("beschließt", "sanction.impose")
    written.event("prüft", "sanction.impose", Modality.UNDER_DISCUSSION)
    events = [[Match(rule=rule(), evidence=event.evidence, event=event)] for event in written.events]
    found = key_quotes(events, View(article=written.article, findings=written.findings))
    assert [text_of(quote) for quote in found] == ["Die Sanktionen treffen Belarus", None]


def test_participant_first() -> None:
    """Of two quotes about a meeting the one by somebody who takes part goes first."""
    written = Written(
        text="Bo Lind trifft Ana Ruiz am Dienstag.\n„Das Treffen ist wichtig“, sagte ein Professor.\n"
        "„Das Treffen mit Bo Lind ist wichtig“, sagte Ana Ruiz."
    )
    written.entity("Bo Lind", EntityKind.PERSON, id="Q2")
    written.entity("Ana Ruiz", EntityKind.PERSON, id="Q1")
    written.quote("Das Treffen ist wichtig", "ein Professor")
    written.quote("Das Treffen mit Bo Lind ist wichtig", "Ana Ruiz")
    written.event("trifft", "consult.meeting", Modality.SCHEDULED, participants=["Bo Lind", "Ana Ruiz"])
    choice = QuoteChoice(prefer=("participant", "about_event"))
    assert text_of(chosen(written, choice)) == "Das Treffen mit Bo Lind ist wichtig"


@pytest.mark.parametrize(
    ("words", "name", "basis", "expected"),
    [
        ("Ministerin Ida Moen", "Ida Moen", Basis.EXPLICIT, ("Ida Moen", "Ministerin")),
        ("Sie", "Ida Moen", Basis.PRONOUN, ("Ida Moen", None)),
        ("Sie", "Sie", Basis.UNRESOLVED, (None, None)),
    ],
)
def test_speaker(words: str, name: str, basis: Basis, expected: tuple[str | None, str | None]) -> None:
    """Who said it is told with the office before the name, and left out where it stays unresolved."""
    written = Written(text=f"„Wir schicken Soldaten“, sagte {words}.")
    quote = written.quote("Wir schicken Soldaten")
    place = written.span(words)
    speaker = Speaker(start=place.start, end=place.end, text=words, name=name, basis=basis)
    written.quotes[:] = [replace(quote, speaker=speaker)]
    written.event("schicken")
    found = chosen(written)
    assert found is not None
    assert (found.speaker, found.role) == expected


@pytest.mark.parametrize(
    ("lang", "text", "quote", "speaker"),
    [
        ("de", ("Am Sonntag tagt der Rat in Riga.\nEs regnet.\nDie Stadt ist voll.\nKurz war der Abend.\n"
         "„Eine Einigung wird gelingen“, sagte Ida Moen."), "Eine Einigung wird gelingen", "Ida Moen"),
        ("en", ("On Sunday the council meets in Riga.\nIt rains.\nThe town is full.\nThe evening was short.\n"
         "“Agreement will be found,” said Ida Moen."), "Agreement will be found,", "Ida Moen"),
    ],
)  # fmt: skip
def test_who_is_in_charge_speaks_for_the_one_event(lang: str, text: str, quote: str, speaker: str) -> None:
    """Where nobody speaks of the article's one event, a leader's words stand; somebody's do not."""
    for role, wanted in (("prime minister", quote), (None, None)):
        written = Written(text=text, lang=lang)
        written.entity(speaker, EntityKind.PERSON, id="Q5", role=role, country="NO")
        written.event("tagt" if lang == "de" else "meets", "consult.meeting")
        written.quote(quote, speaker)
        assert text_of(chosen(written)) == wanted


def test_a_leaders_words_are_given_to_no_event_of_several() -> None:
    """With two events in the article, words about neither of them are no key quote."""
    written = Written(
        text="Am Sonntag tagt der Rat.\nAm Montag reist sie.\nEs regnet.\nDie Stadt ist voll.\nKurz war es.\n"
        "Lang war es.\n„Eine Einigung wird gelingen“, sagte Ida Moen."
    )
    written.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="prime minister", country="NO")
    written.event("tagt", "consult.meeting")
    written.event("reist", "consult.visit")
    written.quote("Eine Einigung wird gelingen", "Ida Moen")
    view = View(article=written.article, findings=written.findings)
    events = [[Match(rule=rule(), evidence=event.evidence, event=event)] for event in written.events]
    assert key_quotes(events, view) == [None, None]


@pytest.mark.parametrize(
    ("lang", "text", "trigger", "decided", "said", "cue", "speaker"),
    [
        ("de", "Der Rat beschloss, Konten einzufrieren.\n„Das war überfällig“, sagte ein Diplomat.",
         "einzufrieren", "Konten einzufrieren", "Das war überfällig", "beschloss", "ein Diplomat"),
        ("en", "The council agreed to freeze accounts.\n“That was overdue,” said one of the diplomats.",
         "freeze", "to freeze accounts", "That was overdue,", "agreed", "one of the diplomats"),
    ],
)  # fmt: skip
def test_a_decision_is_no_quote(  # noqa: PLR0917  (the columns of the table)
    lang: str, text: str, trigger: str, decided: str, said: str, cue: str, speaker: str
) -> None:
    """What somebody decided is no key quote; an insider who speaks of it right after gives one."""
    written = Written(text=text, lang=lang)
    written.event(trigger, "sanction.impose")
    council = "Der Rat" if lang == "de" else "The council"
    quote = written.quote(decided, council, QuoteKind.INDIRECT)
    written.quotes[:] = [replace(quote, cue=written.span(cue))]
    assert chosen(written) is None
    written.quote(said, speaker)
    assert text_of(chosen(written)) == said


@pytest.mark.parametrize(
    ("lang", "text", "news", "said", "speaker"),
    [
        ("de", "Norwegen schickt 150 Soldaten, sagten zwei Offizielle.\n„Wir helfen gern“, sagte Ida Moen.",
         "Norwegen schickt 150 Soldaten", "Wir helfen gern", "zwei Offizielle"),
        ("en", "Norway is sending 150 soldiers, two officials said.\n“We like to help,” said Ida Moen.",
         "Norway is sending 150 soldiers", "We like to help,", "two officials"),
    ],
)  # fmt: skip
def test_the_news_itself_comes_last(lang: str, text: str, news: str, said: str, speaker: str) -> None:
    """The news told by those without a part in it gives way to words of somebody in charge nearby."""
    written = Written(text=text, lang=lang)
    written.entity("Norwegen" if lang == "de" else "Norway", id="NO")
    written.event("schickt" if lang == "de" else "sending", actors=["Norwegen" if lang == "de" else "Norway"])
    written.quote(news, speaker, QuoteKind.INDIRECT)
    assert text_of(chosen(written)) == news
    written.entity("Ida Moen", EntityKind.PERSON, id="Q5", role="prime minister", country="NO")
    written.quote(said, "Ida Moen")
    assert text_of(chosen(written)) == said

from textwrap import dedent, indent

import pytest

from bot.article.model import Tier
from bot.extraction.findings import Bound, EntityKind, Medium, Modality, QuoteKind
from bot.rules.explanation import Outcome, explain
from bot.rules.loader import load_rule
from bot.rules.matcher import match, match_all
from bot.rules.model import Rule
from tests.fakes.findings import Written


def rule(conditions: str, *, status: str = "live", id: str = "r") -> Rule:  # noqa: A002
    """A rule with these conditions, `when:` and `unless:` written out."""
    text = f"id: {id}\ntitle: t\nstatus: {status}\n{dedent(conditions)}"
    loaded, issues = load_rule(text, "chat")
    assert not [issue for issue in issues if issue.severity == "error"], issues
    assert loaded is not None
    return loaded


def when(conditions: str) -> Rule:
    """A rule with the conditions in one block."""
    return rule("when:\n" + indent(dedent(conditions), "  "))


def commitment() -> Written:
    """Two countries, one demand, one number."""
    told = Written(
        text=(
            "Norwegen schickt ab Mai bis zu 800 Soldaten nach Litauen.\n"
            "Die Opposition in Dänemark fordert eine größere Truppe für Estland.\n"
            "„Wir bleiben dort“, sagte Premierministerin Berg."
        ),
        title="Oslo verstärkt Brigade",
        source="Nordblatt",
        tier=Tier.PRESS,
    )
    told.entity("Norwegen", id="NO", country="NO")
    told.entity("Litauen", id="LT", country="LT")
    told.entity("Opposition", EntityKind.ORGANISATION)
    told.entity("Dänemark", id="DK", country="DK")
    told.entity("Estland", id="EE", country="EE")
    told.entity("Berg", EntityKind.PERSON, id="Q1", role="prime minister", country="NO")
    told.quote("Wir bleiben dort", "Berg")
    told.time("Mai", "2026-05")
    number = told.quantity("bis zu 800 Soldaten", 800, bound=Bound.UP_TO)
    told.event("schickt", actors=["Norwegen"], place="Litauen", date="2026-05", quantity=number)
    told.event("fordert", modality=Modality.DEMANDED, actors=["Opposition"], place="Estland")
    return told


TABLE = [
    ("event: troops.commit", 2),
    ("event: troops.*", 2),
    ("event: [attack, protest]", 0),
    ("modality: decided", 1),
    ("event: troops.commit\nmodality: [demanded, denied]", 1),
    ("actor: NO", 1),
    ("actor: Norwegen", 1),
    ("actor: [SE, NO]", 1),
    ("actor: {kind: country}", 1),
    ("actor: {kind: [country, organisation]}", 2),
    ("actor: {country: NATO}", 1),
    ("actor: {country: EU}", 0),
    ("anyone: {kind: organisation}", 1),
    ("target: {kind: country}", 0),
    ("event: troops.commit\nplace: LT", 1),
    ("event: troops.commit\nplace: {country: [LT, EE]}", 2),
    ("event: troops.commit\nquantity: {unit: soldier, at_least: 800}", 1),
    ("event: troops.commit\nquantity: {unit: soldier, more_than: 800}", 0),
    ("event: troops.commit\nquantity: {unit: soldier, at_least: 801, if_given: true}", 1),
    ("event: troops.commit\nquantity: {unit: vehicle, at_least: 5}", 0),
    ("event: troops.commit\nquantity: {unit: vehicle, at_least: 5, if_given: true}", 2),
    ("event: troops.commit\ndate: {within: 60d}", 1),
    ("event: troops.commit\ndate: {within: 50d}", 0),
    ("event: troops.commit\ndate: {future: true, if_given: true}", 2),
    ("event: troops.commit\ndate: {after: 2026-05-30}", 1),
    ("event: troops.commit\ndate: {after: 2026-05-31}", 0),
    ("event: troops.commit\ndate: {before: 2026-05-02}", 1),
    ("event: troops.commit\ntext: Soldat", 1),
    ("event: troops.commit\ntext: Truppen", 1),
    ("event: troops.commit\ntext: Brigade", 0),
    ("event: troops.commit\ntext: {words: Brigaden, in: article}", 2),
    ("event: troops.commit\ntext: {words: Brigade, in: title}", 2),
    ("event: troops.commit\npattern: '[0-9]{3} soldat'", 1),
    ("event: troops.commit\nentity: {country: DK}", 1),
    ("event: troops.commit\nnot: {modality: demanded}", 1),
    ("event: troops.commit\nnot: [{actor: NO}, {actor: Opposition}]", 0),
    ("any: [{actor: NO, modality: demanded}, {actor: Opposition, modality: demanded}]", 1),
    ("all: [{actor: NO}, {modality: demanded}]", 0),
    ("event: troops.commit\nany: [{place: EE}, {quantity: {at_least: 1}}]", 2),
    # Rules without an event: once an article.
    ("text: [größere Truppen]", 1),
    ("text: größere Übung", 0),
    ("text: Verstärk*", 1),
    ("text: '*blatt'", 0),
    ("source: nordblatt", 1),
    ("source: Südblatt", 0),
    ("source: {tier: press}", 1),
    ("source: {tier: [official, agency]}", 0),
    ("source: {name: nordblatt, tier: press}", 1),
    ("source: {name: Südblatt, tier: press}", 0),
    ("place: {region: Baltics}", 1),
    ("place: {region: Baltikum, country: LT}", 1),
    ("place: {region: [Sahel, Caribbean]}", 0),
    ("actor: {region: Nordics}", 1),
    ("entity: {region: Europe}", 1),
    ("language: de", 1),
    ("language: en", 0),
    ("entity: {role: prime minister, country: 'NO'}", 1),
    ("entity: {role: head of government}", 1),
    ("entity: {role: leader, in: title}", 0),
    ("quote: {speaker: {role: leader}, words: bleibt}", 1),
    ("quote: {speaker: {role: leader}, kind: indirect}", 0),
    ("quote: {words: Litauen}", 0),
    ("place: EE", 1),
    ("quantity: {unit: soldier, at_least: 100}", 1),
    ("quantity: {unit: person, at_least: 100}", 0),
    ("date: {within: 90d}", 1),
    ("pattern: 'brigade$'", 0),
    ("pattern: 'oslo\\W+verst'", 1),
    ("text: Brigade\nnot: {event: attack}", 1),
    ("text: Brigade\nnot: {event: troops.commit, actor: NO}", 0),
    ("text: Brigade\nnot: {event: troops.commit, actor: SE}", 1),
    ("any: [{text: Unwetter}, {event: troops.commit, modality: demanded}]", 1),
    ("any: [{text: Unwetter}, {event: attack}]", 0),
]


@pytest.mark.parametrize(("conditions", "count"), TABLE, ids=[row[0] for row in TABLE])
def test_conditions(conditions: str, count: int) -> None:
    """A rule holds once for each event that answers all of its conditions, or once for the article."""
    told = commitment()
    assert len(match(when(conditions), told.article, told.findings)) == count


@pytest.mark.parametrize(("conditions", "count"), TABLE, ids=[row[0] for row in TABLE])
def test_explanation_agrees(conditions: str, count: int) -> None:
    """The explanation says fired exactly where there is a match, and names what failed where not."""
    told = commitment()
    why = explain(when(conditions), told.article, told.findings)
    assert (why.outcome is Outcome.FIRED) == bool(count)
    assert (why.failed is None) == bool(count)


@pytest.mark.parametrize(
    ("unless", "count"),
    [
        ("- modality: demanded", 1),
        ("- text: [Opposition, Protest]", 1),
        ("- text: {words: Opposition, in: article}", 0),
        ("- {modality: demanded, actor: NO}", 2),
        ("- modality: demanded\n  - actor: NO", 0),
        ("- source: Nordblatt", 0),
    ],
)
def test_unless_speaks_of_the_same_event(unless: str, count: int) -> None:
    """What `unless` says of an event is asked of the event that `when` holds for."""
    told = commitment()
    made = rule(f"when:\n  event: troops.commit\nunless:\n  {unless}\n")
    assert len(match(made, told.article, told.findings)) == count


def test_match_carries_the_event() -> None:
    """A match has the slots of its event and says on which words each condition held."""
    told = commitment()
    (found,) = match(
        when("event: troops.commit\nactor: NO\nquantity: {at_least: 50}"), told.article, told.findings
    )
    assert found.event is told.events[0]
    assert found.evidence.text.startswith("Norwegen schickt")
    assert (found.modality, found.date) == (Modality.DECIDED, "2026-05")
    assert found.quantity is told.quantities[0]
    assert found.because == (
        "event: troops.commit on “schickt”",
        "actor: Norwegen",
        "quantity: bis zu 800 Soldaten",
    )


def test_match_on_words_shows_their_sentence() -> None:
    """A rule on words alone gives the sentence of the body in which they stand."""
    told = commitment()
    (found,) = match(when("text: Opposition"), told.article, told.findings)
    assert found.event is None
    assert found.evidence.text.startswith("Die Opposition")


def test_match_on_title_alone() -> None:
    """Words that stand in the headline only give the headline as evidence."""
    told = commitment()
    (found,) = match(when("text: Oslo"), told.article, told.findings)
    assert found.evidence.text == "Oslo verstärkt Brigade"


def test_match_on_a_number_carries_it() -> None:
    """A rule on a number alone hands the number on."""
    told = commitment()
    (found,) = match(when("quantity: {unit: soldier, more_than: 500}"), told.article, told.findings)
    assert found.quantity is told.quantities[0]


def test_drafts_are_not_run() -> None:
    """A draft matches nothing; shadow and live rules do, in the order of the rules."""
    told = commitment()
    rules = [rule("when: {text: Oslo}", status=status, id=status) for status in ("shadow", "draft", "live")]
    assert [found.rule.id for found in match_all(rules, told.article, told.findings)] == ["shadow", "live"]


def test_relative_dates_need_a_day() -> None:
    """Without a day of publication nothing is known to lie in the future."""
    told = commitment()
    told.published = None
    future = when("event: troops.commit\ndate: {future: true}")
    assert not match(future, told.article, told.findings)


def test_role_of_a_pronoun() -> None:
    """The office of somebody named elsewhere counts where the event has only the same id."""
    told = Written(text="Präsidentin Lund reist an.\nSie trifft Berg.", lang="de")
    person = told.entity("Lund", EntityKind.PERSON, id="Q5", role="president")
    told.entity("Berg", EntityKind.PERSON, id="Q6")
    event = told.event("trifft", "consult.meeting", medium=Medium.MEETING, participants=["Berg"])
    lund = told.actor("Lund")
    told.events[0] = type(event)(
        **{**vars(event), "actors": (type(lund)(name="Lund", id=person.id, start=27, end=30, text="Sie"),)}
    )
    assert match(
        when("event: consult.*\nactor: {role: leader}\nmedium: meeting"), told.article, told.findings
    )


def test_english_article() -> None:
    """Words are compared without English endings in an English article."""
    told = Written(text="Norway is sending trainers to Lithuania.", lang="en")
    told.event("sending")
    assert match(when("event: troops.commit\ntext: [trainer]"), told.article, told.findings)
    assert not match(when("event: troops.commit\ntext: [train station]"), told.article, told.findings)


def test_reported_kind() -> None:
    """Kinds of quotes are told apart."""
    told = Written(text="Man werde bleiben, hieß es.")
    told.quote("Man werde bleiben", kind=QuoteKind.INDIRECT)
    assert match(when("quote: {kind: [indirect, reported]}"), told.article, told.findings)
    assert not match(when("quote: {kind: direct}"), told.article, told.findings)

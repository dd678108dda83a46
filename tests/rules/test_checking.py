from bot.article.model import Article
from bot.extraction.findings import Findings, Modality
from bot.rules.checking import check
from bot.rules.explanation import Outcome, explain
from bot.rules.loader import load_rule
from bot.rules.model import Rule
from tests.fakes.findings import Written

FILE = """\
id: r
title: t
status: {status}
when:
  event: troops.commit
  actor: {{kind: country}}
  modality: [decided, pledged]
unless:
  - text: Übung
tests:
"""


def rule(tests: str, status: str = "live") -> Rule:
    """A rule with these tests, which begin on line 11."""
    loaded, issues = load_rule(FILE.format(status=status) + tests, "r.yml")
    assert loaded is not None, issues
    return loaded


def read(article: Article) -> Findings:
    """A reader that knows `X schickt N Soldaten` and `X soll …`."""
    told = Written(text=article.text)
    name = article.text.split()[0]
    if name[0].isupper():
        told.entity(name, id="NO")
    if "schickt" in article.text:
        number = told.quantity("500 Soldaten", 500) if "500 Soldaten" in article.text else None
        told.event("schickt", actors=[name], quantity=number)
    if "soll" in article.text:
        told.event("soll", modality=Modality.DEMANDED, actors=[name])
    return told.findings


def problems(tests: str, status: str = "live") -> list[str | None]:
    """What the tests find."""
    return [result.problem for result in check(rule(tests, status), read)]


def test_as_expected() -> None:
    """Tests that hold have no problem, in a draft as well."""
    tests = """\
  - text: Norwegen schickt 500 Soldaten.
    published: 2026-03-02
    fires: {quantity: 500, actor: NO, modality: decided}
  - {text: Norwegen schickt Truppen., published: 2026-03-02, fires: true}
  - {text: Norwegen soll Truppen schicken., published: 2026-03-02, fires: false, because: modality}
  - {text: Norwegen schickt Truppen zur Übung., published: 2026-03-02, fires: false, because: unless}
  - {text: Norwegen schickt Truppen zur Übung., published: 2026-03-02, fires: false, because: text}
  - {text: Regen., published: 2026-03-02, fires: false, because: event}
"""
    assert problems(tests) == [None] * 6
    assert problems(tests, "draft") == [None] * 6


def test_not_as_expected() -> None:
    """A test that does not hold says what was found instead."""
    tests = """\
  - {text: Norwegen schickt 500 Soldaten., published: 2026-03-02, fires: {quantity: 50, actor: SE}}
  - {text: Norwegen soll Truppen schicken., published: 2026-03-02, fires: true}
  - {text: Norwegen schickt 500 Soldaten., published: 2026-03-02, fires: false, because: modality}
  - {text: Norwegen soll Truppen schicken., published: 2026-03-02, fires: false, because: actor}
  - {text: Regen., published: 2026-03-02, fires: true}
"""
    first, second, third, fourth, fifth = problems(tests)
    assert first is not None
    assert first.startswith("fires, but quantity is 500, not 50.0; actor is ")
    assert second == "does not fire: modality: demanded instead of decided, pledged"
    assert third is not None
    assert third.startswith("fires and should not: event: troops.commit on “schickt”")
    assert fourth is not None
    assert fourth.startswith("does not fire, but for another reason than actor: modality: demanded")
    assert fifth == "does not fire: event: nothing instead of an event"


def test_failed_tests_are_issues_at_their_line() -> None:
    """A failed test is told with the file and the line it begins on."""
    made = rule("""\
  - {text: Norwegen schickt 500 Soldaten., published: 2026-03-02, fires: true}
  - {text: Regen., published: 2026-03-02, fires: true}
""")
    (issue,) = [result.issue for result in check(made, read) if not result.passed]
    assert str(issue).startswith("r.yml:12:1: error: test of r: does not fire")


def test_nearest_event_explains() -> None:
    """Of several events that do not hold, the one that came furthest tells why."""
    told = Written(text="Das Bündnis soll helfen.\nNorwegen soll Truppen schicken.")
    told.entity("Norwegen", id="NO")
    told.event("helfen", "aid.money", Modality.DEMANDED)
    told.event("schicken", modality=Modality.DEMANDED, actors=["Norwegen"])
    made = rule("  - {text: a, published: 2026-03-02, fires: false}\n")
    why = explain(made, told.article, told.findings)
    assert why.outcome is Outcome.FAILED
    assert why.event is told.events[1]
    assert why.lines() == [
        "+ event: troops.commit on “schicken”",
        "+ actor: Norwegen",
        "- modality: demanded instead of decided, pledged",
    ]


def test_excluded() -> None:
    """Where `unless` took the match away, that is the reason."""
    told = Written(text="Norwegen schickt Truppen zu den Übungen.")
    told.entity("Norwegen", id="NO")
    told.event("schickt", actors=["Norwegen"])
    made = rule("  - {text: a, published: 2026-03-02, fires: false}\n")
    why = explain(made, told.article, told.findings)
    assert (why.outcome, str(why.failed)) == (Outcome.EXCLUDED, "text: Übungen is excluded")


def test_drafts_and_silence() -> None:
    """A draft and an article without events have reasons of their own."""
    told = Written(text="Regen.")
    tests = "  - {text: a, published: 2026-03-02, fires: false}\n"
    assert explain(rule(tests, "draft"), told.article, told.findings).outcome is Outcome.DRAFT
    assert explain(rule(tests), told.article, told.findings).outcome is Outcome.NO_EVENT

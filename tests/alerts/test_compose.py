from dataclasses import replace

from bot.alerts.compose import alerts_of
from bot.extraction.findings import Modality
from bot.rules.model import Status
from tests.fakes.findings import Written
from tests.fakes.rules import rule


def told_twice() -> Written:
    """A commitment in headline and body, a sanction after it."""
    written = Written(
        title="Norwegen entsendet 150 Soldaten nach Litauen",
        text="Norwegen schickt im Mai Truppen.\nDie Schweiz verhängt Sanktionen.",
        source="Nordblatt",
    )
    written.entity("Norwegen", id="NO")
    written.entity("Litauen", id="LT")
    written.entity("Schweiz", id="CH")
    amount = written.quantity("150 Soldaten", 150)
    written.event("entsendet", actors=["Norwegen"], place="Litauen", quantity=amount)
    written.event("schickt", actors=["Norwegen"], date="2026-05")
    written.event("verhängt", "sanction.impose", Modality.DECIDED, actors=["Schweiz"])
    return written


def test_each_event_once() -> None:
    """An event told in headline and body is one alert with all that is said of it."""
    written = told_twice()
    troops, sanctions = alerts_of(written.article, written.findings, [rule()])
    assert (troops.date, troops.quantity and troops.quantity.value) == ("2026-05", 150)
    assert troops.evidence.text == "Norwegen schickt im Mai Truppen."
    assert troops.key == "troop-commitment · actor=NO · place=LT"
    assert sanctions.event_type == "sanction.impose"


def test_stable_ids() -> None:
    """The same article, rule and event have the same id in every run; another rule or event another."""
    written = told_twice()
    rules = [rule(), rule(id="other")]
    first, second = (alerts_of(written.article, written.findings, rules) for _ in range(2))
    assert first == second
    assert len({alert.id for alert in first}) == 4


def test_order_of_the_text() -> None:
    """Alerts of several rules come in the order of the text."""
    written = told_twice()
    alerts = alerts_of(written.article, written.findings, [rule(id="b"), rule(id="a")])
    assert [alert.rule_id for alert in alerts] == ["a", "b", "a", "b"]


def test_drafts_and_shadows() -> None:
    """A draft gives nothing, a rule in shadow gives alerts that the decision holds back."""
    written = told_twice()
    rules = [rule(status=Status.DRAFT), rule(id="shadow", status=Status.SHADOW)]
    assert {alert.rule_id for alert in alerts_of(written.article, written.findings, rules)} == {"shadow"}


def test_demo_stays_demo() -> None:
    """Alerts of a demo article carry the mark, those of others do not."""
    written = told_twice()
    for demo in (True, False):
        alerts = alerts_of(replace(written.article, demo=demo), written.findings, [rule()])
        assert {alert.demo for alert in alerts} == {demo}


def test_nothing_found() -> None:
    """An article without events gives no alert."""
    written = Written(text="Es regnet.")
    assert alerts_of(written.article, written.findings, [rule()]) == []

"""What was read of an article, in short lines."""

import pytest

from bot.commands.findings_lines import findings_lines
from bot.extraction.findings import Actor, Event, Findings, Modality, Span

SENTENCE = Span(start=0, end=1, text="x")
TWO = (Actor(name="Norwegen", id="NO"), Actor(name="Litauen", id="LT"))
CASES = [
    ("de", {"participants": TWO}, "consult.call · Norwegen – Litauen, Oslo · angesetzt"),
    ("en", {"participants": TWO}, "consult.call · Norway – Lithuania, Oslo · scheduled"),
    ("de", {}, "consult.call · Norwegen → Oslo · angesetzt"),
    ("en", {}, "consult.call · Norway → Oslo · scheduled"),
]


@pytest.mark.parametrize(("lang", "changes", "shown"), CASES)
def test_who_meets_is_named_in_full(lang: str, changes: dict[str, tuple[Actor, ...]], shown: str) -> None:
    """Of a meeting all who take part stand there, though only one of them is who acts."""
    event = Event(
        type="consult.call",
        plover="CONSULT",
        trigger=SENTENCE,
        evidence=SENTENCE,
        modality=Modality.SCHEDULED,
        actors=TWO[:1],
        place=Actor(name="Oslo"),
        **changes,  # type: ignore[arg-type]  # tuples of actors alone
    )
    assert [text for _, text in findings_lines(Findings(lang="de", events=(event,)), lang)] == [shown]

"""Why a rule fired in an article, or why not: which conditions held on which words, which failed first."""

from dataclasses import dataclass
from enum import StrEnum

from bot.article.model import Article
from bot.extraction.findings import Event, Findings
from bot.rules.judging import furthest
from bot.rules.matcher import candidates, matches_in, verdict_on
from bot.rules.model import Match, Rule, Status
from bot.rules.verdicts import Reason, Verdict
from bot.rules.view import View


class Outcome(StrEnum):
    """What became of a rule."""

    FIRED = "fired"
    DRAFT = "draft"  # not run
    NO_EVENT = "no_event"  # the article has no event at all
    FAILED = "failed"  # a condition of `when` does not hold
    EXCLUDED = "excluded"  # `when` holds, and a condition of `unless` as well


_SAYS = {
    Outcome.FIRED: "fires",
    Outcome.DRAFT: "is a draft and does not run",
    Outcome.NO_EVENT: "does not fire: there is no event in the article",
    Outcome.FAILED: "does not fire",
    Outcome.EXCLUDED: "does not fire: it is taken out by `unless`",
}


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why.

    Attributes:
        matches: Empty unless the rule fired.
        event: The event that came nearest, where the rule did not fire.
        held: The conditions that held, on the match or on what came nearest.
        failed: The condition that failed first there, or None.
    """

    rule: Rule
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    event: Event | None = None
    held: tuple[Verdict, ...] = ()
    failed: Verdict | None = None

    def says(self) -> str:
        """The outcome in words."""
        return _SAYS[self.outcome]

    def lines(self) -> list[str]:
        """One line per condition, the failed one last."""
        lines = [f"+ {verdict}" for verdict in self.held]
        return lines + ([f"- {self.failed}"] if self.failed else [])


def explain(rule: Rule, article: Article, findings: Findings) -> Explanation:
    """Why a rule fires in this article, or why not."""
    if rule.status is Status.DRAFT:
        return Explanation(rule=rule, outcome=Outcome.DRAFT)
    view = View(article=article, findings=findings)
    judged = [(verdict_on(rule, view, event), event) for event in candidates(rule, view)]
    held = next((verdict for verdict, _ in judged if verdict.holds), None)
    if held is not None:
        matches = tuple(matches_in(rule, view))
        return Explanation(rule=rule, outcome=Outcome.FIRED, matches=matches, held=tuple(held.held()))
    if not judged:
        missing = Verdict(key="event", reason=Reason.MISSING, wanted="an event")
        return Explanation(rule=rule, outcome=Outcome.NO_EVENT, failed=missing)
    return _nearest(rule, judged)


def _nearest(rule: Rule, judged: list[tuple[Verdict, Event | None]]) -> Explanation:
    """Explain by the candidate of which most held; one that `unless` took out held all of `when`."""
    excluded = [pair for pair in judged if pair[0].reason is Reason.EXCLUDED and not pair[0].parts]
    best = excluded[0][0] if excluded else furthest([verdict for verdict, _ in judged])
    event = next(event for verdict, event in judged if verdict is best)
    return Explanation(
        rule=rule,
        outcome=Outcome.EXCLUDED if excluded else Outcome.FAILED,
        event=event,
        held=tuple(best.held()),
        failed=best.failed(),
    )

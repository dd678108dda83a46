"""Which channels an alert belongs to."""

from dataclasses import dataclass

from bot.alerts.model import Alert
from bot.rules.model import Severity


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A named selection of alerts; an empty selection selects everything.

    Attributes:
        rules: Ids of rules.
        sources: Names of sources.
        severity: The least that passes.
        confirmed: Only what two independent sources said, and what changes of it.
    """

    name: str
    rules: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    severity: Severity = Severity.LOW
    confirmed: bool = False


def belongs(alert: Alert, channel: Channel) -> bool:
    """Whether the channel selects the alert."""
    return (
        alert.severity.rank >= channel.severity.rank
        and (alert.confirmed or not channel.confirmed)
        and (not channel.rules or alert.rule_id in channel.rules)
        and (not channel.tags or bool(channel.tags & set(alert.tags)))
        and (not channel.sources or alert.article.source_name in channel.sources)
    )


def may_go_to(alert: Alert, kind: str) -> bool:
    """Whether a kind of destination may get the alert: demo alerts go to the console only."""
    return kind == "console" or not alert.demo

"""Whether an alert comes late: after a downtime, or because a feed was slow."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.model import Alert

LATE = timedelta(hours=3)
HOURS_TO = 48  # from then on it is counted in days


def with_lateness(alert: Alert, now: datetime) -> Alert:
    """The alert, marked with the hours since its publication where those are many; a demo never is."""
    if hours := 0 if alert.demo else hours_late(alert, now):
        return replace(alert, late=hours)
    return alert


def hours_late(alert: Alert, now: datetime) -> int:
    """Whole hours since the article was published, or last changed; 0 where it is news, or nobody knows.

    Of a bare day the end counts: it may have been published then.
    """
    published = alert.article.edited or alert.article.published
    if published is None:
        return 0
    since = now - (published.at if published.exact else published.at + timedelta(days=1))
    return int(since / timedelta(hours=1)) if since >= LATE else 0

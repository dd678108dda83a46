"""When an article confirms what was told: a source of its own says the same, no less firmly."""

from dataclasses import replace
from hashlib import blake2b

from bot.alerts.model import Alert
from bot.alerts.updates import fact_of
from bot.rules.model import Novelty
from bot.stories.carriers import Carrier, adds
from bot.stories.facts import differences

STEPS = frozenset({2, 3, 5, 10, 20, 50, 100})  # independent sources at which messages that are out are edited


def confirmed(alert: Alert, state: Alert, carrier: Carrier, novelty: Novelty) -> Alert | None:
    """The told state with one more source; None where the article is none.

    A wire copy, another article of an outlet that said it already, and what is said less firmly or with
    another figure confirm nothing.

    Args:
        alert: What the article says.
        state: The present state of what was told of it.
        carrier: The article.
        novelty: Of the rule.
    """
    fact, known = fact_of(alert), state.carriers or (_of_old(state),)
    otherwise = any(change.before is not None for change in differences(fact_of(state), fact, novelty))
    if fact.vague or otherwise or not adds(carrier, known):
        return None
    carriers = (*known, carrier)
    return replace(
        state,
        id=blake2b(f"{state.id}+{alert.id}".encode(), digest_size=12).hexdigest(),
        updates=state.updates or state.id,
        carriers=carriers,
        sources=len(carriers),
        confirmed=True,
    )


def _of_old(state: Alert) -> Carrier:
    """The carrier of an alert that was told before carriers were kept."""
    article = state.article
    return Carrier(outlet=article.source_name or article.source_id, origin=article.id)

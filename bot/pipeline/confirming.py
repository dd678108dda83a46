"""After the decisions on an article: what it confirms of what was told, and who is told so.

The first message says how many independent sources there are. It is edited at a few steps and never answered
for that; channels that want confirmed alerts only, or this outlet's, get it now.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.alerts.confirming import STEPS, confirmed
from bot.alerts.decide import Reason
from bot.alerts.model import Alert
from bot.ports.alerts import Judged
from bot.ports.messenger import Destination
from bot.ports.retractions import RetractionStore
from bot.ports.stories import Kept
from bot.rules.model import Rule
from bot.stories.carriers import Carrier

Places = tuple[Destination, ...]


@dataclass(frozen=True, kw_only=True)
class Confirming:
    """Adds to what was decided on an article what it confirms.

    Attributes:
        wanted: Where an alert is wanted, whoever tells it.
        rules: By id.
    """

    store: RetractionStore
    wanted: Callable[[Alert], Awaitable[Places]]
    rules: Mapping[str, Rule]

    async def with_sources(self, judged: Sequence[Judged], kept: Kept) -> list[Judged]:
        """The same, what is pushed with its source, and behind it the states that the article confirms."""
        profile = kept.profile
        carrier = Carrier(outlet=profile.outlet, origin=kept.origin, agencies=profile.agencies)
        told = [
            replace(one, alert=replace(one.alert, carriers=(carrier,))) if one.push else one for one in judged
        ]
        states: dict[str, Judged] = {}
        for one in judged:
            if one.reason == Reason.KNOWN_FACT and one.same_as:
                first = one.same_as.updates or one.same_as.id
                found = await self._confirmed(one.alert, one.same_as, carrier)
                if found and first not in states and not await self.store.retracted([first]):
                    states[first] = found
        return [*told, *states.values()]

    async def _confirmed(self, alert: Alert, state: Alert, carrier: Carrier) -> Judged | None:
        now = confirmed(alert, state, carrier, self.rules[alert.rule_id].novelty)
        if now is None:
            return None
        mine = await self.wanted(replace(alert, confirmed=True))
        before = {place.id for place in await self.wanted(state)}
        places = {place.id: place for place in (*await self.wanted(now), *mine) if place.id not in before}
        quiet = now.sources not in STEPS and not places
        return Judged(
            alert=now, reason=Reason.CONFIRMED, push=True, destinations=tuple(places.values()), quiet=quiet
        )

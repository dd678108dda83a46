"""What changes something that was taken back."""

from dataclasses import replace

import pytest

from bot.alerts.control import Correction
from bot.alerts.updates import Judgement
from bot.pipeline.dispatch import unless_retracted
from bot.ports.holding import Manner
from bot.stories.standing import Standing
from tests.fakes.alerts import alert
from tests.pipeline.nights import Night


@pytest.mark.parametrize(
    ("standing", "wanted"), [(Standing.CHANGED, Standing.NEW), (Standing.SAME, Standing.SAME)]
)
async def test_after_a_retraction(standing: Standing, wanted: Standing) -> None:
    """A changed fact is news by itself; the same one stays silent, or the next copy would tell it again."""
    night = await Night(manners={"all": Manner()}).open()
    first = await night.tell("1")
    fresh = alert(id="2")
    update = replace(fresh, id="2u", updates=first.id) if standing is Standing.CHANGED else fresh
    judgement = Judgement(standing=standing, alert=update)
    assert await unless_retracted(night.store, judgement, fresh) == judgement
    await night.store.retract(first.id, Correction(at=night.clock.now(), by="A"), now=night.clock.now())
    found = await unless_retracted(night.store, judgement, fresh)
    assert (found.standing, found.alert) == (wanted, fresh)

"""Rules at work in a running bot: edited, broken, running away; what counts, what is kept, who is told."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.chats import News, Scene, eventually, scene, told
from tests.fakes.telegram.server import ADA
from tests.fakes.telegram.world import Chat

pytestmark = pytest.mark.asyncio(loop_scope="module")

RULE = "id: {id}\ntitle: {{de: {title}, en: X}}\nstatus: live\ncap: {cap}\nwhen: {{{key}: {word}}}\n"
LIVE = 5.0  # seconds from the edit until it counts; well under one where nothing else runs
MANY = 12  # articles: though an hour of the clock may end among them, six of them fall into one


class Desk:
    """A running bot with its owner, and somebody who edits its rule files."""

    def __init__(self, place: Scene, owner: Chat, folder: Path) -> None:
        self.place, self.owner, self.folder = place, owner, folder

    def save(self, rule_id: str, title: str, *, word: str, key: str = "text", cap: str = "off") -> float:
        """Save a rule file as editors do, beside it, then in its place; return when."""
        path = self.folder / f"{rule_id}.yml"
        fresh = path.with_suffix(".tmp")
        fresh.write_text(RULE.format(id=rule_id, title=title, key=key, word=word, cap=cap), encoding="utf-8")
        fresh.replace(path)
        return time.monotonic()

    def publish(self, word: str, *numbers: int) -> None:
        """Articles that a rule for the word is about."""
        texts = [f"An der {word} in Musterstadt {number} wird gebaut." for number in numbers]
        self.place.publish(*(News(alert="", text=text) for text in texts))

    def alerts(self, title: str) -> int:
        """How often alerts with a title came."""
        return told(self.place.on_telegram(), News(alert=title, text=""))

    def notices(self, words: str) -> int:
        """How often the owner was told."""
        return told(self.place.on_telegram(self.owner), News(alert=words, text=""))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """A bot that runs on rules of a folder alone."""
    folder = tmp_path_factory.mktemp("rules")
    async with scene(tmp_path_factory.mktemp("bot")) as place:
        place.more = f"rules: {{standard: false, folder: '{folder}'}}\n"
        # As on Telegram itself: the chat of the two has the number of the person.
        found = Desk(place, place.telegram.private(id=ADA.id), folder)
        found.save("crane", "Erste Fassung", word="Kranichbrücke")
        await place.ready()
        await place.ask_telegram(found.owner, f"/claim {await place.claim('telegram')}")
        yield found


async def test_an_edit_counts_and_a_bad_one_does_not(desk: Desk) -> None:
    """The next article is told by the new version; a bad one is told once, and the last good one goes on."""
    bridge = "Kranichbrücke"
    desk.publish(bridge, 1)
    await eventually(lambda: desk.alerts("Erste Fassung") == 1)

    saved = desk.save("crane", "Zweite Fassung", word=bridge)
    await eventually(lambda: desk.place.lines("rule read again", "crane"))
    took = time.monotonic() - saved
    print(f"\nan edit was in force after {took:.2f} s")
    assert took < LIVE
    desk.publish(bridge, 2)
    await eventually(lambda: desk.alerts("Zweite Fassung") == 1)

    desk.save("crane", "Dritte Fassung", word=bridge, key="txet")
    await eventually(lambda: desk.notices("gilt weiter, wie sie war") == 1)
    desk.save("crane", "Vierte Fassung", word=bridge, key="txxt")
    await eventually(lambda: desk.place.lines("txxt"))
    await desk.place.status("crane.yml:5:8", "last good version goes on")
    desk.publish(bridge, 3)
    await eventually(lambda: desk.alerts("Zweite Fassung") == 2)

    desk.save("crane", "Fünfte Fassung", word=bridge)
    desk.publish(bridge, 4)
    await eventually(lambda: desk.alerts("Fünfte Fassung") == 1)
    assert "crane.yml" not in await desk.place.status("Quellen")
    assert desk.notices("crane.yml") == 1


async def test_a_rule_that_runs_away_is_set_to_shadow(desk: Desk) -> None:
    """Few are told, the owner is told why, everything is counted, and one word lets it run again."""
    desk.save("stork", "Storch", word="Storchenbrücke", cap="1/h")
    await eventually(lambda: desk.place.lines("rule read again", "stork"))
    desk.publish("Storchenbrücke", *range(MANY))
    await eventually(lambda: desk.notices("aus dem Ruder"))
    await desk.place.status("auf Probe gesetzt", "stork (5 alerts within an hour)")
    await eventually(lambda: desk.alerts("Storch\n"))
    assert "auf Probe gesetzt" in await desk.place.ask_telegram(desk.owner, "/rules stork")
    said = await desk.place.ask_telegram(desk.owner, "/rules resume stork")
    assert said == "Die Regel stork meldet wieder."
    before = desk.alerts("Storch\n")
    desk.publish("Storchenbrücke", MANY)
    await eventually(lambda: desk.alerts("Storch\n") > before)
    assert desk.alerts("Storch\n") <= 3

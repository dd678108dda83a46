"""Rules are edited while the bot runs: what counts, what is kept, who is told."""

import time
from pathlib import Path

from tests.acceptance.chats import News, eventually, scene, told
from tests.fakes.telegram.server import ADA

RULE = "id: crane\ntitle: {{de: {title}, en: Crane}}\nstatus: live\nwhen: {{{key}: Kranichbrücke}}\n"
LIVE = 5.0  # seconds from the edit until it counts; well under one where nothing else runs


def news(number: int) -> News:
    """An article that the rule is about."""
    return News(alert="", text=f"An der Kranichbrücke in Musterstadt {number} wird wieder gebaut.")


class Editor:
    """Somebody who edits the one rule file, as editors do: beside it, then in its place."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder / "crane.yml"

    def save(self, title: str, key: str = "text") -> float:
        """Save the file; return when."""
        fresh = self.path.with_suffix(".tmp")
        fresh.write_text(RULE.format(title=title, key=key), encoding="utf-8")
        fresh.replace(self.path)
        return time.monotonic()


async def test_an_edit_counts_and_a_bad_one_does_not(tmp_path: Path) -> None:
    """The next article is told by the new version; a bad one is told once, and the last good one goes on."""
    editor = Editor(tmp_path / "rules")
    editor.save("Erste Fassung")
    async with scene(tmp_path) as place:
        place.more = f"rules: {{standard: false, folder: '{editor.path.parent}'}}\n"
        await place.ready()
        # As on Telegram itself: the chat of the two has the number of the person.
        owner = place.telegram.private(id=ADA.id)
        await place.ask_telegram(owner, f"/claim {await place.claim('telegram')}")
        place.publish(news(1))
        await eventually(lambda: told(place.on_telegram(), News(alert="Erste Fassung", text="")) == 1)

        saved = editor.save("Zweite Fassung")
        await eventually(lambda: place.lines("rule read again", "crane"))
        took = time.monotonic() - saved
        print(f"\nan edit was in force after {took:.2f} s")
        assert took < LIVE
        place.publish(news(2))
        await eventually(lambda: told(place.on_telegram(), News(alert="Zweite Fassung", text="")) == 1)

        editor.save("Dritte Fassung", key="txet")
        await eventually(lambda: told(place.on_telegram(owner), News(alert="crane.yml", text="")) == 1)
        assert "gilt weiter" in place.on_telegram(owner)[-1]
        editor.save("Vierte Fassung", key="txxt")
        await eventually(lambda: place.lines("txxt"))
        await place.status("crane.yml:4:8", "last good version goes on")
        place.publish(news(3))
        await eventually(lambda: told(place.on_telegram(), News(alert="Zweite Fassung", text="")) == 2)

        editor.save("Fünfte Fassung")
        place.publish(news(4))
        await eventually(lambda: told(place.on_telegram(), News(alert="Fünfte Fassung", text="")) == 1)
        assert "crane.yml" not in await place.status("Quellen")
        assert told(place.on_telegram(owner), News(alert="crane.yml", text="")) == 1

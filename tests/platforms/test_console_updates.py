"""Updates on the console: what is written stays, and the change follows in a few lines."""

import io
from dataclasses import replace

from bot.platforms.console.journal import Journal
from bot.platforms.console.messenger import ConsoleMessenger, rendered
from bot.ports.messenger import Sent
from tests.fakes.alerts import change, message

GOLDEN = """\
🟠 Aktualisiert: 80 → 150 Ausbilder
   Neue Truppenzusage: Norwegen → Litauen · hoch
   Tagesblatt · 02.03.2026 14:30 · #security
   https://example.org/a1
"""


def test_an_update_reads_like_this() -> None:
    """What changed, of what, where it stands."""
    update = replace(message(changes=(change(),)), reply_to="alert-0:console:-")
    assert "\n".join(rendered(update)) == GOLDEN


def test_an_update_without_a_first_message() -> None:
    """The whole alert, and that it is an update."""
    lines = rendered(message(changes=(change(),)))
    assert lines[:3] == [
        "🟠 Neue Truppenzusage: Norwegen → Litauen",
        "   150 Ausbilder · beschlossen · Mai 2026 · hoch",
        "   Aktualisiert: 80 → 150 Ausbilder",
    ]


async def test_what_is_written_stays() -> None:
    """An edit writes nothing and is no failure."""
    stream = io.StringIO()
    messenger = ConsoleMessenger(stream, Journal(None))
    assert await messenger.edit(message(changes=(change(),)), "alert-1:console:-") == Sent(
        id="alert-1:console:-"
    )
    assert stream.getvalue() == ""

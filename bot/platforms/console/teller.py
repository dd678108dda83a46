"""Plain words to the terminal."""

from typing import TextIO

from bot.article.cleaning import clean_text
from bot.platforms.console.layout import INDENT, wrapped
from bot.platforms.console.messenger import written
from bot.ports.messenger import Destination, NotSent, Outcome, Sent

MARK = "▪ "


class ConsoleTeller:
    """Fulfils `bot.ports.notices.Teller`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    async def tell(self, destination: Destination, text: str) -> Outcome:
        """Write the text, marked as no alert."""
        shown = [line for line in clean_text(text).splitlines() if line]
        lines = [
            piece
            for number, line in enumerate(shown)
            for piece in wrapped(line, first=INDENT if number else MARK, rest=INDENT)
        ]
        if why := written("\n".join([*lines, "", ""]), self._stream):
            return NotSent(reason=why, permanent=True)
        return Sent(id=destination.id)

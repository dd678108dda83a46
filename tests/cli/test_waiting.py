"""A word to whoever waits."""

import asyncio
import io

import pytest

from bot.cli.waiting import waiting


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


async def test_long() -> None:
    """What takes long is told, and the word is taken off again."""
    screen = Terminal()
    async with waiting("Reading …", screen, patience=0.01):
        await asyncio.sleep(0.05)
        assert screen.getvalue() == "Reading …"
    assert screen.getvalue() == "Reading …\r\x1b[K"


async def test_short() -> None:
    """What is done soon is not told; neither is anything where nobody looks."""
    screen, file = Terminal(), io.StringIO()
    async with waiting("Reading …", screen, patience=5):
        pass
    async with waiting("Reading …", file, patience=0):
        await asyncio.sleep(0.02)
    assert (screen.getvalue(), file.getvalue()) == ("", "")


async def test_failure() -> None:
    """A failure passes through, and the screen is clean."""
    screen = Terminal()

    async def fail() -> None:
        async with waiting("Reading …", screen, patience=0.01):
            await asyncio.sleep(0.05)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert screen.getvalue().endswith("\x1b[K")

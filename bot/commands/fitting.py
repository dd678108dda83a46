"""Answers that fit a phone."""

from collections.abc import Iterable, Iterator

from bot.commands.asking import Asked
from bot.ports.conversation import Answer, Part

LIMIT = 3000  # characters of an answer
PART_LIMIT = 1500
ROOM = 80  # for the line that says how much is left out


def answer(*texts: str | Part) -> Answer:
    """An answer of these paragraphs; empty ones are left out."""
    parts = (text if isinstance(text, Part) else Part(text=text) for text in texts)
    return Answer(parts=tuple(part for part in parts if part.text))


def fitted(asked: Asked, texts: Iterable[str], first: str = "") -> Answer:
    """As many whole paragraphs as fit, and a line that says how many more there are."""
    shown, left, room = [first], 0, LIMIT - ROOM - len(first)
    for text in texts:
        short = clipped(text, PART_LIMIT)
        if left or len(short) + 2 > room:
            left += 1
            continue
        shown.append(short)
        room -= len(short) + 2
    return answer(*shown, asked.say("more_left", n=left) if left else "")


def fitting(lines: Iterable[str], limit: int = PART_LIMIT) -> Iterator[str]:
    """Lines, as many as fit."""
    room = limit
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            yield "…"
            return
        yield line


def clipped(text: str, limit: int) -> str:
    """The text, cut at a word's end and marked `…` where it is longer."""
    if len(text) <= limit:
        return text
    return text[: limit - 2].rsplit(" ", 1)[0].rstrip() + " …"

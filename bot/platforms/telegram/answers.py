"""Answers to commands as Telegram messages: escaped, code apart, cut into several where too long. Pure."""

from collections.abc import Iterator

from bot.article.cleaning import clean_text, without_controls
from bot.platforms.telegram.fitting import escaped, pieces, units, unmentioned
from bot.platforms.telegram.rendering import DATA_LIMIT, Button
from bot.ports.conversation import Answer, Part

PAGE_ROOM = 4000  # UTF-16 units of one message, below the Bot API's 4,096
TEXT_LIMIT = 100_000  # characters of one paragraph; nothing of ours comes near
GAP = "\n\n"


def pages(answer: Answer) -> list[str]:
    """The messages of an answer, as HTML; none for silence."""
    found: list[str] = []
    room = 0
    for piece, code in _pieces(answer):
        html = _marked_up(piece, code=code)
        size = units(piece) + len(GAP)
        if found and room + size <= PAGE_ROOM:
            found[-1] += GAP + html
            room += size
        else:
            found.append(html)
            room = size
    return found


def choices(answer: Answer) -> tuple[Button, ...]:
    """The buttons of an answer, one a row; one whose command is too long for Telegram is left out."""
    data = [f"{choice.command}:{choice.arguments}" for choice in answer.choices]
    return tuple(
        Button(label=choice.label, data=text, row=number)
        for number, (choice, text) in enumerate(zip(answer.choices, data, strict=True))
        if len(text.encode()) <= DATA_LIMIT
    )


def _pieces(answer: Answer) -> Iterator[tuple[str, bool]]:
    for part in answer.parts:
        for piece in pieces(_plain(part), PAGE_ROOM - len(GAP)):
            if piece.strip():
                yield piece, part.code


def _plain(part: Part) -> str:
    """Code keeps its spaces; text is cleaned and rings for nobody."""
    if part.code:
        return without_controls(part.text).strip("\n")
    return unmentioned(clean_text(part.text, TEXT_LIMIT))


def _marked_up(text: str, *, code: bool) -> str:
    if not code:
        return escaped(text)
    tag = "pre" if "\n" in text else "code"
    return f"<{tag}>{escaped(text)}</{tag}>"

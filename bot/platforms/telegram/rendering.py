"""An alert as a Telegram message: HTML text and buttons. Pure.

Everything is fitted before it is marked up: markup is never cut, and no alert is too long. The text is
complete without its markup.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.alerts.brief import Brief
from bot.alerts.digest import Line, Summary
from bot.article.cleaning import one_line
from bot.platforms.buttons import WHY
from bot.platforms.telegram.fitting import escaped, fitted, unmentioned
from bot.platforms.telegram.wording import words

TEXT_LIMIT = 4096  # UTF-16 units after the markup is taken off: the Bot API's limit of a message
URL_LIMIT = 2048  # bytes; longer ones are not known to be taken
DATA_LIMIT = 64  # bytes of callback data, the Bot API's limit
# UTF-16 units of each part; together they stay below TEXT_LIMIT.
HEADLINE_ROOM = 400
LINE_ROOM = 600
QUOTE_ROOM = 700
ADDRESS_ROOM = 500
# The same of a summary, whose most lines are `collapse.LINES`.
TITLE_ROOM = 150
HEADING_ROOM = 30
TEXT_ROOM = 120
FACTS_ROOM = 80
RETRACTED_ROOM = 20
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button under a message: it opens an address, or sends `data` back to us."""

    label: str
    url: str | None = None
    data: str | None = None
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message ready to send; `html` in Telegram's HTML, buttons in their rows."""

    html: str
    buttons: tuple[Button, ...] = ()


def rendered(
    brief: Brief, *, lang: str, alert_id: str, repeat: str | None = None, taps: Sequence[str] = (WHY,)
) -> Rendered:
    """Lay an alert out.

    Args:
        brief: The alert in words.
        lang: `de` or `en`: the language of the buttons.
        alert_id: What a tap on a button is about.
        repeat: The words that say it may have been sent before, or None.
        taps: The commands that people may tap.
    """
    link = brief.link if brief.link and is_openable(brief.link) else None
    headline = f"<b>{_part(brief.headline, HEADLINE_ROOM)}</b>"
    if link:
        headline = f'<a href="{escaped(link)}">{headline}</a>'
    labels = " · ".join(part for part in (brief.facts, brief.demo, brief.severity, repeat) if part)
    lines = [f"<b>{_part(brief.notice, LINE_ROOM)}</b>"] if brief.notice else []
    lines += [f"{escaped(brief.mark)} {headline}", _part(labels, LINE_ROOM)]
    lines += [f"<b>{_part(brief.update, LINE_ROOM)}</b>"] if brief.update else []
    if words_of_article := brief.quote or brief.evidence:
        lines.append(f"<blockquote expandable>{_part(words_of_article, QUOTE_ROOM)}</blockquote>")
    if brief.said:
        lines.append(f"— {_part(brief.said, LINE_ROOM)}")
    lines.append(_part(brief.origin, LINE_ROOM))
    if brief.link and not link:
        lines.append(_part(brief.link, ADDRESS_ROOM))
    return Rendered(
        html="\n".join(line for line in lines if line), buttons=tuple(_buttons(link, lang, alert_id, taps))
    )


def rendered_summary(summary: Summary, *, repeat: str | None = None) -> Rendered:
    """Lay a summary out: below each severity two lines an alert, the headline linked, the facts below it."""
    title = " · ".join(part for part in (summary.title, repeat) if part)
    parts = [f"<b>{_part(title, TITLE_ROOM)}</b>"]
    for heading, lines in summary.groups:
        listed = "\n".join(map(_summary_line, lines))
        parts.append(f"<b>{_part(heading, HEADING_ROOM)}</b>\n{listed}")
    return Rendered(html="\n\n".join(parts))


def _summary_line(line: Line) -> str:
    text = _part(line.text, TEXT_ROOM)
    if line.link and is_openable(line.link):
        text = f'<a href="{escaped(line.link)}">{text}</a>'
    if line.retracted:
        text = f"<s>{text}</s> {_part(line.retracted, RETRACTED_ROOM)}"
    below = " · ".join(part for part in (_part(line.facts, FACTS_ROOM), _asks_why(line.name)) if part)
    return f"{escaped(line.mark)} {text}" + (f"\n{below}" if below else "")


def _asks_why(name: str) -> str:
    """A command in one word: Telegram makes a link of it, a tap on it sends it."""
    return f"/{WHY}_{name}" if name else ""


def is_openable(url: str) -> bool:
    """Whether Telegram takes it as an address: one bad address would cost the whole message."""
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
        short = len(url.encode()) <= URL_LIMIT
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = not re.search(r"[\s\\]", url) and "@" not in parts.netloc
    return (
        parts.scheme in ("http", "https") and plain and short and port_is_fine and bool(_HOST.fullmatch(host))
    )


def _buttons(link: str | None, lang: str, alert_id: str, taps: Sequence[str]) -> list[Button]:
    """What opens and explains in the first row, what decides in the second."""
    found = [Button(label=words(lang)["read"], url=link)] if link else []
    for tap in taps:
        data = f"{tap}:{alert_id}"
        if len(data.encode()) <= DATA_LIMIT:
            found.append(Button(label=words(lang)[tap], data=data, row=tap != WHY))
    return found


def _part(text: str, room: int) -> str:
    """One line of plain text, cleaned, within `room` units, escaped."""
    return escaped(fitted(unmentioned(one_line(text, room)), room))

"""An alert as a Telegram message: HTML text and buttons. Pure.

Everything is fitted before it is marked up: markup is never cut, and no alert is too long. The text is
complete without its markup.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.alerts.brief import Brief
from bot.article.cleaning import one_line
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
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+")


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button under a message: it opens an address, or sends `data` back to us."""

    label: str
    url: str | None = None
    data: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A message ready to send; `html` in Telegram's HTML, one row of buttons."""

    html: str
    buttons: tuple[Button, ...] = ()


def rendered(brief: Brief, *, lang: str, alert_id: str, repeat: str | None = None) -> Rendered:
    """Lay an alert out.

    Args:
        brief: The alert in words.
        lang: `de` or `en`: the language of the buttons.
        alert_id: What a tap on Why asks about.
        repeat: The words that say it may have been sent before, or None.
    """
    link = brief.link if brief.link and is_openable(brief.link) else None
    headline = f"<b>{_part(brief.headline, HEADLINE_ROOM)}</b>"
    if link:
        headline = f'<a href="{escaped(link)}">{headline}</a>'
    labels = " · ".join(part for part in (brief.facts, brief.demo, brief.severity, repeat) if part)
    lines = [f"{escaped(brief.mark)} {headline}", _part(labels, LINE_ROOM)]
    lines += [f"<b>{_part(brief.update, LINE_ROOM)}</b>"] if brief.update else []
    if words_of_article := brief.quote or brief.evidence:
        lines.append(f"<blockquote expandable>{_part(words_of_article, QUOTE_ROOM)}</blockquote>")
    if brief.said:
        lines.append(f"— {_part(brief.said, LINE_ROOM)}")
    lines.append(_part(brief.origin, LINE_ROOM))
    if brief.link and not link:
        lines.append(_part(brief.link, ADDRESS_ROOM))
    return Rendered(
        html="\n".join(line for line in lines if line), buttons=tuple(_buttons(link, lang, alert_id))
    )


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


def _buttons(link: str | None, lang: str, alert_id: str) -> list[Button]:
    found = [Button(label=words(lang)["read"], url=link)] if link else []
    data = f"why:{alert_id}"
    if len(data.encode()) <= DATA_LIMIT:
        found.append(Button(label=words(lang)["why"], data=data))
    return found


def _part(text: str, room: int) -> str:
    """One line of plain text, cleaned, within `room` units, escaped."""
    return escaped(fitted(unmentioned(one_line(text, room)), room))

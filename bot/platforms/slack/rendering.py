"""A brief or an answer as a Slack message: blocks, and the same complete as plain text.

Pure. Everything is fitted before it is laid out, so no markup is ever cut and no limit of Slack's is met:
escaping makes at most five characters of one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.alerts.brief import Brief
from bot.alerts.digest import Line, Summary
from bot.article.cleaning import clean_text, one_line
from bot.located import plain_yaml
from bot.platforms.buttons import WHY
from bot.platforms.slack.mrkdwn import escaped, link, literal, web_address
from bot.ports.conversation import Answer, Choice, Part

Block = dict[str, Any]

READ = "read"

SECTION = 3_000  # characters of a section's text, after escaping
BUTTON_URL = 3_000
BUTTON_VALUE = 2_000
BUTTON_LABEL = 75
MOST_BLOCKS = 50
ANSWER_PART = 3_000
SUMMARY_WHOLE = 12_000  # characters of all its lines with their links
ANSWER_WHOLE = 9_000  # a dozen phone screens; Slack refuses blocks of more than some 13,000

_MARK, _LABEL, _HEADLINE, _FACTS, _QUOTE, _SAID, _ORIGIN = 8, 32, 180, 280, 700, 400, 600
_SHORT = 90  # of a summary's line without its link
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What `chat.postMessage`, `chat.update` and a response URL take.

    Attributes:
        text: The whole message in Slack's markup without formatting, for notifications and screen readers.
    """

    text: str
    blocks: list[Block]


def render(
    brief: Brief, *, lang: str, alert_id: str, repeat: str | None = None, taps: Sequence[str] = (WHY,)
) -> Rendered:
    """Lay an alert out.

    Args:
        brief: The alert in words.
        lang: Language of the buttons.
        alert_id: What the buttons are about.
        repeat: The words that say it may have been sent before, or None.
        taps: The commands that people may tap.
    """
    brief = _fitted(brief)
    facts = _facts(brief, one_line(repeat, 2 * _LABEL) if repeat else None)
    blocks = [
        _headline(brief, facts),
        *_quoted(brief),
        *_context(brief),
        _actions(brief, lang, alert_id, taps),
    ]
    return Rendered(text=_plain(brief, facts), blocks=blocks)


def render_summary(summary: Summary, *, lang: str, repeat: str | None = None) -> Rendered:
    """Lay a summary out: below each severity the alerts, linked where there is room for links."""
    title = one_line(" · ".join(part for part in (summary.title, repeat) if part), _HEADLINE)
    blocks = _summary_blocks(summary, title, lang, linked=True)
    if sum(len(block["text"]["text"]) for block in blocks if "text" in block) > SUMMARY_WHOLE:
        blocks = _summary_blocks(summary, title, lang, linked=False)
    return Rendered(text="\n".join(map(escaped, (title, *list(summary.plain())[1:]))), blocks=blocks)


def _summary_blocks(summary: Summary, title: str, lang: str, *, linked: bool) -> list[Block]:
    blocks = [_section(f"*{literal(title)}*")]
    for heading, lines in summary.groups:
        blocks.append({"type": "context", "elements": [_label(heading)]})
        blocks += [_section(_summary_line(line, linked=linked)) | _asks_why(line, lang) for line in lines]
    return blocks[:MOST_BLOCKS]


def _summary_line(line: Line, *, linked: bool) -> str:
    # Without links there may be many escapes, five characters for one: then less is said.
    text = one_line(line.text, _HEADLINE if linked else _SHORT)
    address = web_address(line.link, BUTTON_URL) if linked else None
    told = link(address, text) if address else literal(text)
    if line.retracted:
        told = f"~{told}~ {literal(line.retracted)}"
    facts = literal(one_line(line.facts, _FACTS if linked else _SHORT // 2))
    below = " · ".join(part for part in (facts, literal(line.name)) if part)
    return f"{literal(line.mark)} {told}" + (f"\n{below}" if below else "")


def _asks_why(line: Line, lang: str) -> Block:
    """The button beside a line."""
    if not line.name:
        return {}
    button = {"type": "button", "action_id": WHY, "text": _button(lang, WHY), "value": line.name}
    return {"accessory": button}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def render_answer(answer: Answer) -> Rendered | None:
    """Lay an answer out; None where it is silence.

    Paragraphs and code are rich text, which Slack takes literally; only web addresses become links.
    """
    pieces = list(_pieces(answer))
    if not pieces:
        return None
    blocks = [_rich(_code(piece.text) if piece.code else _paragraph(piece.text)) for piece in pieces]
    if answer.choices:
        blocks.append({"type": "actions", "elements": [_choice(one) for one in answer.choices]})
    return Rendered(text=escaped("\n\n".join(piece.text for piece in pieces)), blocks=blocks)


def _fitted(brief: Brief) -> Brief:
    return Brief(
        mark=one_line(brief.mark, _MARK),
        severity=one_line(brief.severity, _LABEL),
        headline=one_line(brief.headline, _HEADLINE),
        facts=one_line(brief.facts, _FACTS),
        quote=_line(brief.quote, _QUOTE),
        said=_line(brief.said, _SAID),
        evidence=_line(brief.evidence, _QUOTE),
        origin=one_line(brief.origin, _ORIGIN),
        link=web_address(brief.link, BUTTON_URL),
        demo=_line(brief.demo, _LABEL),
        update=_line(brief.update, _HEADLINE),
        notice=_line(brief.notice, _FACTS),
    )


def _line(text: str | None, limit: int) -> str | None:
    return one_line(text, limit) or None if text else None


def _facts(brief: Brief, repeat: str | None) -> str:
    facts = " · ".join(part for part in (brief.facts, brief.demo, brief.severity, repeat) if part)
    return "\n".join(part for part in (brief.notice, facts, brief.update) if part)


def _headline(brief: Brief, facts: str) -> Block:
    """The headline, linked where the link leaves room for it, and the lines of facts."""
    told = f"\n{literal(facts)}" if facts else ""
    title = f"{brief.mark} {brief.headline}".strip() or "·"
    text = f"*{literal(title)}*{told}"
    if brief.link:
        linked = f"*{link(brief.link, title)}*{told}"
        text = linked if len(linked) <= SECTION else text
    return _section(text)


def _quoted(brief: Brief) -> Iterator[Block]:
    """The key quote, else the sentence; rich text, so that it stays verbatim."""
    if text := brief.quote or brief.evidence:
        yield _rich({"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]})


def _context(brief: Brief) -> Iterator[Block]:
    lines = [f"— {brief.said}" if brief.said else None, brief.origin]
    if elements := [_label(line) for line in lines if line]:
        yield {"type": "context", "elements": elements}


def _actions(brief: Brief, lang: str, alert_id: str, taps: Sequence[str]) -> Block:
    value = alert_id[:BUTTON_VALUE]
    elements = [
        {"type": "button", "action_id": tap, "text": _button(lang, tap), "value": value} for tap in taps
    ]
    if brief.link:
        read = {"type": "button", "action_id": READ, "text": _button(lang, READ), "url": brief.link}
        elements.insert(0, read)
    return {"type": "actions", "elements": elements}


def _choice(choice: Choice) -> Block:
    button = {"type": "button", "action_id": choice.command, "text": _label(choice.label[:BUTTON_LABEL])}
    return button | ({"value": choice.arguments[:BUTTON_VALUE]} if choice.arguments else {})


def _button(lang: str, name: str) -> Block:
    return _label(_words(lang)[name][:BUTTON_LABEL])


def _label(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _plain(brief: Brief, facts: str) -> str:
    lines = (
        f"{brief.mark} {brief.headline}".strip(),
        facts,
        brief.quote or brief.evidence,
        f"— {brief.said}" if brief.said else None,
        brief.origin,
        brief.link,
    )
    return "\n".join(escaped(line) for line in lines if line) or "·"


def _pieces(answer: Answer) -> Iterator[Part]:
    """The parts in pieces that fit, as many as fit; a cut is marked."""
    room = ANSWER_WHOLE
    for number, piece in enumerate(piece for part in answer.parts for piece in _split(part)):
        if number == MOST_BLOCKS - 2 or len(piece.text) > room:
            yield Part(text="…")
            return
        room -= len(piece.text)
        yield piece


def _split(part: Part) -> Iterator[Part]:
    """A part in pieces of at most ANSWER_PART characters, broken at line ends where there are any."""
    text = clean_text(part.text)
    while text:
        border = len(text) if len(text) <= ANSWER_PART else text.rfind("\n", 1, ANSWER_PART)
        border = border if border > 0 else ANSWER_PART
        yield Part(text=text[:border], code=part.code)
        text = text[border:].strip("\n")


def _code(text: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}


def _paragraph(text: str) -> Block:
    elements: list[Block] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        if address := web_address(found[0], BUTTON_URL):
            elements += _words_between(text[at : found.start()])
            elements.append({"type": "link", "url": address})
            at = found.end()
    return {"type": "rich_text_section", "elements": elements + _words_between(text[at:])}


def _words_between(text: str) -> list[Block]:
    return [{"type": "text", "text": text}] if text else []


@cache
def _words(lang: str) -> dict[str, str]:
    known = lang if lang in ("de", "en") else "en"
    text = files("bot.platforms.slack").joinpath(f"words/{known}.yml").read_text(encoding="utf-8")
    wordings = plain_yaml(text, f"words/{known}.yml")
    return {str(name): str(word) for name, word in wordings.items()} if isinstance(wordings, dict) else {}

"""Block Kit and mrkdwn held against Slack's published limits."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

MOST_BLOCKS = 50
WHOLE_TEXT = 13_200
MESSAGE_TEXT = 40_000
_LINK = re.compile(r"<(?:https?://|mailto:)[^<>|\s]+(?:\|[^<>\n]+)?>")
_CONTROL = re.compile(r"<[!@#][^>]*>?")
_BARE_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;)")
_ADDRESS = re.compile(r"https?://[^\s<>|/?#]+[^\s<>|]*", re.IGNORECASE)

Problems = Iterator[str]


def message_problems(text: str | None, blocks: Sequence[Any] | None) -> Problems:
    """What is wrong with a message as a whole."""
    if not text or not text.strip():
        yield "the message has no top-level text for notifications and screen readers"
    else:
        yield from markup_problems(text, "text")
        if len(text) > MESSAGE_TEXT:
            yield f"text: {len(text)} characters, at most {MESSAGE_TEXT}"
    if blocks is not None:
        yield from block_problems(blocks)


def block_problems(blocks: Any) -> Problems:
    """What Slack would answer invalid_blocks for."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield "blocks: not a list of objects"
        return
    if not 1 <= len(blocks) <= MOST_BLOCKS:
        yield f"blocks: {len(blocks)}, from 1 to {MOST_BLOCKS}"
    named = [block["block_id"] for block in blocks if "block_id" in block]
    if len(named) != len(set(named)):
        yield "blocks: a block_id stands twice"
    for number, block in enumerate(blocks):
        yield from _block(block, f"blocks[{number}]")
    if (length := sum(map(text_length, blocks))) > WHOLE_TEXT:
        yield f"blocks: {length} characters in all, at most {WHOLE_TEXT}"


def markup_problems(text: str, where: str) -> Problems:
    """Control sequences other than links, and signs that ought to be escaped."""
    rest = _LINK.sub("", text)
    for found in _CONTROL.findall(rest):
        yield f"{where}: the control sequence {found!r}"
    if "<" in rest or ">" in rest:
        yield f"{where}: < or > is not escaped in {rest!r:.80}"
    if _BARE_AMPERSAND.search(text):
        yield f"{where}: & is not escaped in {text!r:.80}"


def text_length(value: Any) -> int:
    """Characters of all texts in a block."""
    if isinstance(value, Mapping):
        return sum(len(part) if key == "text" and isinstance(part, str) else text_length(part)
                   for key, part in value.items())  # fmt: skip
    return sum(map(text_length, value)) if isinstance(value, list) else 0


def _block(block: Mapping[str, Any], where: str) -> Problems:
    kind = block.get("type")
    check = _BLOCKS.get(kind) if isinstance(kind, str) else None
    if check is None:
        yield f"{where}: there is no block of the type {kind!r}"
        return
    if "block_id" in block:
        yield from _length(block["block_id"], 1, 255, f"{where}.block_id")
    yield from check(block, f"{where} ({kind})")


def _section(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, where)
    if "text" not in block and "fields" not in block:
        yield f"{where}: neither text nor fields"
    if "text" in block:
        yield from _text(block["text"], where, 3_000)
    for field in block.get("fields", ()):
        yield from _text(field, f"{where}.fields", 2_000)
    if len(block.get("fields", ())) > 10:
        yield f"{where}: more than 10 fields"
    if "accessory" in block:
        yield from _button(block["accessory"], f"{where}.accessory")


def _header(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id", "text"}, where)
    yield from _text(block.get("text"), where, 150, only_plain=True)


def _context(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id", "elements"}, where)
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield f"{where}: {len(elements)} elements, from 1 to 10"
    for element in elements:
        yield from _text(element, where, 3_000)


def _actions(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id", "elements"}, where)
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield f"{where}: {len(elements)} elements, from 1 to 25"
    named = [element.get("action_id") for element in elements]
    if len(set(named)) != len(named):
        yield f"{where}: an action_id stands twice"
    for element in elements:
        yield from _button(element, where)


def _divider(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id"}, where)


def _button(element: Any, where: str) -> Problems:
    if not isinstance(element, dict) or element.get("type") != "button":
        yield f"{where}: not a button (this server knows no other element)"
        return
    allowed = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
    yield from _keys(element, allowed, f"{where} button")
    yield from _text(element.get("text"), f"{where} button", 75, only_plain=True)
    for name, most in (("action_id", 255), ("value", 2_000), ("url", 3_000), ("accessibility_label", 75)):
        if name in element:
            yield from _length(element[name], 1, most, f"{where} button {name}")
    if "url" in element and not _is_address(element["url"]):
        yield f"{where} button: the url is not a web address"
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"{where} button: there is no style {element['style']!r}"


def _rich_text(block: Mapping[str, Any], where: str) -> Problems:
    yield from _keys(block, {"type", "block_id", "elements"}, where)
    if not block.get("elements"):
        yield f"{where}: without elements"
    for element in block.get("elements", ()):
        kind = element.get("type")
        if kind not in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
            yield f"{where}: there is no element {kind!r}, or this server does not know it"
            continue
        yield from _keys(element, {"type", "elements", "border"}, where)
        if not element.get("elements"):
            yield f"{where}: {kind} without elements"
        for part in element.get("elements", ()):
            yield from _rich_part(part, where)


def _rich_part(part: Mapping[str, Any], where: str) -> Problems:
    """`text` and `link`; `user`, `channel` and `broadcast` would ring people."""
    match part.get("type"):
        case "text":
            yield from _keys(part, {"type", "text", "style"}, where)
            yield from _length(part.get("text"), 1, WHOLE_TEXT, f"{where} text")
        case "link":
            yield from _keys(part, {"type", "url", "text", "style", "unsafe"}, where)
            if not _is_address(part.get("url")):
                yield f"{where}: the link is not a web address"
        case kind:
            yield f"{where}: {kind!r} has no place in an alert or answer"


def _text(value: Any, where: str, most: int, *, only_plain: bool = False) -> Problems:
    if not isinstance(value, dict) or value.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{where}: {value!r:.60} is no text object"
        return
    plain = value["type"] == "plain_text"
    if only_plain and not plain:
        yield f"{where}: only plain_text goes here"
    yield from _keys(value, {"type", "text", "emoji" if plain else "verbatim"}, where)
    yield from _length(value.get("text"), 1, most, f"{where}.text")
    if not plain and isinstance(value.get("text"), str):
        yield from markup_problems(value["text"], where)


def _length(value: Any, least: int, most: int, where: str) -> Problems:
    if not isinstance(value, str):
        yield f"{where}: not a text"
    elif not least <= len(value) <= most:
        yield f"{where}: {len(value)} characters, from {least} to {most}"


def _keys(value: Mapping[str, Any], allowed: set[str], where: str) -> Problems:
    for name in value.keys() - allowed:
        yield f"{where}: there is no `{name}`"


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and bool(_ADDRESS.fullmatch(value))


_BLOCKS: dict[str, Callable[[Mapping[str, Any], str], Problems]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "divider": _divider,
    "rich_text": _rich_text,
}

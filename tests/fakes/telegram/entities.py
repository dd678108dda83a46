"""The HTML parse mode of the Bot API: tags, attributes, nesting, and errors in the server's words.

The server counts text in UTF-16 code units and errors in UTF-8 bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LITERAL = ("code", "pre")  # may hold no other entity
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACE = re.compile(r"\s*")


class MarkupError(Exception):
    """The text cannot be parsed; `str` is what the server says after `can't parse entities: `."""


def units(text: str) -> int:
    """The length that Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(kw_only=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass(kw_only=True)
class Parsed:
    """A text without its markup.

    Attributes:
        entities: As the Bot API gives them, by offset, outer ones first.
        broken_rules: What the server takes but the documentation forbids.
    """

    text: str = ""
    entities: list[dict[str, Any]] = field(default_factory=list)
    broken_rules: list[str] = field(default_factory=list)


def parse_html(source: str) -> Parsed:
    """Parse a text.

    Raises:
        MarkupError: As the server would refuse it.
    """
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._parsed = Parsed()

    def run(self) -> Parsed:
        while self._at < len(self._source):
            character = self._source[self._at]
            if character == "<":
                self._tag()
            elif character == "&":
                self._emit(self._reference())
            else:
                self._at += 1
                self._emit(character)
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        self._parsed.text = "".join(self._out)
        if any("\ud800" <= character <= "\udfff" for character in self._parsed.text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
                " surrogate code units"
            )
        self._parsed.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self._trimmed()

    def _emit(self, text: str) -> None:
        self._out.append(text)
        self._offset += units(text)

    def _reference(self) -> str:
        """The character a reference stands for; an unknown one stands for itself."""
        found = _REFERENCE.match(self._source, self._at)
        meant = _meant(found) if found else None
        if found and meant:
            self._at = found.end()
            return meant
        self._at += 1
        return "&"

    def _tag(self) -> None:
        begin = len(self._source[: self._at].encode())
        if self._source[self._at + 1 : self._at + 2] == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        found = _NAME.match(self._source, self._at + 1)
        assert found
        self._at = found.end()
        if self._at >= len(self._source):
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        tag = found[0].lower()
        if tag not in KINDS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = dict(self._attributes(tag, begin))
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._check_nesting(tag)
        self._open.append(_Open(tag=tag, attributes=attributes, offset=self._offset, start=len(self._out)))

    def _check_nesting(self, tag: str) -> None:
        outer = {opened.tag for opened in self._open}
        code_in_pre = tag == "code" and outer == {"pre"}
        if outer & set(LITERAL) and not code_in_pre:
            self._parsed.broken_rules.append(f"<{tag}> inside code or pre")
        if tag == "blockquote" and "blockquote" in outer:
            self._parsed.broken_rules.append("blockquote inside blockquote")
        if tag == "a" and "a" in outer:
            self._parsed.broken_rules.append("link inside link")

    def _attributes(self, tag: str, begin: int) -> Iterator[tuple[str, str]]:
        while True:
            self._skip_space()
            if self._peek(tag, begin) == ">":
                self._at += 1
                return
            found = _ATTRIBUTE_NAME.match(self._source, self._at)
            assert found
            name = found[0]
            self._at = found.end()
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_space()
            if self._peek(tag, begin) == "=":
                self._at += 1
                self._skip_space()
                self._peek(tag, begin)
                yield name, self._value(begin)
            elif tag == "blockquote" and name == "expandable":
                yield name, "1"
            else:
                raise MarkupError(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
                    f" at byte offset {begin}"
                )

    def _value(self, begin: int) -> str:
        mark = self._source[self._at]
        if mark not in "'\"":
            return self._bare_value()
        end = self._source.find(mark, self._at + 1)
        if end < 0 or end + 1 >= len(self._source):
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        raw = self._source[self._at + 1 : end]
        self._at = end + 1
        return _REFERENCE.sub(lambda found: _meant(found) or found[0], raw)

    def _bare_value(self) -> str:
        found = _TOKEN.match(self._source, self._at)
        assert found
        start, self._at = self._at, found.end()
        if self._source[self._at : self._at + 1] not in ("", " ", "\t", "\n", ">"):
            place = len(self._source[:start].encode())
            raise MarkupError(f"Unexpected end of name token at byte offset {place}")
        return found[0].lower()

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        found = _NAME.match(self._source, self._at + 2)
        assert found
        self._at = found.end()
        self._skip_space()
        if self._source[self._at : self._at + 1] != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened, name = self._open.pop(), found[0].lower()
        if name and name != opened.tag:
            raise MarkupError(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        kind, attributes = KINDS[opened.tag], opened.attributes
        if length == 0:
            return
        entity: dict[str, Any] = {"offset": opened.offset, "length": length, "type": kind}
        if kind == "text_link":
            url = attributes.get("href") or "".join(self._out[opened.start :])
            if not is_link(url):
                return  # the server shows the text and drops the link
            entity["url"] = url
        elif kind == "custom_emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise MarkupError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = attributes["emoji-id"]
        elif kind == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        self._parsed.entities.append(entity)

    def _trimmed(self) -> Parsed:
        """Without white space at either end, as the server keeps it; entities are moved along."""
        parsed, text = self._parsed, self._parsed.text.strip()
        lead = units(parsed.text) - units(parsed.text.lstrip())
        parsed.text = text
        kept = []
        for entity in parsed.entities:
            start = max(entity["offset"] - lead, 0)
            end = min(entity["offset"] - lead + entity["length"], units(text))
            if end > start:
                kept.append(entity | {"offset": start, "length": end - start})
        parsed.entities = kept
        return parsed

    def _skip_space(self) -> None:
        found = _SPACE.match(self._source, self._at)
        assert found
        self._at = found.end()

    def _peek(self, tag: str, begin: int) -> str:
        if self._at >= len(self._source):
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        return self._source[self._at]


def _meant(found: re.Match[str]) -> str | None:
    if found[3]:
        return NAMED.get(found[3])
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if 0 < number < 0x10FFFF and found.end() - found.start() < 11 else None


def is_link(url: str) -> bool:
    """Whether the server takes it as an address: http, https or tg, and a host with a dot."""
    found = re.fullmatch(r"(?:(https?|tg|ton)://)?([^/?#\s]+)([/?#]\S*)?", url.strip(), re.IGNORECASE)
    if not found:
        return False
    if (found[1] or "").lower() in ("tg", "ton"):
        return True
    host = found[2].rsplit("@", 1)[-1].rsplit(":", 1)[0]
    return "." in host.strip(".") and not host.startswith(".")

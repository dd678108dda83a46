"""Headlines of a rule's own: words with slots in braces, `{actor} schickt [{quantity}] [nach {place}]`.

What stands in brackets is left out where one of its slots is empty. There is nothing else to them: no
expression, no format, no look-up. What fills a slot is put in as it is and never read as a template.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.extraction.lexicon import LANGUAGES
from bot.located import Node
from bot.rules import fields
from bot.rules.fields import Notes

LONGEST = 200  # characters of a template
# Those of an event, then those that any alert can have.
OF_EVENTS = ("actor", "target", "participant", "place", "date", "medium", "modality")
SLOTS = (*OF_EVENTS, "quantity", "speaker", "source", "title")
_TOKEN = re.compile(r"\{(?P<slot>[^{}\[\]]*)\}|(?P<words>[^{}\[\]]+)|(?P<sign>[{}\[\]])")
_GAPS = re.compile(r"\s+")
_BEFORE_SIGN = re.compile(r" +(?=[,.;:!?])")


class TemplateError(ValueError):
    """Not a template we take; `column` counts characters from 0."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Slot:
    """The place of a value."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words and slots in a row; an optional one falls away where a slot of it is empty."""

    parts: tuple[str | Slot, ...]
    optional: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of its slots."""
        return tuple(part.name for part in self.parts if isinstance(part, Slot))


@lru_cache(maxsize=10_000)
def template(text: str) -> tuple[Piece, ...]:
    """Read a template.

    Raises:
        TemplateError: It is too long, a bracket has no partner, or a slot has a name we do not know.
    """
    if len(text) > LONGEST:
        raise TemplateError(f"a headline may have {LONGEST} characters")
    pieces: list[Piece] = []
    parts: list[str | Slot] = []
    opened: int | None = None
    for found in _TOKEN.finditer(text):
        sign, at = found["sign"], found.start()
        if sign is None:
            parts.append(_part(found))
            continue
        if sign in "{}" or (sign == "[") is (opened is not None):
            raise TemplateError(f"the “{sign}” has no partner: slots stand in {{…}}, and [ ] do not nest", at)
        pieces.append(Piece(parts=tuple(parts), optional=opened is not None))
        parts, opened = [], at if sign == "[" else None
    if opened is not None:
        raise TemplateError("the “[” has no partner: close it with ]", opened)
    return (*pieces, Piece(parts=tuple(parts)))


def _part(found: re.Match[str]) -> str | Slot:
    name = found["slot"]
    if name is None:
        return found["words"]
    if name not in SLOTS:
        raise TemplateError(f"unknown slot “{fields.shown(name)}”{fields.meant(name, SLOTS)}", found.start())
    return Slot(name)


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """A template with its slots filled; None where a slot outside brackets is empty."""
    pieces = [piece for piece in template(text) if not piece.optional or _is_full(piece, values)]
    if not all(_is_full(piece, values) for piece in pieces):
        return None
    parts = (part for piece in pieces for part in piece.parts)
    told = "".join(values[part.name] if isinstance(part, Slot) else part for part in parts)
    return _BEFORE_SIGN.sub("", _GAPS.sub(" ", told)).strip() or None


def _is_full(piece: Piece, values: Mapping[str, str]) -> bool:
    return all(values.get(name, "").strip() for name in piece.slots)


def read_headline(node: Node, notes: Notes) -> dict[str, str]:
    """The templates of a rule file by language; one text stands for both."""
    if not isinstance(node.value, dict):
        text = _checked(node, notes)
        return dict.fromkeys(LANGUAGES, text) if text else {}
    given = fields.mapping(node, LANGUAGES, notes, "headline")
    if not given and not node.value:
        notes.error(node, "headline needs a text in de or en")
    texts = {lang: _checked(member, notes) for lang, member in given.items()}
    return {lang: text for lang, text in texts.items() if text}


def _checked(node: Node, notes: Notes) -> str | None:
    text = fields.line(node, notes, "headline")
    if text is None:
        return None
    try:
        template(text)
    except TemplateError as error:
        notes.error((node.line, node.column + node.quoted + error.column), str(error))
        return None
    return text

"""What fast parsers throw away: dates as they were written, bases of links, outlets of entries."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from bot.sources.document import Document

_PUBLISHED = {"pubdate", "date", "published", "issued", "created"}
_UPDATED = {"updated", "modified"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, kw_only=True)
class Bone:
    """One entry's raw parts; `base` is the address its links are relative to."""

    published: str | None = None
    updated: str | None = None
    base: str = ""
    outlet: str | None = None


def skeleton(document: Document, url: str) -> tuple[Bone, ...] | None:
    """The raw parts of all entries in their order; None where the document is not well-formed."""
    try:
        if document.is_json:
            return tuple(_json_bones(json.loads(document.text), url))
        return tuple(_xml_bones(ET.fromstring(document.body), url))  # noqa: S314 - without declarations
    except (ET.ParseError, ValueError, LookupError, RecursionError, AttributeError, TypeError):
        return None


def _json_bones(feed: Any, url: str) -> Iterator[Bone]:
    for item in feed["items"]:
        yield Bone(published=item.get("date_published"), updated=item.get("date_modified"), base=url)


def _xml_bones(root: ET.Element, url: str) -> Iterator[Bone]:
    base = _based(root, url)
    parents = [root, *(child for child in root if _name(child) == "channel")]
    for parent in parents:
        for item in parent:
            if _name(item) in ("item", "entry"):
                yield _bone(item, _based(item, _based(parent, base) if parent is not root else base))


def _bone(item: ET.Element, base: str) -> Bone:
    parts: dict[str, str] = {}
    for child in item:
        name, text = _name(child), "".join(child.itertext()).strip()
        if name in _PUBLISHED and text:
            parts.setdefault("published", text)
        elif name in _UPDATED and text:
            parts.setdefault("updated", text)
        elif name == "source":
            parts.setdefault("outlet", _outlet(child))
    return Bone(base=base, **parts)


def _outlet(source: ET.Element) -> str:
    """The name in RSS's `<source>` or in Atom's `<source><title>`."""
    titles = [child for child in source if _name(child) == "title"]
    return "".join((titles[0] if titles else source).itertext()).strip()


def _based(element: ET.Element, base: str) -> str:
    try:
        return urljoin(base, element.get(_BASE, ""))
    except ValueError:
        return base


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2].lower()

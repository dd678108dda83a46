"""Single elements of a feed: what each says of its item."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml import etree

from bot.sources.items import Item
from bot.sources.vocabulary import Form, split_tag

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it
Reader: TypeAlias = Callable[[Item, Element, str], None]

_WEB_TYPES = {"text/html", "application/xhtml+xml", "html", "xhtml"}
_PLAIN_TYPES = {"text", "text/plain", "plain"}
_PREFIXED = re.compile(r"(</?)[A-Za-z_][\w.-]*:")
_LOOKS_LIKE_HTML = re.compile(r"</?(?:p|br|a|b|i|em|strong|div|span|ul|ol|li|img|h[1-6]|blockquote)\b[^<>]*>")
_MAILED = re.compile(r"\s*(?:\S+@\S+\s*\(([^()]+)\)|([^<>]+?)\s*<\S+@\S+>)\s*")  # mail (Name), Name <mail>


def text_of(element: Element) -> str:
    """All text in an element."""
    return (element.text or "") if not len(element) else "".join(element.itertext())


def as_html(text: str) -> str:
    """Plain text as HTML that shows the same."""
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\n", "<br>")


def keep(item: Item, field: str, text: str) -> None:
    """Keep the first text that says something."""
    if field not in item and text and not text.isspace():
        item[field] = text  # type: ignore[literal-required]  # fields of the vocabulary are those of Item


def read_text(item: Item, element: Element, field: str) -> None:
    """A text as it is; with its markup where it has some, since a headline is cleaned like HTML."""
    if field not in item:
        keep(item, field, _inner(element) if len(element) else element.text or "")


def read_link(item: Item, link: Element, field: str) -> None:
    """An address as text (RSS), or the alternate of Atom that people can read; the last one counts."""
    href = (link.text or "").strip() or link.get("href") or link.get("url")
    if not href or not _is_alternate(link.get("rel")):
        return
    if _is_web(link.get("type")):
        item[field] = href  # type: ignore[literal-required]  # as above
    else:
        item["other_link"] = href


def _is_alternate(relation: str | None) -> bool:
    return not relation or relation.lower().rpartition("/")[2] == "alternate"


def _is_web(kind: str | None) -> bool:
    return not kind or kind.partition(";")[0].strip().lower() in _WEB_TYPES


def read_identity(item: Item, element: Element, field: str) -> None:
    """`<id>`, or `<guid>`, which is a link too unless it says that it is none."""
    keep(item, field, text_of(element))
    item["id_is_link"] = True
    for name, value in element.items():
        if name.lower() == "ispermalink":
            item["id_is_link"] = value.strip().lower() == "true"


def read_html(item: Item, element: Element, field: str) -> None:
    """HTML, escaped or as elements of its own."""
    keep(item, field, _inner(element) if len(element) else element.text or "")


def read_typed(item: Item, element: Element, field: str) -> None:
    """The text of an element of Atom, which says by `type` and `mode` what it holds."""
    keep(item, field, _inner(element) if len(element) else _typed(element))


def _typed(element: Element) -> str:
    text = element.text
    if not text:
        return ""
    if (element.get("mode") or "").lower() == "base64":
        text = _from_base64(text)
    kind = (element.get("type") or "").strip().lower()
    is_plain = kind in _PLAIN_TYPES or not (kind or ("<" in text and _LOOKS_LIKE_HTML.search(text)))
    return as_html(text) if is_plain else text


def _inner(element: Element) -> str:
    """Child elements as HTML, without the prefix that XHTML may have here."""
    parts = [element.text or ""]
    for child in element:
        markup = etree.tostring(child, encoding="unicode")
        parts.append(_PREFIXED.sub(r"\1", markup) if child.prefix else markup)
    return "".join(parts)


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def read_person(item: Item, person: Element, field: str) -> None:
    """Add a name: `<author><name>`, `<dc:creator>`, `mail (Name)`."""
    name = (_named(person) if len(person) else "") or text_of(person).strip()
    if "@" in name and (mailed := _MAILED.fullmatch(name)):
        name = mailed.group(1) or mailed.group(2)
    known = item.get("author")
    if name and name not in (known or "").split(", "):
        item[field] = f"{known}, {name}" if known else name  # type: ignore[literal-required]  # as above


def _named(person: Element) -> str:
    """The name in an element with children, else the mail address."""
    said = {split_tag(str(child.tag))[1].lower(): text_of(child).strip() for child in person}
    return said.get("name") or said.get("email") or ""


def read_outlet(item: Item, source: Element, field: str) -> None:
    """The name in RSS's `<source>` or in Atom's `<source><title>`."""
    titles = [child for child in source if split_tag(str(child.tag))[1] == "title"]
    keep(item, field, text_of(titles[0] if titles else source).strip() if titles or not len(source) else "")


READERS: Mapping[Form, Reader] = {
    Form.TEXT: read_text,
    Form.LINK: read_link,
    Form.IDENTITY: read_identity,
    Form.HTML: read_html,
    Form.TYPED: read_typed,
    Form.PERSON: read_person,
    Form.OUTLET: read_outlet,
}

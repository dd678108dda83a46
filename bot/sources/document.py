"""From the bytes of a feed to an XML text that every parser can be trusted with.

Refused: HTML, other documents, entity declarations (billion laughs, external references). Mended: the
wrong charset, words before the document, control characters, HTML's named entities, lone ampersands,
an end that is missing.
"""

import re
from dataclasses import dataclass
from html.entities import html5

from bot.article.charset import decode
from bot.article.markup import legal_markup
from bot.article.url import absolute_url
from bot.errors import SourceError
from bot.sources.decompression import TooLargeError, unzipped
from bot.sources.limits import Limits

_FEED_ROOTS = {"rss", "feed", "rdf", "channel"}
_HEAD = 8_192  # characters in which a feed must begin
_START = re.compile(
    r"<\?xml\b|<!doctype\b|<!--|<(?:[a-z_][\w.-]*:)?(?:rss|feed|rdf|html)\b|\{", re.IGNORECASE
)
_SKIPPED = re.compile(r"\s*(?:<\?[^>]*?\?>|<!--.*?-->)", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!doctype\s+([^\s>\[]*)([^>\[]*)(\[|>)", re.IGNORECASE)
_ROOT = re.compile(r"\s*<((?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*))(?=[\s/>])")
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)\s*>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_ALTERNATE = re.compile(
    r"<link\b[^<>]*\btype\s*=\s*[\"']?application/(?:rss|atom)\+xml[^<>]*>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A feed as text.

    Attributes:
        text: XML without declaration and document type, or JSON.
        cut: Whether its end was missing; then the text ends after the last whole entry.
        notes: What was odd, one line each.
    """

    text: str
    is_json: bool = False
    cut: bool = False
    notes: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        """The text in UTF-8."""
        return self.text.encode("utf-8", "replace")


def read_document(body: bytes, content_type: str | None, url: str, limits: Limits) -> Document:
    """Turn the body of an answer into a document that is a feed as far as can be seen without parsing.

    Raises:
        SourceError: It is empty, too large, HTML, something else, or declares entities.
    """
    try:
        body = unzipped(body, limits.feed_bytes)
    except TooLargeError as error:
        raise SourceError(f"larger than {limits.feed_bytes / 1_000_000:g} MB: refused") from error
    decoded = decode(body, content_type)
    text = legal_markup(decoded.text).strip("\ufeff \t\r\n")
    if not text:
        raise SourceError("the feed is empty")
    notes = (decoded.note,) if decoded.note else ()
    start = _START.search(text, 0, _HEAD)
    if not start:
        raise SourceError("not a feed: neither RSS nor Atom nor anything like it")
    text = text[start.start() :]
    if text.startswith("{"):
        return Document(text=text, is_json=True, notes=notes)
    return _xml_document(text, url, notes)


def mended(text: str) -> str:
    """The text with lone ampersands escaped, as strict parsers want them; not inside CDATA."""
    text = text.replace("&#X", "&#x")
    outside, *sections = text.split(_CDATA)
    parts = [_LONE_AMPERSAND.sub("&amp;", outside)]
    for section in sections:
        inside, end, outside = section.partition(_CDATA_END)
        parts.append(inside + end + _LONE_AMPERSAND.sub("&amp;", outside))
    return _CDATA.join(parts)


def shortened(document: Document, greatest: int) -> Document:
    """The document cut after the last whole entry within `greatest` characters."""
    if len(document.text) <= greatest:
        return document
    return Document(text=_closed(document.text[:greatest]), cut=True, notes=document.notes)


def _xml_document(text: str, url: str, notes: tuple[str, ...]) -> Document:
    text = _without_prolog(text)
    root = _ROOT.match(text)
    name = root.group(2).lower() if root else ""
    if name == "html" or not root:
        raise SourceError(_html_reason(text, url))
    if name not in _FEED_ROOTS:
        raise SourceError(f"not a feed: the document is <{name[:40]}>")
    text = _ENTITY.sub(_character, text)
    if _has_end(text, root.group(1)):
        return Document(text=text, notes=notes)
    return Document(text=_closed(text), cut=True, notes=notes)


def _without_prolog(text: str) -> str:
    """Drop declaration, comments and document type before the first element.

    Raises:
        SourceError: The document type declares something.
    """
    at = 0
    while found := _SKIPPED.match(text, at, at + _HEAD) or _DOCTYPE.match(text, at, at + _HEAD):
        if found.re is _DOCTYPE and found.group(3) == "[":
            raise SourceError("the feed declares XML entities, which is refused as unsafe")
        if found.re is _DOCTYPE and found.group(1).lower() == "html":
            return "<html " + text[found.end() :]
        at = found.end()
    return text[at:]


def _html_reason(text: str, url: str) -> str:
    """That it is HTML, and how to mend it: the page itself often names its feed."""
    if link := _ALTERNATE.search(text[:200_000]):
        href = _HREF.search(link.group())
        feed = absolute_url(href.group(1).replace("&amp;", "&"), url) if href else None
        if feed:
            return f"page is HTML, not a feed; it names this one: {feed[:200]}"
    return "page is HTML, not a feed: take the address of its RSS or Atom feed"


def _character(found: re.Match[str]) -> str:
    """The character of a named HTML entity; those of XML stay, and what is not known."""
    characters = html5.get(found.group(1) + ";", "")
    is_markup = not characters or any(character in "<>&\"'" for character in characters)
    return found.group() if is_markup else characters


def _has_end(text: str, root: str) -> bool:
    """Whether the root element is closed, whatever else follows."""
    tail = text[-_HEAD:]
    return f"</{root}" in tail or re.match(r"\s*<[^<>]*/>\s*\Z", text[:_HEAD]) is not None


def _closed(text: str) -> str:
    """The text up to its last whole entry, with the elements closed that are open there.

    Raises:
        SourceError: Not one entry is whole.
    """
    end = max((found.end() for found in _ITEM_END.finditer(text)), default=0)
    root = _ROOT.match(text)
    if not end or not root:
        raise SourceError("the feed is cut off before the end of its first entry")
    channel = "</channel>" if root.group(2).lower() == "rss" and "</channel>" not in text[:end] else ""
    return f"{text[:end]}{channel}</{root.group(1)}>"

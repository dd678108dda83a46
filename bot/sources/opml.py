"""OPML, the format in which feed readers hand over their lists of feeds: read, and written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.article.charset import decode
from bot.article.cleaning import one_line
from bot.article.markup import legal_markup, plain_title
from bot.article.url import absolute_url, canonical_url, host_of
from bot.errors import Issue, SourceError

NAMESPACE = "urn:depesche:sources"
NAME_LIMIT = 80
LARGEST = 10_000_000  # bytes
MOST = 10_000  # outlines
_OURS = "depesche:"  # before attributes in our name space
_DEEPEST = 20  # categories inside categories
_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_FEED_SCHEME = re.compile(r"\Afeed:(?://)?", re.IGNORECASE)
_LANG = re.compile(r"[a-z]{2}(?=$|[-_])", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One source of a list.

    Attributes:
        categories: The titles above it, outermost first.
        lang: ISO 639-1, or None.
        options: What only Depesche knows of it, such as its kind.
    """

    name: str
    url: str
    categories: tuple[str, ...] = ()
    lang: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


def read_opml(body: bytes, place: str) -> tuple[list[Outline], list[Issue]]:
    """Read a list of feeds.

    Args:
        body: The file.
        place: Its name, for the issues.

    Returns:
        Its sources in their order, each address once, and what was odd, with the line.

    Raises:
        SourceError: It is no OPML, or one that is not safe; names the place.
    """
    if len(body) > LARGEST:
        raise SourceError(f"{place}: larger than {LARGEST // 1_000_000} MB: split it")
    text = legal_markup(decode(body).text).lstrip("\ufeff \t\r\n")
    if _DECLARES.search(text, 0, 8_192):
        raise SourceError(f"{place}: declares XML entities, which is refused as unsafe")
    root, issues = _parsed(text, place)
    if root is None or _name(root) != "opml":
        what = f"the document is <{_name(root)[:40]}>" if root is not None else "it is no XML"
        raise SourceError(f"{place}: not OPML: {what}; export the list of feeds from your feed reader")
    found: dict[str, Outline] = {}
    for outline, issue in _outlines(root, (), place):
        if issue:
            issues.append(issue)
        if outline and len(found) < MOST:
            found.setdefault(canonical_url(outline.url) or outline.url, outline)
    return list(found.values()), issues


def write_opml(outlines: Sequence[Outline], *, title: str, created: datetime) -> str:
    """A list of feeds as an OPML 2.0 document that feed readers take.

    What is no feed is written as a link, with its kind in a name space of our own.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:depesche="{NAMESPACE}">',
        f"  <head><title>{legal_text(title)}</title>",
        f"    <dateCreated>{format_datetime(created)}</dateCreated></head>",
        "  <body>",
        *(f"    {_written(outline)}" for outline in outlines),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def legal_text(text: str) -> str:
    """A text as it may stand between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _written(outline: Outline) -> str:
    is_feed = "kind" not in outline.options
    values = {
        "type": "rss" if is_feed else "link",
        "text": outline.name,
        "title": outline.name,
        "xmlUrl" if is_feed else "url": outline.url,
        "category": "/".join(["", *outline.categories]) if outline.categories else "",
        "language": outline.lang or "",
        **{f"depesche:{name}": value for name, value in outline.options.items()},
    }
    parts = [f"{name}={quoteattr(legal_markup(value))}" for name, value in values.items() if value]
    return f"<outline {' '.join(parts)}/>"


def _parsed(text: str, place: str) -> tuple[Any, list[Issue]]:
    """The root, strictly, else as far as can be understood, with the place of the first mistake."""
    body = text.encode("utf-8", "replace")
    options = {"encoding": "utf-8", "resolve_entities": False, "no_network": True, "load_dtd": False}
    try:
        return etree.fromstring(body, parser=etree.XMLParser(**options)), []
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"no valid XML: {error.msg.split(', line')[0]}; what could be read was"
        issue = Issue(place=place, line=line, column=column, message=message, severity="warning")
    try:
        return etree.fromstring(body, parser=etree.XMLParser(recover=True, **options)), [issue]
    except etree.XMLSyntaxError:
        return None, [issue]


def _outlines(
    parent: Any, above: tuple[str, ...], place: str
) -> Iterator[tuple[Outline | None, Issue | None]]:
    """The sources below an element, and what is wrong with others."""
    for element in parent:
        name = _name(element)
        if name == "body":
            yield from _outlines(element, above, place)
        elif name == "outline":
            values = _attributes(element)
            title = _title(values)
            if values.get("xmlurl") or values.get("depesche:kind"):
                yield _outline(element, values, above, place)
            if len(above) < _DEEPEST:
                yield from _outlines(element, (*above, title) if title else above, place)


def _outline(
    element: Any, values: Mapping[str, str], above: tuple[str, ...], place: str
) -> tuple[Outline | None, Issue | None]:
    written = (values.get("xmlurl") or values.get("url", "")).strip()
    url = absolute_url(_web(written), None)
    if url is None or one_line(url, len(url)) != url:
        message = f"`{one_line(written, 80)}` is no web address: left out"
        line = element.sourceline or 0
        return None, Issue(place=place, line=line, column=1, message=message, severity="warning")
    ours = ((key.removeprefix(_OURS), text) for key, text in values.items() if key.startswith(_OURS))
    lang = _LANG.match(values.get("language", ""))
    outline = Outline(
        name=_title(values)[:NAME_LIMIT].strip() or host_of(url),
        url=url,
        categories=above or _categories(values),
        lang=lang.group().lower() if lang else None,
        options={key: one_line(text, 500) for key, text in ours},
    )
    return outline, None


def _web(written: str) -> str:
    """The address without the scheme `feed:`, which some readers put before it or in place of `https:`."""
    bare = _FEED_SCHEME.sub("", written)
    if bare == written or bare.lower().startswith(("http:", "https:")):
        return bare
    return f"https://{bare.lstrip('/')}"


def _title(values: Mapping[str, str]) -> str:
    return one_line(plain_title(values.get("title") or values.get("text") or ""), NAME_LIMIT * 2)


def _categories(values: Mapping[str, str]) -> tuple[str, ...]:
    """The first category that an outline names itself: `/Politik/Ausland,tag`."""
    first = values.get("category", "").partition(",")[0]
    return tuple(one_line(step, NAME_LIMIT) for step in first.split("/") if step.strip())


def _attributes(element: Any) -> dict[str, str]:
    """Attributes by their names in lower case; those of ours begin with `depesche:`."""
    return {name.replace(f"{{{NAMESPACE}}}", _OURS).lower(): value for name, value in element.attrib.items()}


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""

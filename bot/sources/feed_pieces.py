"""Feeds that are not well-formed: read entry by entry, so that a mistake costs no more than its own entry.

Each entry is parsed by itself below the root of its feed. One that is not well-formed is mended first: the
HTML in its texts is taken as text, prefixes that nobody declared get the namespaces they usually mean. What
is still broken is read as far as libxml2 makes something of it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.sources.feed_elements import Element
from bot.sources.feed_xml import is_feed, read_tree, recovered_tree, strict_tree
from bot.sources.items import Item, Parsed
from bot.sources.vocabulary import PREFIXES

_TOKEN = re.compile(r"<!\[CDATA\[|<!--|<(/?)((?:[A-Za-z_][\w.-]*:)?(?:item|entry))(?=[\s/>])", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_ROOT = re.compile(r"\s*<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(\s[^<>]*)?")
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*("[^"<&]*"|'[^'<&]*')""")
_TEXTS = "title|link|guid|id|description|summary|content|encoded|pubDate|published|updated|date|creator"
_TEXT_START = re.compile(rf"<((?:[A-Za-z_][\w.-]*:)?(?:{_TEXTS}))(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
_MOST_MENDED = 100  # elements of one entry
_LONGEST_MENDED = 1_000_000  # characters of one entry
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):")
_LONE_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?])")
_CDATA = "<![CDATA["


def read_pieces(text: str, url: str, most: int) -> Parsed | None:
    """Read a feed entry by entry.

    Args:
        text: The document without declaration and document type, from its root element on.
        url: Where it was found, for relative links.
        most: Entries that are looked at.

    Returns:
        None where nothing in it looks like an entry of a feed.
    """
    root = _ROOT.match(text)
    pieces = list(_pieces(text, most))
    if not root or not pieces:
        return None
    opened, closed = _wrapping(text, root)
    head = _parsed(f"{opened}{text[root.end() : pieces[0][0]].lstrip('/>')}{closed}", url)
    items: list[Item] = []
    for start, end in pieces:
        parsed = _parsed(f"{opened}{text[start:end]}{closed}", url)
        items += parsed.items[:1] if parsed else ()
    return replace(head or Parsed(), items=items) if items else None


def _pieces(text: str, most: int) -> Iterator[tuple[int, int]]:
    """From where to where each entry goes: to its end, or to the next one's start where it has none."""
    start, found = -1, 0
    for token in _borders(text):
        if start >= 0:
            yield start, _end_of_tag(text, token) if token.group(1) else token.start()
            found += 1
        if found == most:
            return
        start = -1 if token.group(1) else token.start()
    if start >= 0:
        yield start, len(text)


def _borders(text: str) -> Iterator[re.Match[str]]:
    """Start and end tags of entries, but for those inside of comments and CDATA sections.

    What was begun and has not ended by the end of its entry was never closed and counts as nothing.
    """
    at = entry_end = 0
    unclosed: set[str] = set()  # what surely has no end before `entry_end`: to look once is enough
    while token := _TOKEN.search(text, at):
        at, begun = token.end(), token.group()
        if begun not in _ENDS:
            yield token
            continue
        if at > entry_end:
            found = _ENTRY_END.search(text, at)
            entry_end = found.start() if found else len(text)
            unclosed.clear()
        end = -1 if begun in unclosed else text.find(_ENDS[begun], at, entry_end)
        if end < 0:
            unclosed.add(begun)
        at = max(at, end)


def _end_of_tag(text: str, token: re.Match[str]) -> int:
    return text.find(">", token.end()) + 1 or len(text)


def _wrapping(text: str, root: re.Match[str]) -> tuple[str, str]:
    """Start and end of a root element, with the usual prefixes that the document uses undeclared."""
    attributes = {found.group(1): found.group(2) for found in _ATTRIBUTE.finditer(root.group(2) or "")}
    for prefix in dict.fromkeys(_PREFIX.findall(text)):
        if prefix.lower() in PREFIXES:
            attributes.setdefault(f"xmlns:{prefix}", f'"{PREFIXES[prefix.lower()]}"')
    said = " ".join(f"{name}={value}" for name, value in attributes.items())
    return f"<{root.group(1)} {said}>", f"</{root.group(1)}>"


def _parsed(piece: str, url: str) -> Parsed | None:
    root = _best_tree(piece)
    return read_tree(root, url) if root is not None and is_feed(root) else None


def _best_tree(piece: str) -> Element | None:
    root = strict_tree(piece.encode())
    if root is not None:
        return root
    if len(piece) <= _LONGEST_MENDED:
        piece = "".join(_mended(piece))
    root = strict_tree(piece.encode())
    return recovered_tree(piece.encode()) if root is None else root


def _mended(piece: str) -> Iterator[str]:
    """The entry with the texts that hold markup marked as text, and without signs that begin nothing."""
    at = 0
    for _ in range(_MOST_MENDED):
        start = _TEXT_START.search(piece, at)
        if not start:
            break
        end = _end_of(start.group(1), piece, start.end())
        inner = piece[start.end() : end]
        yield _LONE_LESS_THAN.sub("&lt;", piece[at : start.end()])
        yield _as_text(inner) if "<" in inner else inner
        at = max(end, start.end())
    rest = piece[at:]
    yield rest if _CDATA in rest else _LONE_LESS_THAN.sub("&lt;", rest)


def _end_of(name: str, piece: str, at: int) -> int:
    """Where the content of an element ends; where it begins if it has no end or that of another one."""
    end = piece.find(f"</{name}", at)
    again = piece.find(f"<{name}>", at, end) if end > 0 else -1
    return at if end < 0 or again >= 0 else end


def _as_text(inner: str) -> str:
    """The content of an element as a CDATA section, unless it is made of whole ones."""
    if inner.count(_CDATA) == inner.count("]]>") > 0:
        return inner
    return f"{_CDATA}{inner.replace(_CDATA, '').replace(']]>', '')}]]>"

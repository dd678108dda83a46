"""HTML fragments: made safe by nh3 (ammonia), and turned into plain paragraphs."""

import html
import re
from typing import Literal

import nh3

from bot.article.cleaning import TEXT_LIMIT, clean_text, without_controls
from bot.article.url import absolute_url

MAX_DEPTH = 200  # open elements; the sanitiser's time grows with length times depth
FRAGMENT_LIMIT = 300_000  # characters of HTML; the worst ones take 0.8 s

# fmt: off
_BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre",
    "table", "tr", "td", "th", "figure", "figcaption",
))
_INLINE = frozenset((
    "a", "b", "strong", "i", "em", "u", "s", "q", "cite", "code", "sub", "sup", "br", "hr",
))
_DROPPED_WITH_TEXT = frozenset((
    "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "form", "select", "button",
    "textarea", "head", "title",
))
# Elements that stay without an end tag do not nest, however often they come.
_WITHOUT_END = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li",
))
# What else a headline may be marked up with; a `<word>` that is none of these is a word.
_OTHER_TAGS = frozenset((
    "abbr", "acronym", "applet", "audio", "base", "big", "blink", "body", "center", "del", "embed", "font",
    "frame", "frameset", "html", "img", "input", "ins", "label", "link", "mark", "marquee", "meta", "nobr",
    "section", "small", "span", "strike", "time", "tt", "var", "video", "wbr",
))
# fmt: on
_HTML_TAG = "|".join(sorted(_BLOCKS | _INLINE | _DROPPED_WITH_TEXT | _OTHER_TAGS))
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_ANY_TAG = re.compile(r"<[^<>]*>?")
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS))}|br|hr)\b[^>]*>")
_MARKED_UP = re.compile(
    rf"</?(?:{_HTML_TAG})\b[^<>]*>|<!|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);", re.IGNORECASE
)
_RELATIVE = re.compile(r"href\s*=\s*[\"']?\s*(?!https?:|[\"'\s])")  # begins with a literal: ten times faster
_REFERENCE = re.compile(r"&#(?:0*(\d{1,5})|[xX]0*([0-9a-fA-F]{1,4}));")
_TITLE_LIMIT = 1_000  # characters looked at


def _cleaner(relative: Literal["pass_through"] | tuple[Literal["rewrite_with_base"], str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_BLOCKS | _INLINE,
        clean_content_tags=_DROPPED_WITH_TEXT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
        url_relative=relative,
    )


_CLEANER = _cleaner("pass_through")


def sanitise(fragment: str, base: str | None = None) -> str:
    """HTML with harmless elements only: no scripts, styles, frames, forms, images, event attributes.

    A fragment nested deeper than anyone writes loses all its elements; one longer than
    `FRAGMENT_LIMIT` is cut.

    Args:
        fragment: HTML, from anybody.
        base: Address that its links are relative to; without one they stay as they are.
    """
    fragment = fragment[:FRAGMENT_LIMIT]
    if _is_too_deep(fragment):
        fragment = _ANY_TAG.sub("\n", fragment)
    if base and _RELATIVE.search(fragment) and absolute_url(base, None):
        return _cleaner(("rewrite_with_base", base)).clean(fragment)
    return _CLEANER.clean(fragment)


def legal_markup(document: str) -> str:
    """An HTML or XML document without characters that none may hold, written as such or as references.

    A single `&#27;` makes strict parsers give up the whole document.
    """

    def spelled(found: re.Match[str]) -> str:
        code = int(found.group(1)) if found.group(1) else int(found.group(2), 16)
        is_legal = (
            code in (9, 10, 13) or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
        )
        return found.group() if is_legal or code > 0xFFFF else chr(code)

    return without_controls(_REFERENCE.sub(spelled, document))


def plain_text(fragment: str, limit: int = TEXT_LIMIT) -> str:
    """The text of an HTML fragment, one paragraph a line, cleaned.

    Line ends of the source mean nothing in HTML; block elements and `<br>` end a line here.
    """
    if "<" not in fragment and "&#" not in fragment:  # a reference may hide a control character
        flowing = " ".join(fragment[:FRAGMENT_LIMIT].split())
        return clean_text(html.unescape(flowing) if "&" in flowing else flowing, limit)
    flowing = " ".join(sanitise(fragment).split())
    lines = html.unescape(_ANY_TAG.sub("", _BLOCK_TAG.sub("\n", flowing))).split("\n")
    return clean_text("\n".join(filter(None, map(str.strip, lines))), limit)


def plain_title(title: str) -> str:
    """The words of a headline that may or may not be HTML: `AT&amp;T <b>wins</b>`, `a < b`."""
    title = title[:_TITLE_LIMIT]
    if "<" not in title and ("&" not in title or ";" not in title):
        return title
    return " ".join(plain_text(title).split()) if _MARKED_UP.search(title) else title


def _is_too_deep(fragment: str) -> bool:
    if fragment.count("<") <= MAX_DEPTH:
        return False
    depth = 0
    for slash, name in _TAG.findall(fragment):
        if name.lower() not in _WITHOUT_END:
            depth = max(depth - 1, 0) if slash else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False

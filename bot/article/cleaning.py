"""Text from the outside made safe to store, to read and to show on a terminal or in a chat.

Removed: terminal escape sequences, control characters, bidirectional marks and overrides, zero-width
characters, tag characters, lone surrogates. Soft hyphens go, because they cut words that rules look for;
every kind of space becomes the plain one, because a no-break space would glue a number to its unit.
Joiners stay between emoji and inside scripts that are written with them. Letters are composed (NFC);
nothing else is changed, so a quote stays verbatim.
"""

import re
import unicodedata

TEXT_LIMIT = 200_000  # characters of one article; about 100 newspaper columns
ELLIPSIS = "…"

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, erase
    r"|\x9b[0-?]+[ -/]*[@-~]"  # the same with its one-character introducer
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, …: titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"  # every other escape
)
# What a wrong charset leaves: typographic signs of Windows-1252 in the place of C1 controls.
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
# What any of the following would change; most texts hold nothing of it.
_RARE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff]")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff]"
)
_JOINERS = re.compile(r"(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])")
_TAGS = re.compile("(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_MARKS = re.compile(r"([\u0300-\u036f\u20d0-\u20ff]{4})[\u0300-\u036f\u20d0-\u20ff]+")
# Letters and typography, composed, of which nothing is to be removed: most texts hold nothing else.
_PLAIN = r"!-~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
_PRINTABLE = re.compile(f"[ \\n{_PLAIN}]*")
_LINE = re.compile(f"[{_PLAIN}]+(?: [{_PLAIN}]+)*")
_PADDING = re.compile(r" *\n *")
_SPACE_RUN = re.compile(r" {2,}")
_BLANK_RUN = re.compile(r"\n{3,}")


def clean_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Clean a text of several paragraphs; newlines stay, at most one blank line in a row.

    Args:
        text: Anything, from anybody.
        limit: Greatest length of the result in characters; what is cut is cut at a word's end.
    """
    text = _printable(text[: 2 * limit])
    if "  " in text:
        text = _SPACE_RUN.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = _PADDING.sub("\n", text)
    if "\n\n\n" in text:
        text = _BLANK_RUN.sub("\n\n", text)
    return _fitted(text.strip(), limit)


def one_line(text: str, limit: int) -> str:
    """Clean a text into a single line of at most `limit` characters."""
    if len(text) <= limit and _LINE.fullmatch(text):
        return text
    return _fitted(" ".join(_printable(text[: 4 * limit]).split()), limit)


def without_controls(text: str) -> str:
    """Take out what no document may hold: terminal escapes, controls, lone surrogates; leave the rest."""
    if not _RARE.search(text):
        return text
    text = _ESCAPES.sub("", text).translate(_WINDOWS)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def _printable(text: str) -> str:
    """Take out what does not print or hides what does."""
    if (text.isascii() and text.isprintable()) or _PRINTABLE.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", without_controls(text))
    text = _JOINERS.sub("", _TAGS.sub("", text))
    return unicodedata.normalize("NFC", _MARKS.sub(r"\1", _SPACES.sub(" ", text)))


def _fitted(text: str, limit: int) -> str:
    """Cut at the end of a word, or inside it where a single word is too long."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - len(ELLIPSIS), 0)]
    border = max(head.rfind(" "), head.rfind("\n"))
    return (head[: border if border * 2 > limit else None].rstrip() + ELLIPSIS)[:limit]

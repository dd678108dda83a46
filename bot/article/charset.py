"""Bytes from the web to text, whatever charset they say they are in."""

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 2_048  # bytes in which a document must name its charset
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSETS = re.compile(
    r"utf|u8|iso|latin|l\d|windows|cp\d|koi8|mac|gb|big5|shift|sjis|euc|ks_c|hz|ascii|us-ascii|tis|cs"
)
_ENOUGH_VALID = 4  # bytes of longer characters for each broken one that make a text UTF-8 all the same


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: Without byte order mark.
        charset: The charset it was read in.
        note: One line where that is not what the sender said, or bytes were broken; else None.
    """

    text: str
    charset: str
    note: str | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a document by its byte order mark, by UTF-8 if it is valid, else by what it declares.

    Valid UTF-8 beyond ASCII is never anything else by accident, so it goes before what the sender says.
    Where nothing fits, Windows-1252 is taken, as browsers do. Bytes that are no character become U+FFFD.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(text=body[len(mark) :].decode(_marked(mark, name), "replace"), charset=name)
    if body[:2] in (b"<\0", b"\0<"):
        name = "utf-16-le" if body[:1] == b"<" else "utf-16-be"
        return Decoded(text=body.decode(name, "replace"), charset=name)
    declared = _declared(body, content_type)
    if declared and not _is_like_ascii(declared):
        return Decoded(text=body.decode(declared, "replace"), charset=declared)
    return _decode_plain(body, declared)


def _decode_plain(body: bytes, declared: str | None) -> Decoded:
    """Decode a document in UTF-8 or in a charset that contains ASCII."""
    text, broken = _utf8(body)
    continued = len(body) - len(text)  # bytes beyond the first of each character
    if not broken or (declared in (None, "utf-8") and continued > _ENOUGH_VALID * broken):
        note = f"{broken} bytes are no valid UTF-8" if broken else None
        return Decoded(text=text, charset="utf-8", note=note)
    charset = declared if declared not in (None, "utf-8", "ascii", "iso8859-1") else "cp1252"
    note = f"not {declared} as it says: read as {charset}" if declared in ("utf-8", "ascii") else None
    return Decoded(text=body.decode(charset, "replace"), charset=charset, note=note)


def _utf8(body: bytes) -> tuple[str, int]:
    """The text as UTF-8 and how many places are broken; a character cut at the end does not count."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(body, final=False)
    return text, text.count("\ufffd") - body.count("\ufffd".encode())


def _marked(mark: bytes, name: str) -> str:
    """The codec for what follows a byte order mark."""
    if name == "utf-8":
        return name
    return name + ("-le" if mark[0] == 0xFF else "-be")


def _declared(body: bytes, content_type: str | None) -> str | None:
    """The charset named in the document or else in the HTTP header, by Python's name; None if unknown."""
    inside = _DECLARED.search(body[:_HEAD])
    header = _HEADER.search(content_type or "")
    names = [group.decode("ascii") for group in (inside.groups() if inside else ()) if group]
    names += [header.group(1)] if header else []
    return next(filter(None, map(_known, names)), None)


def _known(name: str) -> str | None:
    """Python's name of a charset; None for an unknown one and for codecs that are no charsets."""
    if not _CHARSETS.match(name.lower()):
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    # A document that could be searched for its declaration is no UTF-16; UTF-7 hides markup.
    return None if known.startswith(("utf-7", "utf-16", "utf-32")) else known


def _is_like_ascii(charset: str) -> bool:
    """Whether the charset writes ASCII as ASCII and nothing else in ASCII."""
    return not charset.startswith(("iso2022", "hz"))


def unmangled(text: str) -> str:
    """A text that was UTF-8, was taken for Windows-1252 and written as UTF-8 once more; any other unchanged.

    All of it must be such: `GrÃ¶ÃŸe` is, but a French `Âge` is a word.
    """
    if "Ã" not in text and "Â" not in text and "â" not in text:
        return text
    for charset in ("cp1252", "latin-1"):
        try:
            return text.encode(charset).decode("utf-8")
        except ValueError:
            continue
    return text

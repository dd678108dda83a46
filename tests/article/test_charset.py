import pytest

from bot.article.charset import decode, unmangled

WORDS = "Größe, „Übung“ – naïve"


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (WORDS.encode(), None, "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "text/xml; charset=iso-8859-1", "utf-8"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), None, "utf-16"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "text/xml; charset=utf-8", "utf-16"),
        (WORDS.encode("cp1252"), "text/xml; charset=iso-8859-1", "cp1252"),
        (WORDS.encode("cp1252"), "text/xml; charset=utf-8", "cp1252"),
        (WORDS.encode("cp1252"), None, "cp1252"),
        (WORDS.encode("cp1252"), "text/xml; charset=nonsense", "cp1252"),
        (WORDS.encode("cp1252"), "text/xml; charset=unicode_escape", "cp1252"),
        (WORDS.encode(), "text/xml; charset=iso-8859-1", "utf-8"),
    ],
)
def test_read(body: bytes, content_type: str | None, charset: str) -> None:
    """The words come out right, whatever the sender says of them."""
    decoded = decode(body, content_type)
    assert decoded.text == WORDS
    assert decoded.charset == charset


@pytest.mark.parametrize(
    ("declaration", "codec"),
    [
        ('<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        ("<meta charset=windows-1251>", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=shift_jis">', "shift_jis"),
        ('<?xml version="1.0" encoding="ISO-2022-JP"?>', "iso2022_jp"),
    ],
)
def test_declared_inside(declaration: str, codec: str) -> None:
    """The charset that a document names is used."""
    word = "Привет" if codec in ("koi8-r", "cp1251") else "日本"
    assert decode((declaration + word).encode(codec)).text == declaration + word


def test_wrong_charset_is_told() -> None:
    """A document that is not what it says carries a note."""
    note = decode(WORDS.encode("cp1252"), "text/xml; charset=utf-8").note
    assert note == "not utf-8 as it says: read as cp1252"


def test_few_broken_bytes() -> None:
    """One broken byte in a UTF-8 text is marked and does not turn the umlauts into other signs."""
    decoded = decode((WORDS * 5).encode() + b"\xff" + WORDS.encode())
    assert decoded.text == WORDS * 5 + "\ufffd" + WORDS
    assert decoded.note == "1 bytes are no valid UTF-8"


def test_cut_inside_a_character() -> None:
    """A character cut in two at the end is dropped."""
    assert decode("für Ö".encode()[:-1]).text == "für "


def test_utf16_without_mark() -> None:
    """UTF-16 without a byte order mark shows by its first bracket."""
    text = '<?xml version="1.0" encoding="utf-16"?><a>ö</a>'
    assert decode(text.encode("utf-16-be")).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GrÃ¶ÃŸe Ã¼bt", "Größe übt"),
        ("â€žNeinâ€œ, sagt er", "„Nein“, sagt er"),
        ("Größe übt", "Größe übt"),
        ("à l'Âge de raison", "à l'Âge de raison"),
        ("São Paulo, Maçã", "São Paulo, Maçã"),
        ("GrÃ¶ÃŸe – ☂", "GrÃ¶ÃŸe – ☂"),
    ],
)
def test_unmangled(text: str, expected: str) -> None:
    """What was encoded twice is read; words with such letters stay."""
    assert unmangled(text) == expected

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.decompression import Inflater, TooLargeError, unzipped


@given(st.binary(max_size=2_000), st.integers(1, 50), st.sampled_from(["gzip", "deflate", "identity"]))
def test_pieces(plain: bytes, size: int, coding: str) -> None:
    """However the bytes are cut into pieces, the plain ones come out."""
    packed = {"gzip": gzip.compress(plain), "deflate": zlib.compress(plain), "identity": plain}[coding]
    inflater = Inflater(coding, 2_000)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(map(inflater.feed, pieces)) == plain
    assert inflater.complete


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
def test_limit(coding: str) -> None:
    """The limit is kept exactly."""
    plain = b"x" * 1_000
    packed = {"gzip": gzip.compress(plain), "deflate": zlib.compress(plain), "identity": plain}[coding]
    assert Inflater(coding, 1_000).feed(packed) == plain
    with pytest.raises(TooLargeError):
        Inflater(coding, 999).feed(packed)


def test_large_output_from_one_piece() -> None:
    """Output that is larger than one step comes out whole."""
    plain = bytes(range(256)) * 8_000
    assert Inflater("gzip", 3_000_000).feed(gzip.compress(plain)) == plain


def test_many_members() -> None:
    """Endless empty members are refused."""
    with pytest.raises(TooLargeError):
        Inflater("gzip", 1_000).feed(gzip.compress(b"") * 1_000)


def test_unknown_coding() -> None:
    """A coding that was not asked for is refused."""
    with pytest.raises(ValueError, match="`br` was not asked for"):
        Inflater("br", 1)


def test_unzipped() -> None:
    """A gzip file is unpacked; what only begins like one stays."""
    assert unzipped(gzip.compress(b"text"), 10) == b"text"
    assert unzipped(b"text", 10) == b"text"
    assert unzipped(b"\x1f\x8b\x08\xff\xff\xff", 10) == b"\x1f\x8b\x08\xff\xff\xff"

"""Decompression that stops at a limit, so that a small answer cannot become a large one."""

import zlib

_STEP = 262_144  # bytes given out at a time
_GZIP_MAGIC = b"\x1f\x8b\x08"
_MEMBERS = 100  # gzip members in a row; more is an attack on time


class TooLargeError(Exception):
    """More bytes than the limit allows."""


class Inflater:
    """Takes compressed bytes piece by piece and gives plain ones, at most `limit` in all.

    Args:
        coding: A Content-Encoding: `identity`, `gzip`, `x-gzip` or `deflate`.
        limit: Greatest number of plain bytes.

    Raises:
        ValueError: The coding is none of these.
    """

    def __init__(self, coding: str, limit: int) -> None:
        self._coding = {"": "identity", "x-gzip": "gzip"}.get(coding.strip().lower(), coding.strip().lower())
        if self._coding not in ("identity", "gzip", "deflate"):
            raise ValueError(f"encoding `{coding[:20]}` was not asked for")
        self._left = limit
        self._members = 0
        self._stream: zlib._Decompress | None = None

    def feed(self, piece: bytes) -> bytes:
        """The plain bytes that this piece adds.

        Raises:
            TooLargeError: The limit is passed.
            zlib.error: The bytes are not what the coding says.
        """
        plain = piece if self._coding == "identity" else self._inflate(piece)
        self._left -= len(plain)
        if self._left < 0:
            raise TooLargeError
        return plain

    @property
    def complete(self) -> bool:
        """Whether the stream came to its own end."""
        return self._stream is None or self._stream.eof

    def _inflate(self, piece: bytes) -> bytes:
        parts: list[bytes] = []
        room, pending = self._left + 1, False
        while (piece or pending) and room > 0:
            if self._stream is None or self._stream.eof:
                if self._stream and not _GZIP_MAGIC.startswith(piece[:3]):
                    break  # rubbish after the end
                self._stream = self._next_member(piece)
            wanted = min(room, _STEP)
            part = self._stream.decompress(piece, wanted)
            piece = self._stream.unconsumed_tail or self._stream.unused_data
            pending = len(part) == wanted and not self._stream.eof
            parts.append(part)
            room -= len(part)
        return b"".join(parts)

    def _next_member(self, piece: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > _MEMBERS:
            raise TooLargeError
        if self._coding == "gzip":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        # `deflate` means zlib, but some servers send it raw; a zlib stream begins with 0x?8.
        return zlib.decompressobj(zlib.MAX_WBITS if piece[0] & 0x0F == 0x08 else -zlib.MAX_WBITS)


def unzipped(body: bytes, limit: int) -> bytes:
    """A body that is a gzip file though nobody said so, unpacked; any other unchanged.

    Raises:
        TooLargeError: It would be larger than the limit.
    """
    if not body.startswith(_GZIP_MAGIC):
        return body
    try:
        return Inflater("gzip", limit).feed(body)
    except zlib.error:
        return body

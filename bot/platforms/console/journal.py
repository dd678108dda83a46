"""The console's journal: which deliveries were begun and which were written out.

A terminal cannot be asked what it has shown. So each delivery is noted before and after its text is
written; after a kill the notes say sent, not sent, or, in the moment between two writes, unknown.
"""

import os
from enum import Enum
from pathlib import Path
from typing import BinaryIO

BEGUN = "printing"
DONE = "printed"
KEPT = 10_000  # notes kept when the journal is opened; older ones are settled long since


class Known(Enum):
    """What the journal knows of a delivery."""

    NEVER_BEGUN = "never begun"
    CUT_OFF = "cut off"
    WRITTEN = "written"


class Journal:
    """An append-only file of notes; without a path it lives in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._state: dict[str, Known] = {}
        self._file: BinaryIO | None = None
        if path:
            self._open(path)

    def begin(self, key: str) -> None:
        """Note that the text is about to be written."""
        self._note(BEGUN, key)

    def done(self, key: str) -> None:
        """Note that the text is out."""
        self._note(DONE, key)

    def known(self, key: str) -> Known:
        """What became of a delivery."""
        return self._state.get(key, Known.NEVER_BEGUN)

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()

    def _open(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in lines[-KEPT:]:
            self._take(*line.partition(" ")[::2])
        if len(lines) > KEPT:
            fresh = path.with_suffix(".new")
            fresh.write_text("".join(f"{line}\n" for line in lines[-KEPT:]), encoding="utf-8")
            fresh.replace(path)
        # Unbuffered: a note is in the kernel's hands, and outlives us, when the call returns.
        self._file = path.open("ab", buffering=0)

    def _note(self, word: str, key: str) -> None:
        if self._file:
            os.write(self._file.fileno(), f"{word} {key}\n".encode())
        self._take(word, key)

    def _take(self, word: str, key: str) -> None:
        if word == DONE:
            self._state[key] = Known.WRITTEN
        elif word == BEGUN:
            self._state.setdefault(key, Known.CUT_OFF)
            if self._state[key] is not Known.WRITTEN:
                self._state[key] = Known.CUT_OFF

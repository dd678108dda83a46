"""Standard input and output, which whoever starts a program may have closed."""

import os
import sys
from typing import BinaryIO, TextIO

from bot.errors import DepescheError


def standard_input() -> BinaryIO:
    """Standard input as bytes.

    Raises:
        DepescheError: It is closed.
    """
    if sys.stdin is None:
        raise DepescheError("standard input is closed: give the articles there, as in `… < articles.jsonl`")
    return sys.stdin.buffer


def standard_output() -> TextIO:
    """Standard output as text; its bytes go through `.buffer`.

    Raises:
        DepescheError: It is closed.
    """
    if sys.stdout is None:
        raise DepescheError("standard output is closed: there is nowhere to write to")
    return sys.stdout


def silence_output() -> None:
    """Send what is left to nowhere, so that the interpreter does not fail on it once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

"""The child process of `readers`: one JSON article a line in, one JSON object of findings a line out.

Its one argument is JSON too: the choice of model for each language, and the folders whose packs bring event
types of their own.
"""

import json
import os
import sys
from pathlib import Path
from typing import BinaryIO

from bot.app.packs import load_packs
from bot.app.readers import ARTICLE, FINDINGS
from bot.errors import ReaderError
from bot.extraction.reader import ArticleReader


def serve(lines: BinaryIO, out: BinaryIO, reader: ArticleReader) -> None:
    """Answer each line until the input ends; an article that fails gives one line of plain text."""
    for line in lines:
        article = ARTICLE.validate_json(line)
        try:
            answer = FINDINGS.dump_json(reader.read(article))
        except ReaderError as error:
            answer = str(error).encode()
        except Exception as error:  # noqa: BLE001  (whatever a text does, the next one is read)
            answer = f"failed in the reader: {type(error).__name__}: {error}".replace("\n", " ").encode()
        out.write(answer + b"\n")
        out.flush()


def main() -> None:
    """Load both languages and serve; when whoever asked is gone, end without a word."""
    try:
        _serve_standard()
    except BrokenPipeError:
        # What is left in the buffer must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _serve_standard() -> None:
    given = json.loads(sys.argv[1]) if len(sys.argv) > 1 else {}
    # What is wrong with a pack the parent tells; here it is only left out.
    packs, _ = load_packs(map(Path, given.get("packs", ())))
    reader = ArticleReader(given.get("models"), packs)
    reader.load()
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    serve(sys.stdin.buffer, sys.stdout.buffer, reader)


if __name__ == "__main__":
    main()

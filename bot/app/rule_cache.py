"""What was read of rule files, kept between two starts: an unchanged file is not read as YAML again.

A file of lines, one for each rule: what it is known by, a checksum, its place, and the rule as plain JSON
values. A line is believed only for the very text, place, event types and program that it was made from; what
cannot be understood is read again, and a file that is deleted costs only time.
"""

import json
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import structlog

import bot
from bot.errors import Issue
from bot.rules.model import Rule
from bot.rules.packed import packed, unpacked
from bot.rules.rule_book import FileRead
from bot.storage.address import file_of, is_server, name_of

log = structlog.get_logger()

FORM = "depesche rules 1"
KEY, CHECK = 32, 16  # hex digits
WORTH = 500  # rules: fewer are read at once, and a command need not leave a file behind
ROOM = 2  # so many times more lines than rules are borne before the file is written anew
NOT_OURS = (TypeError, ValueError, KeyError, IndexError, AttributeError)
READS_RULES = ("located.py", "errors.py", "rules/**/*", "extraction/*.py", "extraction/knowledge/*")


class RuleCache:
    """Fulfils `bot.rules.rule_book.Kept`.

    Args:
        path: The file; made if need be.
        whole: All rules of the configuration are read: what is of no use any more may go.
        keep_last: A file that is bad goes on as it was when it was good last, after a restart too.
    """

    def __init__(self, path: Path, *, whole: bool, keep_last: bool = False) -> None:
        self._path = path
        self._whole = whole
        self._keep_last = keep_last
        self._head = b""
        self._reading = False
        self._is_ours = False
        self._number = 0
        self._lines: dict[bytes, bytes] = {}
        self._of_place: dict[str, bytes] = {}
        self._used: dict[bytes, None] = {}
        self._fresh: dict[bytes, None] = {}

    def open(self, more_types: frozenset[str]) -> None:
        """Before many files are read. What another program or other event types made is as good as none."""
        types = _digest("\n".join(sorted(more_types)).encode(), KEY)
        self._head, self._reading = f"{FORM} {program()} ".encode() + types, True
        head, *lines = self._content().split(b"\n")
        self._is_ours = head == self._head
        for line in lines if self._is_ours else ():
            self._number += 1
            self._lines[line[:KEY]] = line
            if self._keep_last and (place := _place_of(line)) is not None:
                self._of_place[place] = line

    def close(self) -> None:
        """After them: write what is new, and let go of the rest."""
        try:
            self._write()
        except OSError as error:
            log.debug("rules are not kept for the next start", why=str(error))
        self._reading = False
        for held in (self._lines, self._of_place, self._used, self._fresh):
            held.clear()

    def get(self, place: str, text: str) -> FileRead | None:
        """What came of reading this text at this place."""
        line = self._lines.get(_key(place, text))
        found = _understood(line, place) if line else None
        if line is None or found is None:
            return None
        self._used[line] = None
        if self._keep_last and self._of_place.get(place) != line:
            self._fresh[line] = None  # it is the last good version again
        return FileRead(place=place, text=text, rule=found[0], issues=found[1])

    def put(self, read: FileRead) -> None:
        """Keep what was read; of a bad file there is nothing to keep."""
        if read.rule is None:
            return
        try:
            self._fresh[_line(read, read.rule)] = None
        except TypeError as error:
            log.debug("a rule is not kept for the next start", place=read.place, why=str(error))
        if not self._reading:
            self.close()

    def last_good(self, place: str) -> Rule | None:
        """The last good version of a file, if it is wanted."""
        line = self._of_place.get(place)
        found = _understood(line, place) if line else None
        if line is None or found is None:
            return None
        self._used[line] = None
        return found[0]

    def _content(self) -> bytes:
        try:
            return self._path.read_bytes()
        except OSError:
            return b""

    def _write(self) -> None:
        """Add what is new, or write all of it anew where there is much that is of no use any more."""
        needed = len(self._used) + len(self._fresh)
        # Only who knows which versions are the last good ones may say that others are of no use.
        old = not self._is_ours or (self._keep_last and self._number > ROOM * needed)
        if self._whole and self._reading and old and needed >= (1 if self._keep_last else WORTH):
            self._write_anew([self._head, *{**self._used, **self._fresh}])
            self._is_ours = True
        elif self._fresh and self._is_ours:
            with self._path.open("ab", buffering=0) as file:
                file.write(b"".join(b"\n" + line for line in self._fresh))

    def _write_anew(self, lines: list[bytes]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        whole = self._path.with_name(f"{self._path.name}.new")
        whole.write_bytes(b"\n".join(lines))
        whole.replace(self._path)


def kept_beside(store: str) -> Path | None:
    """Where it lies: beside the store's file, else here; nowhere for a store in memory."""
    if file := file_of(store):
        return file.with_suffix(".rules")
    if not is_server(store):
        return None
    name = blake2b(name_of(store).encode(), digest_size=4).hexdigest()
    return Path("var") / f"rules-{name}.cache"


@cache
def program() -> str:
    """What names the program that reads rules: all of its code and data that a rule rests on."""
    digest = blake2b(digest_size=KEY // 2)
    for name in (bot.__version__, sys.version, version("babel"), version("pyyaml")):
        digest.update(f"{name}\n".encode())
    for path in _parts(Path(bot.__file__).parent):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _parts(package: Path) -> Iterator[Path]:
    for pattern in READS_RULES:
        yield from sorted(path for path in package.glob(pattern) if path.suffix in (".py", ".yml"))


def _digest(content: bytes, length: int) -> bytes:
    return blake2b(content, digest_size=length // 2).hexdigest().encode()


def _key(place: str, text: str) -> bytes:
    return _digest(f"{place}\0{text}".encode("utf-8", "surrogatepass"), KEY)


def _line(read: FileRead, rule: Rule) -> bytes:
    """`<key> <checksum> <place>`, a tab, `<issues and rule>`; the place as JSON, so that it holds no tab."""
    issues = [[one.line, one.column, one.message, one.severity] for one in read.issues]
    values = json.dumps([issues, packed(rule)], separators=(",", ":"))
    body = f"{json.dumps(read.place)}\t{values}".encode()
    return b" ".join((_key(read.place, read.text), _digest(body, CHECK), body))


def _place_of(line: bytes) -> str | None:
    try:
        place = json.loads(line[KEY + CHECK + 2 :].partition(b"\t")[0])
    except ValueError:
        return None
    return place if isinstance(place, str) else None


def _understood(line: bytes, place: str) -> tuple[Rule, tuple[Issue, ...]] | None:
    """The rule and the warnings of a line; None where the line is damaged."""
    body = line[KEY + CHECK + 2 :]
    if _digest(body, CHECK) != line[KEY + 1 : KEY + 1 + CHECK]:
        return None
    try:
        issues, values = json.loads(body.partition(b"\t")[2])
        return unpacked(values, place), tuple(_issue(place, *one) for one in issues)
    except NOT_OURS as error:
        log.debug("a kept rule is read again", place=place, why=type(error).__name__)
        return None


def _issue(place: str, line: int, column: int, message: str, severity: str) -> Issue:
    return Issue(place=place, line=line, column=column, message=message, severity=severity)

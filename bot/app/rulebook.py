"""Rule files to rules: finds the files, hands their text to the loader."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG

from bot.app.shipped import standard_rules
from bot.errors import ConfigError, Issue
from bot.rules.loader import EVENT_TYPES
from bot.rules.packs import language_of_events
from bot.rules.rule_book import Kept, RuleBook

SUFFIXES = (".yml", ".yaml")
LARGEST = 1_000_000  # bytes of a rule file


def rule_files(folders: Iterable[Path]) -> Iterator[Path]:
    """All rule files below the folders, in a stable order.

    Raises:
        ConfigError: A folder does not exist.
    """
    yield from map(Path, _places(folders))


def _places(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        if folder.is_file():
            yield str(folder)
        elif folder.is_dir():
            yield from sorted(files_below(folder), key=_in_parts)
        else:
            raise ConfigError(f"{folder}: there is no such rules folder; create it or mend `rules.folder`")


def files_below(folder: Path) -> Iterator[str]:
    """What is named as a rule file below a folder, in any order; as texts, for there may be very many.

    What is hidden, such as `.github`, is none of ours.
    """
    for place, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not name.startswith(".")]
        yield from (f"{place}{os.sep}{name}" for name in (*inner, *names) if _names_a_rule(name))


def _in_parts(place: str) -> list[str]:
    return place.split(os.sep)  # noqa: PTH206  (a path object each would cost more than the rest)


def is_rule_file(path: Path) -> bool:
    """Whether a file holds a rule, by its name; `events.de.yml` holds event types of a pack."""
    return _names_a_rule(path.name)


def _names_a_rule(name: str) -> bool:
    return name.endswith(SUFFIXES) and not name.startswith(".") and language_of_events(name) is None


def as_configured(path: str, folders: Iterable[Path]) -> str | None:
    """What files are called that the system names from the root on; None for what is hidden in a folder."""
    for folder in folders:
        for root in (str(folder.absolute()), os.path.abspath(folder)):  # noqa: PTH100  (that one without `..`)
            if path == root or path.startswith(f"{root}{os.sep}"):
                rest = path[len(root) :]
                return None if f"{os.sep}." in rest else f"{folder}{rest}"
    return path


def load_folders(
    folders: Iterable[Path], *, more_types: frozenset[str] = frozenset(), kept: Kept | None = None
) -> tuple[RuleBook, list[Issue]]:
    """Load all rules below the folders; a bad file is told and never stops the others.

    Args:
        folders: Folders, or single rule files.
        more_types: Event types of rule packs, beside those that ship.
        kept: What was read of files before.
    """
    texts = [(place, text_of(place)) for place in _places(folders)]
    read = ((place, text) for place, text in texts if isinstance(text, str))
    book = RuleBook(read, event_types=EVENT_TYPES | more_types, kept=kept)
    unread = [text for _, text in texts if isinstance(text, Issue)]
    for issue in unread:
        book.refuse(issue.place, [issue])
    return book, [*unread, *book.issues]


def text_of(path: Path | str) -> str | Issue:
    """The text of a rule file, or why it cannot be read; pipes and devices are not opened."""
    try:
        if not S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  (there may be a hundred thousand: each call counts)
            return _unreadable(path, "is no file")
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (as above)
            body = file.read(LARGEST + 1)
        if len(body) > LARGEST:
            return _unreadable(path, f"is larger than {LARGEST // 1_000_000} MB: no rule needs that")
        return body.decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        return _unreadable(path, f"cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'}")


def _unreadable(path: Path | str, message: str) -> Issue:
    return Issue(place=str(path), line=0, column=0, message=message)


def folders(*, standard: bool, own: Path | None) -> list[Path]:
    """The folders that a configuration names."""
    return [*([standard_rules()] if standard else []), *([own] if own else [])]

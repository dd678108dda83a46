"""Sources as lines of the configuration, and how lines get into a file without touching the rest of it.

The file is not written anew from its values: the place is found in the text, and the lines go in there. So
comments, order and spelling stay as their owner left them.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bot.app.config_check import check
from bot.app.shipped import default_config
from bot.errors import ConfigError

_KEY = "sources"
_PLAIN = re.compile(r"[^\W\d_](?:[\w .–&()/+-]*[\w)])?")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def source_line(source: Mapping[str, object]) -> str:
    """A source as one line, such as `- {name: NATO, url: "https://…"}`; empty values are left out."""
    parts = [f"{key}: {_scalar(value)}" for key, value in source.items() if value not in (None, "", False)]
    return f"- {{{', '.join(parts)}}}"


def with_sources(text: str, lines: Sequence[str]) -> str:
    """The text of a configuration with more sources at the end of its list.

    Where the text has no list, those that ship with the program would be polled; they are written in first,
    because a list of one's own replaces them.

    Args:
        text: A configuration without mistakes.
        lines: As `source_line` makes them; comments among them are left out of a list in brackets.

    Raises:
        ConfigError: The list is written in a way that no line can be added to.
    """
    _, found = _sources(text)
    if found is None:
        shipped = _shipped_lines()
        return _joined(text, [f"{_KEY}:", *shipped, *(f"  {line}" for line in lines)])
    if not isinstance(found, yaml.SequenceNode):
        raise ConfigError(f"`{_KEY}` is no list: write it as lines that begin with -")
    if found.flow_style:
        return _into_flow(text, found, lines)
    indent = " " * found.start_mark.column
    at = _line_end(text, _last_mark(found.value[-1]))
    added = "".join(f"{_newline(text)}{indent}{line}" for line in lines)
    return text[:at] + added + text[at:]


def write_sources(path: Path, lines: Sequence[str]) -> None:
    """Add sources to a configuration file, all or nothing.

    Raises:
        ConfigError: The file cannot be read or written, or would not be one that can be used.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        changed = with_sources(text, lines)
        _verify(text, changed, sum(not line.startswith("#") for line in lines), str(path))
        _replace(path.resolve(), changed)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be changed ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def _verify(before: str, after: str, added: int, place: str) -> None:
    """Refuse a change that would do anything else than add these sources."""
    old, new = check(before, place, {}).config, check(after, place, {})
    wrong = [str(issue) for issue in new.issues if issue.severity == "error"]
    if old and new.config and not wrong:
        same = new.config.model_copy(update={"sources": old.sources}) == old
        if same and len(new.config.sources) == len(old.sources) + added:
            return
    raise ConfigError("\n".join(wrong) or f"{place}: not changed: paste the lines below `{_KEY}` yourself")


def _replace(path: Path, text: str) -> None:
    """Write beside the file and take its place at once, so that nobody reads half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        shutil.copymode(path, name)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sources(text: str) -> tuple[int, yaml.Node | None]:
    """Where the key ends, and the node of the list; None where the key is missing."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs: list[tuple[yaml.Node, yaml.Node]] = root.value if isinstance(root, yaml.MappingNode) else []
    return next(((key.end_mark.index, value) for key, value in pairs if key.value == _KEY), (0, None))


def _shipped_lines() -> list[str]:
    """The list of the shipped configuration as it is written there, comments included."""
    text = default_config().read_text(encoding="utf-8")
    start, node = _sources(text)
    if node is None:
        return []
    return text[_line_end(text, start) + 1 : _line_end(text, _last_mark(node))].splitlines()


def _into_flow(text: str, node: yaml.SequenceNode, lines: Sequence[str]) -> str:
    """Into `[…]`: behind the last one, or between empty brackets."""
    added = ", ".join(line.removeprefix("- ") for line in lines if not line.startswith("#"))
    if node.value:
        at = node.value[-1].end_mark.index
        return f"{text[:at]}, {added}{text[at:]}"
    at = node.end_mark.index - 1
    return f"{text[:at]}{added}{text[at:]}"


def _last_mark(node: yaml.Node) -> int:
    """Where the words of a node end; the end of a block is only where the next one begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    return end


def _line_end(text: str, at: int) -> int:
    """The end of the line in which `at` lies, without its newline."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" else end


def _joined(text: str, lines: Sequence[str]) -> str:
    """The lines below a text."""
    newline = _newline(text)
    gap = newline if text and not text.endswith("\n") else ""
    return text + gap + "".join(line + newline for line in lines)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _scalar(value: object) -> str:
    """A value as YAML: a plain word where that is safe, else in quotation marks."""
    if value is True:
        return "true"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)

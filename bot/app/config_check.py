"""From configuration text to a Config, or to issues with file, line, key and mend."""

import difflib
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.app.config import Config
from bot.app.secrets import FILE, SLACK_BOT, TELEGRAM, VARIABLES
from bot.app.shipped import default_config
from bot.app.source_check import source_mistakes
from bot.errors import Issue
from bot.located import Node, plain_yaml, read_yaml

# Environment variable -> path in the configuration. What is set there wins over the file.
ENVIRONMENT = {
    "DEPESCHE_STORE": ("store",),
    "DEPESCHE_LANGUAGE": ("language",),
    "DEPESCHE_TIME_ZONE": ("time_zone",),
    "DEPESCHE_LOG_LEVEL": ("logging", "level"),
    "DEPESCHE_LOG_FORMAT": ("logging", "format"),
}
OTHER_VARIABLES = {"DEPESCHE_CONFIG", *VARIABLES}
PREFIX = "DEPESCHE_"
EMPTY = Node(value={}, line=1, column=1)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The configuration if it is usable, what is wrong or odd, and the text with its places."""

    config: Config | None
    issues: tuple[Issue, ...]
    root: Node = EMPTY


def check(text: str, place: str, environment: Mapping[str, str]) -> Checked:
    """Read a configuration text, the shipped sources under it and the environment over it."""
    root, issues = read_yaml(text, place)
    if issues:
        return Checked(config=None, issues=tuple(issues))
    root = root or EMPTY
    if not isinstance(root.value, dict):
        return Checked(config=None, issues=(issue_at(place, root, (), "write `key: value` lines"),))
    plain: Any = root.plain()
    values = {"sources": shipped_sources(), **plain}
    origins = _overlay(values, environment)
    found = [*_strange_variables(environment)]
    try:
        config = Config.model_validate(values)
    except ValidationError as error:
        found += [_translated(place, root, origins, one) for one in error.errors()]
        return Checked(config=None, issues=in_order(found), root=root)
    found += [issue_at(place, root, *mistake) for mistake in source_mistakes(config)]
    found += _dangling(config, place, root)
    found += _twice(config, place, root)
    found += _without_token(config, place, root, environment)
    broken = any(issue.severity == "error" for issue in found)
    return Checked(config=None if broken else config, issues=in_order(found), root=root)


@cache
def shipped_sources() -> tuple[object, ...]:
    """The sources of the configuration that ships with the program, for files that name none."""
    place = default_config()
    values: Any = plain_yaml(place.read_text(encoding="utf-8"), str(place))
    return tuple(values["sources"])


def in_order(issues: Collection[Issue]) -> tuple[Issue, ...]:
    """As the lines stand in the file; what has no line comes first."""
    return tuple(sorted(issues, key=lambda issue: (issue.line, issue.column)))


def _overlay(values: dict[str, Any], environment: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Lay the environment over the file's values; return which paths came from which variable."""
    origins = {}
    for variable, path in ENVIRONMENT.items():
        if environment.get(variable):
            target = values
            for step in path[:-1]:
                target[step] = dict(target.get(step) or {})
                target = target[step]
            target[path[-1]] = environment[variable]
            origins[path] = variable
    return origins


def _strange_variables(environment: Mapping[str, str]) -> Iterator[Issue]:
    known = {*ENVIRONMENT, *OTHER_VARIABLES}
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and variable not in known and "_TEST_" not in variable:
            yield Issue(
                place=f"environment variable {variable}",
                line=0,
                column=0,
                message=f"nothing reads it{did_you_mean(variable, known)}",
                severity="warning",
            )


def _translated(place: str, root: Node, origins: Mapping[tuple[str, ...], str], error: ErrorDetails) -> Issue:
    path = tuple(step for step in error["loc"] if step != "[key]")
    names = tuple(str(step) for step in path)
    message = _message(error, path)
    if names in origins:
        return Issue(place=f"environment variable {origins[names]}", line=0, column=0, message=message)
    return issue_at(place, root, path, message)


def issue_at(
    place: str, root: Node, path: tuple[str | int, ...], message: str, severity: str = "error"
) -> Issue:
    """An issue with the place that a path has in the file."""
    line, column = root.at(*path)
    """An issue with the place of a path in the file."""
    named = f"`{_dotted(path)}`: {message}" if path else message
    return Issue(place=place, line=line, column=column, message=named, severity=severity)


def _dotted(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


def _message(error: ErrorDetails, path: tuple[str | int, ...]) -> str:
    """Pydantic's finding in words that say how to mend it."""
    context = error.get("ctx", {})
    if error["input"] in (None, "") and error["type"] not in ("missing", "extra_forbidden", "value_error"):
        none = ", or `[]` for none" if error["type"] == "tuple_type" else ", or remove the key"
        return f"is empty: write {_KINDS.get(error['type'], 'a value')}{none}"
    match error["type"]:
        case "extra_forbidden":
            known = _keys_at(path[:-1])
            hint = did_you_mean(str(path[-1]), known) or f"; known here: {', '.join(sorted(known))}"
            return f"unknown key{hint}"
        case "missing":
            return "is missing: write it"
        case "literal_error" | "enum":
            return f"must be {context.get('expected')}, not `{error['input']}`"
        case "value_error":
            return str(context.get("error"))
        case kind if kind in _KINDS:
            return f"must be {_KINDS[kind].format(**context)}, not `{error['input']}`"
        case "string_pattern_mismatch":
            return f"`{error['input']}` has other signs than it may: {context.get('pattern')}"
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not `{error['input']}`"


_KINDS = {
    "string_type": "a text",
    "tuple_type": "a list (lines that begin with -)",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "string_too_short": "a text",
    "string_too_long": "a text of {max_length} or fewer signs",
}


def _keys_at(path: tuple[str | int, ...]) -> set[str]:
    """The keys that the configuration knows at a path."""
    model: Any = Config
    for step in path:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(step))
            model = field.annotation if field else None
        elif get_args(model):
            model = next((kind for kind in get_args(model) if _is_model(kind)), None)
    if not _is_model(model):
        model = next((kind for kind in get_args(model) if _is_model(kind)), Config)
    return set(model.model_fields)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint for a message: the known word that was probably meant, or nothing."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f": did you mean `{close[0]}`?" if close else ""


def _dangling(config: Config, place: str, root: Node) -> Iterator[Issue]:
    """Names that point nowhere."""
    for number, destination in enumerate(config.destinations):
        for channel in destination.channels:
            if channel not in config.channels:
                hint = did_you_mean(channel, config.channels) or ": add it under `channels`"
                path = ("destinations", number, "channels")
                yield issue_at(place, root, path, f"there is no channel `{channel}`{hint}")
    known = {*(source.name for source in config.sources), *(("Demo",) if config.demo else ())}
    for name, selection in config.channels.items():
        for source in sorted(set(selection.sources) - known):
            # No error: a feed that gathers from others names outlets that are not listed here.
            message = f"there is no source `{source}`{did_you_mean(source, known)}"
            yield issue_at(place, root, ("channels", name, "sources"), message, "warning")


def _twice(config: Config, place: str, root: Node) -> Iterator[Issue]:
    """Sources with the address or the name of another."""
    seen: Counter[tuple[str, str]] = Counter()
    for number, source in enumerate(config.sources):
        seen["url", source.address] += 1
        seen["name", source.name] += 1
        if seen["url", source.address] > 1:
            message = "the same address stands above already: remove one"
            yield issue_at(place, root, ("sources", number, "url"), message, "warning")
        elif seen["name", source.name] > 1:
            message = f"a source above is called `{source.name}` too: rename one"
            yield issue_at(place, root, ("sources", number, "name"), message, "warning")


def _without_token(config: Config, place: str, root: Node, environment: Mapping[str, str]) -> Iterator[Issue]:
    """Destinations on a platform whose token is not set."""
    tokens = {"telegram": TELEGRAM, "slack": SLACK_BOT}
    for number, destination in enumerate(config.destinations):
        name = tokens.get(destination.kind)
        if name and not (environment.get(name) or environment.get(name + FILE)):
            message = f"gets nothing while {name} is not set in the environment"
            yield issue_at(place, root, ("destinations", number), message, "warning")


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """`de` where the system speaks German, else `en`."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return "de" if environment[variable].lower().startswith("de") else "en"
    return "en"

"""As much of JSON Schema as Slack's manifest schema uses; an unknown keyword is an error, not a pass."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
SILENT = {
    "title",
    "description",
    "definitions",
    "default",
    "$schema",
    "format",
    "_note",
    "errorMessage",
    "regex",
}

Found = Iterator[str]


class Schema:
    """A schema to hold values against."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._keywords: dict[str, Callable[[Any, Any, Mapping[str, Any], str], Found]] = {
            "$ref": self._ref,
            "type": self._type,
            "enum": self._enum,
            "properties": self._properties,
            "patternProperties": self._named_by_pattern,
            "additionalProperties": self._additional,
            "required": self._required,
            "items": self._items,
            "anyOf": self._any_of,
            "pattern": self._pattern,
            "uniqueItems": self._unique,
            "minLength": _at_least(str), "maxLength": _at_most(str),
            "minItems": _at_least(list), "maxItems": _at_most(list),
            "minProperties": _at_least(dict), "maxProperties": _at_most(dict),
        }  # fmt: skip

    def problems(self, value: Any) -> list[str]:
        """What is wrong with a value."""
        return list(self._check(value, self._root, "manifest"))

    def _check(self, value: Any, schema: Mapping[str, Any], where: str) -> Found:
        for keyword, wanted in schema.items():
            if keyword not in SILENT:
                yield from self._keywords[keyword](value, wanted, schema, where)

    def _ref(self, value: Any, name: str, _schema: Mapping[str, Any], where: str) -> Found:
        yield from self._check(value, self._root["definitions"][name.removeprefix("#/definitions/")], where)

    def _type(self, value: Any, wanted: str | list[str], _schema: Mapping[str, Any], where: str) -> Found:
        kinds = [wanted] if isinstance(wanted, str) else wanted
        fits = any(isinstance(value, TYPES[kind]) for kind in kinds)
        if not fits or (isinstance(value, bool) and "boolean" not in kinds):
            yield f"{where}: {value!r} is not {wanted}"

    def _enum(self, value: Any, wanted: list[Any], _schema: Mapping[str, Any], where: str) -> Found:
        if value not in wanted:
            yield f"{where}: {value!r} is not among {wanted}"

    def _properties(
        self, value: Any, wanted: Mapping[str, Any], _schema: Mapping[str, Any], where: str
    ) -> Found:
        for name, part in wanted.items():
            if isinstance(value, dict) and name in value:
                yield from self._check(value[name], part, f"{where}.{name}")

    def _named_by_pattern(
        self, value: Any, wanted: Mapping[str, Any], _schema: Mapping[str, Any], where: str
    ) -> Found:
        for pattern, part in wanted.items():
            for name in value if isinstance(value, dict) else ():
                if re.search(pattern, name):
                    yield from self._check(value[name], part, f"{where}.{name}")

    def _additional(self, value: Any, wanted: Any, schema: Mapping[str, Any], where: str) -> Found:
        patterns = schema.get("patternProperties", {})
        for name in value if isinstance(value, dict) else ():
            if name in schema.get("properties", {}) or any(re.search(one, name) for one in patterns):
                continue
            if wanted is False:
                yield f"{where}: there is no `{name}`"
            elif isinstance(wanted, dict):
                yield from self._check(value[name], wanted, f"{where}.{name}")

    def _required(self, value: Any, wanted: list[str], _schema: Mapping[str, Any], where: str) -> Found:
        for name in wanted:
            if isinstance(value, dict) and name not in value:
                yield f"{where}: `{name}` is missing"

    def _items(self, value: Any, wanted: Mapping[str, Any], _schema: Mapping[str, Any], where: str) -> Found:
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from self._check(item, wanted, f"{where}[{number}]")

    def _any_of(
        self, value: Any, wanted: list[Mapping[str, Any]], _schema: Mapping[str, Any], where: str
    ) -> Found:
        if all(any(self._check(value, one, where)) for one in wanted):
            yield f"{where}: fits none of {len(wanted)} forms"

    def _pattern(self, value: Any, wanted: str, _schema: Mapping[str, Any], where: str) -> Found:
        if isinstance(value, str) and not re.search(wanted, value):
            yield f"{where}: {value!r} does not match {wanted}"

    def _unique(self, value: Any, wanted: bool, _schema: Mapping[str, Any], where: str) -> Found:  # noqa: FBT001
        if wanted and isinstance(value, list) and any(value.count(item) > 1 for item in value):
            yield f"{where}: something stands twice"


def _at_least(kind: type) -> Callable[[Any, Any, Mapping[str, Any], str], Found]:
    def check(value: Any, wanted: int, _schema: Mapping[str, Any], where: str) -> Found:
        if isinstance(value, kind) and len(value) < wanted:  # type: ignore[arg-type]
            yield f"{where}: shorter than {wanted}"

    return check


def _at_most(kind: type) -> Callable[[Any, Any, Mapping[str, Any], str], Found]:
    def check(value: Any, wanted: int, _schema: Mapping[str, Any], where: str) -> Found:
        if isinstance(value, kind) and len(value) > wanted:  # type: ignore[arg-type]
            yield f"{where}: longer than {wanted}"

    return check

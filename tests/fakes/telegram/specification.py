"""The published list of methods, types and arguments of the Bot API, read at run time, and checks against it.

It lies outside this project, under `DEPESCHE_SHARED` (default: `../shared` beside the checkout). Where it is
absent, `load` gives None and the server checks only what it knows by itself.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[3]
ARRAY = "Array of "
_INTEGER = re.compile(r"-?\d{1,19}")
_FLOAT = re.compile(r"-?\d+(\.\d+)?")


def path() -> Path:
    """Where the specification is looked for."""
    shared = Path(os.environ.get("DEPESCHE_SHARED") or CHECKOUT.parent / "shared")
    return shared / "data" / "api-specs" / "telegram-bot-api.json"


@cache
def load() -> "Specification | None":
    """The specification, or None where it is absent."""
    if not path().is_file():
        return None
    found = json.loads(path().read_text(encoding="utf-8"))
    return Specification(methods=found["methods"], types=found["types"])


@dataclass(frozen=True, kw_only=True)
class Specification:
    """Methods and types by name."""

    methods: Mapping[str, Any]
    types: Mapping[str, Any]

    def method(self, name: str) -> str | None:
        """The method as it is spelt in the specification; the server does not mind the case."""
        return {known.lower(): known for known in self.methods}.get(name.lower())

    def argument_faults(self, method: str, arguments: Mapping[str, Any], files: frozenset[str]) -> list[str]:
        """What is wrong with the arguments of a call.

        Args:
            method: As spelt in the specification.
            arguments: Text from forms, or JSON values from a JSON body.
            files: Names of the parts that were uploaded.
        """
        fields = {field["name"]: field for field in self.methods[method].get("fields", [])}
        faults = [
            f"{method}: unknown argument `{name}`"
            for name in arguments
            if name not in fields and name not in files
        ]
        for name, field in fields.items():
            if name in arguments:
                found = _decoded(arguments[name], field["types"])
                faults += [f"{method}: {fault}" for fault in self._faults(found, field["types"], name)]
            elif field["required"] and name not in files:
                faults.append(f"{method}: required argument `{name}` is missing")
        return faults

    def result_faults(self, method: str, result: Any) -> list[str]:
        """What is wrong with an answer: the server holds itself to the specification too."""
        return list(self._faults(result, self.methods[method]["returns"], f"answer of {method}"))

    def update_faults(self, update: Any) -> list[str]:
        """What is wrong with an update."""
        return list(self._faults(update, ["Update"], "update"))

    def _faults(self, value: Any, types: list[str], where: str) -> Iterator[str]:
        """The faults under the type that fits best, none if one fits."""
        tries = [list(self._faults_as(value, kind, where)) for kind in types]
        yield from min(tries, key=len)

    def _faults_as(self, value: Any, kind: str, where: str) -> Iterator[str]:
        if kind.startswith(ARRAY):
            yield from self._array_faults(value, kind.removeprefix(ARRAY), where)
        elif kind in _PLAIN:
            if not _PLAIN[kind](value):
                yield f"`{where}` is no {kind}: {value!r}"
        elif kind == "InputFile":
            yield f"`{where}` must be uploaded: {value!r}"
        elif "subtypes" in self.types[kind]:
            yield from self._faults(value, self.types[kind]["subtypes"], where)
        else:
            yield from self._object_faults(value, kind, where)

    def _array_faults(self, value: Any, kind: str, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"`{where}` is no array of {kind}: {value!r}"
            return
        for number, item in enumerate(value):
            yield from self._faults_as(item, kind, f"{where}[{number}]")

    def _object_faults(self, value: Any, kind: str, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"`{where}` is no {kind}: {value!r}"
            return
        fields = {field["name"]: field for field in self.types[kind].get("fields", [])}
        for name in value.keys() - fields.keys():
            yield f"`{where}.{name}` is unknown in {kind}"
        for name, field in fields.items():
            if name in value:
                yield from self._faults(value[name], field["types"], f"{where}.{name}")
            elif field["required"]:
                yield f"`{where}.{name}` is missing"


_PLAIN = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


def _decoded(value: Any, types: list[str]) -> Any:
    """An argument as a value: text from a form is what its type makes of it."""
    if not isinstance(value, str):
        return value
    if "Integer" in types and _INTEGER.fullmatch(value):
        return int(value)
    if "String" in types:
        return value
    if "Float" in types and _FLOAT.fullmatch(value):
        return float(value)
    if "Boolean" in types and value in ("true", "false"):
        return value == "true"
    if not _PLAIN.keys() & set(types):
        return _json(value)
    return value


def _json(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value

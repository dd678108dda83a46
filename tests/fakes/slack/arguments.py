"""Arguments of a Web API call held against the specification: names, types, encoding on the wire."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_BOOLEANS = ("true", "false", "1", "0")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TIMESTAMP = re.compile(r"\d{10}\.\d{6}|0|now")
_IDS = {
    "channel": re.compile(r"[CGDUW][A-Z0-9]{2,}|#[\w-]+"),
    "user": re.compile(r"[UW][A-Z0-9]{2,}"),
    "users": re.compile(r"[UW][A-Z0-9]{2,}(,[UW][A-Z0-9]{2,})*"),
    "timestamp": _TIMESTAMP,
}
# Structured arguments: strings of JSON in a form, values as they are in a JSON body.
STRUCTURED: dict[str, type] = {"blocks": list, "attachments": list, "metadata": dict, "view": dict}


@dataclass(frozen=True, kw_only=True)
class Wire:
    """How a call came in.

    Attributes:
        verb: GET or POST.
        content_type: Of the body, without parameters; empty without one.
        token_in: `header`, `body`, `query` or empty.
    """

    verb: str
    content_type: str
    token_in: str


def problems(method: str, spec: Mapping[str, Any], wire: Wire, arguments: Mapping[str, Any]) -> Iterator[str]:
    """What about a call is not as the specification of its method has it."""
    known = spec["args"].get("properties", {})
    yield from _encoding(spec, wire)
    for name in spec["args"].get("required", ()):
        if name != "token" and arguments.get(name) in (None, ""):
            yield f"{method}: the argument `{name}` is missing"
    for name, value in arguments.items():
        if name not in known:
            yield f"{method}: there is no argument `{name}`"
        elif not _fits(name, value, known[name], in_json=wire.content_type == JSON):
            yield f"{method}: `{name}` is {type(value).__name__} {value!r:.60}, not {_types(known[name])}"


def structured(arguments: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The arguments with those that are JSON in a string read; and the first that cannot be used."""
    ready, unusable = dict(arguments), None
    for name, value in arguments.items():
        if name in STRUCTURED and isinstance(value, str):
            try:
                ready[name] = json.loads(value)
            except ValueError:
                unusable = unusable or name
        elif name in ("text", "channel", "ts") and not isinstance(value, str):
            unusable = unusable or name
    return ready, unusable


def _encoding(spec: Mapping[str, Any], wire: Wire) -> Iterator[str]:
    if wire.verb == "GET" and spec.get("http_method") == "POST":
        yield "a method that changes something is called by GET"
    if wire.verb == "POST" and wire.content_type not in ("", FORM, JSON, "multipart/form-data"):
        yield f"a body of the type {wire.content_type} is not taken"
    if wire.content_type == JSON and not spec.get("json_input_supported"):
        yield "this method takes no JSON body"
    if wire.token_in == "query":
        yield "the token stands in the address, where logs see it"
    if wire.token_in == "body" and wire.content_type == JSON:
        yield "the token of a JSON call belongs into the header"


def _types(schema: Mapping[str, Any]) -> set[str]:
    if "anyOf" in schema:
        return {kind for one in schema["anyOf"] for kind in _types(one)}
    kind = schema.get("type", "string")
    return {kind} if isinstance(kind, str) else {"array"}


def _fits(name: str, value: Any, schema: Mapping[str, Any], *, in_json: bool) -> bool:
    kinds = _types(schema)
    if in_json:
        return _fits_json(name, value, kinds) and _fits_subtype(value, schema)
    return isinstance(value, str) and _fits_form(name, value, kinds) and _fits_subtype(value, schema)


def _fits_json(name: str, value: Any, kinds: set[str]) -> bool:
    if name in STRUCTURED and isinstance(value, STRUCTURED[name]):
        return True
    python: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "boolean": (bool,),
        "integer": (int,),
        "number": (int, float),
        "array": (list,),
        "object": (dict,),
        "null": (type(None),),
    }
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, python[kind]) for kind in kinds)


def _fits_form(name: str, value: str, kinds: set[str]) -> bool:
    if name in STRUCTURED:
        return value[:1] in "[{"
    if kinds & {"boolean"} and value in _BOOLEANS:
        return True
    if kinds & {"integer", "number"} and _NUMBER.fullmatch(value):
        return True
    return bool(kinds & {"string", "array"}) and value not in ("None", "True", "False")


def _fits_subtype(value: Any, schema: Mapping[str, Any]) -> bool:
    name = schema.get("subtype") or {"ts": "timestamp", "user_id": "user"}.get(schema.get("schema", ""))
    pattern = _IDS.get(name or "")
    return pattern is None or not isinstance(value, str) or bool(pattern.fullmatch(value))

"""Reading a call off the wire: address, token, and arguments in each of the encodings the server takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request.

    Attributes:
        token: From the address; None if the address is not of the form `/bot<token>/<method>`.
        arguments: Text, or JSON values if the body was JSON; empty ones are left out as the server does.
        files: Names of the uploaded parts.
        faults: What is wrong with the encoding.
        refusal: Why the server cannot read it at all, or None.
    """

    token: str | None
    method: str
    arguments: Mapping[str, Any]
    files: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()
    refusal: str | None = None


async def read_call(request: web.BaseRequest) -> Call:
    """Read a request; never raises for what a client sends."""
    token, method = _address(request.path)
    arguments: dict[str, Any] = dict(parse_qsl(request.query_string))
    files: frozenset[str] = frozenset()
    faults, refusal = [], None
    if request.method not in ("GET", "POST"):
        faults.append(f"HTTP method {request.method}")
    try:
        found, files, fault = await _body(request)
        arguments |= found
        faults += [fault] if fault else []
    except UnicodeDecodeError:
        refusal = "Bad Request: strings must be encoded in UTF-8"
        faults.append("the body is not UTF-8")
    if token is not None and token in f"{request.query_string} {arguments}":
        faults.append("the token stands outside the path")
    return Call(
        token=token,
        method=method,
        arguments={name: value for name, value in arguments.items() if value != ""},
        files=files,
        faults=tuple(faults),
        refusal=refusal,
    )


def _address(path: str) -> tuple[str | None, str]:
    parts = path.split("/")
    if len(parts) != 3 or not parts[1].startswith("bot"):
        return None, path
    return parts[1].removeprefix("bot"), parts[2]


async def _body(request: web.BaseRequest) -> tuple[dict[str, Any], frozenset[str], str | None]:
    if not request.can_read_body:
        return {}, frozenset(), None
    if request.content_type == MULTIPART:
        return await _multipart(request)
    raw = (await request.read()).decode("utf-8")
    if request.content_type == FORM:
        return dict(parse_qsl(raw, keep_blank_values=True, errors="strict")), frozenset(), None
    if request.content_type == JSON:
        return _object(raw)
    return {}, frozenset(), f"the body is {request.content_type}: the server reads no arguments from it"


def _object(raw: str) -> tuple[dict[str, Any], frozenset[str], str | None]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {}, frozenset(), "the body is no JSON object"
    return found, frozenset(), None


async def _multipart(request: web.BaseRequest) -> tuple[dict[str, Any], frozenset[str], str | None]:
    values: dict[str, Any] = {}
    files = set()
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files.add(name)
        else:
            values[name] = value if isinstance(value, str) else bytes(value).decode("utf-8")
    return values, frozenset(files), None

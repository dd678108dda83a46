"""Slack's published specifications, read where they are; the project carries no copy of them."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[3]
ABSENT = "the specifications of Slack's API are not here: set DEPESCHE_SHARED to where they are"


def folder() -> Path:
    """Where the specifications lie, if they are there at all."""
    shared = os.environ.get("DEPESCHE_SHARED")
    return (Path(shared) if shared else CHECKOUT.parent / "shared") / "data" / "api-specs"


@cache
def read(name: str) -> Any:
    """A file of the specifications by its name, or None where it is absent."""
    path = folder() / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def methods() -> dict[str, Any] | None:
    """Method -> its arguments, scopes, errors; None where absent."""
    found = read("slack-web-api.json")
    return found if isinstance(found, dict) else None


def tiers() -> dict[str, str]:
    """Method -> its tier; empty where absent."""
    return read("slack-rate-limit-tiers.json") or {}


def payload(name: str) -> Any:
    """A sample payload such as `SlashCommandPayload`, or None where absent."""
    return read(f"slack-payloads/{name}.json")

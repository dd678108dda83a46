"""Words on buttons and in the list of commands, from `words/<lang>.yml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from bot.located import plain_yaml

LANGUAGES = ("en", "de")  # the first one is for everybody else


@cache
def words(lang: str) -> Mapping[str, Any]:
    """The words of a language; treat them as frozen."""
    text = files("bot.platforms.telegram").joinpath(f"words/{lang}.yml").read_text(encoding="utf-8")
    found = plain_yaml(text, f"words/{lang}.yml")
    assert isinstance(found, dict)  # noqa: S101  (our own file; tests read it whole)
    return found

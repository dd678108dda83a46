"""Access to the YAML files of this room: what is known of a language's words and of the world.

A file is read once a process. Lexicons are `lexicons/<lang>/<name>.yml`, knowledge is
`knowledge/<name>.yml`; a linguist who knows no Python can read and mend them.
"""

from functools import cache
from importlib.resources import files
from typing import Any

from bot.located import plain_yaml

LANGUAGES = ("de", "en")


@cache
def lexicon(lang: str, name: str) -> Any:
    """The plain content of a language's lexicon; treat it as frozen."""
    return _load(f"lexicons/{lang}/{name}.yml")


@cache
def knowledge(name: str) -> Any:
    """The plain content of a knowledge file; treat it as frozen."""
    return _load(f"knowledge/{name}.yml")


def _load(path: str) -> Any:
    text = files("bot.extraction").joinpath(path).read_text(encoding="utf-8")
    return plain_yaml(text, path)

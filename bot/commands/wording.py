"""The bot's own sentences in German and English, from `words/<lang>.yml`."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from bot.located import plain_yaml


@cache
def _words(lang: str) -> dict[str, str]:
    text = files("bot.commands").joinpath(f"words/{lang}.yml").read_text(encoding="utf-8")
    words = plain_yaml(text, f"words/{lang}.yml")
    assert isinstance(words, dict)  # noqa: S101  (our own file; tests read it whole)
    return words


def say(lang: str, key: str, **values: object) -> str:
    """The sentence `key` in `lang`, its `{places}` filled.

    A number under `n` chooses `key_one` where there is such a sentence and n is 1.
    """
    words = _words(lang)
    if values.get("n") == 1 and f"{key}_one" in words:
        key = f"{key}_one"
    return words[key].format(**values)


def closest(word: str, known: Iterable[str]) -> str | None:
    """What somebody who wrote `word` probably meant."""
    return next(iter(get_close_matches(word[:60], sorted(known), n=1, cutoff=0.6)), None)

"""News agencies that an article credits with its text: whoever prints them is no source of his own."""

import re
from functools import cache
from importlib.resources import files

from bot.located import plain_yaml

EDGE = 200  # characters at the beginning and the end, where agencies are credited


def credited(text: str) -> tuple[str, ...]:
    """The agencies credited at the beginning or the end of a text, in brackets or as `dpa -`, sorted."""
    edges = text[:EDGE], text[max(EDGE, len(text) - EDGE) :]
    found = {match.group() for edge in edges for match in _credits().finditer(edge)}
    return tuple(
        sorted({_named()[name] for some in found for name in re.findall(r"\w+", some) if name in _named()})
    )


@cache
def _named() -> dict[str, str]:
    """Each spelling -> the agency."""
    text = files("bot.stories").joinpath("agencies.yml").read_text(encoding="utf-8")
    listed = plain_yaml(text, "bot/stories/agencies.yml")
    if not isinstance(listed, dict):
        raise TypeError("agencies.yml: spellings by agency are needed")
    return {spelling: str(agency) for agency, spellings in listed.items() for spelling in spellings}


@cache
def _credits() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _named()), key=len, reverse=True))
    listed = rf"(?:{names})(?:\s*[/,]\s*(?:\w+))*"
    return re.compile(
        rf"\({listed}\)|^\W*[^\n.]{{0,60}}?\b{listed}\s+[-–—]\s|[-–—]\s*{listed}\s*$", re.MULTILINE
    )

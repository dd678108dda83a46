"""What somebody types for a country or somebody else -> the name under which entries are found."""

from functools import cache

from bot.extraction.lexicon import LANGUAGES
from bot.extraction.naming import renamed
from bot.extraction.world import territories
from bot.stories.evidence import COMMON


def search_key(name: str) -> str:
    """`FR`, `Frankreich` and `France` give `fr`; another name its English form in lower case."""
    word = " ".join(name.split())
    return country_code(word) or renamed(word, COMMON).casefold()


def country_code(name: str) -> str | None:
    """The ISO 3166 alpha-2 code in lower case of a code or of a name in German or English, or None."""
    return _codes().get(name.casefold())


@cache
def _codes() -> dict[str, str]:
    """Codes and names in lower case -> code."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        for code, territory in territories(lang).items():
            found |= dict.fromkeys(
                (name.casefold() for name in (territory.name, *territory.names)), code.lower()
            )
    return found | {code: code for code in found.values()}

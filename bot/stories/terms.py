"""What an article says, as weighted terms: its words, names, opening, entities and numbers apart."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations

from bot.article.model import Article
from bot.extraction.findings import Actor, Findings, TimeType
from bot.extraction.naming import renamed
from bot.located import plain_yaml
from bot.rules.words import stem, words_of

OPENING = 60  # words of the beginning, where news says what it is about
UNIT = 1_000  # length of a list of weights: whole numbers, so that sums are the same in any order
COMMON = "en"  # the language in which names without an id are compared
_NUMBER = re.compile(r"\d+")

Weights = Mapping[str, int]


class Aspect(StrEnum):
    """In what two articles may be alike; each is compared by itself."""

    WORDS = "words"  # stems of what is written small
    NAMES = "names"  # stems of names and numbers; in German nouns as well, because they are written large
    OPENING = "opening"  # stems of the first words, small and large
    ENTITIES = "entities"  # who and what is named: the same in every language
    NUMBERS = "numbers"  # and days
    EVENTS = "events"  # what happens to whom, when and how much of it: the same in every language


Terms = Mapping[Aspect, Weights]


def terms_of(article: Article, findings: Findings | None) -> Terms:
    """The terms of an article by aspect, with weights that grow with the logarithm of how often.

    Args:
        article: What is looked at.
        findings: What was found in it; None: nothing is known of its entities and days.
    """
    lang = findings.lang if findings else article.lang
    found = [word for word in words_of(article.content) if not _empty(word.text, lang)]
    small = {word.text for word in found if word.text[0].islower()}
    counts: dict[Aspect, Counter[str]] = {aspect: Counter() for aspect in Aspect}
    for place, word in enumerate(found):
        term, opens = stem(word.text, lang).lower(), place < OPENING
        large = not word.text[0].islower() and word.text.lower() not in small
        counts[Aspect.NAMES if large else Aspect.WORDS][term] += 2 if opens else 1
        counts[Aspect.OPENING][term] += opens
        counts[Aspect.NUMBERS][term] += word.text.isdigit()
    counts[Aspect.ENTITIES].update(_entities(findings) if findings else ())
    counts[Aspect.NUMBERS].update(_days(findings) if findings else ())
    counts[Aspect.EVENTS].update(_events(findings) if findings else ())
    return {aspect: _scaled(some) for aspect, some in counts.items()}


@cache
def stopwords(lang: str | None) -> frozenset[str]:
    """Words without content in lower case; those of all our languages where the language is not known."""
    lists = plain_yaml(
        files("bot.stories").joinpath("stopwords.yml").read_text(encoding="utf-8"), "stopwords.yml"
    )
    if not isinstance(lists, dict):
        raise TypeError("stopwords.yml: a list of words by language is needed")
    chosen = [lists[lang]] if lang in lists else lists.values()
    return frozenset(word for words in chosen for word in str(words).split())


@lru_cache(maxsize=20_000)  # the same sentence is compared with every quote of its article
def content_stems(text: str, lang: str | None) -> frozenset[str]:
    """Stems of the words of a text that say something."""
    return frozenset(stem(word.text, lang).lower() for word in words_of(text) if not _empty(word.text, lang))


def _empty(word: str, lang: str | None) -> bool:
    if _NUMBER.fullmatch(word):
        return False
    return len(word) < 2 or word.lower() in stopwords(lang)


def _entities(findings: Findings) -> Iterable[str]:
    """Ids of what is named, else names."""
    return (entity.id or renamed(entity.name, COMMON).casefold() for entity in findings.entities)


def _days(findings: Findings) -> Iterable[str]:
    """Days that are named: the same in every language."""
    dates = (time for time in findings.times if time.type is TimeType.DATE)
    return (f"day:{time.first}" for time in dates if time.first and time.first == time.last)


def _events(findings: Findings) -> Iterable[str]:
    """Each event by what it is with each who takes part, each two of them, its day and its amount."""
    for event in findings.events:
        kind = event.type.partition(".")[0]
        who = {_party(one) for one in (*event.actors, *event.targets, *event.participants)}
        who |= {_party(event.place)} if event.place else set()
        yield from (f"{kind} {one}" for one in sorted(who))
        yield from (f"{kind} {one} {other}" for one, other in combinations(sorted(who), 2))
        if event.date:
            yield f"{kind} {event.date}"
        if event.quantity:
            yield f"{kind} {event.quantity.value:g} {event.quantity.unit}"


def _party(who: Actor) -> str:
    return who.id or renamed(who.name, COMMON).casefold()


def _scaled(counts: Counter[str]) -> Weights:
    """Damped counts as whole numbers, together of length UNIT."""
    damped = {term: 1 + math.log(count) for term, count in counts.items() if count > 0}
    length = math.sqrt(math.fsum(weight * weight for weight in damped.values())) or 1.0
    return {term: round(UNIT * weight / length) for term, weight in damped.items()}

"""What an article says, as weighted terms: its words, and its names, numbers and dates apart."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.article.model import Article
from bot.extraction.findings import Findings, TimeType
from bot.located import plain_yaml
from bot.rules.words import stem, words_of

LEAD = 60  # words of the beginning, where news says what it is about
LEAD_WEIGHT = 2.0
KNOWN_WEIGHT = 2.0  # of a name or day that was recognised, beside its words
_NUMBER = re.compile(r"\d+")

Weights = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of one article, each list with weights that grow with the logarithm of how often.

    Attributes:
        words: Stems of what is written small.
        names: Names, numbers, dates; in German nouns as well, because they are written large.
    """

    words: Weights
    names: Weights


def terms_of(article: Article, findings: Findings | None) -> Terms:
    """The terms of an article; ids of names and days of dates where it was read."""
    lang = findings.lang if findings else article.lang
    found = [word for word in words_of(article.content) if not _empty(word.text, lang)]
    small = {word.text for word in found if word.text[0].islower()}
    words: defaultdict[str, float] = defaultdict(float)
    names: defaultdict[str, float] = defaultdict(float)
    for place, word in enumerate(found):
        name = not word.text[0].islower() and word.text.lower() not in small
        (names if name else words)[stem(word.text, lang).lower()] += LEAD_WEIGHT if place < LEAD else 1.0
    for term in _known(findings) if findings else ():
        names[term] += KNOWN_WEIGHT
    return Terms(words=_damped(words), names=_damped(names))


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


def _known(findings: Findings) -> Iterable[str]:
    """Ids of what is named and days of what is dated: the same in every language."""
    for entity in findings.entities:
        if entity.id:
            yield f"id:{entity.id}"
    for time in findings.times:
        if time.type is TimeType.DATE and time.first and time.first == time.last:
            yield f"day:{time.first}"


def _damped(counts: Mapping[str, float]) -> Weights:
    return {term: 1 + math.log(count) if count > 1 else count for term, count in counts.items()}

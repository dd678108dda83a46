"""Keys: what rules need and articles have, each a short string that begins with its family.

A key may stand for too much (a rule is then judged in vain), never for too little.
"""

from collections.abc import Iterable

from bot.rules.words import keys_of

EVENT, MODALITY, MEDIUM = "e", "m", "d"
NAME, KIND, ROLE, COUNTRY = "n", "k", "r", "c"
SOURCE, LANGUAGE, WORD, FRAGMENT = "s", "l", "w", "f"

# The share of news articles that have one key of the family, roughly: what is rarer is a better door.
# Words and fragments go by their length.
SHARES = {
    EVENT: 0.08,
    MODALITY: 0.3,
    MEDIUM: 0.15,
    NAME: 0.01,
    KIND: 0.7,
    ROLE: 0.1,
    COUNTRY: 0.06,
    SOURCE: 0.03,
    LANGUAGE: 0.5,
}
SHORT_WORD, LETTER = 0.15, 0.6  # each further letter makes a word rarer
RAREST_WORD = 0.002
LANGUAGES = ("de", "en", None)  # the ways a word may be stemmed: the article's language is not known yet


def share(key: str) -> float:
    """How many articles have this key, from 0 to 1; a guess that only decides about speed."""
    known = SHARES.get(key[0])
    return max(RAREST_WORD, SHORT_WORD * LETTER ** (len(key) - 2)) if known is None else known


def cost(clause: Iterable[str]) -> float:
    """How many articles have one of these keys."""
    return sum(map(share, clause))


def stems(word: str) -> frozenset[str]:
    """What a word is looked up under in every language an article may have."""
    return frozenset([key for lang in LANGUAGES for key in keys_of(word, lang)])

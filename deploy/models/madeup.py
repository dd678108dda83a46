"""Names that nobody bears, in place of known ones: what a name of a kind looks like when no list has it.

Our own sentences name whom the lists know. In the news most names are new, and a pipeline that has only met
known ones leans on the lists.
"""

import random
from collections.abc import Callable, Iterable, Iterator

from deploy.models.mentions import OTH, Marked, Mention

Known = Callable[[str], bool]  # whether a list or a text has a word

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvwz"
KEPT = 3  # letters at the end, which tell the kind of a name
SHORTEST = 4
SHARE = 0.3  # of the names


def renamed(sentences: Iterable[Marked], known: Known, chance: random.Random) -> Iterator[Marked]:
    """The sentences with a share of their names made up; works and events keep theirs."""
    for sentence in sentences:
        text, mentions, done = "", [], 0
        for one in sentence.mentions:
            text += sentence.text[done : one.start]
            name = sentence.text[one.start : one.end]
            if one.label != OTH and chance.random() < SHARE:
                name = made_up(name, known, chance)
            mentions.append(Mention(start=len(text), end=len(text) + len(name), label=one.label))
            text += name
            done = one.end
        yield Marked(text=text + sentence.text[done:], mentions=tuple(mentions))


def made_up(name: str, known: Known, chance: random.Random) -> str:
    """Another name of the same kind: `Kerstin Albrecht` -> `Telstin Ulbrecht`.

    Of several words those stay that are too short, small or capitals throughout, and so the words that say
    what is named (`SV`, `von`).
    """
    return " ".join(_other(word, known, chance) for word in name.split(" "))


def _other(word: str, known: Known, chance: random.Random) -> str:
    if not word[:1].isupper() or word.isupper() or len(word) < SHORTEST:
        return word
    for _ in range(8):
        found = "".join(_letters(word, chance))
        if not known(found):
            return found
    return word


def _letters(word: str, chance: random.Random) -> Iterator[str]:
    """The first letter and some in the middle changed, a vowel for a vowel."""
    for at, letter in enumerate(word):
        kind = next((kind for kind in (VOWELS, CONSONANTS) if letter.lower() in kind), "")
        changes = at == 0 or (at < len(word) - KEPT and chance.random() < 0.4)
        other = chance.choice(kind) if kind and changes else letter
        yield other.upper() if letter.isupper() else other

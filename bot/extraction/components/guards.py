"""Known names that are common words too: what has to stand beside them that they count.

`us` and `US`, the city of Essen and a meal, `Die Welt` and the world, a premier called like a hail.
"""

from bot.extraction.components.mentions import Mention, Sense
from bot.extraction.components.row import OPENING, Row
from bot.extraction.findings import EntityKind
from bot.extraction.lexicon import lexicon

NEIGHBOURS = 2


class Guards:
    """Decides which known names are meant as names."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        names, roles = lexicon(lang, "names"), lexicon(lang, "roles")
        self._before_places = frozenset(names["place_prepositions"])
        self._media = frozenset(names["medium_words"])
        determiners = roles["determiners"]
        self._determiners = frozenset((*determiners["definite"], *determiners["indefinite"]))

    def passes(self, mention: Mention, row: Row, full_names: frozenset[str]) -> bool:
        """Whether the words mean the name; `full_names` are the people named in full in the text."""
        if row.word(mention.end).isdigit():
            return mention.sense is not Sense.GUARDED_PLACE
        if mention.sense is Sense.GUARDED_PLACE:
            return self._after_place_word(mention, row)
        if mention.sense is Sense.GUARDED_MEDIUM:
            return self._called_medium(mention, row)
        if mention.sense is Sense.SHORT:
            return mention.name in full_names or not self._is_noun(mention, row)
        return not (_shouted(mention, row) or _tail_of_word(mention, row))

    def _after_place_word(self, mention: Mention, row: Row) -> bool:
        return row.lower(mention.first - 1) in self._before_places and not (
            self.lang == "en" and row.capital(mention.end)
        )

    def _called_medium(self, mention: Mention, row: Row) -> bool:
        before = [row.word(mention.first - step) for step in range(1, NEIGHBOURS + 1)]
        quoted = before[0] in OPENING and before[0] != "("
        closed = row.word(mention.end)[:1] in "\"'”“»«’›‹" and row.word(mention.end) != ""
        return (quoted and closed) or any(
            word in self._media or word.rpartition("-")[2] in self._media for word in before
        )

    def _is_noun(self, mention: Mention, row: Row) -> bool:
        """Whether a short name stands as a noun does: after an article."""
        return row.lower(mention.first - 1) in self._determiners


def _tail_of_word(mention: Mention, row: Row) -> bool:
    """The last part of a longer name with a hyphen: `Champs-Elysee`."""
    before = mention.first - 1
    if mention.kind in (EntityKind.NATIONALITY, EntityKind.COUNTRY) or row.word(before) != "-" or before < 1:
        return False
    glued = row.ends[before] == row.starts[mention.first] and row.starts[before] == row.ends[before - 1]
    return glued and row.capital(before - 1) and mention.sense in (Sense.SEAT, Sense.PLAIN)


def _shouted(mention: Mention, row: Row) -> bool:
    """`US` among words in capitals may be `us`."""
    word = row.word(mention.first)
    if mention.end - mention.first > 1 or not (len(word) == 2 and word.isupper()):
        return False
    around = (row.word(mention.first - 1), row.word(mention.end))
    return all(len(one) > 1 and one.isalpha() and one.isupper() for one in around)

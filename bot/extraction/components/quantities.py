"""Numbers with what they count: bounds, ranges, multipliers, units."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.findings import Bound, Quantity
from bot.extraction.grammar import Found, Grammar, spellings
from bot.extraction.inflection import LONGEST_NOUN
from bot.extraction.lexicon import lexicon
from bot.extraction.numbers import Numbers, numbers
from bot.extraction.reading import reading_of
from bot.extraction.words import plain, words_of

DASHES = ("-", "–", "—", "‐", "‑", "−")
OPENING = ("(", "[", "„", "“", "«", "»", '"')
TIME_UNITS = frozenset({"hour", "day", "week", "month", "year"})
COMPOUND_UNITS = ("soldier", "person", "country", "vehicle", "aircraft", "ship", "weapon")
AGES = range(14, 100)  # `14-jährig` is rather an age than an amount
YEARS = range(1500, 2100)
CENTS = range(10, 100)  # behind a currency without their name
SHORTEST_HEAD = 5  # letters; shorter nouns end too many other words
_ADJECTIVE = re.compile(r"[^\W\d_]{2,}(?:e|en|er|es|em)")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
SHAPES = {
    "figure": ("figure",),
    "lead": ("figure", "lead"),
    "three": ("figure", "lead", "three"),
    "numword": ("numword",),
    "noun": ("noun",),
    "name": ("name",),
    "adjective": ("adjective",),
    "plural": ("plural",),
    "numeral_adjective": ("numeral_adjective",),
}


@dataclass(frozen=True, kw_only=True)
class _Amount:
    """Numbers before the words around them are read."""

    value: float
    low: float | None = None


class QuantityReader:
    """Notes quantities; needs no other component.

    Args:
        lang: `de` or `en`.
    """

    def __init__(self, lang: str) -> None:
        self.lexicon = _Lexicon(lang)

    def __call__(self, doc: Doc) -> Doc:
        """Note all quantities, in the order of the text."""
        words = words_of(doc)
        grammar = self.lexicon.grammar
        reading_of(doc).quantities = grammar.scan(words, grammar.spell(words), self.read)
        return doc

    def read(self, found: Found) -> Quantity | None:
        """The quantity at one place, or None if the words there are none after all."""
        if self._is_label(found) or self._is_glued(found):
            return None
        amount = self._amount(found)
        unit = self._unit(found)
        if amount is None or unit is None or self._is_moment(found, unit) or self._is_year(found, amount):
            return None
        name, factor = unit
        of = self._counted(found) if found.has("of") else found.roles.get("thing")
        return _quantity(found, name, _scaled(amount, factor), self._bound(found), of)

    def _amount(self, found: Found) -> _Amount | None:
        if found.has("vague"):
            return _Amount(value=2 * self.lexicon.numbers.vague[found.text("vague")])
        value = self._value(found)
        if value is None:
            return None
        if found.has("both") and not found.has("opener"):
            return self._with_half(found)  # `30 and 40 soldiers` is no range, `between 30 and 40 soldiers` is
        if not found.has("low"):
            return _Amount(value=value)
        low = self.lexicon.numbers.number(found.text("low"))
        if low is None:
            return None
        low *= self._shared_multiplier(found, low, value)
        return _Amount(value=value, low=low) if low < value else None

    def _with_half(self, found: Found) -> _Amount | None:
        """`two and a half million`; None where what follows `and` is a number by itself."""
        said = [word for word in found.text("number").split() if self.lexicon.numbers.parts.get(word) != 1]
        if not said or not 0 < self.lexicon.numbers.parts.get(said[0], 0) < 1:
            return None
        start, end = found.roles["low"][0], found.roles["number"][1]
        value = self.lexicon.numbers.number(found.words.between(start, end))
        return None if value is None else _Amount(value=value)

    def _value(self, found: Found) -> float | None:
        if found.has("joined"):
            return self.lexicon.joined(found.text("joined"))[0]
        value: float | None = 1.0 if found.has("one") else self.lexicon.numbers.number(found.text("number"))
        if found.name == "share":
            part = self.lexicon.numbers.fractions[found.text("fraction")]
            return 100 * part * (1.0 if value is None else value)
        if value is not None and (found.has("cents") or found.has("loose")):
            return self._with_cents(found, value)
        if value is not None and found.has("was"):
            return value * self._multiplier_after(value, found.text("was"))
        if value is not None and found.has("all"):
            return self._part(value, found.text("all"))
        below = found.has("minus") or found.has("dashed")
        return -value if value is not None and below else value

    def _with_cents(self, found: Found, value: float) -> float | None:
        """`3 dollars 50 cents`; without the last word only at the end of a clause: `drei Euro fünfzig`."""
        cents = self.lexicon.numbers.number(found.text("cents") or found.text("loose")) or 0
        goes_on = any(word[0].isalnum() or word in DASHES for word in found.after()[:1])
        if found.has("loose") and (goes_on or cents not in CENTS):
            return None
        return value + cents / 100

    def _part(self, value: float, whole: str) -> float | None:
        """`half of its 300 soldiers` are 150, `2 of the 3 million euros` two millions."""
        if value >= 1:
            return value * self._multiplier_after(value, whole)
        number = self.lexicon.numbers.number(whole)
        return None if number is None else value * number

    def _shared_multiplier(self, found: Found, low: float, high: float) -> float:
        """In `10 to 15 million` the multiplier counts for both."""
        factor = self._multiplier(found.text("number"))
        return factor if factor >= 1000 and low < high / factor else 1

    def _multiplier_after(self, value: float, was: str) -> float:
        """In `15 instead of 10 million` as well."""
        factor = self._multiplier(was)
        return factor if value < 1000 <= factor else 1

    def _multiplier(self, number: str) -> float:
        """What the last word of a number multiplies by."""
        last = number.replace("-", " ").rstrip(".").split()[-1]
        return self.lexicon.numbers.multipliers.get(last, 1)

    def _unit(self, found: Found) -> tuple[str, float] | None:
        if found.name == "money":
            return self.lexicon.currency(found.text("of") or found.text("sign")), 1
        if found.name in ("percent", "share"):
            return "percent", 1
        if found.name == "span":
            return self._span_unit(found)
        if found.has("of"):
            return self.lexicon.unit(plain(found.words.between(*self._counted(found))))
        return "other", 1

    def _counted(self, found: Found) -> tuple[int, int]:
        """The tiles of the noun: the longest the lexicon has (`service members`, not `members`)."""
        start, end = found.roles["of"]
        for at in range(*found.roles.get("mods", (start, start))):
            whole = not found.words.texts[at].isspace()
            if whole and self.lexicon.knows(plain(found.words.between(at, end))):
                return at, end
        return start, end

    def _span_unit(self, found: Found) -> tuple[str, float] | None:
        """The unit of `30-tägig`; a capital letter makes a person of it: `ein 30-Jähriger`."""
        role = "joined" if found.has("joined") else "unit_adjective"
        start, end = found.roles[role]
        if found.words.between(start, end)[0].isupper():
            return None
        text = found.text(role)
        value, unit = self.lexicon.joined(text) if role == "joined" else (None, self.lexicon.adjective(text))
        value = value if role == "joined" else self.lexicon.numbers.number(found.text("number"))
        return None if unit == "year" and value in AGES else (unit, 1)

    def _bound(self, found: Found) -> Bound:
        if found.has("bound"):
            return Bound(self.lexicon.grammar.value("bound", found.text("bound")))
        return Bound.AT_LEAST if found.has("vague") else Bound.EXACT

    def _is_label(self, found: Found) -> bool:
        """Whether the figure names something: `Artikel 5`, `Su-25`, a year."""
        texts, at = found.words.texts, found.start
        if found.has("dashed"):
            return bool(at) and not texts[at - 1].isspace() and texts[at - 1] not in OPENING
        if at and texts[at - 1][-1].isalnum() and not found.has("sign"):
            return True
        if at > 1 and texts[at - 1] in DASHES and texts[at - 2][-1].isalnum():
            return True
        before = found.before()
        if found.has("bound"):
            return False
        if before in self.lexicon.labels and found.name in ("count", "thing"):
            return True
        return self._is_date(found, before)

    def _is_glued(self, found: Found) -> bool:
        """Whether letters touch the figure that are no unit: `76ers`, `81st awards`, `the one matters`."""
        if found.name not in ("count", "thing") or not found.has("number"):
            return False
        number = found.text("number")
        end = found.roles["number"][1]
        touched = number[0].isdigit() and found.words.texts[end][0].isalpha()
        if touched and (found.has("thing") or found.text("mods")):
            return True
        zeros = number.isdigit() and len(number) > 1 and number[0] == "0"
        return zeros or (found.has("thing") and self.lexicon.numbers.number(number) == 1)

    def _is_date(self, found: Found, before: str) -> bool:
        number = found.text("number")
        if not number.isdigit() or found.name not in ("count", "thing"):
            return False
        if before in self.lexicon.months and len(number) < 3:
            return True
        year = len(number) == 4 and int(number) in YEARS
        return year and (before in self.lexicon.year_cues or bool(found.text("mods")) or found.has("thing"))

    def _is_year(self, found: Found, amount: _Amount) -> bool:
        """Whether an amount of nothing is a year in words: `in two thousand and twenty`."""
        return found.name == "bare" and amount.value in YEARS and found.before() in self.lexicon.year_cues

    def _is_moment(self, found: Found, unit: tuple[str, float]) -> bool:
        """Whether a length of time only says when (`vor zwei Wochen`, `two weeks ago`) or how old."""
        if unit[0] not in TIME_UNITS or found.name == "span":
            return False
        return found.before() in self.lexicon.points or any(
            word in self.lexicon.after_points for word in found.after()
        )


def _quantity(found: Found, unit: str, amount: _Amount, bound: Bound, of: tuple[int, int] | None) -> Quantity:
    words = found.words
    start, end = found.roles.get("text") or (found.start, found.end)
    low, high, value = amount.low, None, amount.value
    if low is not None:
        bound, high, value = Bound.RANGE, value, (low + value) / 2
    elif bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        low = value
    elif bound in (Bound.LESS_THAN, Bound.UP_TO):
        high = value
    return Quantity(
        start=words.starts[start],
        end=words.starts[end],
        text=words.between(start, end),
        value=value,
        low=low,
        high=high,
        unit=unit,
        bound=bound,
        of=words.between(*of) if of else None,
    )


def _scaled(amount: _Amount, factor: float) -> _Amount:
    low = None if amount.low is None else amount.low * factor
    return _Amount(value=amount.value * factor, low=low)


class _Lexicon:
    """The unit words of a language and the grammar made of them."""

    def __init__(self, lang: str) -> None:
        units: dict[str, Any] = lexicon(lang, "units")
        self.numbers: Numbers = numbers(lang)
        self.lang = lang
        self._units = _by_word(units["units"])
        for unit, entries in units["scaled"].items():
            for entry, factor in entries.items():
                self._units.update({plain(word): (unit, factor) for word in spellings(entry)})
        self._heads = {
            word: value
            for word, value in self._units.items()
            if value[0] in COMPOUND_UNITS and len(word) >= SHORTEST_HEAD and word.isalpha()
        }
        self._adjectives = _by_word(units["adjectives"])
        self._currencies = _by_word(units["currencies"])
        self.labels = frozenset(map(plain, units["labels"]))
        self.months = frozenset(map(plain, units["months"]))
        self.year_cues = frozenset(map(plain, units["year_cues"]))
        self.points = frozenset(map(plain, units["points"]))
        self.after_points = frozenset(map(plain, units["after_points"]))
        endings = "|".join(sorted(map(re.escape, self._adjectives), key=len, reverse=True))
        self._joined = re.compile(f"(.+?)({endings})(?:|e|en|er|es|em)") if endings else None
        self.grammar = Grammar(_spec(units, self.numbers), SHAPES, self._shape)

    def unit(self, noun: str) -> tuple[str, float] | None:
        """Unit and factor of a counted noun, of a compound by its last part."""
        last = noun.rpartition("-")[2].strip()
        return self._units.get(noun) or self._units.get(last) or self._head(last)

    def knows(self, noun: str) -> bool:
        """Whether the lexicon lists this noun as it is."""
        return noun in self._units

    def currency(self, text: str) -> str:
        """ISO 4217."""
        return self._currencies[text][0]

    def adjective(self, word: str) -> str:
        """The unit in `tägigen`."""
        return next(unit for stem, (unit, _) in self._adjectives.items() if word.startswith(stem))

    def joined(self, word: str) -> tuple[float | None, str]:
        """Number and unit of `dreitägig`."""
        match = self._joined.fullmatch(word) if self._joined else None
        return (self.numbers.word(match[1]), self._adjectives[match[2]][0]) if match else (None, "")

    def _head(self, word: str) -> tuple[str, float] | None:
        for start in range(max(2, len(word) - LONGEST_NOUN), len(word) - SHORTEST_HEAD + 1):
            if word[start:] in self._heads:
                return self._heads[word[start:]]
        return None

    def _shape(self, word: str) -> str | None:
        """What a word that no lexicon lists looks like."""
        if word[0].isdigit():
            return _figure_shape(word)
        if not _LETTERS.fullmatch(word):
            return None
        lower = word.lower()
        if self.numbers.is_word(lower):
            return "numword"
        if self.lang == "en":
            return "plural" if lower.endswith("s") and not lower.endswith("ss") else "adjective"
        if self._joined and self.joined(lower)[0] is not None:
            return "numeral_adjective"
        if word[0].isupper():
            return "noun" if self._head(lower) else "name"
        return "adjective" if _ADJECTIVE.fullmatch(word) else None


def _figure_shape(word: str) -> str | None:
    if word.isdigit():
        return "three" if len(word) == 3 else "lead" if len(word) < 3 else "figure"
    return None if ":" in word or "/" in word else "figure"


def _by_word(entries: Mapping[str, Any]) -> dict[str, tuple[str, float]]:
    return {
        plain(word): (name, 1.0)
        for name, listed in entries.items()
        for entry in listed
        for word in spellings(str(entry))
    }


def _spec(units: Mapping[str, Any], known: Numbers) -> dict[str, Any]:
    """The grammar's view of the lexicon."""
    small = {
        "minor": units["minor"],
        "percent": units["percent"],
        "points": units["percent_points"],
        "article": units["articles"],
        "half_of": units["half_of"],
        "dash": list(DASHES),
        "make": units["makes"],
        "minus": ["minus", "−"],
        "range": units["ranges"],
        "opener": units["range_openers"],
        "both": units["both"],
        "barrier": units["barriers"],
        "of": units["of"],
    }
    words = {**known.kinds(units["articles"]), **_unit_kinds(units), **small}
    return {"words": words, "parts": units["parts"], "patterns": units["patterns"]}


def _unit_kinds(units: Mapping[str, Any]) -> dict[str, Any]:
    """The words of units by kind; codes of currencies need their capitals: `sek` is a second."""
    nouns = [word for one in (*units["units"].values(), *units["scaled"].values()) for word in one]
    spelled = [word for noun in nouns for word in spellings(noun)]
    written = [entry for entries in units["currencies"].values() for entry in entries]
    currencies = [entry if entry.isupper() else entry.lower() for entry in written]
    stems = [stem for one in units["adjectives"].values() for stem in one]
    return {
        "bound": {entry: name for name, entries in units["bounds"].items() for entry in entries},
        "noun": nouns,
        "noun_before": [noun for noun in spelled if noun.isalpha() and noun[-1] != "s"],
        "currency_word": [word for entry in currencies for word in spellings(entry) if word.isalpha()],
        "currency": currencies,
        "sign": units["signs"],
        "unit_adjective": [f"{stem}(|e|en|er|es|em)" for stem in stems],
    }


@cache
def _reader(lang: str) -> QuantityReader:
    return QuantityReader(lang)


@Language.factory("depesche_quantities", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> QuantityReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return _reader(lang)

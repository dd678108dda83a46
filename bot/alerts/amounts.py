"""Amounts in words: numbers in one style whatever the article writes, what is counted as it stands there."""

from functools import cache

from babel.numbers import format_decimal, get_currency_name, get_currency_symbol

from bot.alerts.wording import words
from bot.article.cleaning import one_line
from bot.extraction.findings import Bound, Quantity
from bot.extraction.grammar import spellings
from bot.extraction.lexicon import lexicon

# What is told in words of ours, because the article's stand in the case of its sentence: `30-tägigen`.
DECLINED = frozenset({"country", "hour", "day", "week", "month", "year"})
AMOUNT_LIMIT = 80
CODE = 3  # letters of the code of a currency
SCALES = (("billion", 1e9), ("million", 1e6))


def amount_shown(quantity: Quantity, given: str | None, lang: str) -> str:
    """A quantity as the article words it, where the reader speaks its language; else in words of ours.

    In words of ours as well where the article names another number beside it.
    """
    if given != lang or not quantity.text or quantity.unit in DECLINED:
        return amount_in(quantity, lang)
    if set(quantity.text.lower().split()) & set(words(lang)["instead"]):
        return amount_told(quantity, given, lang)
    noun = quantity.of or ""
    text = quantity.text.removesuffix(noun) + counted(noun, lang) if quantity.text.endswith(noun) else None
    return one_line(text or quantity.text, AMOUNT_LIMIT)


def amount_told(quantity: Quantity, given: str | None, lang: str) -> str:
    """A quantity in numbers of ours; what is counted as an article in the reader's language calls it."""
    own = quantity.unit in DECLINED or quantity.unit == "percent" or _has_name(quantity, lang)
    if given != lang or own or not quantity.of:
        return amount_in(quantity, lang)
    return one_line(f"{number_in(quantity, lang)} {counted(quantity.of, lang)}", AMOUNT_LIMIT)


def amount_in(quantity: Quantity, lang: str) -> str:
    """A quantity in the reader's language: `bis zu 30.000 Soldaten`, `$40 billion`."""
    number, noun = number_in(quantity, lang), _noun(quantity, lang)
    return f"{number} {noun}" if noun else number


def number_in(quantity: Quantity, lang: str) -> str:
    """A quantity without what it counts: `bis zu 30.000`; English money with its sign: `$40 billion`."""
    sign = _sign(quantity.unit) if lang == "en" and is_money(quantity) else ""
    forms = words(lang)["bound"]
    if quantity.bound is not Bound.RANGE or quantity.low is None or quantity.high is None:
        return str(forms[quantity.bound]).format(n=sign + _number(quantity.value, lang))
    low, high = (_scaled(value, lang) for value in (quantity.low, quantity.high))
    if low[1] == high[1]:
        return sign + str(forms["range"]).format(low=low[0], high=" ".join(filter(None, high)))
    ends = (sign + " ".join(filter(None, end)) for end in (low, high))
    return str(forms["range_apart"]).format(low=next(ends), high=next(ends))


def is_money(quantity: Quantity) -> bool:
    """Whether it is an amount of a currency."""
    return len(quantity.unit) == CODE and quantity.unit.isupper()


def _has_name(quantity: Quantity, lang: str) -> bool:
    """Whether it is money that has a sign or a short name; for `Polnische Złoty` the article's is shorter."""
    if not is_money(quantity):
        return False
    word = (quantity.of or "").isalpha() and not (quantity.of or "").isupper()
    return lang == "en" or not word or " " not in get_currency_name(quantity.unit, 2, lang)


def counted(noun: str, lang: str) -> str:
    """What is counted as it stands in a headline: `mit 30 Panzern`, but `30 Panzer`."""
    if lang != "de" or not noun.endswith("n") or noun.endswith(tuple(_endings("keep"))):
        return noun
    form = max((one for one in _forms() if noun.lower().endswith(one.lower())), key=len, default="")
    cut, known = form[:-1], _forms().get(form, frozenset())
    dative = cut in known and (not cut.endswith("e") or cut[:-1] in known or f"{cut}r" in known)
    return noun[:-1] if dative or noun[:-1].endswith(tuple(_endings("plurals"))) else noun


@cache
def _forms() -> dict[str, frozenset[str]]:
    """Each form of a counted German noun that ends in -n -> all forms of the noun."""
    units = lexicon("de", "units")["units"]
    entries = [frozenset(spellings(str(entry))) for listed in units.values() for entry in listed]
    return {form: forms for forms in entries for form in forms if form.endswith("n")}


def _endings(kind: str) -> list[str]:
    return [str(ending) for ending in words("de")["dative"][kind]]


def _number(value: float, lang: str) -> str:
    return " ".join(filter(None, _scaled(value, lang)))


def _scaled(value: float, lang: str) -> tuple[str, str]:
    """A number and the word for its size, which may be empty."""
    for scale, size in SCALES:
        if value >= size and value % (size / 100) == 0:
            return format_decimal(value / size, "#,##0.##", lang), str(words(lang)["scale"][scale])
    return format_decimal(value, "#,##0.##", lang), ""


def _noun(quantity: Quantity, lang: str) -> str:
    one = quantity.value == 1 and quantity.bound is Bound.EXACT
    if forms := words(lang)["unit"].get(quantity.unit):
        return str(forms[0] if one else forms[1])
    if is_money(quantity):
        return "" if lang == "en" else get_currency_name(quantity.unit, 1 if one else 2, lang)
    return quantity.of or ""


def _sign(unit: str) -> str:
    """`$`, and `PLN ` where there is no sign."""
    sign = get_currency_symbol(unit, "en")
    return f"{sign} " if sign == unit else sign

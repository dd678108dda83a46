"""Time expressions in the manner of TimeML, each with the days it means."""

from collections.abc import Callable, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.findings import TimeExpression
from bot.extraction.grammar import Found
from bot.extraction.reading import reading_of
from bot.extraction.times import dates, holidays, lengths, ranges, relative
from bot.extraction.times.lexicon import time_lexicon
from bot.extraction.times.scene import Marks, Scene
from bot.extraction.words import words_of

# The name of a pattern in the lexicon -> who reads what it found.
READERS: Mapping[str, Callable[[Scene, Found], Marks | None]] = {
    "day": dates.read_day,
    "days": ranges.read_days,
    "month_days": ranges.read_days,
    "two_days": ranges.read_two_days,
    "slash_days": ranges.read_slash_days,
    "two_months": ranges.read_two_months,
    "month_day": dates.read_month_day,
    "week_of": dates.read_week_of,
    "period": dates.read_period,
    "quarter": dates.read_quarter,
    "fiscal": dates.read_fiscal,
    "week_number": dates.read_week_number,
    "year": dates.read_year,
    "years": ranges.read_years,
    "decade": dates.read_decade,
    "century": dates.read_century,
    "holiday": holidays.read_holiday,
    "weekday": relative.read_weekday,
    "deictic": relative.read_deictic,
    "weekend": relative.read_weekend,
    "part_of_day": relative.read_part_of_day,
    "daypart": relative.read_daypart,
    "clock": relative.read_clock,
    "clocks": relative.read_clocks,
    "anaphor": relative.read_anaphor,
    "same": relative.read_same,
    "reference": relative.read_reference,
    "length": lengths.read_length,
    "lengths": lengths.read_lengths,
    "span": lengths.read_span,
    "set": lengths.read_set,
    "told": lengths.read_told,
}


class TimeReader:
    """Notes time expressions; looks at verb forms and quantities where they are noted.

    Args:
        lang: `de` or `en`.
    """

    def __init__(self, lang: str) -> None:
        self.lexicon = time_lexicon(lang)

    def __call__(self, doc: Doc) -> Doc:
        """Note all time expressions, in the order of the text."""
        words = words_of(doc)
        grammar = self.lexicon.grammar
        scene = Scene(doc, self.lexicon)

        def read(found: Found) -> Marks | None:
            if words.starts[found.start] in scene.priced:
                return None  # `$12 December 27`
            try:
                return READERS[found.name](scene, found)
            except (ValueError, OverflowError):
                return None  # figures that are in no calendar

        found: list[TimeExpression] = []
        for marks in grammar.scan(words, grammar.spell(words), read):
            found += marks
        found = relative.on_their_days(scene, relative.nowadays(scene, found))
        reading_of(doc).times = ranges.joined(scene, found)
        return doc


@Language.factory("depesche_times", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> TimeReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return TimeReader(lang)

"""Note who said what."""

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.quotes.assembly import Assembly, Grammar
from bot.extraction.quotes.english import EnglishFrames
from bot.extraction.quotes.german import GermanFrames
from bot.extraction.quotes.lexis import lexis_of
from bot.extraction.quotes.marks import stretches
from bot.extraction.quotes.speakers import Speakers
from bot.extraction.quotes.units import units
from bot.extraction.reading import reading_of


class QuoteReader:
    """Finds quotes and their speakers; sentences, verbs and entities come first."""

    def __init__(self, lang: str) -> None:
        self.lexis = lexis_of(lang)
        self.grammar: Grammar = GermanFrames(self.lexis) if lang == "de" else EnglishFrames(self.lexis)

    def __call__(self, doc: Doc) -> Doc:
        """Note all quotes, in text order."""
        reading = reading_of(doc)
        marks = stretches(reading.text)
        reading.quoted = [(one.start, one.end) for one in marks]
        analysed = [self.grammar.analyse(unit) for unit in units(doc, marks, reading, self.lexis)]
        speakers = Speakers(reading.text, reading, self.lexis, analysed)
        said = Assembly(grammar=self.grammar, is_medium=speakers.is_medium, units=analysed).run()
        reading.quotes = speakers.name(said)
        return doc


@Language.factory("depesche_quotes", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> QuoteReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return QuoteReader(lang)

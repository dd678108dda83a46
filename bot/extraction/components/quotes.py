"""Note who said what."""

from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.clauses import clause_words
from bot.extraction.quotes.assembly import Assembly, Grammar
from bot.extraction.quotes.english import EnglishFrames
from bot.extraction.quotes.german import GermanFrames
from bot.extraction.quotes.lexis import lexis_of
from bot.extraction.quotes.marks import stretches
from bot.extraction.quotes.related import Related
from bot.extraction.quotes.speakers import Speakers
from bot.extraction.quotes.units import units
from bot.extraction.reading import Reading, reading_of
from bot.extraction.syntax import Syntax


class QuoteReader:
    """Finds quotes and their speakers; sentences, verbs and entities come first."""

    def __init__(self, lang: str) -> None:
        self.lexis = lexis_of(lang)
        self.helping = clause_words(lang).helping
        self.grammar: Grammar = GermanFrames(self.lexis) if lang == "de" else EnglishFrames(self.lexis)

    def __call__(self, doc: Doc) -> Doc:
        """Note all quotes, in text order."""
        reading = reading_of(doc)
        marks = stretches(reading.text)
        reading.quoted = [(one.start, one.end) for one in marks]
        analysed = [self.grammar.analyse(unit) for unit in units(doc, marks, reading, self.lexis)]
        if related := self._related(doc, reading):
            analysed = [related.with_speakers(one) for one in analysed]
        speakers = Speakers(reading.text, reading, self.lexis, analysed)
        said = Assembly(grammar=self.grammar, is_medium=speakers.is_medium, units=analysed).run()
        reading.quotes = speakers.name(said)
        return doc

    def _related(self, doc: Doc, reading: Reading) -> Related | None:
        """Who asks the parser, where one is asked."""
        if reading.scheme is None:
            return None
        syntax = Syntax(reading.arcs, reading.scheme, partial(self._helps, reading))
        return Related(syntax, {token.idx: token.i for token in doc}, self.lexis)

    def _helps(self, reading: Reading, token: int) -> bool:
        return any(form.lemma in self.helping for form in reading.verbs.get(token, ()))


@Language.factory("depesche_quotes", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> QuoteReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return QuoteReader(lang)

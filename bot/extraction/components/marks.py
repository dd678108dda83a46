"""Note what stands inside quotation marks."""

from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.quotes.marks import stretches
from bot.extraction.reading import reading_of


class MarkReader:
    """Notes `quoted`, for whoever must not take quoted words for the article's own."""

    def __call__(self, doc: Doc) -> Doc:
        """Note start and end of each stretch, the outer before the inner."""
        reading = reading_of(doc)
        reading.quoted = [(one.start, one.end) for one in stretches(reading.text)]
        return doc


@Language.factory("depesche_marks", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> MarkReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return MarkReader()

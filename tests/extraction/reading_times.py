"""Read the time expressions of a text, for the tests of times."""

import spacy

from bot.article.model import Published
from bot.extraction.components.quantities import QuantityReader
from bot.extraction.components.sentences import SentenceCutter
from bot.extraction.components.times import TimeReader
from bot.extraction.components.verbs import VerbReader
from bot.extraction.findings import TimeExpression
from bot.extraction.reading import begin, reading_of

MONDAY = "2025-03-17"
NLP = {lang: spacy.blank(lang) for lang in ("de", "en")}
STEPS = {
    lang: (SentenceCutter(lang), VerbReader(lang), QuantityReader(lang), TimeReader(lang))
    for lang in ("de", "en")
}  # the steps that time expressions rest on


def times(lang: str, text: str, published: str | None = MONDAY) -> list[TimeExpression]:
    """What the reader finds in a text published on a day."""
    doc = NLP[lang].make_doc(text)
    begin(doc, published=Published.parse(published) if published else None, body_start=0)
    for step in STEPS[lang]:
        doc = step(doc)
    return reading_of(doc).times

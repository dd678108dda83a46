"""Read a text as far as entities and roles: what the tests of both share."""

from functools import cache

import spacy
from spacy.language import Language

import bot.extraction.components  # noqa: F401  (registers the steps)
from bot.article.model import Published
from bot.extraction.reading import Reading, begin, reading_of

DAY = "2025-03-17"
STEPS = ("depesche_sentences", "depesche_verbs", "depesche_entities")


@cache
def pipeline(lang: str) -> Language:
    """A pipeline that ends with the entities."""
    nlp = spacy.blank(lang)
    for step in STEPS:
        nlp.add_pipe(step, config={"lang": lang})
    return nlp


def read(text: str, lang: str, day: str | None = DAY) -> Reading:
    """What the steps up to the entities noted."""
    nlp = pipeline(lang)
    doc = nlp.make_doc(text)
    begin(doc, published=Published.parse(day) if day else None, body_start=0)
    return reading_of(nlp(doc))

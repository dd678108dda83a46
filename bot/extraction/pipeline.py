"""The pipeline of one language: a blank spaCy tokeniser and our components in their order."""

from typing import Any

import spacy
from spacy.language import Language

import bot.extraction.components as _registered  # noqa: F401  (importing registers the factories)
from bot.extraction.trained.standing import BUNDLED

LONGEST = 2_000_000  # characters of one article
MODEL = "depesche_model"

# Each step may use the notes of those before it.
ORDER = (
    "depesche_sentences",
    MODEL,
    "depesche_marks",
    "depesche_verbs",
    "depesche_entities",
    "depesche_quantities",
    "depesche_times",
    "depesche_quotes",
    "depesche_events",
)


def build(lang: str, model: str = BUNDLED) -> Language:
    """A fresh pipeline for `de` or `en`; `model` is `bundled`, `none` or the name of a package.

    Raises:
        ModelError: The model is there but cannot be loaded.
    """
    nlp = spacy.blank(lang)
    nlp.max_length = LONGEST
    for name in ORDER:
        config: dict[str, Any] = {"lang": lang}
        nlp.add_pipe(name, config={**config, "model": model} if name == MODEL else config)
    return nlp

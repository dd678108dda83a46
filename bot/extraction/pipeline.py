"""The pipeline of one language: a blank spaCy tokeniser and our components in their order."""

from collections.abc import Sequence
from typing import Any

import spacy
from spacy.language import Language

import bot.extraction.components as _registered  # noqa: F401  (importing registers the factories)
from bot.extraction.components.events import EventReader
from bot.extraction.events.packs import EventPack, pack_lexicon
from bot.extraction.trained.standing import BUNDLED

LONGEST = 2_000_000  # characters of one article
MODEL = "depesche_model"
EVENTS = "depesche_events"

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
    EVENTS,
)


def build(lang: str, model: str = BUNDLED, packs: Sequence[EventPack] = ()) -> Language:
    """A fresh pipeline for `de` or `en`.

    Args:
        lang: The language.
        model: `bundled`, `none` or the name of a package.
        packs: Event types beside those that ship; those of another language are left out.

    Raises:
        ModelError: The model is there but cannot be loaded.
    """
    nlp = spacy.blank(lang)
    nlp.max_length = LONGEST
    for name in ORDER:
        config: dict[str, Any] = {"lang": lang}
        nlp.add_pipe(name, config={**config, "model": model} if name == MODEL else config)
    # Handed over as what it is: spaCy would take a configuration apart and copy it.
    reader: EventReader = nlp.get_pipe(EVENTS)  # type: ignore[assignment]  # spaCy knows only callables
    reader.packs = tuple(pack_lexicon(pack) for pack in packs if pack.lang == lang)
    return nlp

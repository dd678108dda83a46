"""The language of a text, by py3langid's bundled model of 140 languages."""

import re
from functools import cache
from typing import Any

ENOUGH = 20_000  # characters; more says nothing new

# How much likelier a news text is in a language Depesche reads than in any other. The model's own
# probabilities are flat for three words, where a Frisian or Pidgin reading often wins by a hair; this
# weight settles those and does not reach a text that is clearly in another language.
READ_LANGUAGES = {"de": 16.0, "en": 16.0}

_NO_LANGUAGE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+|\d+")


@cache
def _identifier() -> Any:
    """The model, loaded at the first text (0.7 s, 30 MB)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads NumPy and the model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """Code of the language a text is in: ISO 639-1, or 639-3 where there is none.

    Returns:
        None for a text without words. A name alone ("Paris") counts as a word; its language is a guess.
    """
    sample = _NO_LANGUAGE.sub(" ", text[:ENOUGH])
    if not any(character.isalpha() for character in sample):
        return None
    ranked = _identifier().rank(sample)
    return str(max(ranked, key=lambda pair: pair[1] * READ_LANGUAGES.get(pair[0], 1.0))[0])

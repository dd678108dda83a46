"""The steps of a reading: one small `Doc -> Doc` callable a file, registered with its factory.

Importing this package registers every factory.
"""

from bot.extraction.components import (
    entities,
    events,
    marks,
    model,
    quantities,
    quotes,
    sentences,
    times,
    verbs,
)

__all__ = ["entities", "events", "marks", "model", "quantities", "quotes", "sentences", "times", "verbs"]

"""Findings, alerts and entries as JSON text and back: the forms in which they lie in the store.

What one version wrote, every later one reads: a new field needs a default, and a test keeps an old text.
"""

import json
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from bot.alerts.collapse import Head
from bot.alerts.model import Alert
from bot.article.model import Entry
from bot.extraction.findings import Findings
from bot.ports.polling import Learnt
from bot.stories.calendar_model import CalendarEntry
from bot.stories.ledger import Entry as LedgerEntry

T = TypeVar("T")


class Form(Generic[T]):
    """One frozen dataclass as JSON text."""

    def __init__(self, kind: type[T]) -> None:
        self._adapter = TypeAdapter(kind)

    def dump(self, value: T) -> str:
        """JSON in one line. Goes through plain values, which unlike UTF-8 bytes hold any Python string."""
        # A Mapping that is no dict is fine: it becomes one, without a warning.
        plain = self._adapter.dump_python(value, mode="json", fallback=dict, warnings=False)
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    def load(self, text: str) -> T:
        """Read it back.

        Raises:
            ValueError: Not the JSON of this kind.
        """
        return self._adapter.validate_python(json.loads(text))


ALERT = Form(Alert)
CALENDAR_ENTRY = Form(CalendarEntry)
ENTRY = Form(Entry)
FINDINGS = Form(Findings)
HEAD = Form(Head)
LEARNT = Form(Learnt)
LEDGER_ENTRY = Form(LedgerEntry)

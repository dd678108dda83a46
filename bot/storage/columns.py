"""Column types that mean the same on SQLite and PostgreSQL."""

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from bot.article.model import Published

# What UTF-8 or PostgreSQL cannot hold. One character for one, so that offsets into a text stay true.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with NUL and lone surrogates replaced, each by U+FFFD; its length stays."""
    return _UNSTORABLE.sub("\ufffd", text)


class Plain(TypeDecorator[str]):
    """Text that any database can hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Make it storable."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, timezone-aware in Python; SQLite holds it as text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without the zone where the database knows none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PublishedText(TypeDecorator[Published]):
    """When something was published, as the ISO text that keeps its offset and whether it is only a day."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Published | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The form that `Published.parse` reads."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Published | None:  # noqa: ARG002
        """Read it back."""
        return None if value is None else Published.parse(value)

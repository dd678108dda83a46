"""JSON lines in: one article a line, as the extraction contract says."""

import json
import re
from dataclasses import dataclass

from bot.article.model import Article, Published

DATES = "YYYY-MM-DD, or a time with its offset such as 2026-03-02T14:30:00+01:00"
DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d(:?\d\d)?))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A line that is no article, and why; `id` where it has one."""

    id: str | None
    error: str


def article_of(line: str | bytes) -> Article | BadRow:
    """Read one line."""
    if not line.strip():
        return BadRow(id=None, error="an empty line; write one object a line")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return BadRow(id=None, error=f"not a JSON object: {error}")
    if not isinstance(row, dict):
        return BadRow(id=None, error="not a JSON object; write one object a line")
    name = row.get("id") if isinstance(row.get("id"), str) else None
    wrong = _wrong_fields(row)
    if wrong or name is None:
        return BadRow(id=name, error=wrong or "`id` is missing")
    try:
        published = None if row.get("published") is None else _published(row["published"])
    except ValueError:
        return BadRow(id=name, error=f"`published` is {row['published']!r}; write {DATES}")
    if any("\ud800" <= character <= "\udfff" for character in (row.get("title") or "") + row["text"]):
        return BadRow(
            id=name, error="`text` holds half a character (a lone surrogate); send whole code points"
        )
    return Article(
        id=name,
        text=row["text"],
        title=row.get("title"),
        lang=row.get("lang"),
        url=row.get("url"),
        source_name=row.get("source"),
        published=published,
    )


def _published(text: str) -> Published:
    """A day or a moment in one of the two forms of the contract: others are read differently elsewhere."""
    if not DATE.fullmatch(text):
        raise ValueError(text)
    return Published.parse(text)


def _wrong_fields(row: dict[str, object]) -> str | None:
    for field in ("id", "text"):
        if not isinstance(row.get(field), str):
            return f"`{field}` must be a text"
    for field in ("title", "published", "lang", "url", "source"):
        if not isinstance(row.get(field), str | None):
            return f"`{field}` must be a text or null"
    return None

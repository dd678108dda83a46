"""JSON lines in."""

import json

import pytest

from bot.article.model import Article
from bot.cli.rows import BadRow, article_of


def test_only_id_and_text_are_needed() -> None:
    """Unknown fields are ignored, absent ones are None."""
    found = article_of(json.dumps({"id": "a", "text": "Hallo", "quotes": []}))
    assert found == Article(id="a", text="Hallo")


@pytest.mark.parametrize("published", ["2026-03-02", "2026-03-02T23:30:00+01:00", "2026-03-02T23:30Z"])
def test_a_published_time_keeps_its_day(published: str) -> None:
    """The day is the one where it was published."""
    found = article_of(json.dumps({"id": "a", "text": "x", "published": published}))
    assert isinstance(found, Article)
    assert found.published is not None
    assert found.published.day.isoformat() == "2026-03-02"


@pytest.mark.parametrize(
    ("line", "name", "error"),
    [
        ("{", None, "not a JSON object"),
        ("[1]", None, "write one object a line"),
        ('{"text": "x"}', None, "`id` must be a text"),
        ('{"id": "a"}', "a", "`text` must be a text"),
        ('{"id": 5, "text": "x"}', None, "`id` must be a text"),
        ('{"id": "a", "text": "x", "title": 3}', "a", "`title` must be a text or null"),
        ('{"id": "a", "text": "x", "published": "gestern"}', "a", "write YYYY-MM-DD"),
        ("", None, "an empty line"),
        *(
            (json.dumps({"id": "a", "text": "x", "published": odd}), "a", "write YYYY-MM-DD, or a time with")
            for odd in (
                "",
                " ",
                "20260301",
                "2026-W10-1",
                "2026-03-02T14:30:00",
                "2026-02-30",
                "2026-03-02T25:00Z",
            )
        ),
        ('{"id": "a", "text": "\\ud800"}', "a", "half a character"),
        ("[" * 100_000, None, "not a JSON object"),
    ],
)
def test_a_bad_line_says_why(line: str, name: str | None, error: str) -> None:
    """A line that is no article gives its id, if it has one, and the mend."""
    found = article_of(line)
    assert isinstance(found, BadRow)
    assert found.id == name
    assert error in found.error

"""What becomes of the entries of a poll."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.article.model import Published
from bot.ports.store import ArticleState
from bot.storage.intake import FULL_TEXT, admit, identify, is_old
from tests.storage.samples import NOW, entry, source


@pytest.mark.parametrize(
    ("published", "old"),
    [
        (None, False),
        ("2026-03-01T12:00:00Z", False),
        ("2026-03-01T11:59:59Z", True),
        ("2026-03-01T12:59:59+01:00", True),
        ("2026-03-01", False),
        ("2026-02-28", True),
    ],
)
def test_is_old(published: str | None, *, old: bool) -> None:
    """Old is only what was surely published before; a bare day counts to its end."""
    limit = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert is_old(Published.parse(published) if published else None, limit) == old


def test_updated_stands_in_for_published() -> None:
    """An entry that tells only when it was updated is as old as that."""
    one = entry("1")
    (found,) = identify([type(one)(key="1", updated=Published.parse("2026-02-01"))], "a")
    made = admit(found, source(), oldest_pushed=datetime(2026, 3, 1, tzinfo=UTC), now=NOW)
    assert (made.push, str(made.article.published)) == (False, "2026-02-01")


@pytest.mark.parametrize(
    ("length", "state"), [(FULL_TEXT, ArticleState.FETCHED), (FULL_TEXT - 1, ArticleState.LISTED)]
)
def test_full_text(length: int, state: ArticleState) -> None:
    """What makes a text full is the length of its words, not of its mark-up."""
    (found,) = identify([entry("1", content=f"<p class='{'x' * 999}'>{'w' * length}</p>")], "a")
    assert admit(found, source(), oldest_pushed=None, now=NOW).state is state


def test_long_summary_is_no_full_text() -> None:
    """A summary is not taken for the article, however long; but it stands in for a shorter content."""
    (found,) = identify([entry("1", summary="Satz. " * 200, content="<p>Kurz.</p>")], "a")
    made = admit(found, source(), oldest_pushed=None, now=NOW)
    assert made.state is ArticleState.LISTED
    assert made.article.text.startswith("Satz. Satz.")


def test_a_post_is_whole() -> None:
    """What says that it is whole is read as it is, however short: its page is not fetched."""
    (found,) = identify([replace(entry("1", summary=None, content="<p>Kurz.</p>"), whole=True)], "a")
    made = admit(found, source(), oldest_pushed=None, now=NOW)
    assert (made.state, made.article.text) == (ArticleState.FETCHED, "Kurz.")


def test_same_title_under_one_link() -> None:
    """One link with one title is one article, though its key differs."""
    twice = [entry("1"), entry("2", title="Title 1", link="https://a.example/1#comments")]
    assert [one.entry.key for one in identify(twice, "a")] == ["1"]


def test_the_language_of_a_source_is_that_of_its_articles() -> None:
    """Where a source is said to have one language, nobody guesses it from a short post."""
    (found,) = identify([entry("1")], "a")
    german = replace(source(), options={"lang": "de"})
    langs = [admit(found, one, oldest_pushed=None, now=NOW).article.lang for one in (source(), german)]
    assert langs == [None, "de"]

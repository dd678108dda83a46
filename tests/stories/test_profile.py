"""What is kept of an article for finding its story."""

from typing import Any

import pytest

from bot.article.model import Article, Published
from bot.extraction.reader import ArticleReader
from bot.stories.profile import Profile, profile_of
from bot.stories.terms import Aspect

READER = ArticleReader()


def profile(lang: str, text: str) -> Profile:
    """The profile of a text."""
    article = Article(id="a", text=text, lang=lang, published=Published.parse("2026-11-21"))
    return profile_of(article, READER.read(article))


def test_it_is_read_as_it_was_written() -> None:
    """Written and read again a profile is the same."""
    written = profile("de", "Norwegen schickt 150 Ausbilder nach Litauen.")
    assert Profile.read(written.plain()) == written


def test_one_of_an_older_program() -> None:
    """Of aspects that an older program did not know nothing is known."""
    plain: dict[str, Any] = profile("de", "Norwegen schickt 150 Ausbilder nach Litauen.").plain()
    del plain["terms"]["events"]
    assert Profile.read(plain).terms[Aspect.EVENTS] == {}


def test_one_of_another_state() -> None:
    """A profile that cannot be understood is refused by name."""
    plain = profile("de", "Norwegen schickt 150 Ausbilder nach Litauen.").plain() | {"state": 99}
    with pytest.raises(ValueError, match="profile of state 99 cannot be read"):
        Profile.read(plain)


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Norwegen schickt 150 Ausbilder nach Litauen.", "Norway is sending 150 trainers to Lithuania."),
        (
            "Merz und Macron treffen sich am 4. März in Berlin.",
            "Merz and Macron will meet in Berlin on 4 March.",
        ),
    ],
)
def test_events_in_two_languages(german: str, english: str) -> None:
    """What happens to whom, when and how much of it, is the same in both languages."""
    one, other = profile("de", german), profile("en", english)
    assert one.terms[Aspect.EVENTS]
    assert one.terms[Aspect.EVENTS] == other.terms[Aspect.EVENTS]

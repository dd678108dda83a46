"""Identity of articles."""

from hypothesis import given
from hypothesis import strategies as st

from bot.article.identity import article_id


def test_identity_is_for_ever() -> None:
    """The identity of an entry is the same in every version, or every store would take all news anew."""
    assert article_id("bund", "https://example.org/1") == "fa4cba099af24b24805315798173a7b2"


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_no_two_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Different sources or keys have different identities, wherever the border between them lies."""
    assert (article_id(*one) == article_id(*other)) == (one == other)


def test_any_text_has_one() -> None:
    """A key that is no valid Unicode has an identity too."""
    assert len(article_id("a", "\ud800\x00")) == 32

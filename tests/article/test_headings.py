import pytest

from bot.article.headings import headings
from bot.article.model import Article

BODY = "Der Rat tagte am Montag.\n„Wir schaffen das noch“: Rat berät bis in die Nacht\nDie Sitzung war lang."


def test_headline_and_subheading() -> None:
    """The title and a short line without a full stop are headings, paragraphs are not."""
    article = Article(id="a", title="Rat tagt", text=BODY)
    cut = [article.content[start:end].strip() for start, end in headings(article)]
    assert cut == ["Rat tagt", "„Wir schaffen das noch“: Rat berät bis in die Nacht"]


@pytest.mark.parametrize(
    "text",
    [
        "Ein Satz ohne Punkt am Ende",
        "Erster Satz.\nletzte Zeile ohne Punkt",
        "“We agreed on it.”\nMore text.",
        "Sie sagte: „Wir bleiben.“\nMehr Text.",
        "x" * 200 + "\nMehr Text.",
    ],
)
def test_no_heading(text: str) -> None:
    """The last line, a finished sentence and a long paragraph are no headings."""
    assert headings(Article(id="a", text=text)) == ()

"""Read the quotes of a text, for the tests of quotes."""

from bot.article.model import Article
from bot.extraction.findings import Quote
from bot.extraction.reader import ArticleReader

READER = ArticleReader()


def read(text: str, lang: str = "de") -> list[Quote]:
    """The quotes of a text."""
    return list(READER.read(Article(id="a", text=text, lang=lang)).quotes)


def told(text: str, lang: str = "de") -> list[tuple[str, str, str | None]]:
    """Kind, words and speaker of each quote; parts of one quote are joined by " / "."""
    return [
        (
            one.kind.value,
            " / ".join(text[start:end] for start, end in one.spans),
            one.speaker.text if one.speaker else None,
        )
        for one in read(text, lang)
    ]

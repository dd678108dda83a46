"""What the bot would read from the newest entry of a source, without a store: for `depesche sources add`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.app.config import Config
from bot.app.models import usable_models
from bot.article.language import language_of
from bot.article.model import Article, Entry
from bot.errors import ReaderError, SourceError
from bot.extraction.findings import Findings
from bot.ports.sources import PageFetcher, SourceSettings
from bot.ports.store import ArticleState
from bot.storage.intake import admit, identify

_OLDEST = datetime.min.replace(tzinfo=UTC)
_ENOUGH = 20  # characters of a text whose language can be told


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The newest article as it would be read, or why it could not be."""

    article: Article | None = None
    findings: Findings | None = None
    why: str | None = None


def newest_entries(entries: Sequence[Entry], number: int) -> list[Entry]:
    """The newest first; those without a date as the source gives them, after the others."""
    return sorted(entries, key=_age, reverse=True)[:number]


def _age(entry: Entry) -> datetime:
    return entry.published.at if entry.published else _OLDEST


def common_language(entries: Sequence[Entry]) -> str | None:
    """The language of all these entries, ISO 639-1; None where they differ or nobody can tell."""
    texts = [" ".join(filter(None, (entry.title, entry.summary or entry.content))) for entry in entries]
    found = {language_of(text) for text in texts if len(text) >= _ENOUGH}
    (lang,) = found if len(found) == 1 else (None,)
    return lang if lang and len(lang) == 2 else None


async def preview(
    config: Config, source: SourceSettings, entry: Entry, pages: PageFetcher, *, now: datetime
) -> Preview:
    """Read an entry as the bot would: with its page, where its own text is short."""
    try:
        article = await _article(source, entry, pages, now)
        if not article.text.strip():
            return Preview(article=article, why="its page has no text")
        return Preview(article=article, findings=await asyncio.to_thread(_read, config, article))
    except (SourceError, ReaderError) as error:
        return Preview(why=str(error))


def _read(config: Config, article: Article) -> Findings:
    # It loads spaCy and the models, which takes seconds and is for a thread.
    from bot.extraction.reader import ArticleReader  # noqa: PLC0415

    return ArticleReader(usable_models(config)).read(article)


async def _article(source: SourceSettings, entry: Entry, pages: PageFetcher, now: datetime) -> Article:
    (one,) = identify([entry], source.id)
    made = admit(one, source, oldest_pushed=None, now=now)
    article = made.article
    if made.state is not ArticleState.LISTED or not article.url:
        return article
    page = await pages.page(article.url)
    if len(page.text) < len(article.text):
        return article
    return replace(
        article,
        text=page.text,
        title=article.title or page.title,
        published=article.published or page.published,
        lang=article.lang or page.lang,
    )

"""Files to articles: plain text, HTML, feeds and JSON lines, by what is in them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.article.charset import decode
from bot.article.maintext import main_text
from bot.article.markup import plain_text
from bot.article.model import Article, Entry, Published
from bot.cli.rows import BadRow, article_of
from bot.cli.streams import standard_input
from bot.errors import SourceError
from bot.sources.feeds import entries_of

LARGEST = 50 * 2**20
SNIFF = 2_000
UNREADABLE = "\ufffd"
MOST_STRANGE = 0.05  # share of control signs and unreadable bytes that a damaged text may have
FEED_ROOTS = ("<rss", "<feed", "<rdf:rdf")
PAGE_ROOTS = ("<!doctype html", "<html")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the command line says of articles that do not say it themselves."""

    published: Published | None = None
    lang: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """An article, and what to call the place it was found at."""

    where: str
    article: Article


def read_articles(paths: Iterable[str], given: Given) -> tuple[list[Found], list[str]]:
    """All articles of the files, and one line for each thing that could not be read."""
    articles: list[Found] = []
    problems: list[str] = []
    for path in paths:
        place = "standard input" if path == "-" else path
        try:
            found, odd = _articles(path, _read(path), given)
        except (OSError, SourceError, ValueError) as error:
            problems.append(f"{place}: {getattr(error, 'strerror', None) or error}")
            continue
        articles += [Found(where=_where(place, one, len(found)), article=one) for one in found]
        problems += [f"{place}: {one}" for one in odd]
    return articles, problems


def _where(place: str, article: Article, number: int) -> str:
    return place if number == 1 else f"{place}: {article.title or article.id}"


def _read(path: str) -> bytes:
    if path == "-":
        return standard_input().read(LARGEST + 1)
    if Path(path).stat().st_size > LARGEST:
        raise ValueError(f"is larger than {LARGEST // 2**20} MB; split it")
    return Path(path).read_bytes()


def _articles(path: str, body: bytes, given: Given) -> tuple[list[Article], list[str]]:
    start = body[:SNIFF].decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if not body.strip():
        raise ValueError("is empty; nothing to read")
    if any(root in start for root in PAGE_ROOTS):
        return [_page(path, body, given)], []
    if start.startswith("<?xml") or any(start.startswith(root) for root in FEED_ROOTS):
        return _feed(path, body, given)
    if start.startswith("{"):
        return _rows(body, given)
    text = _prose(body).replace("\r\n", "\n").strip("\n")
    return [_with(Article(id=_identity(path, text), text=text), given)], []


def _prose(body: bytes) -> str:
    """The text of a file that is plain text, if it is."""
    text = decode(body).text
    strange = sum(sign == UNREADABLE or (sign < " " and not sign.isspace()) for sign in text)
    if "\0" in text or strange > len(text) * MOST_STRANGE:
        raise ValueError("is no text; give plain text, an HTML page, a feed or JSON lines")
    return text


def _page(path: str, body: bytes, given: Given) -> Article:
    page = main_text(decode(body).text, url=given.url)
    if not page.text.strip():
        raise ValueError("has no main text; is it an article page?")
    article = Article(
        id=_identity(path, page.text),
        text=page.text,
        title=page.title,
        lang=page.lang,
        published=page.published,
        author=page.author,
        paywalled=page.wall is not None,
    )
    return _with(article, given)


def _feed(path: str, body: bytes, given: Given) -> tuple[list[Article], list[str]]:
    entries, notes = entries_of(body, None, given.url or "")
    return [_with(_entry(path, entry), given) for entry in entries], list(notes)


def _entry(path: str, entry: Entry) -> Article:
    text = plain_text(entry.content or "") or entry.summary or ""
    return Article(
        id=_identity(path, entry.key),
        text=text,
        title=entry.title,
        url=entry.link,
        published=entry.published,
        author=entry.author,
    )


def _rows(body: bytes, given: Given) -> tuple[list[Article], list[str]]:
    articles, problems = [], []
    for number, line in enumerate(body.splitlines(), 1):
        if not line.strip():
            continue
        row = article_of(line)
        if isinstance(row, BadRow):
            problems.append(f"line {number}: {row.error}")
        else:
            articles.append(_with(row, given))
    return articles, problems


def _identity(path: str, text: str) -> str:
    return hashlib.sha256(f"{path}\n{text}".encode()).hexdigest()[:24]


def _with(article: Article, given: Given) -> Article:
    """What the file does not say, the command line says."""
    return replace(
        article,
        published=article.published or given.published,
        lang=given.lang or article.lang,
        url=article.url or given.url,
    )

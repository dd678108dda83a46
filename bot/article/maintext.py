"""The main text of a web page and what the page says of it, by trafilatura."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import ModuleType
from typing import Any

from bot.article.cleaning import clean_text, one_line
from bot.article.dates import parse_date
from bot.article.language import language_of
from bot.article.markup import legal_markup, plain_title
from bot.article.model import Published

TITLE_LIMIT = 500  # characters
NAME_LIMIT = 200  # characters of an author's name
_SURE = 200  # characters of text from which its own language is surer than the page's `lang`
_DATES_LOOKED_AT = 20

_LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,80})"')
# fmt: off
_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "publication_date", "publish-date", "publishdate", "pubdate", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "date",
)
# fmt: on
_BULLET = re.compile(r"^- ", re.MULTILINE)
_SPLITS = re.compile(r"\s+[|–—·-]\s+(?=[^|–—·]+\Z)")


@dataclass(frozen=True, kw_only=True)
class MainText:
    """What a page tells: paragraphs separated by newlines, empty if there are none."""

    text: str
    title: str | None = None
    published: Published | None = None
    author: str | None = None
    lang: str | None = None


def main_text(page: str, url: str | None = None) -> MainText:
    """Read the HTML of a page; menus, banners, comments, teasers and footers are left out.

    Args:
        page: HTML, already decoded.
        url: Its address, which helps to tell what belongs to the site.
    """
    tree = _trafilatura().load_html(legal_markup(page)) if page.strip() else None
    if tree is None:
        return MainText(text="")
    published, lang = _published(tree), _declared_language(tree)  # before trafilatura prunes the tree
    document = _trafilatura().bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False
    )
    return _read(document, published, lang) if document else MainText(text="", published=published, lang=lang)


def _read(document: Any, published: Published | None, lang: str | None) -> MainText:
    """Clean what trafilatura found."""
    title = _without_site(one_line(plain_title(document.title or ""), TITLE_LIMIT), document.sitename)
    text = _without_title(clean_text(_BULLET.sub("", document.text or "")), title)
    return MainText(
        text=text,
        title=title or None,
        published=published or parse_date(document.date),
        author=one_line(document.author or "", NAME_LIMIT) or None,
        lang=(language_of(text) if len(text) >= _SURE else None) or lang or language_of(text),
    )


def _without_site(title: str, site: str | None) -> str:
    """Drop ` | Tagesblatt` where the page itself says that this is its name."""
    border = _SPLITS.search(title)
    if border and site and title[border.end() :].casefold() == site.strip().casefold():
        return title[: border.start()]
    return title


def _without_title(text: str, title: str) -> str:
    """Drop the headline where it stands again as the first line of the text."""
    first, _, rest = text.partition("\n")
    return rest.lstrip() if title and first.strip().casefold() == title.casefold() else text


def _published(tree: Any) -> Published | None:
    """When the page says it was published: the first date with a time, else the first date."""
    dates = [date for text in islice(_dates(tree), _DATES_LOOKED_AT) if (date := parse_date(text))]
    return next((date for date in dates if date.exact), dates[0] if dates else None)


def _dates(tree: Any) -> Iterator[str]:
    """Texts that ought to be the date of publication, surest first."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        yield from _LD_PUBLISHED.findall(script.text or "")[:1]
    named = {
        (meta.get("property") or meta.get("name") or "").lower(): meta.get("content") or ""
        for meta in reversed(list(tree.iterfind(".//meta[@content]")))
    }
    yield from (named[name] for name in _META_PUBLISHED if name in named)
    for element in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield element.get("content") or element.get("datetime") or ""
    for time in tree.iterfind(".//article//time[@datetime]"):
        yield time.get("datetime")


def _declared_language(tree: Any) -> str | None:
    code = (tree.get("lang") or "").replace("_", "-").split("-")[0].strip().lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


@cache
def _trafilatura() -> ModuleType:
    """The library, imported at the first page: 0.2 s that a start without pages need not wait for."""
    import trafilatura  # noqa: PLC0415 - see above

    # It logs each page without text as an error; here that is an outcome, and the store shows it.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura

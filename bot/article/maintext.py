"""The main text of a web page and what the page says of it, by trafilatura."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from bot.article.cleaning import clean_text, one_line
from bot.article.dates import parse_date
from bot.article.language import language_of
from bot.article.markup import legal_markup, plain_title
from bot.article.model import Published
from bot.article.page_facts import PageFacts, page_facts
from bot.article.paywall import Wall, access, has_offer

TITLE_LIMIT = 500  # characters
NAME_LIMIT = 200  # characters of an author's name
_SURE = 200  # characters of text from which its own language is surer than the page's `lang`

_BULLET = re.compile(r"^- ", re.MULTILINE)
_SPLITS = re.compile(r"\s+[|–—·-]\s+(?=[^|–—·]+\Z)")


@dataclass(frozen=True, kw_only=True)
class MainText:
    """What a page tells.

    Attributes:
        text: Paragraphs separated by newlines, empty if there are none.
        modified: When it was last changed, by its own word.
        author: Names, joined by commas.
        canonical: Its address by its own word, if that is on the same host.
        wall: How it is known that all of it is for subscribers only; None where everybody may read it.
    """

    text: str
    title: str | None = None
    published: Published | None = None
    modified: Published | None = None
    author: str | None = None
    lang: str | None = None
    canonical: str | None = None
    wall: Wall | None = None


def main_text(page: str, url: str | None = None) -> MainText:
    """Read the HTML of a page; menus, banners, comments, teasers and footers are left out.

    Args:
        page: HTML, already decoded.
        url: Its address, which helps to tell what belongs to the site.
    """
    tree = _trafilatura().load_html(legal_markup(page)) if page.strip() else None
    if tree is None:
        return MainText(text="")
    facts, offer = page_facts(tree, url), has_offer(tree)  # before trafilatura prunes the tree
    return _read(_extracted(tree, url), facts, offer=offer)


def _extracted(tree: Any, url: str | None) -> Any:
    """What trafilatura finds; None where it finds nothing, or fails on a page nobody could have foreseen."""
    try:
        return _trafilatura().bare_extraction(
            tree, url=url, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False
        )
    except Exception:  # noqa: BLE001 - it asserts what damaged pages break; such a page is one without text
        return None


def _read(document: Any, facts: PageFacts, *, offer: bool) -> MainText:
    """Clean what trafilatura found, and join it with what the page says of itself."""
    title, text, author, published = _cleaned(document) if document else ("", "", "", None)
    seen = access(text, declared_free=facts.free, offer=offer)
    return MainText(
        text=seen.text,
        title=title or None,
        published=facts.published or published,
        modified=facts.modified,
        author=facts.author or author or None,
        lang=(language_of(text) if len(text) >= _SURE else None) or facts.lang or language_of(text),
        canonical=facts.canonical,
        wall=seen.wall,
    )


def _cleaned(document: Any) -> tuple[str, str, str, Published | None]:
    """Title, text, author and date as trafilatura sees them."""
    title = _without_site(one_line(plain_title(document.title or ""), TITLE_LIMIT), document.sitename)
    text = _without_title(clean_text(_BULLET.sub("", document.text or "")), title)
    author = one_line((document.author or "").replace("; ", ", "), NAME_LIMIT)
    return title, text, author, parse_date(document.date)


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


@cache
def _trafilatura() -> ModuleType:
    """The library, imported at the first page: 0.2 s that a start without pages need not wait for."""
    import trafilatura  # noqa: PLC0415 - see above

    # It logs each page without text as an error; here that is an outcome, and the store shows it.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return trafilatura

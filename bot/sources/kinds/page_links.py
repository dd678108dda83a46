"""Links to articles on a page that lists them: those a CSS selector names, or those that look like it.

Headlines look alike everywhere: several words, in a heading or an article, and an address that says
something. Menus, footers and services have short words and short addresses. Each trait counts; what has
enough of them is an article.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml.cssselect import CSSSelector

from bot.article.url import absolute_url, canonical_url
from bot.located import plain_yaml
from bot.sources.kinds.answers import text_of
from bot.sources.kinds.posts import Post

MOST = 3_000  # links of one page that are looked at
ENOUGH = 4  # traits from which a link is taken for an article
LONGEST = 400  # characters of a headline; more is a teaser that is a link as a whole
_NEAR = 5  # steps up from a link in which its date may stand
_CROWD = 5  # links in one place that are no longer those of one article
_FRAMES_COUNTED = 200  # elements whose links are counted
_FRAMES = frozenset(("nav", "footer", "aside", "form", "button", "select"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_DATE = re.compile(r"(?<!\d)(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_NAMES = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"\d{3,}")


def selected_links(tree: Any, url: str, selector: str) -> list[Post]:
    """The links that a CSS selector names: `<a>` elements, or elements that contain them.

    Args:
        tree: The page.
        url: Where it was found.
        selector: Checked when the configuration was read.
    """
    base = _base(tree, url)
    links = [link for one in CSSSelector(selector)(tree) for link in _links_in(one)]
    return _distinct(_link(link, base) for link in links)


def found_links(tree: Any, url: str) -> list[Post]:
    """The links that look like those of articles, each once, in the order of the page."""
    base, host = _base(tree, url), _site(url)
    links = list(islice(tree.iterfind(".//a[@href]"), MOST))
    frames = _Frames(len(links))
    return _distinct(
        _link(link, base)
        for link in links
        if _traits(link, base, host) >= ENOUGH and not any(map(frames.holds, link.iterancestors()))
    )


class _Frames:
    """Menus, footers and the like, by what a page calls them; what holds half of its links is none.

    Args:
        links: How many links the page has.
    """

    def __init__(self, links: int) -> None:
        self._half = links // 2
        self._known: dict[Any, bool] = {}

    def holds(self, element: Any) -> bool:
        """Whether the element is a frame."""
        if not _is_called_frame(element):
            return False
        if element not in self._known and len(self._known) < _FRAMES_COUNTED:
            inside = sum(1 for _ in islice(element.iter("a"), self._half + 1))
            self._known[element] = inside <= self._half
        return self._known.get(element, True)


def _links_in(element: Any) -> list[Any]:
    """The element itself where it is a link or stands in one, else the first link with words inside it."""
    inside = next((one for one in (element, *element.iterancestors()) if one.tag == "a"), None)
    if inside is not None:
        return [inside]
    links = element.findall(".//a[@href]")
    return [link for link in links if _headline(link)][:1] or links[:1]


def _distinct(posts: Iterator[Post | None]) -> list[Post]:
    """One for each address: the longest of its headlines, because a picture beside it has none."""
    found: dict[str, Post] = {}
    for post in filter(None, posts):
        known = found.get(post.id)
        if known is None:
            found[post.id] = post
        elif len(post.title) > len(known.title):
            found[post.id] = replace(post, published=post.published or known.published)
    return [post for post in found.values() if post.title]


def _link(link: Any, base: str) -> Post | None:
    address = absolute_url(link.get("href") or "", base)
    canonical = canonical_url(address) if address else None
    if address is None or canonical is None:
        return None
    return Post(id=canonical, link=address, title=_headline(link), published=_date(link, address))


@dataclass(frozen=True, kw_only=True)
class _Signs:
    """What `page_links.yml` says."""

    no_articles: frozenset[str]
    no_pages: tuple[str, ...]
    frames: frozenset[str]
    wholes: frozenset[str]
    articles: frozenset[str]


@cache
def _signs() -> _Signs:
    text = files("bot.sources.kinds").joinpath("page_links.yml").read_text(encoding="utf-8")
    words: Any = plain_yaml(text, "page_links.yml")
    return _Signs(
        no_articles=frozenset(words["no_articles"]),
        no_pages=tuple(words["no_pages"]),
        frames=frozenset(words["frames"]),
        wholes=frozenset(words["wholes"]),
        articles=frozenset(words["articles"]),
    )


def _traits(link: Any, base: str, host: str) -> int:
    """How much a link looks like that of an article."""
    address = absolute_url(link.get("href") or "", base)
    if address is None or not _is_site(address, host):
        return 0
    parts = urlsplit(address)
    path = parts.path.lower()
    steps = [step for step in path.split("/") if step]
    if not steps or path.endswith(_signs().no_pages) or _signs().no_articles.intersection(steps):
        return 0
    return _address_traits(steps, parts.query) + _word_traits(_headline(link)) + _place_traits(link)


def _address_traits(steps: list[str], query: str) -> int:
    last = steps[-1]
    numbered = _NUMBER.search(last) or _NUMBER.search(query)
    return (
        2 * (len(_WORDS.findall(last)) >= 3)
        + 2 * bool(_DATE.search("/".join(steps)))
        + bool(numbered)
        + last.endswith((".html", ".htm"))
        - (len(steps) == 1 and "-" not in last and not numbered)
    )


def _word_traits(headline: str) -> int:
    words = len(headline.split())
    return 2 if words >= 5 else 1 if words >= 3 else words - 3


def _place_traits(link: Any) -> int:
    """Where it stands: in a frame of the page, or in an article with a heading."""
    above = list(link.iterancestors())
    tags = {one.tag for one in above}
    if tags & _FRAMES:
        return -4
    near = [link, *above[:_NEAR], *islice(link.iterdescendants(), _NEAR)]
    in_heading = tags & _HEADINGS or any(one.tag in _HEADINGS for one in link.iterdescendants())
    named = any(_words(name) & _signs().articles for one in near for name in _names(one))
    return 2 * bool(in_heading) + (named or "article" in tags or "main" in tags)


def _is_called_frame(element: Any) -> bool:
    """Whether it is called a menu, a footer or the like."""
    named = map(_words, _names(element))
    return any(words & _signs().frames and not words & _signs().wholes for words in named)


def _names(element: Any) -> list[str]:
    """The classes and the id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()


def _words(name: str) -> set[str]:
    return set(_NAMES.findall(name))


def _headline(link: Any) -> str:
    """The heading in a link, else its words, else what it is labelled."""
    heading = next((one for one in link.iterdescendants() if one.tag in _HEADINGS), None)
    words = text_of(heading) or text_of(link)
    if 0 < len(words) <= LONGEST:
        return words
    labelled = " ".join((link.get("aria-label") or link.get("title") or "").split())
    return labelled or words[:LONGEST]


def _date(link: Any, address: str) -> str:
    """The date that stands beside a link or in its address, as written."""
    for above in islice(link.iterancestors(), _NEAR):
        if above.tag in ("body", "main") or len(list(islice(above.iter("a"), _CROWD))) == _CROWD:
            break  # what stands here belongs to several articles
        if (time := above.find(".//time[@datetime]")) is not None:
            return str(time.get("datetime"))
    found = _DATE.search(urlsplit(address).path)
    return "-".join(found.groups()) if found else ""


def _base(tree: Any, url: str) -> str:
    """The address that links are relative to: that of the page, unless the page names another."""
    base = tree.find(".//base[@href]")
    return url if base is None else absolute_url(base.get("href"), url) or url


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _is_site(address: str, host: str) -> bool:
    """Whether an address is of the same site: the same host or one below it."""
    other = _site(address)
    return other == host or other.endswith(f".{host}")

"""What a page says of itself to machines: JSON-LD, Open Graph and other meta elements, microdata.

Dates keep the offset they are written with. Nothing is believed that contradicts itself: a change before
publication, a canonical address on another host.
"""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from bot.article.cleaning import one_line
from bot.article.dates import parse_date
from bot.article.markup import plain_title
from bot.article.model import Published
from bot.article.paywall import tier
from bot.article.url import absolute_url, canonical_url

_DATES_LOOKED_AT = 20
_SCRIPTS, _LONGEST_SCRIPT = 20, 500_000  # how many, characters of each
_NODES, _INSIDE = 2_000, 200  # objects and lists that are looked at, members of one list
_NAMES, _NAME_LIMIT = 8, 120  # authors, characters of one
_ARTICLE = re.compile(r"(?:Article|Report|Posting|Review|NewsItem)$")
# A script that is no valid JSON still has its dates where they can be seen.
_LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,80})"')
# fmt: off
_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "publication_date", "publish-date", "publishdate", "pubdate", "dc.date", "dc.date.issued", "dcterms.date",
    "dcterms.issued", "dcterms.created", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "date",
)
_META_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified", "lastmod",
)
# fmt: on
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_SUBDOMAIN = re.compile(r"^(?:www\d?|m|mobile?|amp)\.")


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """What a page says of itself; None and False where it says nothing.

    Attributes:
        modified: When it was last changed; not before it was published.
        author: Names, joined by commas.
        lang: ISO 639 code of two or three letters.
        canonical: Its address by its own word, if that is on the same host.
        free: Whether everybody may read all of it.
    """

    published: Published | None = None
    modified: Published | None = None
    author: str | None = None
    lang: str | None = None
    canonical: str | None = None
    free: bool | None = None


def page_facts(tree: Any, url: str | None = None) -> PageFacts:
    """Read what a page says of itself.

    Args:
        tree: The page as an lxml tree; it is not changed.
        url: Where it was found.
    """
    said, metas = _article_said(tree), _metas(tree)
    published = _best(_published_dates(tree, said, metas))
    modified = _best(_modified_dates(tree, said, metas))
    is_later = modified and not (published and modified.at < published.at)
    return PageFacts(
        published=published,
        modified=modified if is_later else None,
        author=_authors(said.get("author")),
        lang=_language(tree, said, metas),
        canonical=_canonical(tree, metas, url),
        free=_is_free(tree, said, metas),
    )


def _article_said(tree: Any) -> Mapping[str, Any]:
    """The JSON-LD of the article; of an element that is none, for want of one; else nothing."""
    nodes = list(islice(_nodes(tree), _NODES))
    articles = [node for node in nodes if any(map(_ARTICLE.search, _types(node)))]
    dated = [node for node in nodes if "datePublished" in node or "isAccessibleForFree" in node]
    return next(iter([*articles, *dated]), {})


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects in the scripts of a page, from the outside in."""
    waiting = deque(
        _loaded(script.text or "")
        for script in islice(tree.iterfind('.//script[@type="application/ld+json"]'), _SCRIPTS)
    )
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting += [node[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in node]
        elif isinstance(node, list):
            waiting += node[:_INSIDE]


def _loaded(script: str) -> Any:
    """The JSON of a script, which may stand in a comment; nothing where it is none."""
    text = script[:_LONGEST_SCRIPT].strip().removeprefix("<!--").removesuffix("-->").strip()
    text = (
        text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    )
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _metas(tree: Any) -> dict[str, str]:
    """Contents of meta elements by their name in lower case; the first counts."""
    return {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content")
        for meta in reversed(list(tree.iterfind(".//meta[@content]")))
    }


def _best(texts: Iterator[str]) -> Published | None:
    """The first date with a time, else the first date."""
    dates = [date for text in islice(texts, _DATES_LOOKED_AT) if (date := parse_date(text))]
    return next((date for date in dates if date.exact), dates[0] if dates else None)


def _published_dates(tree: Any, said: Mapping[str, Any], metas: Mapping[str, str]) -> Iterator[str]:
    """Texts that ought to be the date of publication, surest first."""
    yield from _texts(said.get("datePublished"))
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        yield from _LD_PUBLISHED.findall(script.text or "")[:1]
    yield from (metas[name] for name in _META_PUBLISHED if name in metas)
    yield from _of_property(tree, "datePublished")
    for time in tree.iterfind(".//article//time[@datetime]"):
        yield time.get("datetime")


def _modified_dates(tree: Any, said: Mapping[str, Any], metas: Mapping[str, str]) -> Iterator[str]:
    """Texts that ought to be the date of the last change, surest first."""
    yield from _texts(said.get("dateModified"))
    yield from (metas[name] for name in _META_MODIFIED if name in metas)
    yield from _of_property(tree, "dateModified")


def _of_property(tree: Any, name: str) -> Iterator[str]:
    for element in tree.iterfind(f'.//*[@itemprop="{name}"]'):
        yield element.get("content") or element.get("datetime") or ""


def _texts(value: Any) -> Iterator[str]:
    yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _authors(value: Any) -> str | None:
    """Names of persons and organisations, in one line."""
    names: list[str] = []
    for author in value if isinstance(value, list) else [value]:
        said = author.get("name") if isinstance(author, dict) else author
        for name in _texts(said):
            clean = one_line(plain_title(name), _NAME_LIMIT)
            if clean and clean not in names and "://" not in clean:
                names.append(clean)
    return ", ".join(names[:_NAMES]) or None


def _language(tree: Any, said: Mapping[str, Any], metas: Mapping[str, str]) -> str | None:
    """The language that the page names: of its root, of its article, of its meta elements."""
    inside = said.get("inLanguage")
    named = (tree.get("lang"), inside, metas.get("og:locale"), metas.get("content-language"))
    for name in named:
        if isinstance(name, str) and (found := _LANGUAGE.fullmatch(name.strip())):
            return found.group(1).lower()
    return None


def _canonical(tree: Any, metas: Mapping[str, str], url: str | None) -> str | None:
    """The address that the page gives itself; None where it is that of another host or of a front page."""
    links = [link.get("href") for link in tree.iterfind('.//link[@rel="canonical"]')]
    for written in filter(None, [*links, metas.get("og:url")]):
        address = canonical_url(absolute_url(written, url) or "")
        if address and _is_likely(address, url):
            return address
    return None


def _is_likely(address: str, url: str | None) -> bool:
    if url is None:
        return True
    own, found = urlsplit(address), urlsplit(url)
    is_front = own.path in ("", "/") and not own.query
    return _site(own.hostname) == _site(found.hostname) and (not is_front or found.path in ("", "/"))


def _site(host: str | None) -> str:
    return _SUBDOMAIN.sub("", host or "")


def _is_free(tree: Any, said: Mapping[str, Any], metas: Mapping[str, str]) -> bool | None:
    """Whether the page declares that everybody may read it, by schema.org or by its content tier."""
    declared = said.get("isAccessibleForFree", next(_of_property(tree, "isAccessibleForFree"), None))
    if isinstance(declared, str):
        declared = {"true": True, "false": False}.get(declared.rpartition("/")[2].strip().lower())
    if isinstance(declared, bool):
        return declared
    return tier(metas.get("article:content_tier", ""))

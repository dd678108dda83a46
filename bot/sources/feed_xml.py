"""RSS, RDF and Atom to items: one pass over the children of each entry, by lxml.

The parser resolves no entities, loads no document types, opens no connections and keeps libxml2's limits on
depth and size; documents that declare anything never get here (`document.py`).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urljoin

from lxml import etree

from bot.sources.feed_elements import READERS, Element, Reader, keep, read_person, text_of
from bot.sources.items import Item, Parsed
from bot.sources.vocabulary import Form, Vocabulary, split_tag

ROOTS = {"rss", "feed", "rdf", "channel"}
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}  # minutes
_LONGEST_TTL = 43_200  # minutes; more is a mistake


def strict_tree(document: bytes) -> Element | None:
    """The root of a well-formed document in UTF-8; None for any other."""
    return _tree(document, recover=False)


def recovered_tree(document: bytes) -> Element | None:
    """The root of what libxml2 makes of a document that is not well-formed; None where it makes nothing."""
    return _tree(document, recover=True)


def is_feed(root: Element) -> bool:
    """Whether the root element is that of a feed."""
    return isinstance(root.tag, str) and split_tag(root.tag)[1].lower() in ROOTS


def read_tree(root: Element, url: str, *, has_bases: bool = True) -> Parsed:
    """Items of a feed, and what it says of itself.

    Args:
        root: Its root element.
        url: Where it was found, for relative links.
        has_bases: Whether `xml:base` may stand in it; looking for it costs time.
    """
    return _Reading(root, url, has_bases=has_bases).feed()


def _tree(document: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


class _Steps(dict[object, tuple[str, Form | None, Reader | None]]):
    """What to do with each tag of one document: the field, its form, and who reads it.

    Args:
        own: As for `Vocabulary`.
    """

    def __init__(self, own: Iterable[str]) -> None:
        super().__init__()
        self._vocabulary = Vocabulary(own)

    def __missing__(self, tag: object) -> tuple[str, Form | None, Reader | None]:
        slot = self._vocabulary.slot(tag) if isinstance(tag, str) else None  # else a comment, an entity
        step = (slot.field, slot.form, READERS.get(slot.form)) if slot else ("", None, None)
        self[tag] = step
        return step


class _Reading:
    """One feed while it is read."""

    def __init__(self, root: Element, url: str, *, has_bases: bool) -> None:
        self._root = root
        self._url = url
        self._has_bases = has_bases
        self._steps = _Steps([split_tag(str(root.tag))[0], root.nsmap.get(None) or ""])
        self._said: dict[str, str] = {}  # what the feed says of itself
        self._people: Item = {}  # whom Atom names once for all entries

    def feed(self) -> Parsed:
        items = list(self._items(self._root, self._based(self._root, self._url)))
        if not items:  # somebody wrapped them in another element
            items = [
                self._item(element, self._url)
                for element in self._root.iterdescendants()
                if self._steps[element.tag][1] is Form.ITEM
            ]
        author = self._people.get("author", "")
        for item in items if author else ():
            item.setdefault("author", author)
        said = self._said.get
        return Parsed(
            items=items,
            title=said("title", ""),
            hub=said("hub", ""),
            self_url=said("self", ""),
            ttl=_ttl(said("ttl", ""), said("period", ""), said("frequency", "")),
        )

    def _items(self, parent: Element, base: str) -> Iterator[Item]:
        """The items below the root or its channel; what else stands there is what the feed says of itself."""
        for child in parent:
            field, form, _ = self._steps[child.tag]
            if form is Form.ITEM:
                yield self._item(child, base)
            elif form is Form.CHANNEL:
                yield from self._items(child, self._based(child, base))
            elif form is Form.LINK:
                self._note_link(child, base)
            elif form is Form.PERSON and split_tag(child.tag)[1] == "author":
                read_person(self._people, child, field)
            elif form is Form.TEXT:
                self._said.setdefault(field, text_of(child).strip())

    def _note_link(self, link: Element, base: str) -> None:
        for relation in (link.get("rel") or "").lower().split():
            if relation in ("hub", "self") and (href := link.get("href")):
                self._said.setdefault(relation, _joined(self._based(link, base), href))

    def _item(self, element: Element, base: str) -> Item:
        item: Item = {"base": self._based(element, base) if self._has_bases else base}
        if about := element.get(_RDF_ABOUT):
            item["id"], item["id_is_link"] = about, True
        self._read_children(item, element)
        if self._has_bases:
            self._rebase(item, element)
        return item

    def _read_children(self, item: Item, element: Element) -> None:
        steps, plain = self._steps, Form.TEXT
        for child in element:
            field, form, read = steps[child.tag]
            if form is plain and not len(child):  # most are; a call for each would show
                if field not in item and (text := child.text):
                    keep(item, field, text)
            elif read is not None:
                read(item, child, field)
            elif form is Form.GROUP:
                self._read_children(item, child)

    def _rebase(self, item: Item, element: Element) -> None:
        """Let a link have the base of its own that it names."""
        for child in element:
            if self._steps[child.tag][1] is Form.LINK and child.get(_XML_BASE) and "link" in item:
                item["link"] = _joined(self._based(child, item["base"]), item["link"])

    def _based(self, element: Element, base: str) -> str:
        own = element.get(_XML_BASE) if self._has_bases else None
        return _joined(base, own) if own else base


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return base


def _ttl(minutes: str, period: str, frequency: str) -> timedelta | None:
    """How long the feed wants to be left alone, by `ttl` or else by the syndication module."""
    if minutes.isdecimal() and 0 < (number := int(minutes[:9])) <= _LONGEST_TTL:
        return timedelta(minutes=number)
    if period.lower() not in _PERIODS:
        return None
    times = int(frequency[:6]) if frequency.isdecimal() else 1
    return timedelta(minutes=_PERIODS[period.lower()] / max(times, 1))

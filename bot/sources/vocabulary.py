"""The elements that feeds are written with, in whichever namespace their authors took them from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Form(Enum):
    """How the content of an element is to be read."""

    TEXT = auto()
    LINK = auto()
    IDENTITY = auto()
    HTML = auto()
    TYPED = auto()  # Atom: an attribute says whether it is text, HTML or XHTML
    PERSON = auto()
    OUTLET = auto()
    GROUP = auto()  # its children count as those of the item
    ITEM = auto()
    CHANNEL = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an element's content goes: a field of `Item` or of the feed, and how it is read."""

    field: str
    form: Form = Form.TEXT


_FEED = {
    "item": Slot("", Form.ITEM),
    "entry": Slot("", Form.ITEM),
    "channel": Slot("", Form.CHANNEL),
    "title": Slot("title"),
    "link": Slot("link", Form.LINK),
    "guid": Slot("id", Form.IDENTITY),
    "id": Slot("id", Form.IDENTITY),
    "pubdate": Slot("published"),
    "published": Slot("published"),
    "issued": Slot("published"),
    "date": Slot("date"),
    "created": Slot("created"),
    "updated": Slot("updated"),
    "modified": Slot("updated"),
    "description": Slot("summary", Form.HTML),
    "abstract": Slot("summary", Form.HTML),
    "summary": Slot("summary", Form.TYPED),
    "content": Slot("content", Form.TYPED),
    "fullitem": Slot("content", Form.HTML),
    "body": Slot("content", Form.HTML),
    "author": Slot("author", Form.PERSON),
    "source": Slot("outlet", Form.OUTLET),
    "ttl": Slot("ttl"),
}
_DUBLIN_CORE = {
    "title": Slot("other_title"),
    "creator": Slot("author", Form.PERSON),
    "author": Slot("author", Form.PERSON),
    "date": Slot("date"),
    "issued": Slot("published"),
    "created": Slot("created"),
    "modified": Slot("updated"),
    "description": Slot("other_summary", Form.HTML),
    "abstract": Slot("other_summary", Form.HTML),
}
_MEDIA = {
    "group": Slot("", Form.GROUP),
    "title": Slot("other_title"),
    "description": Slot("other_summary", Form.TYPED),
}
_CONTENT = {"encoded": Slot("content", Form.HTML)}
_ITUNES = {"author": Slot("author", Form.PERSON), "summary": Slot("other_summary", Form.HTML)}
_SYNDICATION = {"updateperiod": Slot("period"), "updatefrequency": Slot("frequency")}
_XHTML = {"body": Slot("content", Form.HTML), "div": Slot("content", Form.HTML)}

# Namespace in lower case, without a slash or number sign at its end -> its elements.
_SPACES: Mapping[str, Mapping[str, Slot]] = {
    "": _FEED,
    "http://www.w3.org/2005/atom": _FEED,
    "https://www.w3.org/2005/atom": _FEED,
    "http://purl.org/atom/ns": _FEED,
    "http://purl.org/rss/1.0": _FEED,
    "http://purl.org/rss/1.0/modules/rss091": _FEED,
    "http://my.netscape.com/rdf/simple/0.9": _FEED,
    "http://channel.netscape.com/rdf/simple/0.9": _FEED,
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": _FEED,
    "http://backend.userland.com/rss": _FEED,
    "http://backend.userland.com/rss2": _FEED,
    "http://backend.userland.com/rss091": _FEED,
    "http://blogs.law.harvard.edu/tech/rss": _FEED,
    "http://cyber.law.harvard.edu/rss/rss.html": _FEED,
    "http://purl.org/dc/elements/1.0": _DUBLIN_CORE,
    "http://purl.org/dc/elements/1.1": _DUBLIN_CORE,
    "http://purl.org/dc/terms": _DUBLIN_CORE,
    "http://purl.org/rss/1.0/modules/content": _CONTENT,
    "http://search.yahoo.com/mrss": _MEDIA,
    "https://search.yahoo.com/mrss": _MEDIA,
    "http://www.itunes.com/dtds/podcast-1.0.dtd": _ITUNES,
    "http://purl.org/rss/1.0/modules/syndication": _SYNDICATION,
    "http://www.w3.org/1999/xhtml": _XHTML,
}
# The prefixes these namespaces usually have, for feeds that forget to declare them.
PREFIXES: Mapping[str, str] = {
    "atom": "http://www.w3.org/2005/Atom",
    "atom10": "http://www.w3.org/2005/Atom",
    "a10": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rss": "http://purl.org/rss/1.0/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


class Vocabulary:
    """The slots of the tags in one document.

    Args:
        own: Namespaces of the root element and of elements without prefix. Feeds invent some, so both
            count as that of feeds.
    """

    def __init__(self, own: Iterable[str] = ("",)) -> None:
        self._own = frozenset(own)

    def slot(self, tag: str) -> Slot | None:
        """The slot of a tag as lxml writes it, whatever its case; None if it says nothing."""
        space, name = split_tag(tag)
        if not space and ":" in name:  # a prefix that nobody declared
            prefix, _, name = name.partition(":")
            space = PREFIXES.get(prefix.lower(), prefix)
        if space in self._own:
            return _FEED.get(name.lower())
        return _SPACES.get(space.lower().rstrip("/#"), {}).get(name.lower())


def split_tag(tag: str) -> tuple[str, str]:
    """Namespace and name of a tag as lxml writes it."""
    if not tag.startswith("{"):
        return "", tag
    space, _, name = tag[1:].partition("}")
    return space, name

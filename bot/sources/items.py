"""What a parser gives: a feed and its items as they were written, before anything is cleaned."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict


class Item(TypedDict, total=False):
    """One item of a feed; what it does not say is missing.

    Attributes:
        id: Its own identity, as written.
        id_is_link: Whether the id may serve as its link.
        link: Its address, perhaps relative to `base`.
        other_link: An address of another form of it (a PDF, JSON), for want of a `link`.
        title, other_title: The headline, and one from an extension.
        published, date, created, updated: Dates as written: of publication by its own name, by Dublin
            Core's undecided one, of creation, of the last change.
        summary, content, other_summary: HTML, unsafe; the last is from an extension.
        author: Names, joined by commas.
        outlet: Whom an aggregator took it from.
        base: Address that its links are relative to.
    """

    id: str
    id_is_link: bool
    link: str
    other_link: str
    title: str
    other_title: str
    published: str
    date: str
    created: str
    updated: str
    summary: str
    content: str
    other_summary: str
    author: str
    outlet: str
    base: str


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A feed as it was written.

    Attributes:
        hub: Address of its WebSub hub, perhaps relative.
        self_url: What it calls its own address, perhaps relative.
        ttl: How long it wants to be left alone between two polls.
    """

    items: Sequence[Item] = ()
    title: str = ""
    hub: str = ""
    self_url: str = ""
    ttl: timedelta | None = None

"""Entry (an item of a feed) and Article (what is read and alerted on)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import blake2b

TITLE_BREAK = "\n\n"


@dataclass(frozen=True, kw_only=True)
class Published:
    """When an article was published, with the offset it was published with, because its day has it.

    Attributes:
        at: Timezone-aware moment; midnight UTC of the day when only the day is known.
        exact: False when only the day is known.
    """

    at: datetime
    exact: bool = True

    def __post_init__(self) -> None:
        """Refuse a moment without a zone."""
        if self.at.tzinfo is None:
            raise ValueError("a published time needs a zone")

    @property
    def day(self) -> date:
        """The calendar day where it was published."""
        return self.at.date()

    @classmethod
    def parse(cls, text: str) -> "Published":
        """Read `YYYY-MM-DD` or ISO 8601; a moment without a zone is taken as UTC.

        Raises:
            ValueError: The text is neither.
        """
        text = text.strip()
        if len(text) <= len("YYYY-MM-DD"):
            return cls(at=datetime.combine(date.fromisoformat(text), time(), UTC), exact=False)
        moment = datetime.fromisoformat(text)
        return cls(at=moment if moment.tzinfo else moment.replace(tzinfo=UTC))

    def __str__(self) -> str:
        """The form that `parse` reads."""
        return self.at.isoformat() if self.exact else self.day.isoformat()


class Tier(StrEnum):
    """What kind of voice a source is; the configuration says so."""

    OFFICIAL = "official"  # a government, an authority, an international organisation itself
    AGENCY = "agency"
    BROADCASTER = "broadcaster"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item of a feed, as the feed gives it; text fields are plain text, `content` sanitised HTML.

    Attributes:
        key: Identity within its source: the feed's id, else the link, else a hash of title and text.
        id: The identity that the feed itself gives, or None.
        link: Absolute http(s) address, or None.
        source_name: The outlet that an aggregating feed took the entry from; None where it is its own.
        whole: All of its text is here, as in a post: its page would add nothing but frames.
    """

    key: str
    title: str | None = None
    link: str | None = None
    published: Published | None = None
    updated: Published | None = None
    summary: str | None = None
    content: str | None = None
    author: str | None = None
    source_name: str | None = None
    whole: bool = False
    id: str | None = None

    @property
    def face(self) -> str:
        """Digest of all that it says and may change: 24 hex digits."""
        parts = (self.title, self.summary, self.content, str(self.updated or ""))
        said = "\x1f".join(part or "" for part in parts)
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Article:
    """A news article as it is read; never normalised after it was stored.

    Attributes:
        id: Stable identity of the article.
        text: Main text in plain paragraphs, separated by newlines.
        title: Headline, or None.
        lang: ISO 639-1 code as far as known; None lets the reader find it.
        url: Canonical address, or None.
        source_id: Identity of the source in the store, or None.
        source_name: Name of the source as people know it, or None.
        source_tier: What the configuration calls the source today, or None; no part of what is stored.
        published: When; None when nobody says.
        edited: When its outlet changed it after we had taken it in; None where it did not.
        author: Who wrote it, in the words of the outlet, or None.
        paywalled: Only subscribers may read all of it; `text` may be but its beginning.
        demo: Made by us to show the bot; never leaves the console.
    """

    id: str
    text: str
    title: str | None = None
    lang: str | None = None
    url: str | None = None
    source_id: str | None = None
    source_name: str | None = None
    source_tier: Tier | None = None
    published: Published | None = None
    edited: Published | None = None
    author: str | None = None
    paywalled: bool = False
    demo: bool = False

    @property
    def content(self) -> str:
        """The text all offsets count in: title, blank line, text; or the text alone."""
        if self.title and self.title.strip():
            return self.title + TITLE_BREAK + self.text
        return self.text

    @property
    def text_start(self) -> int:
        """Where the body begins in `content`."""
        return len(self.content) - len(self.text)

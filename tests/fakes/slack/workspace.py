"""A Slack workspace as the server remembers it: channels, people, messages, and what the app may do."""

import copy
import itertools
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# As in deploy/slack-manifest.yml.
SCOPES = frozenset({"chat:write", "commands", "channels:history", "groups:history", "im:history", "im:write"})


class Kind(StrEnum):
    """Kinds of conversations; the values are the first words of their scopes."""

    PUBLIC = "channels"
    PRIVATE = "groups"
    DIRECT = "im"


@dataclass(kw_only=True)
class Person:
    """Somebody in the workspace."""

    id: str
    name: str
    disabled: bool = False


@dataclass(kw_only=True)
class Post:
    """A message; `broadcast` is a reply that the channel is shown too."""

    ts: str
    text: str
    user: str
    blocks: list[Any] | None = None
    metadata: dict[str, Any] | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    edited: str | None = None
    deleted: bool = False
    broadcast: bool = False

    def shown(self, *, metadata: bool) -> dict[str, Any]:
        """As Slack gives it out."""
        told: dict[str, Any] = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts}
        if self.blocks is not None:
            told["blocks"] = copy.deepcopy(self.blocks)
        told |= {"thread_ts": self.thread_ts} if self.thread_ts else {}
        told |= {"subtype": "thread_broadcast"} if self.broadcast else {}
        told |= {"bot_id": self.bot_id} if self.bot_id else {}
        told |= {"edited": {"user": self.user, "ts": self.edited}} if self.edited else {}
        return told | ({"metadata": self.metadata} if metadata and self.metadata else {})


@dataclass(kw_only=True)
class Channel:
    """A conversation.

    Attributes:
        member: Whether the bot is in it.
        person: For a direct message: with whom.
    """

    id: str
    name: str
    kind: Kind = Kind.PUBLIC
    member: bool = True
    archived: bool = False
    person: str | None = None
    posts: list[Post] = field(default_factory=list)

    def find(self, ts: str) -> Post | None:
        """The message of that timestamp."""
        return next((post for post in self.posts if post.ts == ts and not post.deleted), None)

    @property
    def by_bot(self) -> list[Post]:
        """What the bot has posted, oldest first."""
        return [post for post in self.posts if post.bot_id and not post.deleted]


@dataclass(kw_only=True)
class Workspace:
    """One workspace with one app in it.

    Attributes:
        scopes: What the bot token may do.
        withheld: Scopes a test took away on purpose; needing them is no violation.
        token_error: What every call of a token is answered with, if anything; token -> error.
    """

    team_id: str = "T0DEPESCHE"
    team: str = "Newsroom"
    app_id: str = "A0DEPESCHE"
    bot_id: str = "B0DEPESCHE"
    bot_user: str = "U0DEPESCHE"
    bot_token: str = "xoxb-1111111111-2222222222-ThisIsNoRealToken"
    app_token: str = "xapp-1-A0DEPESCHE-3333333333-this0is0no0real0token"
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    withheld: set[str] = field(default_factory=set)
    token_error: dict[str, str] = field(default_factory=dict)
    messages_tab: bool = True
    edit_window_open: bool = True
    channels: dict[str, Channel] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def channel(self, name: str = "alerts", *, private: bool = False, member: bool = True,
                archived: bool = False) -> Channel:  # fmt: skip
        """Add a channel."""
        kind = Kind.PRIVATE if private else Kind.PUBLIC
        made = Channel(id=self._id("C"), name=name, kind=kind, member=member, archived=archived)
        self.channels[made.id] = made
        return made

    def person(self, name: str = "ida", *, disabled: bool = False) -> Person:
        """Add somebody."""
        made = Person(id=self._id("U"), name=name, disabled=disabled)
        self.people[made.id] = made
        return made

    def direct(self, person: str) -> Channel:
        """The direct message of the bot with somebody, opened if need be."""
        for channel in self.channels.values():
            if channel.person == person:
                return channel
        made = Channel(id=self._id("D"), name="directmessage", kind=Kind.DIRECT, person=person)
        self.channels[made.id] = made
        return made

    def say(self, channel: Channel, text: str, *, user: str = "U0SOMEBODY") -> Post:
        """Somebody else writes a message."""
        post = Post(ts=self.timestamp(), text=text, user=user)
        channel.posts.append(post)
        return post

    def withhold(self, *scopes: str) -> None:
        """Take scopes away, as if the app had been installed without them."""
        self.scopes -= set(scopes)
        self.withheld |= set(scopes)

    def revoke(self, token: str, error: str = "token_revoked") -> None:
        """Answer every call of a token with an error."""
        self.token_error[token] = error

    def timestamp(self) -> str:
        """A message's name: unique, later than those before."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def _id(self, letter: str) -> str:
        return f"{letter}0{next(self._numbers):07d}"

"""The methods of the Web API that this server knows, as the real ones answer."""

import base64
import binascii
import copy
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.slack.blocks import block_problems
from tests.fakes.slack.workspace import Channel, Kind, Post, Workspace

Arguments = Mapping[str, Any]
Answer = dict[str, Any]
METADATA = 8_000  # bytes
HISTORY = 999  # messages a page
FLAGS = (True, "true", "1")


class SlackError(Exception):
    """`ok: false`."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.error = error
        self.more = more


class Methods:
    """Calls against a workspace.

    Args:
        workspace: What it remembers.
        socket_url: Makes an address for one WebSocket.
    """

    def __init__(self, workspace: Workspace, socket_url: Callable[[], str]) -> None:
        self._workspace = workspace
        self._socket_url = socket_url
        self.known: dict[str, Callable[[Arguments], Answer]] = {
            "api.test": lambda arguments: {"args": dict(arguments)},
            "auth.test": self._auth_test,
            "apps.connections.open": lambda _arguments: {"url": self._socket_url()},
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.open": self._open,
            "conversations.info": self._info,
        }

    def call(self, method: str, arguments: Arguments) -> Answer:
        """Do it.

        Raises:
            SlackError: It cannot be done.
        """
        return {"ok": True, **self.known[method](arguments)}

    def scopes_for(self, method: str, arguments: Arguments, listed: list[str]) -> set[str]:
        """The scopes that this call needs one of: of four history scopes the one for its kind of channel."""
        channel = self._workspace.channels.get(str(arguments.get("channel", "")))
        first = Kind.DIRECT if method == "conversations.open" else channel.kind if channel else None
        fitting = {scope for scope in listed if first and scope.startswith(f"{first}:")}
        return fitting or set(listed)

    def _auth_test(self, _arguments: Arguments) -> Answer:
        space = self._workspace
        return {
            "url": "https://newsroom.slack.com/",
            "team": space.team,
            "user": "depesche",
            "team_id": space.team_id,
            "user_id": space.bot_user,
            "bot_id": space.bot_id,
            "is_enterprise_install": False,
        }

    def _post(self, arguments: Arguments) -> Answer:
        channel = self._postable(str(arguments.get("channel", "")))
        content = _content(arguments)
        thread = arguments.get("thread_ts")
        if thread and not channel.find(thread):
            raise SlackError("cannot_reply_to_message")
        space = self._workspace
        post = Post(
            ts=space.timestamp(), user=space.bot_user, bot_id=space.bot_id, thread_ts=thread, **content
        )
        post.broadcast = bool(thread) and arguments.get("reply_broadcast") in FLAGS
        channel.posts.append(post)
        return {"channel": channel.id, "ts": post.ts, "message": post.shown(metadata=True)}

    def _update(self, arguments: Arguments) -> Answer:
        channel = self._readable(str(arguments.get("channel", "")))
        post = channel.find(str(arguments.get("ts", "")))
        if not post:
            raise SlackError("message_not_found")
        if post.bot_id != self._workspace.bot_id:
            raise SlackError("cant_update_message")
        if channel.archived:
            raise SlackError("is_inactive")
        if not self._workspace.edit_window_open:
            raise SlackError("edit_window_closed")
        content = _content(arguments)
        post.text, post.blocks = content["text"], content["blocks"]
        post.metadata = content["metadata"] or post.metadata
        post.edited = self._workspace.timestamp()
        shown = post.shown(metadata=True)
        return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": shown}

    def _delete(self, arguments: Arguments) -> Answer:
        channel = self._readable(str(arguments.get("channel", "")))
        post = channel.find(str(arguments.get("ts", "")))
        if not post:
            raise SlackError("message_not_found")
        if post.bot_id != self._workspace.bot_id:
            raise SlackError("cant_delete_message")
        post.deleted = True
        return {"channel": channel.id, "ts": post.ts}

    def _history(self, arguments: Arguments) -> Answer:
        channel = self._readable(str(arguments.get("channel", "")), reading=True)
        posts = [post for post in channel.posts if _in_channel(post)]
        return _page([post for post in reversed(posts) if not post.deleted], arguments)

    def _replies(self, arguments: Arguments) -> Answer:
        channel = self._readable(str(arguments.get("channel", "")), reading=True)
        ts = str(arguments.get("ts", ""))
        if not channel.find(ts):
            raise SlackError("thread_not_found")
        thread = [post for post in channel.posts if ts in (post.ts, post.thread_ts) and not post.deleted]
        return _page(thread, arguments)

    def _open(self, arguments: Arguments) -> Answer:
        people = str(arguments.get("users") or "").split(",")
        if people == [""]:
            raise SlackError("users_list_not_supplied")
        if len(people) > 1:
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": {"id": self._direct(people[0]).id}}

    def _info(self, arguments: Arguments) -> Answer:
        channel = self._found(str(arguments.get("channel", "")))
        told = {"id": channel.id, "name": channel.name, "is_archived": channel.archived}
        return {"channel": told | {"is_member": channel.member, "is_im": channel.kind is Kind.DIRECT}}

    def _found(self, channel_id: str) -> Channel:
        """What the bot can see: private channels only from inside."""
        channel = self._workspace.channels.get(channel_id)
        if not channel or (channel.kind is Kind.PRIVATE and not channel.member):
            raise SlackError("channel_not_found")
        return channel

    def _readable(self, channel_id: str, *, reading: bool = False) -> Channel:
        channel = self._found(channel_id)
        if reading and not channel.member:
            raise SlackError("not_in_channel")
        return channel

    def _postable(self, address: str) -> Channel:
        named = next((one for one in self._workspace.channels.values() if f"#{one.name}" == address), None)
        if named:
            address = named.id
        if address[:1] in ("U", "W"):
            if address not in self._workspace.people:
                raise SlackError("channel_not_found")
            channel = self._direct(address)
        else:
            channel = self._found(address)
        if channel.archived:
            raise SlackError("is_archived")
        if not channel.member:
            raise SlackError("not_in_channel")
        if channel.kind is Kind.DIRECT and not self._workspace.messages_tab:
            raise SlackError("messages_tab_disabled")
        return channel

    def _direct(self, person_id: str) -> Channel:
        person = self._workspace.people.get(person_id)
        if not person:
            raise SlackError("user_not_found")
        if person.disabled:
            raise SlackError("user_disabled")
        return self._workspace.direct(person_id)


def _in_channel(post: Post) -> bool:
    """Whether the channel shows it outside threads."""
    return not post.thread_ts or post.thread_ts == post.ts or post.broadcast


def _content(arguments: Arguments) -> dict[str, Any]:
    """Text, blocks and metadata of a message that is to be posted or changed."""
    text, blocks = arguments.get("text") or "", arguments.get("blocks")
    if not text and not blocks:
        raise SlackError("no_text")
    if len(text) > 40_000:
        raise SlackError("msg_too_long")
    if blocks is not None and any(block_problems(blocks)):
        raise SlackError("invalid_blocks", response_metadata={"messages": list(block_problems(blocks))})
    return {"text": text, "blocks": copy.deepcopy(blocks), "metadata": _metadata(arguments.get("metadata"))}


def _metadata(metadata: Any) -> dict[str, Any] | None:
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", str(metadata.get("event_type"))):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA:
        raise SlackError("metadata_too_large")
    return copy.deepcopy(metadata)


def _page(posts: list[Post], arguments: Arguments) -> Answer:
    """One page of messages with a cursor to the next."""
    limit = int(arguments.get("limit") or 100)
    if not 1 <= limit <= HISTORY:
        raise SlackError("invalid_limit")
    inside = [post for post in posts if _within(post, arguments)]
    start = _offset(str(arguments.get("cursor") or ""), inside)
    page, rest = inside[start : start + limit], inside[start + limit :]
    cursor = base64.b64encode(f"next_ts:{rest[0].ts}".encode()).decode() if rest else ""
    with_metadata = arguments.get("include_all_metadata") in FLAGS
    return {
        "messages": [post.shown(metadata=with_metadata) for post in page],
        "has_more": bool(rest),
        "pin_count": 0,
        **({"response_metadata": {"next_cursor": cursor}} if cursor else {}),
    }


def _within(post: Post, arguments: Arguments) -> bool:
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9999999999")
    if arguments.get("inclusive") in FLAGS:
        return oldest <= post.ts <= latest
    return oldest < post.ts < latest


def _offset(cursor: str, posts: list[Post]) -> int:
    if not cursor:
        return 0
    try:
        word, _, ts = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    at = next((number for number, post in enumerate(posts) if post.ts == ts), len(posts))
    if word != "next_ts":
        raise SlackError("invalid_cursor")
    return at

"""Response URLs: where an app answers a command or a tap, five times within half an hour."""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from aiohttp import web

from tests.fakes.slack.blocks import message_problems
from tests.fakes.slack.sockets import Asked

USES = 5
SECONDS = 1_800.0
FLAGS = frozenset({"replace_original", "delete_original", "unfurl_links", "unfurl_media", "mrkdwn"})
KNOWN = FLAGS | {"text", "blocks", "attachments", "response_type", "thread_ts", "metadata"}


class ResponseUrls:
    """All response URLs.

    Args:
        address: Of the server.
        complain: Takes violations.
    """

    def __init__(self, address: Callable[[], str], complain: Callable[[str], None]) -> None:
        self._address = address
        self._complain = complain
        self._asked: dict[str, Asked | None] = {}

    def make(self, kind: str) -> tuple[str, str]:
        """A secret and the address it stands in."""
        secret = secrets.token_urlsafe(18)
        self._asked[secret] = None
        return secret, f"{self._address()}/{kind}/{secret}"

    def tie(self, secret: str, asked: Asked) -> Asked:
        """Tell to what the answers belong."""
        self._asked[secret] = asked
        return asked

    async def take(self, request: web.Request) -> web.Response:
        """An answer."""
        asked = self._asked.get(request.match_info["secret"])
        if asked is None:
            return web.json_response({"ok": False, "error": "invalid_url"}, status=404)
        if len(asked.answers) >= USES or time.monotonic() - asked.sent > SECONDS:
            self._complain("response_url: used more often or longer than allowed")
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        try:
            body = json.loads(await request.text())
        except ValueError:
            self._complain("response_url: the body is no JSON")
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        for problem in _problems(body):
            self._complain(f"response_url: {problem}")
        if asked.acknowledged is None:
            self._complain("response_url: answered before it was acknowledged")
        asked.say(body)
        return web.Response(text="ok")


def _problems(body: Mapping[str, Any]) -> Iterator[str]:
    for name in body.keys() - KNOWN:
        yield f"there is no `{name}`"
    for name in body.keys() & FLAGS:
        if not isinstance(body[name], bool):
            yield f"`{name}` is no boolean"
    if body.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        yield f"there is no response_type {body['response_type']!r}"
    if not body.get("delete_original"):
        yield from message_problems(body.get("text"), body.get("blocks"))

"""The addresses that WebSub hubs call: to have a subscription confirmed, and to push.

Each subscription has an address of its own that nobody can guess. Who calls another one learns nothing.
"""

from bot.ports.hubs import HubWord, PushReceiver
from bot.ports.web import NOT_FOUND, Call, Reply, Route

PATH = "/websub/"
TAKEN = Reply(status=202)
_LONGEST_CHALLENGE = 1_000
_LONGEST_LEASE = 12  # digits


def websub_routes(receiver: PushReceiver) -> list[Route]:
    """Where hubs are answered."""

    async def verify(call: Call) -> Reply:
        challenge = call.query.get("hub.challenge", "")
        word = _word(call)
        if len(challenge) > _LONGEST_CHALLENGE or not await receiver.answered(call.parts["token"], word):
            return NOT_FOUND
        return Reply(body=challenge.encode())

    async def push(call: Call) -> Reply:
        content_type, signature = call.headers.get("content-type"), call.headers.get("x-hub-signature")
        known = await receiver.receive(call.parts["token"], call.body, content_type, signature)
        return TAKEN if known else NOT_FOUND

    path = PATH + "{token}"
    return [Route(method="GET", path=path, handle=verify), Route(method="POST", path=path, handle=push)]


def _word(call: Call) -> HubWord:
    lease = call.query.get("hub.lease_seconds", "")
    is_number = lease.isascii() and lease.isdecimal() and len(lease) <= _LONGEST_LEASE
    return HubWord(
        mode=call.query.get("hub.mode", ""),
        topic=call.query.get("hub.topic", ""),
        lease=int(lease) if is_number else None,
        reason=call.query.get("hub.reason"),
    )

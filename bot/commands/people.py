"""`/claim`, `/allow`, `/deny`: who may use the bot."""

import re
from dataclasses import replace

from bot.commands.asking import Asked, Level
from bot.commands.claiming import TRIES, Verdict, judge_code, next_claim_try
from bot.commands.fitting import answer, fitting
from bot.ports.access import Claim, Member, Role
from bot.ports.conversation import Answer
from bot.ports.pauses import chat_of

_ID = re.compile(r"(?:(?P<kind>[a-z]{1,20}):)?(?P<id>-?[A-Za-z0-9_]{1,64})(?:/\d+)?")
NOBODY = Answer()
ROLES = {"editor": Role.EDITOR, "redakteur": Role.EDITOR, "redakteurin": Role.EDITOR, "member": Role.MEMBER}


async def claim(ask: Asked) -> Answer:
    """Look at a code. No answer where a stranger is to learn nothing: then they get the usual line."""
    store, request, now = ask.desk.store, ask.request, ask.desk.clock.now()
    if not request.arguments:
        return answer(ask.say("claim_how"))
    if not request.private and request.user == chat_of(request.address):
        return NOBODY  # whoever writes in a chat's name is many: an owner is one person
    open_claim = await store.claim(request.kind)
    tries = await store.claim_tries(request.kind, request.user)
    verdict = judge_code(open_claim, tries, request.arguments, now)
    match verdict:
        case Verdict.RIGHT if open_claim:
            return await _own(ask, open_claim)
        case Verdict.WRONG | Verdict.EXPIRED:
            wrong = (tries.count if tries else 0) + 1
            next_at = next_claim_try(now, wrong)
            await store.count_claim_try(request.kind, request.user, next_at=next_at)
            seconds = round((next_at - now).total_seconds())
            return answer(ask.say(f"claim_{verdict}", n=TRIES - wrong, seconds=seconds))
    return NOBODY if ask.level is Level.STRANGER else answer(ask.say(f"claim_{verdict}"))


async def _own(ask: Asked, open_claim: Claim) -> Answer:
    request = ask.request
    owner = Member(kind=request.kind, id=request.user, role=Role.OWNER, name=request.user_name)
    if not await ask.desk.store.use_claim(open_claim, owner, now=ask.desk.clock.now()):
        return NOBODY
    return answer(ask.say("claimed"))


async def allow(ask: Asked) -> Answer:
    """Let a person or chat in, perhaps as an editor; without an id, list who was let in."""
    if not ask.request.arguments.strip():
        members = await ask.desk.store.members()
        lines = (f"{one.kind}:{one.id} · {ask.say(f'role_{one.role}')} {one.name}".strip() for one in members)
        return answer(ask.say("members"), "\n".join(fitting(lines)), ask.say("allow_how"))
    words = ask.request.arguments.split()
    named, wish = _named(ask, words[0]), " ".join(words[1:]).lower()
    if named is None or wish not in ("", *ROLES):
        return answer(ask.say("allow_how"))
    known = (await ask.desk.store.roles(named.kind, [named.id])).get(named.id, Role.MEMBER)
    role = Role.OWNER if known is Role.OWNER else ROLES.get(wish, known)
    await ask.desk.store.put_member(replace(named, role=role), now=ask.desk.clock.now())
    return answer(ask.say("allowed", id=f"{named.kind}:{named.id}", role=ask.say(f"role_{role}")))


async def deny(ask: Asked) -> Answer:
    """Let a person or chat in no more; what was subscribed to in that chat ends."""
    named = _named(ask, ask.request.arguments.strip())
    if named is None:
        return answer(ask.say("deny_how"))
    place = f"{named.kind}:{named.id}"
    role = (await ask.desk.store.roles(named.kind, [named.id])).get(named.id)
    if role is Role.OWNER:
        return answer(ask.say("owner_stays", id=place))
    done = await ask.desk.store.remove_member(named.kind, named.id)
    left = await ask.desk.store.chat_subscriptions(named.kind, named.id)
    configured = ask.say("still_configured", id=place) if left else ""
    return answer(ask.say("denied" if done else "not_allowed_before", id=place), configured)


def _named(ask: Asked, text: str) -> Member | None:
    """The person or chat of `ID`, or of `telegram:ID` for one on another platform; its topic left out."""
    found = _ID.fullmatch(text)
    if found is None:
        return None
    return Member(kind=found["kind"] or ask.request.kind, id=found["id"], role=Role.MEMBER)

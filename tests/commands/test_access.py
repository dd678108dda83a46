"""Who gets an answer, who owns the bot, whom they let in."""

import asyncio

from bot.commands.answerer import COMMANDS
from bot.commands.claiming import open_claim
from bot.ports.access import Role
from tests.fakes.chat import CODE, GROUP, MEMBER, OWNER, STRANGER, Chat, counting


async def test_a_stranger_gets_one_polite_line_an_hour(chat: Chat) -> None:
    """Whatever they ask: the first answer names their id, then there is silence for an hour."""
    assert await chat.ask("latest", STRANGER) == (
        "Hello! This bot only answers people who were let in. Its owner can let you in; your id: 99"
    )
    chat.clock.advance(3599)
    for text in ("start", "help", "claim", "claim 1234", "subscribe all", "nonsense"):
        assert await chat.ask(text, STRANGER) == ""
    chat.clock.advance(1)
    assert await chat.ask("help", STRANGER, lang="de") != ""


async def test_many_strangers_in_one_group_get_one_line(chat: Chat) -> None:
    """The hour is the chat's, with all its topics, not the person's."""
    said = [await chat.ask("help", str(number), f"{GROUP}/{number}") for number in range(200, 220)]
    assert sum(bool(text) for text in said) == 1


async def test_a_flood_of_strangers_is_not_answered(chat: Chat) -> None:
    """At most a thousand new chats an hour hear anything."""
    said = [await chat.ask("help", str(number)) for number in range(1000, 2200)]
    assert sum(bool(text) for text in said) == 1000
    chat.clock.advance(3600)
    assert await chat.ask("help", "2199") != ""


async def test_a_stranger_changes_nothing(chat: Chat) -> None:
    """No command of a stranger reaches the store."""
    for command in COMMANDS:
        await chat.ask(f"{command} all", STRANGER)
    assert (await chat.store.subscriptions(), len(await chat.store.members())) == ([], 2)


async def test_a_stranger_in_the_chat_of_others_may_read_but_not_subscribe(chat: Chat) -> None:
    """Anybody in a chat that was let in reads; only who was let in themselves may subscribe there."""
    await chat.ask("subscribe all", MEMBER, GROUP)
    assert await chat.ask("latest", STRANGER, GROUP) == "No alert yet."
    assert await chat.ask("status", STRANGER, GROUP) != ""
    assert "Only people who were let in" in await chat.ask("subscribe security", STRANGER, GROUP)
    assert "Only people who were let in" in await chat.ask("unsubscribe all", STRANGER, GROUP)
    assert await chat.ask("allow 99", STRANGER, GROUP) == "Only the owner may do this."
    assert len(await chat.store.subscriptions()) == 1


async def test_the_owner_claims_the_bot() -> None:
    """The code from the console, typed as people type, makes its sender the owner; then it is gone."""
    chat = Chat()
    assert await chat.claim_code() == CODE
    said = await chat.ask("claim oi23 4567-89ab", STRANGER)
    assert said.startswith("The bot is yours now.")
    assert await chat.store.roles("telegram", [STRANGER]) == {STRANGER: Role.OWNER}
    assert CODE.replace("-", "") not in str(vars(chat.store)), "the code is not stored"
    assert "let in" in await chat.ask(f"claim {CODE}", "100")
    assert await open_claim(chat.store, "telegram", clock=chat.clock, randomness=counting) is None
    assert await open_claim(chat.store, "slack", clock=chat.clock, randomness=counting) is not None


async def test_an_unclaimed_bot_tells_how_to_claim_it() -> None:
    """While a code waits, the polite line says what to do with it."""
    chat = Chat()
    await chat.claim_code()
    assert "/claim with the code from its console" in await chat.ask("start", STRANGER)
    assert "/depesche" not in await chat.ask("start", "100")


async def test_wrong_codes_wait_longer_and_longer_and_end() -> None:
    """Five tries; each is looked at only after its pause; then the right code is not looked at either."""
    chat = Chat()
    await chat.claim_code()
    for pause, left in ((2, "4 tries"), (8, "3 tries"), (32, "2 tries"), (128, "1 try"), (512, "0 tries")):
        said = await chat.ask("claim AAAA-AAAA-AAAA", STRANGER)
        assert said.startswith(f"That code is wrong. {left} left")
        chat.clock.advance(pause - 1)
        assert "yours now" not in await chat.ask(f"claim {CODE}", STRANGER)
        chat.clock.advance(1)
    assert "yours now" not in await chat.ask(f"claim {CODE}", STRANGER)
    assert "yours now" in await chat.ask(f"claim {CODE}", "100"), "nobody is locked out by others"


async def test_codes_sent_at_once_share_no_look() -> None:
    """Of a hundred codes sent at the same moment one is looked at."""
    chat = Chat()
    await chat.claim_code()
    await asyncio.gather(*(chat.ask(f"claim {number:012}", STRANGER) for number in range(100)))
    tries = await chat.store.claim_tries("telegram", STRANGER)
    assert tries
    assert tries.count == 1


async def test_a_code_ends_after_a_thousand_tries() -> None:
    """Many guessers with five tries each get no further."""
    chat = Chat()
    await chat.claim_code()
    for number in range(1000):
        await chat.ask("claim WRONG", str(number))
    assert "yours now" not in await chat.ask(f"claim {CODE}", OWNER)


async def test_a_code_expires() -> None:
    """After an hour the right code is told to be too old; a wrong one is merely wrong."""
    chat = Chat()
    await chat.claim_code()
    chat.clock.advance(3600)
    assert "has expired" in await chat.ask(f"claim {CODE}", STRANGER)
    assert "is wrong" in await chat.ask("claim WRONG", "100")


async def test_a_group_cannot_own_the_bot() -> None:
    """A code sent in the name of a group or channel is not looked at, and stays good."""
    chat = Chat()
    await chat.claim_code()
    assert "yours now" not in await chat.ask(f"claim {CODE}", GROUP, f"{GROUP}/7")
    assert "yours now" in await chat.ask(f"claim {CODE}", OWNER, f"{GROUP}/7")


async def test_a_second_start_voids_the_first_code() -> None:
    """Each start prints a code of its own."""
    chat = Chat()
    await chat.claim_code()
    await open_claim(chat.store, "telegram", clock=chat.clock, randomness=lambda number: b"\x07" * number)
    assert "yours now" not in await chat.ask(f"claim {CODE}", STRANGER)
    assert "yours now" in await chat.ask("claim 7777-7777-7777", "100")


async def test_the_owner_lets_people_and_chats_in(chat: Chat) -> None:
    """A person, a chat, somebody on another platform; each can ask then, and is listed."""
    for name in ("99", "-100123/7", "slack:U1"):
        assert "Let in:" in await chat.ask(f"allow {name}", OWNER)
    assert await chat.ask("latest", "99") == "No alert yet."
    assert await chat.ask("latest", "98", GROUP) == "No alert yet."
    assert await chat.ask("latest", "U1", "C1", kind="slack") == "No alert yet."
    listed = await chat.ask("allow", OWNER)
    assert "telegram:17 · owner" in listed
    assert "telegram:-100123 · member" in listed


async def test_a_chat_that_was_let_in_only_reads(chat: Chat) -> None:
    """In a group the people decide; in private chat and person are one."""
    await chat.ask(f"allow {GROUP}", OWNER)
    await chat.ask("allow 99", OWNER)
    assert "Only people" in await chat.ask("subscribe all", "98", GROUP)
    assert "Subscribed" in await chat.ask("subscribe all", "99")


async def test_the_owner_takes_people_out(chat: Chat) -> None:
    """They are strangers again, and what their chat subscribed to ends."""
    await chat.ask("subscribe all", MEMBER)
    assert await chat.ask(f"deny {MEMBER}", OWNER) == "Let in no more: telegram:18"
    assert await chat.store.subscriptions() == []
    assert "let in" in await chat.ask("latest", MEMBER)
    assert await chat.ask(f"deny {MEMBER}", OWNER) == "telegram:18 was not let in."
    assert await chat.ask(f"deny {OWNER}", OWNER) == "telegram:17 is the owner and stays so."
    assert "deny ID" in await chat.ask("deny two words", OWNER)

"""Greetings, unknown commands, status, faults."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.commands.answerer import BELOW_ALERTS, COMMANDS
from bot.commands.greeting import HELP
from bot.errors import StoreError
from bot.ports.access import Member, Role
from bot.ports.pauses import Pause
from bot.ports.sources import SourceSettings
from tests.fakes.chat import GROUP, MEMBER, OWNER, STRANGER, Chat


async def test_start_shows_what_to_paste(chat: Chat) -> None:
    """The chat's id with its topic, and lines that are a valid destination of the configuration."""
    answer = await chat.answer("start", MEMBER, f"{GROUP}/7")
    assert "This chat is: telegram -100123/7" in [part.text for part in answer.parts]
    (code,) = [part.text for part in answer.parts if part.code]
    assert code.splitlines() == [
        "destinations:",
        "  - kind: telegram",
        '    address: "-100123/7"',
        "    channels: [all]",
    ]


@pytest.mark.parametrize(("user", "most"), [(OWNER, "deny"), (MEMBER, "unsubscribe")])
async def test_help_lists_what_one_may_do(chat: Chat, user: str, most: str) -> None:
    """Every command that is within the level, in its language, with what stands before it there."""
    said = await chat.ask("help", user, lang="de")
    assert said.splitlines()[-1].startswith(f"/{most} ")
    assert said.startswith("/start – Kennung")


async def test_slack_commands_stand_under_one(chat: Chat) -> None:
    """On Slack all of them begin with /depesche."""
    await chat.ask("allow slack:U1", OWNER)
    said = await chat.ask("help", "U1", "D1", kind="slack", private=True)
    assert all(line.startswith("/depesche ") for line in said.splitlines())


def test_help_knows_every_command() -> None:
    """All but the claim, which is told where it is wanted; with the level it needs."""
    unnamed = {"claim", *BELOW_ALERTS}
    assert {name: level for name, (level, _) in COMMANDS.items() if name not in unnamed} == HELP


@pytest.mark.parametrize(
    ("text", "address", "kind", "wanted"),
    [
        ("lates", None, "telegram", "Did you mean “latest”?"),
        ("xyzzy", None, "telegram", "There is no command “xyzzy”. All commands: /help"),
        ("lates", GROUP, "telegram", "Did you mean “latest”?"),
        ("xyzzy", GROUP, "telegram", ""),
        ("xyzzy", "C1", "slack", "There is no command “xyzzy”. All commands: /depesche help"),
    ],
)
async def test_unknown_commands(chat: Chat, text: str, address: str, kind: str, wanted: str) -> None:
    """The nearest one is named; in a group what is none of ours is another bot's."""
    await chat.ask("allow slack:18", OWNER)
    said = await chat.ask(text, MEMBER, address, kind=kind)
    assert said.endswith(wanted)
    assert bool(said) == bool(wanted)


async def troubled(chat: Chat) -> None:
    """A failing source and two pauses."""
    now = chat.clock.now()
    await chat.store.put_sources(
        [SourceSettings(id="a", kind="feed", url="https://a.example", name="Amt")], now
    )
    await chat.store.record_failure("a", "HTTP 503", now=now, next_poll=now)
    for scope, broken in (("telegram:-100123", False), ("slack:C1", True)):
        chat.store.paused[scope] = Pause(
            scope=scope, reason="why", since=now, until=now + timedelta(hours=1), broken=broken
        )


async def test_status_in_full(chat: Chat) -> None:
    """A member in private sees numbers, failing sources and all pauses."""
    await troubled(chat)
    said = (await chat.ask("status")).splitlines()
    assert said[0] == "Sources: 1 · 1 not yet verified · 1 failing"
    assert "⏸ telegram:-100123: paused until 14:00: why" in said
    assert "⏸ slack:C1: broken, next try 14:00: why" in said
    assert "! Amt: HTTP 503" in said


async def test_status_in_short(chat: Chat) -> None:
    """In a group only the numbers and the pause of this chat are told."""
    await troubled(chat)
    said = await chat.ask("status", MEMBER, f"{GROUP}/7")
    assert "telegram:-100123" in said
    assert "slack" not in said
    assert "Amt" not in said


async def test_who_writes_from_a_broken_chat_has_it_tried_anew(chat: Chat) -> None:
    """The broken pause of that chat is lifted; strangers and other pauses change nothing."""
    scopes = "telegram:18", "telegram:99", "telegram:77", "slack", "telegram commands"
    await broken(chat, *scopes)
    await chat.ask("help", STRANGER)
    assert sorted(chat.store.paused) == sorted(scopes)
    await chat.ask("help", MEMBER)
    assert sorted(chat.store.paused) == ["slack", "telegram commands", "telegram:77", "telegram:99"]


async def test_a_member_who_writes_has_the_platform_tried_anew(chat: Chat) -> None:
    """They may have mended it; whoever is only read to may not. The answer still shows what was broken."""
    await chat.store.put_member(Member(kind="telegram", id=GROUP, role=Role.MEMBER), now=chat.clock.now())
    await broken(chat, "telegram")
    await chat.ask("help", STRANGER, GROUP)
    assert list(chat.store.paused) == ["telegram"]
    assert "⏸ telegram:" in await chat.ask("status", MEMBER)
    assert not chat.store.paused


async def broken(chat: Chat, *scopes: str) -> None:
    """Put pauses that only a person can mend."""
    now = chat.clock.now()
    for scope in scopes:
        await chat.store.put_pause(Pause(scope=scope, reason="r", since=now, until=now, broken=True))


@pytest.mark.parametrize("error", [StoreError("the disk is full"), RuntimeError("bot123:secret")])
async def test_nothing_is_raised(chat: Chat, error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    """A store that fails, or a mistake of ours, gives a calm line once an hour; no secret is logged."""

    async def fail(*_: object) -> Sequence[object]:
        raise error

    chat.store.roles = fail  # type: ignore[method-assign,assignment]
    assert await chat.ask("latest") == "That did not work just now. Please try again later."
    assert await chat.ask("latest") == ""
    assert "secret" not in capsys.readouterr().out

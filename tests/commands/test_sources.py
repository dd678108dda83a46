"""`/sources`: how the sources do, in both languages, on a phone."""

from datetime import timedelta

import pytest

from bot.errors import SourceError
from bot.ports.polling import Learnt, SourceState, Why
from bot.ports.sources import Fetched, SourceSettings
from tests.fakes.chat import Chat


def source(name: str, **changes: str) -> SourceSettings:
    """A source, known by its name."""
    values = {
        "id": name,
        "kind": "feed",
        "url": f"https://{name.lower()}.example/feed?key=secret",
        "name": name,
    }
    return SourceSettings(**(values | changes))  # type: ignore[arg-type]


async def settle(chat: Chat) -> None:
    """One source that is well, one that fails, one that fell silent, one that was never asked."""
    store, now = chat.store, chat.clock.now()
    later = now + timedelta(minutes=5)
    await store.put_sources([source(name) for name in ("Bote", "Amt", "Post", "Neu")], now)
    rhythm = Learnt(
        interval=timedelta(minutes=5),
        why=Why.RHYTHM,
        items_per_day=96.4,
        state=SourceState.WELL,
        last_new=now,
        follows="https://new.example/feed?key=secret",
    )
    fetched = Fetched(changed=True, note="3 empty entries left out", skipped=3)
    await store.record_poll("Bote", fetched, now=now, next_poll=later, oldest_pushed=None, learnt=rhythm)
    broken = Learnt(
        interval=timedelta(hours=6), why=Why.FAILING, state=SourceState.BROKEN, since=now - timedelta(days=3)
    )
    reason = str(SourceError("HTTP 503: the server has a problem"))
    for _ in range(2):
        await store.record_failure("Amt", reason, now=now, next_poll=later, learnt=broken)
    silent = Learnt(interval=timedelta(days=3), items_per_day=0.29, state=SourceState.SILENT, since=now)
    await store.record_poll(
        "Post", Fetched(changed=False), now=now, next_poll=later, oldest_pushed=None, learnt=silent
    )


async def test_all(chat: Chat) -> None:
    """Those that need a look come first, with why; the others tell their rhythm."""
    await settle(chat)
    head, rest = (await chat.ask("sources")).split("\n\n", 1)
    assert head.startswith("Sources: 4 · ")
    lines = rest.splitlines()
    assert lines[0].startswith("! Amt · not yet verified · every 6 h")
    assert lines[1].startswith("   broken since ")
    assert lines[1].endswith("2 failures: HTTP 503: the server has a problem")
    assert lines[2].startswith("… Post · last ")
    assert lines[2].endswith("every 3 days · 2 a week")
    assert lines[5].startswith("✓ Bote · last ")
    assert lines[5].endswith("every 5 min · 96 a day")
    assert lines[6] == "· Neu · not yet verified"
    assert lines[-1] == "One in detail: /sources NAME"


async def test_german(chat: Chat) -> None:
    """The same in German."""
    await settle(chat)
    said = await chat.ask("sources", lang="de")
    assert "dauerhaft gescheitert seit " in said
    assert "2 Fehlversuche: HTTP 503" in said
    assert "alle 5 min · 96 am Tag" in said
    assert "verstummt seit" in said


async def test_one(chat: Chat) -> None:
    """One source is told in full: kind, host, rhythm and its reason, what is odd; never its whole address."""
    await settle(chat)
    said = (await chat.ask("sources bote")).splitlines()
    assert said[0] == "✓ Bote · feed · bote.example"
    assert "asked every 5 min: by its rhythm" in said
    assert "moved to new.example" in said
    assert said[-2:] == ["3 empty entries left out", "3 broken entries left out"]
    assert "secret" not in "\n".join(said)


async def test_several(chat: Chat) -> None:
    """A word that many names hold gives a list of them; a whole name gives that one."""
    names = [f"Post {number}" for number in range(9)] + ["Post"]
    await chat.store.put_sources(
        [source(name, url="https://post.example") for name in names], chat.clock.now()
    )
    assert (await chat.ask("sources post")).startswith("· Post · feed · post.example")
    listed = await chat.ask("sources post ")
    assert listed == await chat.ask("sources post")
    assert len((await chat.ask("sources pos")).split("\n")) == 12


async def test_many(chat: Chat) -> None:
    """Thousands of sources fit a phone: those left out are counted."""
    names = [f"Quelle {number:04}" for number in range(3_000)]
    many = [source(name, url="https://q.example") for name in names]
    await chat.store.put_sources(many, chat.clock.now())
    said = await chat.ask("sources")
    assert len(said) < 3_000
    assert "more" in said.splitlines()[-2]


async def test_none(chat: Chat) -> None:
    """Without sources, and for a name that nobody has, there is a sentence."""
    assert await chat.ask("sources") == "There are no sources."
    await settle(chat)
    assert await chat.ask("sources xyz") == "There is no source “xyz”."


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (15, "every 15 s"),
        (60, "every 1 min"),
        (5_400, "every 2 h"),
        (86_400, "every 24 h"),
        (200_000, "every 2 days"),
    ],
)
async def test_intervals(chat: Chat, interval: int, told: str) -> None:
    """An interval is told in the unit that reads well."""
    await settle(chat)
    now, learnt = chat.clock.now(), Learnt(interval=timedelta(seconds=interval))
    await chat.store.record_failure("Bote", "x", now=now, next_poll=now, learnt=learnt)
    assert told in await chat.ask("sources bote")


async def test_strangers(chat: Chat) -> None:
    """A stranger learns nothing of the sources."""
    await settle(chat)
    assert "Bote" not in await chat.ask("sources", user="99")


async def test_every_word(chat: Chat) -> None:
    """Each state and each reason has its words."""
    await settle(chat)
    now = chat.clock.now()
    for lang in ("de", "en"):
        for why in Why:
            for state in SourceState:
                learnt = Learnt(interval=timedelta(hours=1), why=why, state=state)
                await chat.store.record_failure("Bote", "x", now=now, next_poll=now, learnt=learnt)
                assert "Bote" in await chat.ask("sources Bote", lang=lang)

"""What the store promises of notices, on the fake and the real store."""

from datetime import timedelta

from bot.ports.messenger import Destination
from bot.ports.notices import NoticeRow
from bot.ports.pauses import Pause
from bot.ports.store import Store
from tests.storage.samples import LATER, NOW

IDA = Destination(id="telegram:7", kind="telegram", address="7", lang="de")
OMAR = Destination(id="slack:U7", kind="slack", address="U7")
BROKEN = NoticeRow(key="rule broken a.yml 1", destination=IDA, text="Die Regel ist kaputt.")
SAME = NoticeRow(key="rule broken a.yml 1", destination=OMAR, text="The rule is broken.")


async def keys(store: Store) -> list[tuple[str, str]]:
    """Key and place of what is due much later."""
    due = await store.due_notices(LATER + timedelta(days=1), 99)
    return [(row.key, row.destination.id) for row in due]


async def test_a_notice_is_due_at_once_at_each_place(store: Store) -> None:
    """With its words and the language of the place."""
    assert await store.put_notices([BROKEN, SAME], now=NOW) == 2
    assert {row.text for row in await store.due_notices(NOW, 99)} == {BROKEN.text, SAME.text}
    assert {row.destination for row in await store.due_notices(NOW, 99)} == {IDA, OMAR}
    assert len(await store.due_notices(NOW, 1)) == 1


async def test_the_same_key_is_taken_once_at_a_place(store: Store) -> None:
    """Before it is told and after; another place is another matter."""
    assert await store.put_notices([BROKEN], now=NOW) == 1
    assert await store.put_notices([BROKEN], now=NOW) == 0
    await store.notice_told(BROKEN, now=NOW)
    assert await store.put_notices([BROKEN, SAME], now=LATER) == 1
    assert await keys(store) == [(SAME.key, "slack:U7")]


async def test_what_was_not_told_is_due_again_then(store: Store) -> None:
    """Tries are counted; without a moment it is given up."""
    await store.put_notices([BROKEN], now=NOW)
    await store.notice_not_told(BROKEN, "HTTP 502", retry_at=LATER)
    assert list(await store.due_notices(NOW, 9)) == []
    (again,) = await store.due_notices(LATER, 9)
    assert again.attempts == 1
    await store.notice_not_told(BROKEN, "HTTP 502", retry_at=None)
    assert await keys(store) == []
    assert await store.put_notices([BROKEN], now=LATER) == 0


async def test_a_withdrawn_key_is_news_again(store: Store) -> None:
    """It is told nowhere meanwhile, and what became of an old try changes nothing."""
    await store.put_notices([BROKEN, SAME], now=NOW)
    await store.withdraw_notice(BROKEN.key)
    assert await keys(store) == []
    await store.notice_told(BROKEN, now=NOW)
    assert await store.put_notices([BROKEN], now=NOW) == 1


async def test_a_paused_place_waits(store: Store) -> None:
    """The pause of its chat or its platform; others are told."""
    await store.put_notices([BROKEN, SAME], now=NOW)
    await store.put_pause(Pause(scope="telegram", reason="HTTP 429", since=NOW, until=LATER))
    assert [row.destination for row in await store.due_notices(NOW, 9)] == [OMAR]
    assert len(await store.due_notices(LATER, 9)) == 2

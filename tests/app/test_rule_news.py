"""What the owner, the status and the log learn of rule files."""

import pytest

from bot.app.rule_news import RuleNews
from bot.app.standing import Standing
from bot.errors import Issue
from bot.rules.rule_book import RuleBook
from tests.fakes.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.fakes.teller import FakeNotices

GOOD = "id: {id}\ntitle: t\nstatus: live\nwhen: {{text: {word}}}\n"
BAD = "id: {id}\ntitle: t\nstatus: live\nwhen: {{txt: {word}}}\n"


class Desk:
    """A book with one good rule, and who is told of it."""

    def __init__(self) -> None:
        self.book = RuleBook([("/r/calm.yml", GOOD.format(id="calm", word="Hafen"))])
        self.standing, self.notices = Standing(), FakeNotices()
        self.news = RuleNews(self.book, self.standing, self.notices)

    async def write(self, *names: str, form: str = GOOD, word: str = "Hafen") -> None:
        """Write files together."""
        await self.news.tell(
            [self.book.put(f"/r/{one}.yml", form.format(id=one, word=word)) for one in names]
        )

    async def status(self) -> list[str]:
        """What the status says of rules."""
        store, clock = FakeStore(), FakeClock()
        await self.standing.write(store, clock)
        return [pause.reason for pause in await store.pauses(clock.now()) if pause.scope == "rules files"]


async def test_a_bad_edit_is_told_with_its_place_in_both_languages() -> None:
    """The rule that goes on, the file, the line and the mistake; and the status says it too."""
    desk = Desk()
    await desk.write("calm", form=BAD)
    (notice,) = desk.notices.posted.values()
    for words in ("calm.yml", "calm.yml:4:8", "txt"):
        assert words in notice.text("de")
        assert words in notice.text("en")
    assert "gilt weiter" in notice.text("de")
    (reason,) = await desk.status()
    assert reason.startswith("calm.yml:4:8: unknown key “txt”")
    assert reason.endswith("its last good version goes on")


async def test_who_edits_step_by_step_is_told_once() -> None:
    """Another mistake in the same file is no news; after a good version it is."""
    desk = Desk()
    for word in ("Hafen", "Kai", "Mole"):
        await desk.write("calm", form=BAD, word=word)
    assert len(desk.notices.posted) == 1
    first = next(iter(desk.notices.posted))
    await desk.write("calm", word="Mole")
    assert (desk.news.bad, desk.notices.posted) == (0, {})
    await desk.write("calm", form=BAD)
    assert list(desk.notices.posted) != [first]


async def test_a_mended_file_leaves_the_status() -> None:
    """So does one that is gone."""
    desk = Desk()
    await desk.write("calm", "new", form=BAD)
    assert len(await desk.status()) == 1
    await desk.write("calm")
    await desk.news.tell([desk.book.drop("/r/new.yml")])
    assert (desk.news.bad, await desk.status()) == (0, [])


async def test_many_bad_files_are_one_notice() -> None:
    """A pack that is wrong as a whole rings once; the first files are named."""
    desk = Desk()
    await desk.write(*(f"r{number}" for number in range(9)), form=BAD)
    (notice,) = desk.notices.posted.values()
    assert "9 Regeldateien" in notice.text("de")
    assert "9 rule files" in notice.text("en")
    assert notice.text("en").count("•") == 5
    assert "and 8 more" in (await desk.status())[0]


async def test_an_id_that_was_taken_and_is_free_again() -> None:
    """The second file is bad while the first is there, and no longer."""
    desk = Desk()
    await desk.news.tell([desk.book.put("/r/copy.yml", GOOD.format(id="calm", word="Kai"))])
    assert desk.news.bad == 1
    await desk.news.tell([desk.book.drop("/r/calm.yml")])
    assert (desk.news.bad, desk.notices.posted) == (0, {})


@pytest.mark.parametrize("severity", ["error", "warning"])
async def test_what_was_wrong_at_the_start_is_told_once(severity: str) -> None:
    """Warnings are for the log alone."""
    notices, issue = FakeNotices(), Issue(place="/r/x.yml", line=1, column=1, message="no", severity=severity)
    news = RuleNews(RuleBook(), Standing(), notices, at_start=[issue])
    await news.begin()
    await news.begin()
    assert len(notices.posted) == (severity == "error")

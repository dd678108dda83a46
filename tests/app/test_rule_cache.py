"""Rules that are kept between two starts."""

from pathlib import Path

import pytest

from bot.app import rule_cache
from bot.app.packs import load_all
from bot.app.rule_cache import RuleCache, kept_beside
from bot.errors import Issue
from bot.rules import rule_book
from bot.rules.loader import load_rule
from bot.rules.rule_book import RuleBook

RULE = "id: {id}\ntitle: t\nstatus: shadow\nwhen: {{text: {word}}}\n"
WARNED = "id: r0\ntitle: t\nstatus: live\nwhen: {text: Hafen}\n"  # it is live and has no tests


class Folder:
    """A folder of rule files, and how many of them had to be read as YAML at the last start."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path / "rules"
        self.path.mkdir()
        self.cache = path / "store.rules"
        self.read = 0
        self.issues: list[Issue] = []
        self._load = load_rule
        monkeypatch.setattr(rule_book, "load_rule", self._counted)
        for number in range(3):
            self.write(f"r{number}")

    def _counted(self, text: str, place: str, *, event_types: frozenset[str]) -> object:
        self.read += 1
        return self._load(text, place, event_types=event_types)

    def write(self, rule_id: str, word: str = "Hafen", text: str | None = None) -> None:
        """Write a rule file."""
        (self.path / f"{rule_id}.yml").write_text(
            text or RULE.format(id=rule_id, word=word), encoding="utf-8"
        )

    def start(self, *, whole: bool = True, keep_last: bool = True) -> RuleBook:
        """Load everything."""
        self.read = 0
        cache = RuleCache(self.cache, whole=whole, keep_last=keep_last)
        book, _, self.issues = load_all([self.path], cache=cache)
        return book


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Three rules."""
    return Folder(tmp_path, monkeypatch)


def test_unchanged_files_are_not_read_again(folder: Folder) -> None:
    """The same rules, in their places, with their versions; a changed file is read."""
    first = folder.start()
    assert folder.read == 3
    second = folder.start()
    assert folder.read == 0
    assert second.rules == first.rules
    assert [rule.version for rule in second.rules] == [rule.version for rule in first.rules]
    folder.write("r1", "Kai")
    assert folder.start().by_id["r1"] != first.by_id["r1"]
    assert folder.read == 1


def test_warnings_are_kept_too(folder: Folder) -> None:
    """What a file is told for, it is told for at each start."""
    folder.write("r0", text=WARNED)
    folder.start()
    told = folder.issues
    folder.start()
    assert (folder.read, folder.issues) == (0, told)
    assert "no tests" in told[0].message


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "gone", "noise"])
def test_a_damaged_file_costs_only_time(folder: Folder, damage: str) -> None:
    """What cannot be believed is read again, and the file is good again after that."""
    rules = folder.start().rules
    body = folder.cache.read_bytes()
    if damage == "gone":
        folder.cache.unlink()
    else:
        folder.cache.write_bytes(
            {
                "cut": body[:-30],
                "changed": body.replace(b"Hafen", b"Hufen"),
                "empty": b"",
                "noise": b"\xff\x00" * 500,
            }[damage]
        )
    assert folder.start().rules == rules
    assert folder.read >= 1
    folder.start()
    assert folder.read == 0


def test_another_program_or_other_event_types_read_anew(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one version of Depesche made of a file, another may read differently."""
    folder.start()
    monkeypatch.setattr(rule_cache, "program", lambda: "another")
    folder.start()
    assert folder.read == 3
    cache = RuleCache(folder.cache, whole=True)
    cache.open(frozenset({"harbour.open"}))
    assert cache.get(str(folder.path / "r0.yml"), RULE.format(id="r0", word="Hafen")) is None


def test_the_last_good_version_outlasts_a_restart(folder: Folder) -> None:
    """Also one that came while the bot ran; a command does not take it for the file."""
    book = folder.start()
    place = str(folder.path / "r1.yml")
    book.put(place, RULE.format(id="r1", word="Mole"))
    folder.write("r1", text="id: r1\nwhen: {\n")
    again = folder.start()
    assert [str(phrase) for phrase in again.by_id["r1"].when.phrases] == ["Mole"]  # type: ignore[attr-defined]
    assert [issue.place for issue in folder.issues] == [place]
    assert "r1" not in folder.start(whole=False, keep_last=False).by_id
    assert "r1" in folder.start().by_id


def test_what_is_read_with_new_event_types_is_not_kept(folder: Folder) -> None:
    """Else a rule that asks for one could count after that is gone."""
    book = folder.start()
    before = folder.cache.read_bytes()
    assert book.know(frozenset({"harbour.open"}))
    book.put(str(folder.path / "r1.yml"), "id: r1\ntitle: t\nstatus: shadow\nwhen: {event: harbour.open}\n")
    assert folder.cache.read_bytes() == before


def test_it_does_not_grow_for_ever(folder: Folder) -> None:
    """What is of no use any more goes, once it is much."""
    for word in range(40):
        folder.write("r1", f"Hafen{word}")
        folder.start()
    assert folder.cache.read_bytes().count(b"\n") <= 9


def test_a_command_leaves_no_file_for_a_few_rules(folder: Folder) -> None:
    """They are read at once."""
    folder.start(keep_last=False)
    assert not folder.cache.exists()


def test_where_it_cannot_be_written_nothing_is_kept(folder: Folder, tmp_path: Path) -> None:
    """The rules are read all the same."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    folder.cache = tmp_path / "file" / "store.rules"
    assert len(folder.start().rules) == 3


@pytest.mark.parametrize(
    ("store", "place"),
    [
        ("var/depesche.sqlite", Path("var/depesche.rules")),
        (":memory:", None),
    ],
)
def test_where_it_lies(store: str, place: Path | None) -> None:
    """Beside the store."""
    assert kept_beside(store) == place
    server = kept_beside("postgresql://user@host/news")
    assert server is not None
    assert server.parent == Path("var")

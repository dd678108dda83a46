"""Sources as lines, and how they get into a configuration file."""

import stat
from pathlib import Path

import pytest

from bot.app.config_check import check, shipped_sources
from bot.app.source_lines import source_line, with_sources, write_sources
from bot.errors import ConfigError

NEW = source_line({"name": "Hafenamt", "url": "https://amt.example/feed", "lang": None})
OLD = "{name: A, url: 'https://a.example'}"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ({"name": "Amt", "url": "https://a.example"}, '- {name: Amt, url: "https://a.example"}'),
        ({"name": "Süd (1)", "replies": True, "reposts": False}, "- {name: Süd (1), replies: true}"),
        ({"name": "a: b", "links": "main > h2 a"}, '- {name: "a: b", links: "main > h2 a"}'),
        ({"name": "[x] #1, {y}"}, '- {name: "[x] #1, {y}"}'),
        ({"name": "yes", "lang": "no"}, '- {name: "yes", lang: "no"}'),
        ({"name": "24 Heures"}, '- {name: "24 Heures"}'),
        ({"name": 'A "B" \\ C\n'}, '- {name: "A \\"B\\" \\\\ C\\n"}'),
    ],
)  # fmt: skip
def test_lines(source: dict[str, object], line: str) -> None:
    """A value stands plain where YAML takes it as it is, else in quotation marks."""
    assert source_line(source) == line


PLACES = [
    pytest.param(
        f"# My own\nsources:\n  - {OLD}  # the first\n\n# Below\nlanguage: de\n",
        f"# My own\nsources:\n  - {OLD}  # the first\n  {NEW}\n\n# Below\nlanguage: de\n",
        id="list in lines, comments around",
    ),
    pytest.param(
        "sources:\n- name: A\n  url: https://a.example\n  # lang: de\ndemo: false",
        f"sources:\n- name: A\n  url: https://a.example\n{NEW}\n  # lang: de\ndemo: false",
        id="list in blocks, not indented",
    ),
    pytest.param(
        "sources: [{name: A, url: 'https://a.example'}]\n",
        f"sources: [{OLD}, {NEW[2:]}]\n",
        id="list in brackets",
    ),
    pytest.param(
        f"sources: [\n  {OLD},  # first\n]\n", f"sources: [\n  {OLD}, {NEW[2:]},  # first\n]\n", id="comma"
    ),
    pytest.param("sources: []  # none\n", f"sources: [{NEW[2:]}]  # none\n", id="empty list"),
    pytest.param(f"sources:\n  - {OLD}", f"sources:\n  - {OLD}\n  {NEW}", id="no newline at the end"),
    pytest.param(
        f"sources:\r\n  - {OLD}\r\ndemo: false\r\n",
        f"sources:\r\n  - {OLD}\r\n  {NEW}\r\ndemo: false\r\n",
        id="Windows",
    ),
]


@pytest.mark.parametrize(("before", "after"), PLACES)
def test_places(tmp_path: Path, before: str, after: str) -> None:
    """A line goes behind the last of the list, in the way the list is written; all else stays."""
    path = tmp_path / "my.yml"
    path.write_bytes(before.encode())
    write_sources(path, [NEW])
    assert path.read_bytes().decode() == after


def test_without_a_list(tmp_path: Path) -> None:
    """A file without a list polls the shipped sources, and goes on to do so with the new one."""
    path = tmp_path / "my.yml"
    path.write_text("# Mine\nlanguage: de")
    write_sources(path, [NEW])
    text = path.read_text(encoding="utf-8")
    found = check(text, "my.yml", {}).config
    assert found
    assert [source.name for source in found.sources][-2:] == ["ABC Australia", "Hafenamt"]
    assert len(found.sources) == len(shipped_sources()) + 1
    assert text.startswith("# Mine\nlanguage: de\nsources:\n  # Press rooms")


def test_several_lines() -> None:
    """Several sources keep their order."""
    other = NEW.replace("Hafenamt", "Lotsen")
    assert with_sources(f"sources: [{OLD}]", [NEW, other]) == f"sources: [{OLD}, {NEW[2:]}, {other[2:]}]"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("sources: tagesschau", NEW, "no list"),
        (f"sources: [{OLD}]", "- {name: X, url: 'ftp://x'}", "begins with `https://`"),
        (f"sources: [{OLD}]", "- {name: X, url: 'https://x.example'}, {name: Y, url: 'https://y'}", "paste"),
    ],
)
def test_refused(tmp_path: Path, text: str, line: str, reason: str) -> None:
    """A change that would break the file, or do something else, is not made."""
    path = tmp_path / "my.yml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=reason):
        write_sources(path, [line])
    assert path.read_text() == text
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_stays_what_it_is(tmp_path: Path) -> None:
    """Rights stay, and a link goes on to lead to the file."""
    path, link = tmp_path / "my.yml", tmp_path / "link.yml"
    path.write_text(f"sources: [{OLD}]")
    path.chmod(0o640)
    link.symlink_to(path)
    write_sources(link, [NEW])
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "Hafenamt" in path.read_text()


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is one line."""
    with pytest.raises(ConfigError, match=r"my\.yml: cannot be changed \(No such file"):
        write_sources(tmp_path / "my.yml", [NEW])

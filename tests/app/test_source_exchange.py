"""Sources of the configuration as a list for feed readers, and the other way round."""

from datetime import UTC, datetime

from bot.app.config import Config, Source
from bot.app.config_check import check
from bot.app.source_exchange import line_of, lines_of, new_sources, outlines_of, own_name
from bot.app.source_lines import with_sources
from bot.sources.opml import Outline, read_opml, write_opml

MANY = """sources:
  - {name: Tagesblatt, url: "https://tagesblatt.example/rss", lang: de}
  - {name: Front, kind: page, url: "https://post.example/news", links: "main > h2 a"}
  - {name: Hafenamt, kind: telegram, url: "https://t.me/hafenamt"}
  - {name: Amt, kind: mastodon, url: "https://social.example/@amt"}
  - {name: Amt mit Antworten, kind: mastodon, url: "https://social.example/@beamte", replies: true}
  - {name: Harbour, kind: bluesky, url: "https://bsky.app/profile/amt.example", reposts: true}
  - {name: Karte, kind: sitemap, url: "https://bote.example/news.xml"}
"""


def config(text: str = "sources: []") -> Config:
    """A configuration without mistakes."""
    found = check(text, "my.yml", {})
    assert [str(issue) for issue in found.issues if issue.severity == "error"] == []
    assert found.config
    return found.config


def test_there_and_back() -> None:
    """What was exported is the same configuration after the import."""
    outlines, left_out = outlines_of(config(MANY))
    text = write_opml(outlines, title="x", created=datetime(2026, 3, 2, tzinfo=UTC))
    read, issues = read_opml(text.encode(), "my.opml")
    found = new_sources(read, config())
    back = config(with_sources("sources:\n  - {name: X, url: https://x.example}\n", list(lines_of(found))))
    assert (left_out, issues) == ([], [])
    assert back.sources[1:] == config(MANY).sources


def test_a_folder_is_not_handed_over() -> None:
    """A folder of this machine is nothing for a feed reader, and is named."""
    assert outlines_of(config("sources: [{name: Inbox, kind: folder, path: /srv/in}]")) == ([], ["Inbox"])


def test_only_what_is_new() -> None:
    """What the configuration has under another spelling is left out, and names are told apart."""
    outlines = [
        Outline(name="x", url="https://TAGESBLATT.example:443/rss"),
        Outline(name="Hafenamt", url="https://amt.example/rss"),
        Outline(name="Hafenamt", url="https://amt.example/atom"),
        Outline(name="Kanal", url="https://t.me/s/lotsen", options={"sense": "none"}),
    ]
    found = [source for _, source in new_sources(outlines, config(MANY))]
    assert [(source.name, source.kind) for source in found] == [
        ("Hafenamt (amt.example)", "feed"),
        ("Hafenamt (2)", "feed"),
        ("Kanal", "telegram"),
    ]


def test_categories_are_comments() -> None:
    """A configuration has no categories; they stand above the lines as comments."""
    outlines = [
        Outline(name="A", url="https://a.example", categories=("Politik", "Ausland"), lang="de"),
        Outline(name="B", url="https://b.example", categories=("Politik", "Ausland")),
        Outline(name="C", url="https://c.example"),
    ]
    assert list(lines_of(new_sources(outlines, config()))) == [
        "# Politik / Ausland",
        '- {name: A, url: "https://a.example", lang: de}',
        '- {name: B, url: "https://b.example"}',
        "# …",
        '- {name: C, url: "https://c.example"}',
    ]


def test_line() -> None:
    """A line says what is not as usual, name first."""
    source = Source(name="Front", url="https://a.example", kind="page", links="h2 a", lang="de")
    assert line_of(source) == '- {name: Front, kind: page, url: "https://a.example", links: h2 a, lang: de}'


def test_long_names_stay_within_the_limit() -> None:
    """A name that is taken is told apart within 80 characters."""
    url, taken = "https://a.example", {"x" * 80}
    first = own_name("x" * 90, url, taken)
    assert (len(first), first[-12:]) == (80, " (a.example)")
    assert len(own_name("x" * 90, url, taken | {first})) <= 80
    assert own_name("", url, set()) == "a.example"

"""What each kind of source wants in the configuration, with line, key and mend."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.config_check import check
from bot.app.settings import sources_of
from bot.ports.sources import SourceSettings


def issues(source: str) -> list[str]:
    """The issues of a configuration with this one source, in lines 2 and 3."""
    text = f"sources:\n  - name: X\n    {source}\n"
    return [str(issue) for issue in check(text, "my.yml", {}).issues]


MISTAKES = [
    ("kind: page", ["2:5: error: `sources[0].url`: is missing: write it"]),
    ("kind: blog", ["3:5: error: `sources[0].kind`: must be 'feed', 'page', 'sitemap', "]),
    (
        "{kind: page, url: 'https://x.example', links: 'h2 >'}",
        ["error: `sources[0].links`: `h2 >` is no CSS selector: Expected selector, got <EOF at 4>"],
    ),
    (
        "{url: 'https://x.example', links: h2 a}",
        ["error: `sources[0].links`: belongs to `kind: page`, not to `feed`: remove it or mend the kind"],
    ),
    (
        "{kind: telegram, url: 'https://t.me/hafenamt', replies: true}",
        ["error: `sources[0].replies`: belongs to `kind: mastodon` or `kind: bluesky`, not to `telegram`"],
    ),
    (
        "{kind: telegram, url: 'https://t.me/+abc'}",
        ["`sources[0].url`: is not the address of a public channel: write one such as `https://t.me/name`"],
    ),
    (
        "{kind: mastodon, url: 'https://social.example/amt'}",
        ["is not the address of a Mastodon account: write one such as `https://social.example/@name`"],
    ),
    (
        "{kind: bluesky, url: 'https://amt.example'}",
        ["is not the address of a Bluesky account: write one such as `https://bsky.app/profile/name`"],
    ),
    ("kind: folder", ["2:5: error: `sources[0].path`: is missing: write the path of the folder"]),
    (
        "{kind: folder, path: /srv, url: 'https://x.example'}",
        ["`sources[0].url`: a folder has no address: write `path`, the folder's"],
    ),
    (
        "{url: 'https://t.me/hafenamt'}",
        ["warning: `sources[0].url`: is the address of a public channel: write `kind: telegram`"],
    ),
    ("{kind: mastodon, url: 'https://a.example/@x', replies: 5}", ["`sources[0].replies`: "]),
    ("{url: 'https://x.example', link: h2}", ["`sources[0].link`: unknown key: did you mean `links`?"]),
]


@pytest.mark.parametrize(("source", "wanted"), MISTAKES)
def test_mistakes(source: str, wanted: list[str]) -> None:
    """Each mistake is told once, at its key, with the mend."""
    if source.startswith("{"):
        found = [str(i) for i in check(f"sources:\n  - {{name: X, {source[1:]}\n", "my.yml", {}).issues]
    else:
        found = issues(source)
    assert len(found) == len(wanted)
    for text, part in zip(found, wanted, strict=True):
        assert part in text


def settings(source: str) -> SourceSettings:
    """What the fetcher of this source is told."""
    config = check(f"demo: false\nsources: [{{name: X, {source}}}]", "my.yml", {}).config
    assert config
    return sources_of(config)[0]


def test_options() -> None:
    """Only what is set becomes an option."""
    assert settings("url: 'https://x.example'").options == {}
    assert settings("kind: page, url: 'https://x.example', links: h2 a").options == {"links": "h2 a"}
    one = settings(
        "kind: bluesky, url: 'https://bsky.app/profile/amt.example', reposts: true, replies: false"
    )
    assert one.options == {"reposts": "yes"}


def test_a_folder_is_looked_into_often() -> None:
    """A folder is nobody's server: it is looked into every few seconds, unless its line says otherwise."""
    assert settings("kind: folder, path: /srv").interval == timedelta(seconds=15)
    assert settings("kind: folder, path: /srv, interval: 5m").interval == timedelta(minutes=5)
    assert settings("url: 'https://x.example'").interval is None


def test_a_folder_is_known_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is the same source, whether its path is written whole or from here."""
    monkeypatch.chdir(tmp_path)
    whole, short = settings(f"kind: folder, path: '{tmp_path}/in'"), settings("kind: folder, path: in")
    assert whole == short
    assert whole.url == f"file://{tmp_path}/in"

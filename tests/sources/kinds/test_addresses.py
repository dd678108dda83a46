"""Addresses of channels and accounts, as people copy them."""

import pytest

from bot.sources.kinds.addresses import bluesky_actor, known_address, mastodon_account, telegram_channel


@pytest.mark.parametrize(
    ("url", "channel"),
    [
        ("https://t.me/hafenamt", "hafenamt"),
        ("https://t.me/s/hafenamt/", "hafenamt"),
        ("http://telegram.me/Hafen_Amt/123", "Hafen_Amt"),
        ("https://www.t.me/hafenamt?before=5", "hafenamt"),
        ("https://t.me/+abcdef", None),
        ("https://t.me/joinchat/abcdef", None),
        ("https://t.me/joinchat", None),
        ("https://t.me/c/123456/7", None),
        ("https://t.me/abc", None),
        ("https://t.me.evil.example/hafenamt", None),
        ("https://evil.example/https://t.me/hafenamt", None),
        ("t.me/hafenamt", None),
        ("https://[", None),
    ],
)
def test_telegram(url: str, channel: str | None) -> None:
    """A public channel has a name; invitations and private chats have none."""
    assert telegram_channel(url) == channel


@pytest.mark.parametrize(
    ("url", "actor"),
    [
        ("https://bsky.app/profile/Amt.example", "amt.example"),
        ("https://bsky.app/profile/amt.example/post/3k1", "amt.example"),
        ("https://bsky.app/profile/amt.example/rss", "amt.example"),
        ("https://bsky.app/profile/did:plc:abc123", "did:plc:abc123"),
        ("https://bsky.app/search?q=x", None),
        ("https://bsky.app/profile/", None),
        ("https://bsky.app/profile/a b", None),
        ("https://amt.example/profile/amt.example", None),
    ],
)
def test_bluesky(url: str, actor: str | None) -> None:
    """An account has a handle or a DID."""
    assert bluesky_actor(url) == actor


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://social.example/@amt", "https://social.example/@amt"),
        ("https://social.example/@amt/", "https://social.example/@amt"),
        ("https://social.example/@amt/112233", "https://social.example/@amt"),
        ("https://social.example/@amt/with_replies", "https://social.example/@amt"),
        ("https://social.example/web/@amt", "https://social.example/@amt"),
        ("https://social.example/@amt.rss", "https://social.example/@amt"),
        ("http://127.0.0.1:8080/@amt", "http://127.0.0.1:8080/@amt"),
        ("https://user:pass@social.example/@amt", "https://social.example/@amt"),
        ("https://social.example/@amt@other.example", None),
        ("https://social.example/about", None),
        ("ftp://social.example/@amt", None),
    ],
)
def test_mastodon(url: str, profile: str | None) -> None:
    """An account is a server and a name; passwords in an address are dropped."""
    account = mastodon_account(url)
    assert (account.url if account else None) == profile


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://t.me/s/hafenamt", ("telegram", "https://t.me/hafenamt")),
        ("https://bsky.app/profile/Amt.example", ("bluesky", "https://bsky.app/profile/amt.example")),
        ("https://social.example/@amt.rss", ("mastodon", "https://social.example/@amt")),
        ("https://blog.example/@amt", None),
        ("https://tagesblatt.example/rss", None),
    ],
)
def test_known(url: str, known: tuple[str, str] | None) -> None:
    """Some addresses show their kind; `/@name` alone may be any blog's."""
    assert known_address(url) == known

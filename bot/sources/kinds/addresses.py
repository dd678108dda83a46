"""Addresses of accounts and channels, as people copy them from a browser."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

TELEGRAM = "https://t.me"
BLUESKY = "https://public.api.bsky.app"
_TELEGRAM_HOSTS = frozenset(("t.me", "telegram.me", "telegram.dog"))
_BLUESKY_HOSTS = frozenset(("bsky.app", "staging.bsky.app"))
_CHANNEL = re.compile(r"/(?:s/)?([A-Za-z][A-Za-z0-9_]{3,31})(?:/\d*)?/?")
_NO_CHANNELS = frozenset(("joinchat", "addstickers", "addlist", "share", "proxy", "login", "iv"))
_ACTOR = re.compile(r"/profile/(did:[a-z]+:[A-Za-z0-9._:%-]{1,200}|[A-Za-z0-9.-]{3,253})(?:/.*)?")
_ACCOUNT = re.compile(r"/(?:web/)?@([A-Za-z0-9_][A-Za-z0-9_.-]{0,60})(?:/(?:\d+|with_replies|media)?)?")


@dataclass(frozen=True, kw_only=True)
class Account:
    """A Mastodon account: `server` is scheme and host, such as `https://social.example`."""

    server: str
    user: str

    @property
    def url(self) -> str:
        """The address of its profile."""
        return f"{self.server}/@{self.user}"


def telegram_channel(url: str) -> str | None:
    """The name of a public channel in an address such as `https://t.me/name`; None for anything else."""
    parts = _split(url)
    if parts is None or (parts.hostname or "").removeprefix("www.") not in _TELEGRAM_HOSTS:
        return None
    found = _CHANNEL.fullmatch(parts.path)
    return found.group(1) if found and found.group(1).lower() not in _NO_CHANNELS else None


def bluesky_actor(url: str) -> str | None:
    """The handle or DID in an address such as `https://bsky.app/profile/name`; None for anything else."""
    parts = _split(url)
    if parts is None or parts.hostname not in _BLUESKY_HOSTS:
        return None
    found = _ACTOR.fullmatch(parts.path)
    return found.group(1).lower() if found else None


def mastodon_account(url: str) -> Account | None:
    """The account in an address such as `https://social.example/@name`; None for anything else."""
    parts = _split(url)
    found = _ACCOUNT.fullmatch(parts.path) if parts and parts.hostname else None
    if parts is None or not found:
        return None
    server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    return Account(server=server, user=found.group(1).removesuffix(".rss"))


def known_address(url: str) -> tuple[str, str] | None:
    """The kind that an address surely shows, and the address that this kind takes; None for all others.

    `/@name` alone shows nothing: many sites write their authors so. With `.rss` it is Mastodon's.
    """
    if channel := telegram_channel(url):
        return "telegram", f"{TELEGRAM}/{channel}"
    if actor := bluesky_actor(url):
        return "bluesky", f"https://bsky.app/profile/{actor}"
    account = mastodon_account(url)
    if account and url.strip().endswith(".rss"):
        return "mastodon", account.url
    return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") else None

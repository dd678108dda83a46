"""Addresses and tokens that may be used, and the check of a bot."""

import pytest

from bot.errors import ConfigError, DepescheError
from bot.platforms.telegram.client import checked_base_url
from bot.platforms.telegram.platform import TelegramPlatform
from tests.fakes.telegram.server import TOKEN, TelegramServer


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://api.telegram.org", "https://api.telegram.org"),
        ("https://bots.example.org:8443/tg/", "https://bots.example.org:8443/tg"),
        ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
        ("http://127.8.8.8", "http://127.8.8.8"),
        ("http://[::1]:8081/", "http://[::1]:8081"),
        ("http://localhost:8081", "http://localhost:8081"),
    ],
)
def test_addresses_that_are_taken(given: str, wanted: str) -> None:
    """Https anywhere, plain http on this machine only."""
    assert checked_base_url(given) == wanted


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ("http://api.telegram.org", "plain http would show the token"),
        ("http://192.168.1.5:8081", "plain http would show the token"),
        ("http://127.0.0.1.example.org", "plain http would show the token"),
        ("api.telegram.org", "no address"),
        ("ftp://example.org", "no address"),
        ("https://", "no address"),
        ("https://user:secret@example.org", "no address"),
        ("https://example.org/{token}", "no address"),
        ("https://example.org:port", "no address"),
        ("", "no address"),
    ],
)
def test_addresses_that_are_refused(given: str, mend: str) -> None:
    """What would show the token, and what is no address, is one clear line."""
    with pytest.raises(ConfigError, match=mend) as raised:
        TelegramPlatform(TOKEN, given)
    assert "telegram.base_url" in str(raised.value)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("token", ["", "hello", "123:with space", "123:a/../b", "123:\n", "x:abc"])
def test_tokens_that_can_be_none(token: str) -> None:
    """A token of another form is refused at once, without being shown."""
    with pytest.raises(ConfigError, match="DEPESCHE_TELEGRAM_TOKEN is no bot token") as raised:
        TelegramPlatform(token)
    assert not token or token not in str(raised.value)


async def test_the_check_tells_the_name(platform: TelegramPlatform) -> None:
    """A working token tells who the bot is."""
    assert await platform.me() == "@depesche_test_bot"


async def test_the_check_of_a_wrong_token(telegram_server: TelegramServer) -> None:
    """A rejected token is an error of the configuration, without the token."""
    wrong = TOKEN[:-3] + "123"
    async with TelegramPlatform(wrong, telegram_server.base_url) as platform:
        with pytest.raises(ConfigError, match="rejects the bot's token") as raised:
            await platform.me()
    assert wrong not in str(raised.value)


async def test_the_check_without_a_server(
    telegram_server: TelegramServer, platform: TelegramPlatform
) -> None:
    """Not reachable is no error of the configuration."""
    async with telegram_server.down():
        with pytest.raises(DepescheError, match=r"not reachable \(ConnectError\)") as raised:
            await platform.me()
    assert not isinstance(raised.value, ConfigError)


async def test_plain_connections_pass_no_proxy(
    monkeypatch: pytest.MonkeyPatch, telegram_server: TelegramServer
) -> None:
    """A proxy of the environment does not get to see the token of a plain connection."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with TelegramPlatform(telegram_server.token, telegram_server.base_url) as platform:
        assert await platform.me() == "@depesche_test_bot"

"""The web edge of a running bot: what it serves, and what is said of how it is set."""

import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.app.config import Config, Web
from bot.app.config_advice import advice
from bot.app.config_check import check
from bot.app.serving import routes_of, serving
from bot.app.settings import public_url
from bot.web.server import WebError
from tests.fakes.clock import FakeClock
from tests.fakes.store import FakeStore


def house(web: Web) -> Any:
    """As much of a running bot as the web edge looks at."""
    return SimpleNamespace(config=Config(web=web), store=FakeStore(), clock=FakeClock(), pusher=None)


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


async def test_it_serves_while_the_bot_runs() -> None:
    """Unknown secrets are told apart by nobody; afterwards nobody listens."""
    port = free_port()
    bot, address = house(Web.model_validate({"listen": port})), f"http://127.0.0.1:{port}/calendar/wrong.ics"
    async with serving(bot), ClientSession() as client, client.get(address) as answer:
        assert answer.status == 404
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


async def test_off() -> None:
    """By default nothing listens."""
    async with serving(house(Web())):
        pass
    assert [route.path for route in routes_of(house(Web()))] == ["/calendar/{secret}.ics"]


async def test_a_taken_port_stops_the_start() -> None:
    """With the key to mend."""
    port = free_port()
    async with serving(house(Web.model_validate({"listen": port}))):
        with pytest.raises(WebError, match=r"`web\.listen`"):
            async with serving(house(Web.model_validate({"listen": port}))):
                pass


ADDRESSES = [
    ({}, None),
    ({"listen": "8640"}, "http://127.0.0.1:8640"),
    ({"listen": "[::1]:8640"}, "http://[::1]:8640"),
    ({"listen": "8640", "public_url": "https://news.example/d/"}, "https://news.example/d"),
    ({"public_url": "https://news.example"}, None),
]


@pytest.mark.parametrize(("web", "address"), ADDRESSES)
def test_the_address_for_others(web: dict[str, str], address: str | None) -> None:
    """The public one, else where it listens; none while it is off."""
    assert public_url(Config(web=Web.model_validate(web))) == address


SETTINGS = [
    ("listen: 0.0.0.0:8640", "others read secret addresses on the way"),
    ("listen: 0.0.0.0:8640, public_url: 'http://news.example'", "others read secret addresses on the way"),
    ("listen: 0.0.0.0:8640, public_url: 'https://news.example'", None),
    ("listen: 127.0.0.1:8640", None),
    ("public_url: 'https://news.example'", "nothing is there while `listen` is off"),
    ("listen: everywhere", "write `off`, or a host and a port"),
    ("listen: off", None),
]


@pytest.mark.parametrize(("web", "said"), SETTINGS)
def test_settings(web: str, said: str | None, tmp_path: Path) -> None:
    """What would send secrets in the clear, or does nothing, is said with its place."""
    checked = check(f"models: {{de: none, en: none}}\nweb: {{{web}}}\n", "my.yml", {})
    issues = [issue for issue in (*checked.issues, *advice(checked, "my.yml")) if "web" in issue.message]
    assert len(issues) == bool(said)
    assert all((said or "") in issue.message for issue in issues)
    assert all(issue.line == 2 for issue in issues)

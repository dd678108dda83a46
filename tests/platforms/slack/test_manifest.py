"""The app manifest: valid, and with exactly the scopes that are used."""

import copy
from pathlib import Path
from typing import Any

import pytest

from bot.located import plain_yaml
from bot.platforms.slack.platform import FOR_RECONCILING, NEEDED, SlackPlatform
from bot.ports.messenger import Sent
from tests.fakes.slack import specs
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import SCOPES
from tests.platforms.slack.schema import Schema
from tests.platforms.slack.test_messenger import message

PATH = Path(__file__).parents[3] / "deploy" / "slack-manifest.yml"


@pytest.fixture(scope="module")
def manifest() -> Any:
    """The manifest as a person pastes it."""
    return plain_yaml(PATH.read_text(encoding="utf-8"), PATH.name)


@pytest.fixture(scope="module")
def schema() -> Schema:
    """Slack's schema of manifests."""
    found = specs.read("slack-app-manifest.schema.json")
    if not found:
        pytest.skip(specs.ABSENT)
    return Schema(found)


def test_it_is_valid(manifest: Any, schema: Schema) -> None:
    """Slack's own schema has nothing against it."""
    assert schema.problems(manifest) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("display_information", "name"), "D" * 36),
        (("display_information",), {}),
        (("features", "bot_user", "always_on"), True),
        (("settings", "socket_mode_enabled"), "yes"),
        (("oauth_config", "scopes", "bot"), "chat:write"),
        (("features", "slash_commands"), [{"command": "depesche"}]),
    ],
)
def test_mistakes_are_found(manifest: Any, schema: Schema, path: tuple[str, ...], value: Any) -> None:
    """The check is one: a wrong manifest is not valid."""
    wrong = copy.deepcopy(manifest)
    at = wrong
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert schema.problems(wrong)


def test_scopes_are_the_same_everywhere(manifest: Any) -> None:
    """What the manifest asks for is what the code speaks of, and what the test server grants."""
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert scopes == NEEDED | FOR_RECONCILING | {"commands"}
    assert scopes == SCOPES


async def test_scopes_are_used(manifest: Any, server: SlackServer, platform: SlackPlatform) -> None:
    """Sending to, and reconciling, every kind of conversation needs every scope of the manifest."""
    if not specs.methods():
        pytest.skip(specs.ABSENT)
    space = server.workspace
    for address in (space.channel("open").id, space.channel("closed", private=True).id, space.person().id):
        sent = await platform.messenger.send(message(address))
        assert isinstance(sent, Sent)
        assert await platform.messenger.reconcile(message(address)) == sent
    assert server.scopes_used | {"commands"} == set(manifest["oauth_config"]["scopes"]["bot"])


def test_the_command_is_the_one_of_the_documentation(manifest: Any) -> None:
    """People type /depesche, and it works without an address of ours."""
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == "/depesche"
    assert "url" not in command
    assert manifest["settings"]["socket_mode_enabled"] is True

"""The platform as the wiring sees it: what is refused at once, who the bot is, and no token anywhere."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import ConfigError, DepescheError
from bot.platforms.slack.client import BASE_URL, is_safe
from bot.platforms.slack.platform import FOR_RECONCILING, SlackPlatform
from tests.fakes.slack.faults import Answer, Drop, Fault, RateLimited, Raw, ServerError
from tests.fakes.slack.server import SlackServer
from tests.platforms.slack.conftest import QUICK

BOT, APP = "xoxb-1-2-abcdefghijkl", "xapp-1-A1-2-abcdefghijkl"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"bot_token": APP}, "DEPESCHE_SLACK_BOT_TOKEN is not a token of the right kind: it begins with xo"),
        ({"bot_token": ""}, "DEPESCHE_SLACK_BOT_TOKEN is not"),
        ({"bot_token": f"{BOT} {BOT}"}, "DEPESCHE_SLACK_BOT_TOKEN is not"),
        ({"bot_token": f"{BOT}ä"}, "DEPESCHE_SLACK_BOT_TOKEN is not"),
        ({"app_token": BOT}, "DEPESCHE_SLACK_APP_TOKEN is not a token of the right kind: it begins with xa"),
        ({"base_url": "http://slack.example/api/"}, "slack.base_url is plain http to slack.example: use"),
        ({"base_url": "http://10.0.0.1/api/"}, "slack.base_url is plain http"),
        ({"base_url": "http://localhost.example.org/"}, "slack.base_url is plain http"),
        ({"base_url": "slack.com/api"}, "slack.base_url is not an address"),
        ({"base_url": "ftp://slack.com/"}, "slack.base_url is not an address"),
        ({"base_url": "https://ida:pw@slack.com/"}, "slack.base_url must not hold a user or password"),
    ],
)  # fmt: skip
def test_what_cannot_be_right(changes: dict[str, Any], expected: str) -> None:
    """Mistakes in tokens and address are told at once, in one line that names the key and no secret."""
    with pytest.raises(ConfigError) as told:
        SlackPlatform(**{"bot_token": BOT, "app_token": APP, **changes})
    assert str(told.value).startswith(expected)
    assert "\n" not in str(told.value)
    assert not [secret for secret in ("abcdef", "pw@") if secret in str(told.value)]


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:81/api/", "http://localhost/api", "http://[::1]:1/", "https://slack.example/api"],
)
def test_addresses_that_are_fine(url: str) -> None:
    """Plain http on this machine, https anywhere; blanks around a token are forgiven."""
    SlackPlatform(bot_token=f" {BOT}\n", base_url=url)


@pytest.mark.parametrize(
    ("url", "base_url", "safe"),
    [
        ("wss://wss-primary.slack.com/link/?ticket=1", BASE_URL, True),
        ("https://hooks.slack.com/commands/1", BASE_URL, True),
        ("ws://wss-primary.slack.com/", BASE_URL, False),
        ("http://127.0.0.1/commands/1", BASE_URL, False),
        ("http://127.0.0.1:8/commands/1", "http://127.0.0.1:8/api/", True),
        ("http://example.org/", "http://127.0.0.1:8/api/", False),
        ("", BASE_URL, False),
    ],
)
def test_addresses_that_slack_hands_out(url: str, base_url: str, safe: bool) -> None:  # noqa: FBT001
    """Answers and WebSockets go out encrypted, but for a test server on this machine."""
    assert is_safe(url, base_url) is safe


async def test_who_the_bot_is(server: SlackServer, platform: SlackPlatform) -> None:
    """Workspace, the bot's own id, and what the token may do."""
    identity = await platform.check()
    assert (identity.team, identity.user) == (server.workspace.team, server.workspace.bot_user)
    assert identity.scopes == frozenset(server.workspace.scopes)
    assert not identity.lacking


async def test_scopes_that_lack(server: SlackServer, platform: SlackPlatform) -> None:
    """What the token may not do is known before it is needed."""
    server.workspace.withhold("channels:history")
    identity = await platform.check()
    assert identity.lacking == {"channels:history"} < FOR_RECONCILING


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_tokens_that_slack_refuses(server: SlackServer, platform: SlackPlatform, error: str) -> None:
    """A matter for the person who configures, told with the mend."""
    server.workspace.revoke(server.workspace.bot_token, error)
    with pytest.raises(ConfigError, match=f"^Slack: {error}: ") as told:
        await platform.check()
    assert server.workspace.bot_token not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize(
    "fault", [Drop(), ServerError(), RateLimited(), Answer(error="internal_error"), Raw(body="portal")]
)
async def test_slack_is_not_there(server: SlackServer, platform: SlackPlatform, fault: Fault) -> None:
    """What passes by itself is no mistake in the configuration."""
    server.script("auth.test", fault)
    with pytest.raises(DepescheError) as told:
        await platform.check()
    assert not isinstance(told.value, ConfigError)
    assert (await platform.check()).user


async def test_no_proxy_on_this_machine(server: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is not asked for a server on this machine."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with SlackPlatform(
        bot_token=server.workspace.bot_token, base_url=server.base_url, patience=QUICK
    ) as slack:
        assert (await slack.check()).user


async def test_tokens_of_the_environment_do_not_matter(
    server: SlackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the library would take from the environment is not used and not told."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-somebody-else")
    space = server.workspace
    async with SlackPlatform(bot_token=space.bot_token, base_url=server.base_url) as slack:
        with capture_logs() as logs:
            slack._app()
            assert (await slack.check()).user == space.bot_user
    assert "somebody" not in str(logs)

"""A Slack to talk to; what a client did to it against the specifications fails the test at its end."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.client import Patience
from bot.platforms.slack.platform import SlackPlatform
from bot.ports.conversation import Answer, Answerer, Part, Request
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import Channel, Person

QUICK = Patience(
    connect=1.0, answer=0.4, ping=0.15, first_wait=0.02, longest_wait=0.1, refused_wait=0.2, steady=0.1
)


class Echo:
    """Answers with what was asked; fulfils `Answerer`."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.answer_given = answer
        self.asked: list[Request] = []

    async def answer(self, request: Request) -> Answer:
        """Say it again."""
        self.asked.append(request)
        if self.answer_given:
            return self.answer_given
        return Answer(parts=(Part(text=f"{request.command}: {request.arguments}"),))


Running = Callable[[Answerer], AbstractAsyncContextManager[None]]


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """A server; nothing of what it saw was against the specifications."""
    async with SlackServer() as slack:
        yield slack
    assert slack.violations == []


@pytest.fixture
async def lenient() -> AsyncIterator[SlackServer]:
    """A server to be offended on purpose."""
    async with SlackServer(ack_seconds=0.2) as slack:
        yield slack


@pytest.fixture
def channel(server: SlackServer) -> Channel:
    """A channel that the bot is in."""
    return server.workspace.channel("alerts")


@pytest.fixture
def person(server: SlackServer) -> Person:
    """Somebody who asks."""
    return server.workspace.person("ida")


@pytest.fixture
async def platform(server: SlackServer) -> AsyncIterator[SlackPlatform]:
    """The platform, connected to the server."""
    space = server.workspace
    async with SlackPlatform(
        bot_token=space.bot_token, app_token=space.app_token, base_url=server.base_url, patience=QUICK
    ) as slack:
        yield slack


@pytest.fixture
def running(platform: SlackPlatform) -> Running:
    """Lets the platform answer for as long as a block lasts."""

    @contextlib.asynccontextmanager
    async def run(answerer: Answerer) -> AsyncIterator[None]:
        task = asyncio.create_task(platform.run(answerer))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return run


@pytest.fixture
def bare(lenient: SlackServer) -> AsyncWebClient:
    """Slack's own client, to offend the server with."""
    return AsyncWebClient(
        token=lenient.workspace.bot_token,
        base_url=lenient.base_url,
        retry_handlers=[],
        logger=logging.getLogger("test"),
    )

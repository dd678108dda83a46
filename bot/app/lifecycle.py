"""The running bot: its loops, their waking of one another, start and stop."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from textwrap import wrap

import click
import structlog

from bot import __version__
from bot.app.announcer import Announcer
from bot.app.config import Config
from bot.app.platforms import Chat, converse
from bot.app.schedule import clock_jobs
from bot.app.secrets import Secrets
from bot.app.serving import serving
from bot.app.settings import language_of, sources_of, zone_of
from bot.app.troubles import Troubles
from bot.app.wiring import PREFIXES, House, build
from bot.commands.claiming import open_claim
from bot.ports.store import ArticleState, Counts, DeliveryState
from bot.rules.model import Status
from bot.storage.address import name_of

log = structlog.get_logger()

PROGRAM = "depesche"
NO_SECRETS = Secrets()
WIDTH = 80  # columns of a terminal
TICK = 1.0  # seconds between looks at what is due, when nothing wakes a loop before
AFTER_TROUBLE = 5.0  # seconds a loop rests after an error nobody foresaw


@dataclass(kw_only=True)
class Wakes:
    """The bells by which one stage wakes the next; the store, not the bell, says what there is to do."""

    listed: asyncio.Event = field(default_factory=asyncio.Event)
    fetched: asyncio.Event = field(default_factory=asyncio.Event)
    outbox: asyncio.Event = field(default_factory=asyncio.Event)

    def found(self) -> None:
        """New entries are in the store."""
        self.listed.set()
        self.fetched.set()


async def run_bot(config: Config, stop: asyncio.Event, secrets: Secrets = NO_SECRETS) -> None:
    """Run until `stop` is set.

    Args:
        config: What is wanted.
        stop: Ends the bot in order.
        secrets: Tokens of the chat platforms.

    Raises:
        DepescheError: The configuration, the rules folder or the store cannot be used.
    """
    wakes = Wakes()
    async with build(config, secrets, found=wakes.found, stdout=sys.stdout) as house:
        announcer = Announcer(lang=language_of(config), tell=_tell, program=called_as(sys.argv[0]))
        await _greet(house, announcer)
        async with serving(house):
            with clock_jobs(house):
                await _until(stop, house, wakes, announcer)
        announcer.line("stopped")


def _tell(line: str) -> None:
    for piece in wrap(line, WIDTH, subsequent_indent="  "):
        click.echo(piece, file=sys.stderr)


def called_as(started: str) -> str:
    """What the user types to call this program: the path it was started by, unless it is on the PATH."""
    if Path(started).name != PROGRAM or shutil.which(PROGRAM) == str(Path(started).absolute()):
        return PROGRAM
    return started


async def _greet(house: House, announcer: Announcer) -> None:
    announcer.line("started", version=__version__, store=name_of(house.config.store))
    live = sum(rule.status is Status.LIVE for rule in house.rules.rules)
    announcer.watching(rules=live, sources=len(sources_of(house.config)))
    counts = await house.store.counts(house.clock.now())
    if shown := counts.deliveries.get(DeliveryState.SENT, 0):
        announcer.line("again", n=shown)
    for kind in house.chats:
        await _offer(kind, house, announcer)


async def _offer(kind: str, house: House, announcer: Announcer) -> None:
    """Print the code by which a platform without an owner is claimed; it is shown nowhere else."""
    opened = await open_claim(house.store, kind, clock=house.clock, randomness=token_bytes)
    if opened:
        until = opened.expires.astimezone(zone_of(house.config))
        prefix = PREFIXES.get(kind, "/")
        announcer.line("claim_printed", kind=kind, p=prefix, code=opened.code, time=f"{until:%H:%M}")


async def _until(stop: asyncio.Event, house: House, wakes: Wakes, announcer: Announcer) -> None:
    """Run the loops side by side; a stop or the failure of one ends them all."""
    troubles = Troubles()
    loops = [
        _polling(house, announcer, troubles),
        _steps(house.pages.fetch_waiting, wakes.listed, wakes.fetched, troubles),
        _reading(house, wakes, troubles),
        _delivering(house, wakes, announcer),
        _watching_rules(house, troubles),
        _watching_packs(house, troubles),
        _steps(house.releaser.release_due, asyncio.Event(), wakes.outbox, troubles),
        _idling(house, announcer, troubles),
        *(_conversing(chat, house) for chat in house.chats.values()),
    ]
    tasks = [asyncio.create_task(loop) for loop in loops]
    stopping = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in [*tasks, stopping]:
            task.cancel()
        await asyncio.gather(*tasks, stopping, return_exceptions=True)


async def _polling(house: House, announcer: Announcer, troubles: Troubles) -> None:
    """Start a round whenever something is due; rounds overlap, so a slow source delays no other."""
    async with asyncio.TaskGroup() as rounds:
        while True:
            rounds.create_task(_round(house, announcer, troubles))
            pause = TICK
            with troubles.outlived("looking for what is due"):
                pause = await house.poller.until_due(TICK)
            await asyncio.sleep(pause)


async def _round(house: House, announcer: Announcer, troubles: Troubles) -> None:
    with troubles.outlived("polling"):
        if found := await house.poller.poll_due():
            announcer.polled(found)


async def _delivering(house: House, wakes: Wakes, announcer: Announcer) -> None:
    """Settle what a crash cut off, then deliver, and write down how the platforms stand."""
    if left := await house.deliverer.recover():
        announcer.line("recovered", n=left)
    # Not before: recovering forgets what was broken when the bot stopped.
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(house.standing.keep(house.store, house.clock))
        tasks.create_task(house.deliverer.run(wakes.outbox))
        tasks.create_task(house.notices.run())


async def _watching_rules(house: House, troubles: Troubles) -> None:
    """Follow the rule files; where the system cannot watch, go on trying."""
    while True:
        with troubles.outlived("watching rule files"):
            await house.rule_news.begin()
            await house.rule_watch.run()
        await asyncio.sleep(AFTER_TROUBLE)


async def _watching_packs(house: House, troubles: Troubles) -> None:
    """Follow the event types that packs bring, likewise."""
    while True:
        with troubles.outlived("watching event types"):
            await house.pack_watch.run()
        await asyncio.sleep(AFTER_TROUBLE)


async def _conversing(chat: Chat, house: House) -> None:
    """Answer people on one platform; if it gives up, the bot goes on without its questions."""
    await converse(chat, house.answerer, house.standing)
    await asyncio.Event().wait()


async def _reading(house: House, wakes: Wakes, troubles: Troubles) -> None:
    await house.reader.start()
    await _steps(house.judge.judge_waiting, wakes.fetched, wakes.outbox, troubles)


async def _steps(
    step: Callable[[], Awaitable[int]],
    wake: asyncio.Event,
    after: asyncio.Event | None,
    troubles: Troubles,
) -> None:
    """Repeat a step while it finds something to do, then wait for its bell."""
    while True:
        handled = None
        with troubles.outlived(getattr(step, "__name__", "step")):
            wake.clear()
            handled = await step()
        if handled and after:
            after.set()
        if not handled:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), AFTER_TROUBLE if handled is None else TICK)


async def _idling(house: House, announcer: Announcer, troubles: Troubles) -> None:
    """Say once after each spell of work that nothing waits."""
    quiet = timedelta(seconds=3 * TICK)
    since = house.clock.now()
    while True:
        await asyncio.sleep(TICK)
        if announcer.caught_up:
            # Already told: counting a large store each second would be work for nothing.
            since = house.clock.now()
            continue
        busy = True
        with troubles.outlived("counting"):
            busy = _is_busy(await house.store.counts(house.clock.now()))
        if busy:
            since = house.clock.now()
        elif house.clock.now() - since >= quiet:
            announcer.idle()


def _is_busy(counts: Counts) -> bool:
    """Whether something waits, or nothing has come yet."""
    waiting = [counts.articles.get(state, 0) for state in (ArticleState.LISTED, ArticleState.FETCHED)]
    waiting += [counts.deliveries.get(state, 0) for state in (DeliveryState.PENDING, DeliveryState.SENDING)]
    return any(waiting) or not counts.articles

"""Wiring: from a configuration to the parts of a running bot, and their orderly end."""

import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TextIO

import structlog

from bot.app.clock import SystemClock
from bot.app.config import Config
from bot.app.models import usable_models
from bot.app.pack_watch import PackWatch
from bot.app.packs import load_all, rule_folders
from bot.app.platforms import Chat, open_chats
from bot.app.pushing import pusher_of
from bot.app.readers import ReaderPool
from bot.app.rule_cache import RuleCache, kept_beside
from bot.app.rule_news import RuleNews
from bot.app.rule_watch import RuleWatch, stamps
from bot.app.secrets import Secrets
from bot.app.settings import (
    bounds_of,
    channels_of,
    fetch_limits,
    language_of,
    manners_of,
    public_url,
    reminders_of,
    sources_of,
    subscriptions_of,
    wall_zone,
)
from bot.app.standing import Standing
from bot.commands.answerer import CommandAnswerer
from bot.commands.asking import Desk
from bot.commands.calendar_lines import reminder
from bot.errors import Issue
from bot.pipeline.deliver import Deliverer
from bot.pipeline.dispatch import Dispatch
from bot.pipeline.judge import Judge
from bot.pipeline.notices import NoticePost
from bot.pipeline.page_checks import PageChecker
from bot.pipeline.pages import PageReader
from bot.pipeline.poll import Poller
from bot.pipeline.push import Pusher
from bot.pipeline.release import Releaser
from bot.pipeline.reminders import Reminders
from bot.pipeline.rule_caps import RuleCaps
from bot.platforms.console.journal import Journal
from bot.platforms.console.messenger import ConsoleMessenger, takes_colour
from bot.platforms.console.teller import ConsoleTeller
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.notices import Teller
from bot.ports.store import Store
from bot.rules.rule_book import RuleBook
from bot.sources.fetchers import Fetchers
from bot.storage.address import file_of, is_server, name_of
from bot.storage.opening import open_store
from bot.storage.store import SqlStore
from bot.stories.similarity import StoryIndex

log = structlog.get_logger()

PREFIXES = {"slack": "/depesche "}  # what stands before a command, where it is not a slash alone
MEMORY = ":memory:"


@dataclass(frozen=True, kw_only=True)
class House:
    """The parts of a running bot."""

    config: Config
    clock: Clock
    store: Store
    reader: ReaderPool
    rules: RuleBook
    poller: Poller
    pages: PageReader
    page_checks: PageChecker
    pusher: Pusher | None
    judge: Judge
    releaser: Releaser
    deliverer: Deliverer
    notices: NoticePost
    reminders: Reminders
    rule_caps: RuleCaps
    rule_watch: RuleWatch
    pack_watch: PackWatch
    rule_news: RuleNews
    chats: Mapping[str, Chat]
    standing: Standing
    answerer: CommandAnswerer


@dataclass(frozen=True, kw_only=True)
class Edges:
    """What touches network and disk, each to be closed at the end."""

    store: SqlStore
    fetchers: Fetchers
    reader: ReaderPool
    console: ConsoleMessenger
    console_teller: ConsoleTeller
    chats: Mapping[str, Chat]
    standing: Standing

    @property
    def messengers(self) -> dict[str, Messenger]:
        """Kind of destination -> who serves it."""
        return {"console": self.console, **{kind: chat.messenger for kind, chat in self.chats.items()}}

    @property
    def tellers(self) -> dict[str, Teller]:
        """Kind of destination -> who tells notices there."""
        return {"console": self.console_teller, **{kind: chat.teller for kind, chat in self.chats.items()}}


@contextlib.asynccontextmanager
async def build(
    config: Config, secrets: Secrets, *, found: Callable[[], None], stdout: TextIO
) -> AsyncIterator[House]:
    """Build the parts of a running bot, and let go of them in order at the end.

    Args:
        config: What is wanted.
        secrets: Tokens of the chat platforms; one without a token does not run.
        found: Called when a source brought new articles.
        stdout: Where the console's alerts go.

    Raises:
        DepescheError: The rules folder or the store cannot be used.
    """
    clock = SystemClock()
    async with contextlib.AsyncExitStack() as ends:
        edges = await _edges(config, secrets, clock, stdout, ends)
        await edges.store.put_sources(sources_of(config), clock.now())
        await edges.store.put_subscriptions(subscriptions_of(config), clock.now())
        yield await _house(config, clock, edges, found)


async def _edges(
    config: Config, secrets: Secrets, clock: Clock, stdout: TextIO, ends: contextlib.AsyncExitStack
) -> Edges:
    store = await open_store(config.store, alone=True)
    ends.push_async_callback(store.close)
    fetchers = Fetchers(limits=fetch_limits(config), allow=config.polling.allow_networks, now=clock.now)
    ends.push_async_callback(fetchers.close)
    reading = config.reading
    reader = ReaderPool(
        processes=reading.processes,
        seconds=reading.timeout.total_seconds(),
        models=usable_models(config),
        packs=rule_folders(config),
    )
    ends.push_async_callback(reader.stop)
    standing = Standing()
    chats = await ends.enter_async_context(open_chats(config, secrets, standing))
    return Edges(
        store=store,
        fetchers=fetchers,
        reader=reader,
        console=_console(config, stdout, ends),
        console_teller=ConsoleTeller(stdout),
        chats=chats,
        standing=standing,
    )


async def _house(config: Config, clock: Clock, edges: Edges, found: Callable[[], None]) -> House:
    store, fetchers, known = edges.store, edges.fetchers, stamps(rule_folders(config))
    rules, issues = read_rules(config)
    deliverer = _deliverer(config, clock, edges)
    notices = _notices(config, clock, edges, deliverer)
    caps = _caps(config, clock, edges, notices)
    await caps.load(rules.by_id)
    judge = _judge(config, clock, edges, rules, caps, await stories_of(store))
    news = RuleNews(rules, edges.standing, notices, at_start=issues, changed=caps.settle)
    watch = RuleWatch(
        book=rules, folders=rule_folders(config), between=judge.between_articles, tell=news.tell, known=known
    )
    pusher = pusher_of(config, clock, store, fetchers, found)
    return House(
        config=config,
        clock=clock,
        store=store,
        reader=edges.reader,
        rules=rules,
        poller=_poller(config, clock, edges, notices, pusher, found),
        pages=PageReader(store=store, fetcher=fetchers, clock=clock),
        page_checks=PageChecker(store=store, fetcher=fetchers, clock=clock),
        pusher=pusher,
        judge=judge,
        releaser=Releaser(store=store, clock=clock, manners=manners_of(config), zone=wall_zone(config)),
        deliverer=deliverer,
        notices=notices,
        reminders=_reminders(config, clock, store, notices),
        rule_caps=caps,
        rule_watch=watch,
        pack_watch=_pack_watch(config, edges, judge, news),
        rule_news=news,
        chats=edges.chats,
        standing=edges.standing,
        answerer=CommandAnswerer(desk=_desk(config, clock, store, rules, caps)),
    )


def _caps(config: Config, clock: Clock, edges: Edges, notices: NoticePost) -> RuleCaps:
    return RuleCaps(
        store=edges.store,
        clock=clock,
        notices=notices,
        usual=config.rules.cap,
        standing=edges.standing.rules_held,
    )


def _judge(
    config: Config, clock: Clock, edges: Edges, rules: RuleBook, caps: RuleCaps, stories: StoryIndex
) -> Judge:
    return Judge(
        store=edges.store,
        reader=edges.reader,
        clock=clock,
        rules=rules,
        channels=channels_of(config),
        stories=stories,
        at_once=config.reading.processes,
        dispatch=_dispatch(config, clock, edges.store),
        caps=caps,
    )


def _pack_watch(config: Config, edges: Edges, judge: Judge, news: RuleNews) -> PackWatch:
    return PackWatch(
        book=judge.rules,
        folders=rule_folders(config),
        between=judge.between_articles,
        renew=edges.reader.renew,
        tell=news.tell,
    )


def _poller(
    config: Config,
    clock: Clock,
    edges: Edges,
    notices: NoticePost,
    pusher: Pusher | None,
    found: Callable[[], None],
) -> Poller:
    return Poller(
        store=edges.store,
        fetcher=edges.fetchers,
        clock=clock,
        bounds=bounds_of(config),
        found=found,
        notices=notices,
        hubs=pusher,
    )


def _reminders(config: Config, clock: Clock, store: Store, notices: NoticePost) -> Reminders:
    return Reminders(
        store=store,
        clock=clock,
        notices=notices,
        channels=channels_of(config),
        manners=manners_of(config),
        remind=reminders_of(config),
        zone=wall_zone(config),
        words=reminder,
    )


def _dispatch(config: Config, clock: Clock, store: Store) -> Dispatch:
    return Dispatch(
        store=store,
        clock=clock,
        channels=channels_of(config),
        manners=manners_of(config),
        zone=wall_zone(config),
    )


def _deliverer(config: Config, clock: Clock, edges: Edges) -> Deliverer:
    return Deliverer(
        store=edges.store,
        messengers=edges.messengers,
        clock=clock,
        repeat_after=config.delivery.repeat_after,
    )


def _notices(config: Config, clock: Clock, edges: Edges, deliverer: Deliverer) -> NoticePost:
    return NoticePost(
        store=edges.store,
        tellers=edges.tellers,
        clock=clock,
        lang=language_of(config),
        reserve=deliverer.reserve,
    )


def _desk(config: Config, clock: Clock, store: Store, rules: RuleBook, caps: RuleCaps) -> Desk:
    return Desk(
        store=store,
        clock=clock,
        rules=lambda: rules.by_id,
        channels=channels_of(config),
        lang=language_of(config),
        zone=config.time_zone,
        prefixes=PREFIXES,
        manners=manners_of(config),
        public_url=public_url(config),
        resume=caps.resume,
    )


def journal_of(config: Config) -> Path | None:
    """Where the console's journal lies: beside the store's file, else here; nowhere for one in memory."""
    if file := file_of(config.store):
        return file.with_suffix(".journal")
    if not is_server(config.store):
        return None
    # One for each store: what was shown of another one says nothing of this one.
    store = blake2b(name_of(config.store).encode(), digest_size=4).hexdigest()
    return Path("var") / f"console-{store}.journal"


def _console(config: Config, stdout: TextIO, ends: contextlib.AsyncExitStack) -> ConsoleMessenger:
    journal = Journal(journal_of(config))
    ends.callback(journal.close)
    return ConsoleMessenger(stdout, journal, colour=takes_colour(stdout))


def rules_of(config: Config) -> RuleBook:
    """The rules that the configuration names; what is wrong with others is logged.

    Raises:
        ConfigError: The rules folder does not exist.
    """
    loaded, _, issues = load_all(rule_folders(config))
    for issue in issues:
        log.warning("rule file", issue=str(issue))
    return loaded


def read_rules(config: Config) -> tuple[RuleBook, Sequence[Issue]]:
    """The same for the running bot, which keeps what it read, and what is wrong with files.

    Raises:
        ConfigError: The rules folder does not exist.
    """
    kept = kept_beside(config.store)
    cache = RuleCache(kept, whole=True, keep_last=True) if kept else None
    loaded, _, issues = load_all(rule_folders(config), cache=cache)
    # What was read now stays: the collector of garbage need not look through all of it again and again.
    gc.freeze()
    for issue in issues:
        log.warning("rule file", issue=str(issue))
    return loaded, issues


async def stories_of(store: Store) -> StoryIndex:
    """The story index as it was when the bot stopped."""
    index = StoryIndex()
    for one in await store.kept(stories=index.most_stories, articles=index.most_articles):
        index.learn(one.profile, one.story, one.origin)
    return index

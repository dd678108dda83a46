"""The running bot between a feed, a Telegram and a Slack, all on loopback.

Tests wait for what happens, with far longer limits than it takes: a slow machine must not fail them.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from click.testing import CliRunner

from bot.cli.main import cli
from tests.acceptance.process import Bot
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import Channel, Person
from tests.fakes.telegram.fixtures import checked_server
from tests.fakes.telegram.server import ADA, TelegramServer
from tests.fakes.telegram.world import Chat, User

PATIENCE = 90.0  # seconds; what goes well takes a few
RIGHT = "right"  # the token that the server knows


@dataclass(frozen=True, kw_only=True)
class News:
    """An article, the words by which its alert is known, and those that were said."""

    alert: str
    text: str
    quote: str = ""
    title: str = "Meldung"


NORWAY = News(
    alert="Norwegen → Litauen",
    quote="Wir gehen dorthin, solange man uns braucht",
    text="Norwegen entsendet 150 Ausbilder nach Litauen. Das beschloss die norwegische Regierung am Montag. "
    "„Wir gehen dorthin, solange man uns braucht“, sagte Verteidigungsministerin Liv Strand.",
)
SWEDEN = News(
    alert="Schweden → Estland",
    text="Schweden schickt 600 Soldaten nach Estland. Der Reichstag stimmte am Dienstag mit großer Mehrheit "
    "zu. „Wer ruft, der soll uns nicht lange suchen müssen“, sagte Ministerpräsident Olof Sander.",
)
CANADA = News(
    alert="Kanada → Rumänien",
    text="Kanada verlegt 900 Soldaten nach Rumänien. Der Einsatz an der Küste beginnt im Herbst. "
    "„Das Meer ist keine Grenze, die man übersehen darf“, sagte Admiral Joan Reed in Ottawa.",
)
SPAIN = News(
    alert="Spanien → Bulgarien",
    text="Spanien entsendet 240 Soldaten nach Bulgarien. Die ersten Flugzeuge landen in einer Woche. "
    "„Vier Maschinen sind ein Anfang und kein Versprechen“, sagte Luftwaffenchef Pedro Salas.",
)
ITALY = News(
    alert="Italien → Slowakei",
    text="Italien schickt 410 Soldaten in die Slowakei. Ärzte und Sanitäter gehören dazu. "
    "„Ein Lazarett ist auch eine Antwort“, sagte die Generalin Carla Moro vor der Presse in Rom.",
)
PORTUGAL = News(
    alert="Portugal → Polen",
    text="Portugal entsendet 130 Soldaten nach Polen, wie das Kabinett in Lissabon beschloss. Funker sollen "
    "das Netz dort stützen. „Ohne Leitung hört keiner den andern“, sagte Hauptmann Rui Telles.",
)
CALM = News(alert="", text="Im Hafen liegt ein neues Schiff.")


async def eventually(seen: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not seen():
            await asyncio.sleep(0.05)


def told(texts: list[str], news: News) -> int:
    """How many of these messages are the alert of the news."""
    return sum(news.alert in text for text in texts)


@dataclass(kw_only=True)
class Scene:
    """The three servers, and the bots started between them.

    Attributes:
        destinations: Addresses on Telegram and on Slack; the group and the channel at first.
        files: Tokens come from files, not from the environment.
        more: Further lines of the configuration.
    """

    folder: Path
    feed: FeedServer
    telegram: TelegramServer
    slack: SlackServer
    group: Chat
    channel: Channel
    store: str = ""
    files: bool = False
    more: str = ""
    bots: list[Bot] = field(default_factory=list)
    news: list[News] = field(default_factory=lambda: [CALM])
    secrets: set[str] = field(default_factory=set)
    destinations: dict[str, list[str]] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know where alerts go."""
        self.destinations = {"telegram": [str(self.group.id)], "slack": [self.channel.id]}
        self.publish()

    @property
    def bot(self) -> Bot:
        """The bot that was started last."""
        return self.bots[-1]

    def publish(self, *news: News) -> None:
        """Add to what the feed holds, what it does not hold yet."""
        self.news += [one for one in news if one not in self.news]
        date = format_datetime(datetime.now(UTC))
        items = "".join(
            f"<item><guid>{number}</guid><title>{escape(one.title)}</title><pubDate>{date}</pubDate>"
            f"<description>{escape(escape(one.text, quote=False))}</description></item>"
            for number, one in enumerate(self.news)
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        self.feed.script("/feed", Reply(body=feed.encode()))

    def config(self) -> Path:
        """The configuration, all in German."""
        path = self.folder / "config.yml"
        addresses = [(kind, one) for kind, listed in self.destinations.items() for one in listed]
        path.write_text(
            f"language: de\nstore: {self.store or self.folder / 'store.sqlite'}\ndemo: false\n"
            f"sources: [{{name: Draht, url: '{self.feed.url('/feed')}'}}]\n"
            "polling: {interval: 1s, allow_networks: [127.0.0.0/8]}\n"
            "delivery: {repeat_after: 1s}\nmodels: {de: none, en: none}\n"
            f"telegram: {{base_url: '{self.telegram.base_url}'}}\n"
            f"slack: {{base_url: '{self.slack.base_url}', ping: 2s}}\n"
            "destinations:\n"
            + "".join(f"  - {{kind: {kind}, address: '{one}'}}\n" for kind, one in addresses)
            + self.more,
            encoding="utf-8",
        )
        return path

    async def start(self, *, telegram: str = RIGHT, slack_bot: str = RIGHT, slack_app: str = RIGHT) -> Bot:
        """Start the bot with these tokens; those that are right are taken by the servers."""
        space = self.slack.workspace
        tokens = {
            "DEPESCHE_TELEGRAM_TOKEN": self.telegram.token if telegram == RIGHT else telegram,
            "DEPESCHE_SLACK_BOT_TOKEN": space.bot_token if slack_bot == RIGHT else slack_bot,
            "DEPESCHE_SLACK_APP_TOKEN": space.app_token if slack_app == RIGHT else slack_app,
        }
        self.secrets |= {token.partition(":")[2] or token for token in tokens.values()}
        env = dict(map(self._in_file, tokens.items())) if self.files else tokens
        self.bots.append(await Bot.start(self.config(), env=env))
        return self.bot

    def _in_file(self, variable: tuple[str, str]) -> tuple[str, str]:
        """The variable that names a file with the value of this one."""
        name, value = variable
        (self.folder / name).write_text(f"{value}\n", encoding="utf-8")
        return f"{name}_FILE", str(self.folder / name)

    async def ready(self) -> Bot:
        """Start the bot, and wait until both platforms hear their people.

        The bot says that it is connected before its WebSocket stands.
        """
        opened = self.slack.sockets.opened
        await self.start()
        await eventually(lambda: self.telegram.updates.polled)
        await self.slack.sockets.connected(opened + 1, PATIENCE)
        return self.bot

    async def claim(self, kind: str) -> str:
        """Wait for the code that the console shows for a platform."""
        code = re.compile(rf"{kind}: (?:(?!claim [0-9A-Z]).)*claim\s+([0-9A-Z-]{{8,}})")
        await eventually(lambda: code.search(" ".join(self.bot.err)))
        found = code.search(" ".join(self.bot.err))
        assert found
        return found[1]

    async def telegram_owner(self) -> Chat:
        """Claim the bot on Telegram, once; returns the chat with the owner."""
        chat = self.telegram.private(id=4711)
        if "telegram" not in self.claimed:
            answer = await self.ask_telegram(chat, f"/claim {await self.claim('telegram')}")
            assert "gehört jetzt Ihnen" in answer
        self.claimed.add("telegram")
        return chat

    async def slack_owner(self) -> Person:
        """Claim the bot on Slack; returns the owner."""
        person = self.slack.workspace.person("olga")
        assert "gehört jetzt Ihnen" in await self.ask_slack(person, f"claim {await self.claim('slack')}")
        return person

    async def ask_telegram(self, chat: Chat, text: str, user: User = ADA) -> str:
        """Write in a chat that gets no alerts; returns the answer."""
        before = len(self.on_telegram(chat))
        self.telegram.receive_text(chat, text, user)
        await eventually(lambda: len(self.on_telegram(chat)) > before)
        return self.on_telegram(chat)[before]

    async def ask_slack(self, person: Person, text: str, channel: Channel | None = None) -> str:
        """Type the command, in a direct message with the bot or in a channel; returns the answer."""
        where = channel or self.slack.workspace.direct(person.id)
        await eventually(lambda: self.slack.sockets.alive)
        asked = await self.slack.command(text, channel=where, person=person)
        return str((await asked.answer(PATIENCE))["text"])

    async def status(self, *words: str) -> str:
        """What `depesche status` says, its lines joined, once it holds all these words."""
        command, shown = ["status", "--config", str(self.folder / "config.yml")], ""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    result = await asyncio.to_thread(CliRunner().invoke, cli, command)
                    shown = " ".join(result.output.split())
                    if result.exit_code == 0 and all(word in shown for word in words):
                        return shown
                    await asyncio.sleep(0.2)
        except TimeoutError:
            raise AssertionError(f"not all of {words} in: {shown}") from None

    def on_telegram(self, chat: Chat | None = None) -> list[str]:
        """What the bot wrote in a chat."""
        return [message.text for message in self.telegram.sent(chat or self.group)]

    def on_slack(self, channel: Channel | None = None) -> list[str]:
        """What the bot posted in a channel."""
        return [post.text for post in (channel or self.channel).by_bot]

    def lines(self, *words: str) -> list[str]:
        """The lines that the bots have logged with all these words."""
        logged = [line for bot in self.bots for line in bot.err]
        return [line for line in logged if all(word in line for word in words)]

    def written(self) -> str:
        """All that the bots and the messengers have shown."""
        shown = [line for bot in self.bots for line in [*bot.out, *bot.err]]
        shown += [text for chat in self.telegram.world.chats.values() for text in self.on_telegram(chat)]
        shown += [
            text for channel in self.slack.workspace.channels.values() for text in self.on_slack(channel)
        ]
        return "\n".join(shown)


@contextlib.asynccontextmanager
async def scene(folder: Path, store: str = "") -> AsyncIterator[Scene]:
    """The servers; at the end no rule of Telegram or Slack may have been broken, and no token written."""
    async with FeedServer() as feed, checked_server() as telegram, SlackServer(ack_seconds=30) as slack:
        group, channel = telegram.group(), slack.workspace.channel("alerts")
        place = Scene(
            folder=folder,
            feed=feed,
            telegram=telegram,
            slack=slack,
            group=group,
            channel=channel,
            store=store,
        )
        try:
            yield place
        finally:
            for bot in place.bots:
                if bot.child.returncode is None:
                    await bot.stop()
    written = place.written()
    assert slack.violations == []
    assert not [secret for secret in place.secrets if secret in written]
    assert not re.search(r"xox[a-z]-\d|xapp-\d", written)

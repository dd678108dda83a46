"""A bot and people who talk to it."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.alerts.model import Alert
from bot.alerts.routing import Channel
from bot.article.model import Article
from bot.commands.answerer import CommandAnswerer
from bot.commands.asking import Desk
from bot.commands.claiming import open_claim
from bot.extraction.findings import Findings
from bot.ports.access import Member, Role
from bot.ports.alerts import Judged
from bot.ports.conversation import Answer, Request
from bot.rules.model import Rule
from tests.fakes.alerts import alert, article_ref
from tests.fakes.clock import FakeClock
from tests.fakes.rules import rule
from tests.fakes.store import FakeStore

OWNER, MEMBER, STRANGER = "17", "18", "99"
GROUP = "-100123"


def counting(number: int) -> bytes:
    """Randomness that everybody can foresee."""
    return bytes(range(number))


CODE = "0123-4567-89AB"  # what `counting` gives


@dataclass
class Chat:
    """A bot and the people who talk to it."""

    store: FakeStore = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    rules: dict[str, Rule] = field(default_factory=lambda: {"troop-commitment": rule()})

    def __post_init__(self) -> None:
        """Open the desk."""
        channels = {name: Channel(name=name) for name in ("all", "security", "sahel")}
        desk = Desk(
            store=self.store,
            clock=self.clock,
            rules=lambda: self.rules,
            channels=channels,
            lang="de",
            zone="Europe/Berlin",
            prefixes={"slack": "/depesche "},
        )
        self.answerer = CommandAnswerer(desk=desk)

    async def settle(self) -> "Chat":
        """Let the owner and a member in."""
        people = ((OWNER, Role.OWNER), (MEMBER, Role.MEMBER))
        for user, role in people:
            self.store.let_in["telegram", user] = Member(kind="telegram", id=user, role=role, name="N")
        return self

    async def ask(self, text: str, user: str = MEMBER, address: str | None = None, **changes: Any) -> str:
        """Say something to the bot; what it answers, paragraphs by empty lines."""
        answer = await self.answer(text, user, address, **changes)
        return "\n\n".join(part.text for part in answer.parts)

    async def answer(
        self, text: str, user: str = MEMBER, address: str | None = None, **changes: Any
    ) -> Answer:
        """The same as an Answer."""
        command, _, arguments = text.partition(" ")
        request = Request(
            kind="telegram",
            address=address or user,
            user=user,
            user_name="Anna",
            command=command,
            arguments=arguments,
            lang="en",
            private=address is None,
        )
        return await self.answerer.answer(replace(request, **changes))

    async def claim_code(self) -> str:
        """A fresh code."""
        found = await open_claim(self.store, "telegram", clock=self.clock, randomness=counting)
        assert found
        return found.code

    async def tell(self, name: str = "ab12cd34ef", **changes: Any) -> Alert:
        """Put an alert into the store."""
        told = alert(id=name, article=article_ref(id=name), **changes)
        judged = Judged(alert=told, reason="new", push=True)
        article = Article(id=name, text="Text.")
        await self.store.record_judgement(
            article, Findings(lang="de"), [judged], story=None, now=self.clock.now()
        )
        return told

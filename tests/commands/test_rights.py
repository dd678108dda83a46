"""Who may ask the bot to do what: every command for every kind of person."""

from dataclasses import dataclass, replace

import pytest

from bot.commands.answerer import BELOW_ALERTS, COMMANDS
from bot.commands.asking import Level
from bot.commands.greeting import HELP
from bot.ports.access import Member, Role
from bot.ports.holding import Manner
from bot.ports.messenger import Destination
from tests.fakes.chat import GROUP, MEMBER, OWNER, STRANGER, Chat

EDITOR, SUBSCRIBER = "19", "20"
DESK = "-100777"  # the chat of the editors
READER = frozenset(
    {"start", "help", "status", "latest", "why", "rules", "ledger", "upcoming", "sources", "claim"}
    | {"useful", "wrong", "send", "drop"}
)
MEMBERS = READER | {"calendar", "mute", "unmute", "quiet", "digest", "resend", "subscribe", "unsubscribe"}
EDITORS = MEMBERS | {"retract"}
OWNERS = EDITORS | {"allow", "deny"}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody somewhere.

    Attributes:
        address: The chat they write in; None: the one of the two.
        may: The commands they are not refused.
    """

    user: str
    may: frozenset[str]
    address: str | None = None


PEOPLE = {
    "stranger": Person(user=STRANGER, may=frozenset()),
    "anybody in a group that gets alerts": Person(user=STRANGER, address=GROUP, may=READER),
    "whoever gets alerts in private": Person(user=SUBSCRIBER, may=MEMBERS),
    "member": Person(user=MEMBER, may=MEMBERS),
    "member in a group": Person(user=MEMBER, address=GROUP, may=MEMBERS),
    "editor": Person(user=EDITOR, may=EDITORS),
    "editor in a group": Person(user=EDITOR, address=GROUP, may=EDITORS),
    "anybody in the editors' chat": Person(user=STRANGER, address=DESK, may=EDITORS),
    "owner": Person(user=OWNER, may=OWNERS),
    "owner in a group": Person(user=OWNER, address=GROUP, may=OWNERS),
}
# Language -> the beginning of what each refusal says.
REFUSED = {
    "de": {
        Level.READER: "Guten Tag! Dieser Bot antwortet nur Eingeladenen.",
        Level.MEMBER: "Das dürfen nur Eingeladene. Der Eigentümer lädt ein mit: /allow",
        Level.EDITOR: "Das dürfen nur Redakteure und der Eigentümer. Er ernennt sie mit: /allow",
        Level.OWNER: "Das darf nur der Eigentümer.",
    },
    "en": {
        Level.READER: "Hello! This bot only answers people who were let in.",
        Level.MEMBER: "Only people who were let in may do this. The owner lets you in with: /allow",
        Level.EDITOR: "Only editors and the owner may do this. The owner makes you one with: /allow",
        Level.OWNER: "Only the owner may do this.",
    },
}


async def peopled() -> Chat:
    """A bot with people of every kind; a group and a private chat get a channel that editors approve."""
    chat = await Chat().settle()
    editors = Destination(id="editors", kind="telegram", address=DESK)
    chat.answerer.desk = replace(chat.answerer.desk, manners={"all": Manner(editors=editors)})
    chat.store.let_in["telegram", EDITOR] = Member(kind="telegram", id=EDITOR, role=Role.EDITOR)
    for address in (GROUP, SUBSCRIBER):
        place = Destination(id=address, kind="telegram", address=address)
        await chat.store.subscribe("all", place, now=chat.clock.now())
    await chat.tell("ab12cd34ef")
    return chat


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("command", COMMANDS)
async def test_who_may(command: str, person: Person, lang: str) -> None:
    """Whoever may gets an answer; whoever may not gets one line that says who may, in their language."""
    said = await (await peopled()).ask(f"{command} A1", person.user, person.address, lang=lang)
    level = Level.READER if not person.may else COMMANDS[command][0]
    if command in person.may:
        assert not said.startswith(tuple(REFUSED[lang].values()))
    else:
        assert said.startswith(REFUSED[lang][level])
        assert "\n" not in said


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
async def test_the_help_names_what_one_may(person: Person) -> None:
    """All of it but what stands below alerts, and nothing else."""
    said = await (await peopled()).ask("help", person.user, person.address)
    named = {line.split()[0].removeprefix("/") for line in said.splitlines() if line.startswith("/")}
    assert named == {one for one in person.may if one in HELP}


def test_the_help_knows_every_command() -> None:
    """With the level that it needs."""
    listed = {name: level for name, (level, _) in COMMANDS.items() if name not in BELOW_ALERTS | {"claim"}}
    assert listed == HELP


async def test_what_the_owner_may_besides() -> None:
    """Corrections of the ledger and rules that ran away are the owner's."""
    chat = await peopled()
    for text in ("ledger drop ab12", "rules resume troop-commitment"):
        assert await chat.ask(text, EDITOR) == REFUSED["en"][Level.OWNER]
        assert await chat.ask(text, OWNER) != REFUSED["en"][Level.OWNER]


async def test_the_owner_appoints_editors() -> None:
    """And takes it back; who is let in again stays what they were; an owner stays owner."""
    chat = await peopled()
    assert await chat.ask("allow 18 editor", OWNER) == "Let in: telegram:18 (editor)"
    assert await chat.ask("allow 18", OWNER) == "Let in: telegram:18 (editor)"
    assert (await chat.ask("retract A1", MEMBER)).startswith("Retracted")
    assert await chat.ask("allow 18 Redakteurin", OWNER, lang="de") == "Eingeladen: telegram:18 (Redaktion)"
    assert await chat.ask("allow 18 member", OWNER) == "Let in: telegram:18 (member)"
    assert (await chat.ask("retract A1", MEMBER)).startswith(REFUSED["en"][Level.EDITOR])
    assert await chat.ask("allow 17 member", OWNER) == "Let in: telegram:17 (owner)"
    assert (await chat.ask("allow 18 boss", OWNER)).startswith("Let in: /allow ID")


async def test_a_chat_of_editors() -> None:
    """Whoever writes in a chat that was let in as one of editors may what they may."""
    chat = await peopled()
    assert (await chat.ask("retract A1", STRANGER, GROUP)).startswith(REFUSED["en"][Level.EDITOR])
    await chat.ask(f"allow {GROUP} editor", OWNER)
    assert (await chat.ask("retract A1", STRANGER, f"{GROUP}/7")).startswith("Retracted")

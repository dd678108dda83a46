"""`/ledger`: looked up on a phone, corrected by the owner."""

import pytest

from bot.commands.ledger_words import query_of, value_of
from bot.extraction.findings import Actor, Bound, Quantity
from bot.ports.ledger import Wanted
from bot.stories.facts import Slot
from bot.stories.ledger import Kind
from bot.stories.ledger_present import in_words, present
from tests.fakes.chat import OWNER, Chat

QUERIES = [
    ("", Wanted(), 1),
    ("troops Ukraine", Wanted(kinds=(Kind.TROOPS,), names=("ua",)), 1),
    ("Truppen Ukraine", Wanted(kinds=(Kind.TROOPS,), names=("ua",)), 1),
    ("country FR", Wanted(names=("fr",)), 1),
    ("Land Frankreich", Wanted(names=("fr",)), 1),
    ("france", Wanted(names=("fr",)), 1),
    ("Saudi Arabia", Wanted(names=("sa",)), 1),
    ("Hilfe Vereinigte Staaten", Wanted(kinds=(Kind.AID,), names=("us",)), 1),
    ("aid Germany Ukraine 3", Wanted(kinds=(Kind.AID,), names=("de", "ua")), 3),
    ("NATO", Wanted(names=("nato",)), 1),
    ("Koalition der Willigen", Wanted(names=("coalition of the willing",)), 1),
    ("sanctions 0", Wanted(kinds=(Kind.SANCTIONS,)), 1),
]


@pytest.mark.parametrize(("typed", "wanted", "page"), QUERIES)
def test_what_is_looked_for(typed: str, wanted: Wanted, page: int) -> None:
    """Kinds, countries by code and name, and other names, in German and English; a number is the page."""
    found = query_of(typed)
    assert (set(found.wanted.names), found.wanted.kinds, found.page, found.id) == (
        set(wanted.names), wanted.kinds, page, None,
    )  # fmt: skip


def soldiers(number: float) -> Quantity:
    """So many soldiers."""
    return Quantity(
        start=0, end=1, text="", value=number, low=None, high=None, unit="soldier", bound=Bound.EXACT
    )


async def entry_id(chat: Chat) -> str:
    """Of the only entry."""
    (entry,) = await chat.store.ledger(Wanted(), limit=9)
    return entry.id


async def test_an_entry_in_a_few_lines(chat: Chat) -> None:
    """Who and where, how much and how firm, since when, by how many sources; in the asker's language."""
    await chat.tell()
    short = (await entry_id(chat))[:8]
    assert (await chat.ask("ledger troops Lithuania", lang="en")).split("\n\n") == [
        "1 commitment",
        (
            "Troops: Norway → Lithuania\n150 soldiers · decided · May 2026\n"
            f"since 2 Mar 2026 14:30 · 1 source · {short}"
        ),
        "History and evidence: /ledger ID",
    ]
    assert "Truppen: Norwegen → Litauen\n150 Soldaten · beschlossen · Mai 2026" in await chat.ask(
        "ledger Land NO", lang="de"
    )


async def test_history_and_evidence(chat: Chat) -> None:
    """One entry shows each state with its article, its words and who said them."""
    await chat.tell()
    await chat.tell("second", quantity=soldiers(300), quote=None)
    said = await chat.ask(f"ledger {(await entry_id(chat))[:8]}")
    assert "↻ 150 → 300 soldiers" in said
    assert "2 Mar 2026 14:30 · Tagesblatt\n150 soldiers · decided · May 2026\n" in said
    assert "„Wir bleiben, solange man uns braucht.“ — die Verteidigungsministerin (Sender Nord)" in said
    assert "https://example.org/a1" in said


async def test_pages_turn(chat: Chat) -> None:
    """Five a page, with the command for the next one."""
    codes = ("NO", "SE", "FI", "DK", "IS", "EE", "LV")
    for number, code in enumerate(codes):
        await chat.tell(f"a{number}", actors=(Actor(name=code, id=code, kind="country"),))
    first, second = await chat.ask("ledger troops"), await chat.ask("ledger troops 2")
    assert first.startswith("7 commitments (page 1 of 2)")
    assert "More: /ledger troops 2" in first
    assert second.count("Troops: ") == 2
    assert "More:" not in second


async def test_nothing_found(chat: Chat) -> None:
    """What is not there is said, with how to look things up, and what was probably meant."""
    assert await chat.ask("ledger") == "The ledger is empty: no commitment was read yet."
    assert "Nothing in the ledger for “tropps”. Did you mean “troops”?" in await chat.ask("ledger tropps")
    assert await chat.ask("ledger abcdef12") == "There is no entry “abcdef12” in the ledger."


async def test_only_the_owner_corrects(chat: Chat) -> None:
    """A member may look, and change nothing."""
    await chat.tell()
    start = (await entry_id(chat))[:8]
    for act in ("correct", "drop", "restore", "korrigiere"):
        assert await chat.ask(f"ledger {act} {start} quantity 300") == "Only the owner may do this."
    assert await chat.store.ledger_log(None, 9) == []


async def test_a_correction_sticks_and_is_logged(chat: Chat) -> None:
    """It is marked, later articles stand beside it, and who set it when stands with the entry."""
    await chat.tell()
    start = (await entry_id(chat))[:8]
    said = await chat.ask(f"ledger correct {start} quantity 1.200", user=OWNER)
    assert "Corrected for good: 1,200 soldiers" in said
    chat.clock.advance(60)
    await chat.tell("later", quantity=soldiers(800))
    shown = await chat.ask(f"ledger {start}")
    assert "1,200 soldiers* · decided" in shown
    assert "! Reported since the correction: 800 soldiers" in shown
    assert "2 Mar 2026 13:00 · telegram:17 Anna · quantity: 150 soldier → 1200 soldier" in shown


EMPTIED = [
    ("quantity", "none", "quantity: 150 soldier → –"),
    ("Menge", "unbekannt", "quantity: 150 soldier → –"),
    ("Ort", "leer", "place: Litauen → –"),
    ("place", "-", "place: Litauen → –"),
]


@pytest.mark.parametrize(("slot", "typed", "logged"), EMPTIED)
async def test_a_slot_is_emptied(chat: Chat, slot: str, typed: str, logged: str) -> None:
    """What an admin takes out stays out and is logged; what is reported later stands beside it."""
    await chat.tell()
    start = (await entry_id(chat))[:8]
    await chat.ask(f"ledger correct {start} {slot} {typed}", user=OWNER)
    chat.clock.advance(60)
    await chat.tell("later", quantity=soldiers(800))
    shown = await chat.ask(f"ledger {start}")
    assert logged in shown
    assert ("! Reported since the correction: 800 soldiers" in shown) == ("quantity" in logged)
    (entry,) = await chat.store.ledger(Wanted(), limit=9)
    assert (present(entry).where == ()) == ("place" in logged)
    assert (present(entry).quantity is None) == ("quantity" in logged)


@pytest.mark.parametrize("slot", ["actor", "modality", "wer", "Stand"])
async def test_what_cannot_be_empty(chat: Chat, slot: str) -> None:
    """A commitment has somebody who makes it and says how firm it is."""
    await chat.tell()
    said = await chat.ask(f"ledger correct {await entry_id(chat)} {slot} -", user=OWNER)
    assert "ledger correct ID quantity 300" in said
    assert await chat.store.ledger_log(None, 9) == []


async def test_drop_and_restore(chat: Chat) -> None:
    """What was dropped is found by its id alone, until it is put back."""
    await chat.tell()
    start = (await entry_id(chat))[:8]
    assert "Taken out of the ledger" in await chat.ask(f"ledger drop {start}", user=OWNER)
    assert "Nothing in the ledger" in await chat.ask("ledger troops")
    assert "telegram:17 Anna · taken out" in await chat.ask(f"ledger {start}")
    assert "Put back" in await chat.ask(f"ledger restore {start}", user=OWNER)
    assert "Norway → Lithuania" in await chat.ask("ledger troops")


VALUES = [
    (Slot.QUANTITY, "300", "300 soldier"),
    (Slot.QUANTITY, "1.500", "1500 soldier"),
    (Slot.QUANTITY, "40000000 EUR", "4e+07 EUR"),
    (Slot.QUANTITY, "20 vehicle", "20 vehicle"),
    (Slot.QUANTITY, "20 Fahrzeuge", "20 vehicle"),
    (Slot.QUANTITY, "many", None),
    (Slot.QUANTITY, "-3", None),
    (Slot.QUANTITY, "3 bananas", None),
    (Slot.MODALITY, "beschlossen", "decided"),
    (Slot.MODALITY, "under_discussion", "under_discussion"),
    (Slot.MODALITY, "im Gespräch", "under_discussion"),
    (Slot.MODALITY, "sure", None),
    (Slot.DATE, "2026-05", "2026-05"),
    (Slot.DATE, "2026-w20", "2026-W20"),
    (Slot.DATE, "May", None),
    (Slot.PLACE, "LT, Polen", "LT, Polen"),
    (Slot.ACTOR, " ", None),
]


@pytest.mark.parametrize(("slot", "typed", "value"), VALUES)
async def test_values(chat: Chat, slot: Slot, typed: str, value: str | None) -> None:
    """A slot takes what it can read, in either language, and nothing else."""
    await chat.tell()
    (entry,) = await chat.store.ledger(Wanted(), limit=9)
    assert in_words(value_of(slot, typed, entry)) == value


@pytest.mark.parametrize(
    "typed", ["correct", "correct {id}", "correct {id} colour red", "correct {id} quantity many"]
)
async def test_what_cannot_be_read(chat: Chat, typed: str) -> None:
    """A correction that cannot be read changes nothing and says how to write one."""
    await chat.tell()
    said = await chat.ask(f"ledger {typed.format(id=await entry_id(chat))}", user=OWNER)
    assert "ledger correct ID quantity 300" in said or "There is no entry" in said
    assert await chat.store.ledger_log(None, 9) == []

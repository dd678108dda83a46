"""Read the block `novelty` of a rule file: what makes a match new, and what of it may change."""

import re

from bot.located import Node
from bot.rules import fields
from bot.rules.fields import Notes
from bot.rules.model import Novelty

SLOTS = ("type", "actor", "target", "participant", "country", "place", "date", "quantity")
FIRSTS = ("actor", "target", "participant", "country", "place")
UPDATES = re.compile(r"(quantity|modality|date|place|actor)(?: changes (\d{1,3}) ?%)?")
KEYS = ("key", "window", "update_when", "first", "learn")


def read_novelty(node: Node, notes: Notes) -> Novelty:
    """The block, with what is usual where it says nothing."""
    given = fields.mapping(node, KEYS, notes, "novelty")
    usual = Novelty()
    first = fields.choices(given["first"], FIRSTS, notes, "slot of first") if "first" in given else ()
    key = fields.choices(given["key"], SLOTS, notes, "novelty key") if "key" in given else ()
    window = fields.duration(given["window"], notes, "window") if "window" in given else None
    learn = fields.duration(given["learn"], notes, "learn") if "learn" in given else None
    slots, share = _updates(given["update_when"], notes) if "update_when" in given else ((), 0.0)
    _check_first(node, first, key, notes)
    return Novelty(
        key=key or (("type", *first) if first else usual.key),
        window=window or usual.window,
        update_when=slots,
        quantity_change=share,
        first=first,
        learn=learn or usual.learn,
    )


def _check_first(node: Node, first: tuple[str, ...], key: tuple[str, ...], notes: Notes) -> None:
    """What is told the first time only has no updates; what must be new is part of the key."""
    given = node.value if isinstance(node.value, dict) else {}
    if not first:
        if "learn" in given and "first" not in given:
            notes.error(node.at("learn"), "learn goes with first: it says how long the rule only watches")
        return
    missing = [slot for slot in first if key and slot not in key]
    if missing:
        notes.error(node.at("first"), f"{', '.join(missing)} must also stand in key: [type, {missing[0]}]")
    if "update_when" in given:
        notes.error(node.at("update_when"), "a rule with first tells each thing once: it has no updates")


def _updates(node: Node, notes: Notes) -> tuple[tuple[str, ...], float]:
    slots, share = [], 0.0
    for text, member in fields.lines(node, notes, "update_when"):
        found = UPDATES.fullmatch(text)
        if not found or (found[2] and found[1] != "quantity"):
            hint = "write quantity, modality, date, or “quantity changes 10%”"
            notes.error(member, f"unknown change “{fields.shown(text)}”: {hint}")
            continue
        slots.append(found[1])
        share = int(found[2]) / 100 if found[2] else share
    return tuple(slots), share

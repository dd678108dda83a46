"""How many new facts of a rule are told in an hour: `cap: 20/h` in a rule file."""

import re

from bot.located import Node
from bot.rules import fields
from bot.rules.fields import Notes

CAP = re.compile(r"([1-9]\d{0,3}) ?/ ?h")
OFF = "off"
UNLIMITED = 0


def parse_cap(text: str) -> int | None:
    """`20/h` or `off`, which is UNLIMITED; None where it is no such thing."""
    if text.strip() == OFF:
        return UNLIMITED
    found = CAP.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_cap(node: Node, notes: Notes) -> int | None:
    """The cap of a rule file; None after an issue."""
    text = "" if isinstance(node.value, (dict, list)) else str(node.value)
    cap = parse_cap(text)
    if cap is None:
        notes.error(
            node, f"cap is how many are told in an hour, such as 20/h, or off; not “{fields.shown(text)}”"
        )
    return cap

"""What the store promises of rules at work, on the fake and the real store."""

from dataclasses import replace
from datetime import timedelta

from bot.extraction.findings import Findings
from bot.ports.alerts import Judged
from bot.ports.rules import HeldRule
from bot.ports.store import Store
from tests.storage.samples import CONSOLE, LATER, NOW, alert, article, tell, update

RULE = "troop-commitment"
HELD = HeldRule(rule_id=RULE, version="12ab", found=104, since=NOW)


async def kept_back(store: Store, name: str, key: str, reason: str, *, demo: bool = False) -> None:
    """Store an alert that was not told."""
    about = replace(article(name), demo=demo)
    outcome = Judged(alert=alert(name, about=name, key=key, demo=demo), reason=reason, push=False)
    await store.record_judgement(about, Findings(lang="de"), [outcome], story=None, now=NOW)


async def test_what_a_rule_told_since_then(store: Store) -> None:
    """Pushed, real, no updates; other rules do not count."""
    first = await tell(store, "a", CONSOLE)
    await tell(store, "b", CONSOLE, push=False)
    await update(store, "c", first, CONSOLE)
    assert await store.told_by_rule(RULE, since=NOW) == 1
    assert await store.told_by_rule(RULE, since=NOW + timedelta(seconds=1)) == 0
    assert await store.told_by_rule("sanctions", since=NOW) == 0


async def test_what_was_counted_in_shadow(store: Store) -> None:
    """Each fact once, whichever of the reasons; demo facts and others not."""
    for number, (key, reason) in enumerate(
        [("NO", "shadow"), ("NO", "shadow"), ("SE", "ran_away"), ("FI", "known_fact")]
    ):
        await kept_back(store, f"a{number}", key, reason)
    await kept_back(store, "demo", "DK", "shadow", demo=True)
    reasons = ("shadow", "ran_away")
    assert await store.counted_by_rule(reasons, since=NOW) == {RULE: 2}
    assert await store.counted_by_rule(reasons, since=LATER) == {}


async def test_a_rule_is_held_until_somebody_says_so(store: Store) -> None:
    """With its version and what it found; the newest counts."""
    await store.hold_rule(replace(HELD, version="old"))
    await store.hold_rule(HELD)
    assert list(await store.held_rules()) == [HELD]
    assert await store.resume_rule(RULE)
    assert not await store.resume_rule(RULE)
    assert list(await store.held_rules()) == []

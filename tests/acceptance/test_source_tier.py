"""Rules that ask what kind of voice a source is, from the configuration to the console."""

from dataclasses import replace

import pytest

from bot.app.config_check import check
from bot.app.replaying import ReaderHere
from bot.app.settings import sources_of
from bot.article.model import Tier
from bot.rules.loader import load_rule
from bot.rules.model import Rule
from bot.rules.rule_book import RuleBook
from tests.acceptance.newsroom import SOURCE, Newsroom

NORWAY = "Norwegen entsendet 150 Ausbilder nach Litauen. Das beschloss die Regierung am Montag."
CONFIG = """\
demo: false
sources:
  - {name: Drahtfunk, url: "https://wire.example/feed", tier: agency}
  - {name: Ministerium, url: "https://ministry.example/feed", tier: official}
  - {name: Blatt, url: "https://paper.example/feed"}
"""


def asking(tiers: str) -> Rule:
    """A live rule on troops from sources of these kinds."""
    text = (
        f"id: r\ntitle: Truppen\nstatus: live\nwhen: {{event: troops.commit, source: {{tier: [{tiers}]}}}}\n"
    )
    rule, issues = load_rule(text, "chat")
    assert rule is not None, issues
    return rule


def test_the_configuration_says_it() -> None:
    """The tier of a source stands in the configuration and reaches its settings; most need none."""
    config = check(CONFIG, "my.yml", {}).config
    assert config is not None
    assert [source.tier for source in config.sources] == [Tier.AGENCY, Tier.OFFICIAL, None]
    assert [source.options.get("tier") for source in sources_of(config)] == ["agency", "official", None]


def test_an_unknown_tier_is_a_mistake() -> None:
    """A tier that there is not is told with its place."""
    checked = check(CONFIG.replace("official", "offical"), "my.yml", {})
    assert checked.config is None
    assert (checked.issues[0].line, "tier" in str(checked.issues[0])) == (4, True)


@pytest.mark.parametrize(("tiers", "fires"), [("agency, official", True), ("press", False)])
async def test_from_the_source_to_the_console(newsroom: Newsroom, tiers: str, *, fires: bool) -> None:
    """A rule fires on what comes from a source of the kind it asks for, and on nothing else."""
    agency = replace(SOURCE, options={"tier": "agency"})
    await newsroom.store.put_sources([agency], newsroom.clock.now())
    newsroom.judge.reader = ReaderHere({"de": "none", "en": "none"})
    newsroom.judge.rules = RuleBook.of(asking(tiers))
    newsroom.push(0, NORWAY)
    if fires:
        assert await newsroom.want((0, 2), "Truppen: Norwegen")
    else:
        assert await newsroom.silent((0, 2))

"""The configuration: what is refused, and where the message points."""

from datetime import timedelta

import pytest

from bot.app.config import Config
from bot.app.config_check import check, shipped_sources, system_language
from bot.app.settings import manners_of, wall_zone
from bot.app.shipped import default_config
from bot.ports.holding import Manner


def issues(text: str, environment: dict[str, str] | None = None) -> list[str]:
    """The issues of a configuration text, as printed."""
    return [str(issue) for issue in check(text, "my.yml", environment or {}).issues]


MISTAKES = [
    pytest.param(
        "langauge: de", ["my.yml:1:1: error: `langauge`: unknown key: did you mean `language`?"], id="key"
    ),
    pytest.param(
        "language: fr", ["my.yml:1:1: error: `language`: must be 'auto', 'de' or 'en', not `fr`"], id="value"
    ),
    pytest.param(
        "time_zone: Europe/Berln",
        ["my.yml:1:1: error: `time_zone`: `Europe/Berln` is no time zone; write one such as `Europe/Berlin`"],
        id="zone",
    ),
    pytest.param(
        "polling:\n  interval: 5 minutes",
        [
            (
                "my.yml:2:3: error: `polling.interval`: "
                "write a duration as a number with s, m, h or d, such as `5m`"
            )
        ],
        id="duration",
    ),
    pytest.param(
        "delivery: {repeat_after: soon}",
        [
            (
                "my.yml:1:12: error: `delivery.repeat_after`: "
                "write a duration as a number with s, m, h or d, such as `5m`"
            )
        ],
        id="repeat",
    ),
    pytest.param(
        "sources:\n  - name: X\n    url: ftp://x.example",
        ["my.yml:3:5: error: `sources[0].url`: an address begins with `https://` (or `http://`)"],
        id="url",
    ),
    pytest.param(
        "sources:\n  - {name: X}", ["my.yml:2:5: error: `sources[0].url`: is missing: write it"], id="missing"
    ),
    pytest.param(
        "sources: tagesschau",
        ["my.yml:1:1: error: `sources`: must be a list (lines that begin with -), not `tagesschau`"],
        id="list",
    ),
    pytest.param(
        "sources:",
        [
            (
                "my.yml:1:1: error: `sources`: is empty: "
                "write a list (lines that begin with -), or `[]` for none"
            )
        ],
        id="empty list",
    ),
    pytest.param(
        "language:",
        ["my.yml:1:1: error: `language`: is empty: write a value, or remove the key"],
        id="empty value",
    ),
    pytest.param(
        "reading: {processes: 0}",
        ["my.yml:1:11: error: `reading.processes`: must be at least 1, not `0`"],
        id="too small",
    ),
    pytest.param(
        "sources: [{name: '', url: https://x.example}]",
        ["my.yml:1:12: error: `sources[0].name`: is empty: write a text, or remove the key"],
        id="too short",
    ),
    pytest.param(
        "destinations:\n  - channels: [al]",
        ["my.yml:2:5: error: `destinations[0].channels`: there is no channel `al`: did you mean `all`?"],
        id="channel",
    ),
    pytest.param(
        "demo: maybe", ["my.yml:1:1: error: `demo`: must be true or false, not `maybe`"], id="truth"
    ),
    pytest.param(
        "demo: true\ndemo: false", ["my.yml:2:1: error: the key `demo` stands twice: keep one"], id="twice"
    ),
    pytest.param("- a\n- b", ["my.yml:1:1: error: write `key: value` lines"], id="no-mapping"),
    pytest.param(
        "store: &s x\nlanguage: *s",
        ["my.yml:1:8: error: anchors and aliases (& and *) are not allowed: write the value out"],
        id="anchor",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), MISTAKES)
def test_a_mistake_is_named_with_file_line_key_and_mend(text: str, wanted: list[str]) -> None:
    """Each mistake gives one line that says where it is and how to mend it."""
    assert issues(text) == wanted


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody has to mend one mistake to see the next."""
    assert len(issues("langauge: de\ndemo: maybe\nstore: 5")) == 3


SHIPPED = default_config().read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "rules: {standard: true}"])
def test_a_file_that_names_no_sources_is_the_shipped_one(text: str) -> None:
    """An empty configuration is a valid one, and a file without `sources` polls the shipped feeds."""
    assert check(text, "my.yml", {}).config == check(SHIPPED, "default", {}).config


def test_no_sources_are_had_by_saying_so() -> None:
    """An empty list polls nothing; a list of one's own replaces the shipped one."""
    none = check("sources: []", "my.yml", {}).config
    one = check("sources:\n  - {name: X, url: https://x.example}", "my.yml", {}).config
    assert none == Config()
    assert one is not None
    assert [source.name for source in one.sources] == ["X"]


def test_issues_come_in_the_order_of_their_lines() -> None:
    """Whoever mends goes through the file once."""
    found = check("langauge: de\npolling:\n  intervall: 5m\ndemo: maybe", "my.yml", {}).issues
    assert [issue.line for issue in found] == [1, 3, 4]


TWO = "sources:\n  - {name: Rhein, url: https://a.example}\n  - {name: %s, url: https://%s.example}\n"
ODD = [
    pytest.param(
        TWO % ("Rhein", "b"),
        "my.yml:3:6: warning: `sources[1].name`: a source above is called `Rhein` too: rename one",
        id="same name",
    ),
    pytest.param(
        TWO % ("Main", "a"),
        "my.yml:3:18: warning: `sources[1].url`: the same address stands above already: remove one",
        id="same address",
    ),
    pytest.param(
        TWO % ("Main", "b") + "channels:\n  all: {sources: [Rehin]}",
        "my.yml:5:9: warning: `channels.all.sources`: there is no source `Rehin`: did you mean `Rhein`?",
        id="unknown source",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ODD)
def test_what_is_odd_is_a_warning(text: str, wanted: str) -> None:
    """The bot starts all the same."""
    found = check(text, "my.yml", {})
    assert [str(issue) for issue in found.issues] == [wanted]
    assert found.config is not None


def test_the_shipped_configuration_has_no_issue() -> None:
    """The embedded default is valid and polls public feeds."""
    found = check(default_config().read_text(encoding="utf-8"), "default", {})
    assert found.issues == ()
    assert found.config is not None
    assert len(found.config.sources) > 10


def test_the_shipped_configuration_writes_the_defaults_out() -> None:
    """What the commented file says of a key is what the program does without the file."""
    found = check(default_config().read_text(encoding="utf-8"), "default", {}).config
    assert found is not None
    assert found.model_copy(update={"sources": ()}) == Config()
    assert [source.model_dump(exclude_defaults=True) for source in found.sources] == list(shipped_sources())


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("quiet: 22-7", "`22-7` are no quiet hours; write them such as `22:00-07:00`"),
        ("digest: weekly 7:30", "`weekly 7:30` is no time of a digest; write `daily 07:30` or `mon 07:30`"),
        ("hourly: 0", "must be at least 1"),
        ("approval: true", "`approval` needs `editors`"),
    ],
)
def test_how_a_channel_is_told_is_checked(lines: str, told: str) -> None:
    """Hours, digests, caps and editors that cannot be are named with the form to write."""
    (issue,) = check(f"channels: {{all: {{{lines}}}}}", "my.yml", {}).issues
    assert told in issue.message


def test_how_a_channel_is_told() -> None:
    """From the file to hours and editors; a channel without any is told as it comes."""
    text = (
        "channels:\n  all: {}\n  desk: {quiet: 22:00-7:00, digest: mon 7:30, hourly: 9, approval: true,\n"
        "         editors: {kind: slack, address: C1, lang: de}, patience: 2h}\ntime_zone: Europe/Berlin\n"
    )
    config = check(text, "my.yml", {"DEPESCHE_LANGUAGE": "en"}).config
    assert config
    found = manners_of(config)
    assert found["all"] == Manner()
    editors = found["desk"].editors
    assert editors
    assert (editors.kind, editors.address, editors.lang, editors.zone) == (
        "slack",
        "C1",
        "de",
        "Europe/Berlin",
    )
    hours = found["desk"].hours
    assert (str(hours.quiet), str(hours.digest), hours.hourly) == ("22:00-07:00", "mon 07:30", 9)
    assert found["desk"].patience == timedelta(hours=2)
    assert str(wall_zone(config)) == "Europe/Berlin"


def test_the_shipped_configuration_explains_every_key() -> None:
    """Every key of the schema stands in the commented file."""
    text = default_config().read_text(encoding="utf-8")
    keys = {
        key for model in Config.model_json_schema()["$defs"].values() for key in model.get("properties", {})
    }
    assert [key for key in sorted(keys | set(Config.model_fields)) if key not in text] == []


def test_the_environment_wins_over_the_file() -> None:
    """A variable replaces what the file says, also inside a block."""
    found = check(
        "store: a\nlogging: {format: json}", "my.yml", {"DEPESCHE_STORE": "b", "DEPESCHE_LOG_LEVEL": "debug"}
    )
    assert found.config is not None
    assert (found.config.store, found.config.logging.format, found.config.logging.level) == (
        "b",
        "json",
        "debug",
    )


def test_a_mistake_in_the_environment_names_the_variable() -> None:
    """A bad value from a variable is not blamed on the file."""
    assert issues("", {"DEPESCHE_LOG_FORMAT": "xml"}) == [
        "environment variable DEPESCHE_LOG_FORMAT: error: must be 'console' or 'json', not `xml`"
    ]


def test_a_misspelt_variable_is_a_warning() -> None:
    """A variable that nothing reads is told, and does not stop the start."""
    found = check("", "my.yml", {"DEPESCHE_STOER": "x"})
    assert found.config is not None
    assert [str(issue) for issue in found.issues] == [
        "environment variable DEPESCHE_STOER: warning: nothing reads it: did you mean `DEPESCHE_STORE`?"
    ]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_system_speaks_german_or_english(environment: dict[str, str], wanted: str) -> None:
    """A German locale gives German, anything else English."""
    assert system_language(environment) == wanted


@pytest.mark.parametrize(
    "store", ["postgresql://bot:hun@ter2@db.example/news", "mysql://bot:ter2@db.example/news"]
)
def test_a_store_that_cannot_be(store: str) -> None:
    """A URL that no store can have is told with its place, and nothing of it is repeated."""
    (line,) = issues(f"store: {store}")
    assert line.startswith("my.yml:1:1: error: `store`: ")
    assert "ter2" not in line

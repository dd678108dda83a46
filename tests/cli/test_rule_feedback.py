"""`depesche rules feedback`: tests out of what people think of alerts."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.alerts.compose import alerts_of
from bot.app.rulebook import load_folders
from bot.app.shipped import standard_rules
from bot.article.model import Article, Published
from bot.cli.main import cli
from bot.extraction.reader import ArticleReader
from bot.ports.alerts import Judged
from bot.ports.voices import Opinion, Voice
from bot.rules.checking import check
from bot.rules.loader import load_rule
from bot.storage.opening import open_store
from tests.storage.samples import NOW

RULE = "troop-commitment"
TEXTS = {
    "gut": "Im Kabinett gab es Streit.\nNorwegen entsendet 150 Ausbilder nach Litauen, sagte der Minister.",
    "schlecht": "Kanada verlegt 900 Soldaten nach Rumänien.\nDas ist die Handlung eines neuen Romans.",
    "strittig": "Spanien entsendet 240 Soldaten nach Bulgarien.",
}
OPINIONS = {
    "gut": [Opinion.USEFUL, Opinion.USEFUL, Opinion.WRONG],
    "schlecht": [Opinion.WRONG],
    "strittig": [Opinion.USEFUL, Opinion.WRONG],
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which people have marked three alerts of the standard rules."""
    tmp_path = tmp_path_factory.mktemp("feedback")

    async def fill() -> None:
        store = await open_store(str(tmp_path / "store.sqlite"))
        reader, rule = ArticleReader({}), load_folders([standard_rules()])[0].by_id[RULE]
        for name, text in TEXTS.items():
            article = Article(
                id=name, text=text, title=name, lang="de", published=Published.parse("2026-03-02")
            )
            found = reader.read(article)
            alert = alerts_of(article, found, [rule])[0]
            judged = [Judged(alert=alert, reason="new", push=True)]
            await store.record_judgement(article, found, judged, story=None, now=NOW)
            for user, opinion in enumerate(OPINIONS[name]):
                voice = Voice(alert_id=alert.id, kind="slack", user=str(user), opinion=opinion)
                await store.put_voice(voice, now=NOW)
        await store.close()

    asyncio.run(fill())
    path = tmp_path / "config.yml"
    path.write_text(
        f"language: en\nstore: {tmp_path / 'store.sqlite'}\nmodels: {{de: none, en: none}}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def printed(config: Path) -> str:
    """What is printed about the rule."""
    result = CliRunner().invoke(cli, ["rules", "feedback", RULE, "--config", str(config)])
    assert result.exit_code == 0, result.output
    return result.output


def test_tests_out_of_voices(printed: str) -> None:
    """The paragraph of the evidence with what was told; what is wrong must not fire; a tie is left out."""
    assert printed.splitlines() == [
        "  # 2 useful, 1 wrong: the rule does this already",
        "  - text: Norwegen entsendet 150 Ausbilder nach Litauen, sagte der Minister.",
        "    published: '2026-03-02'",
        "    fires:",
        "      actor: 'NO'",
        "      quantity: 150",
        "      modality: decided",
        "  # 0 useful, 1 wrong: the rule does not do this yet",
        "  - text: Kanada verlegt 900 Soldaten nach Rumänien.",
        "    published: '2026-03-02'",
        "    fires: false",
        "  # 1 useful, 1 wrong: people disagree, left out: strittig",
    ]


def test_the_lines_fit_into_a_rule_file(printed: str) -> None:
    """Below `tests:` they are read, and the first one passes as it stands."""
    text = (standard_rules() / "standard" / f"{RULE}.yml").read_text(encoding="utf-8")
    head = text[: text.index("\ntests:")]
    loaded, issues = load_rule(f"{head}\ntests:\n{printed}", "test")
    assert loaded, issues
    assert [one.passed for one in check(loaded, ArticleReader({}).read)] == [True, False]


def test_nobody_has_marked_anything(config: Path) -> None:
    """A rule without voices is told."""
    result = CliRunner().invoke(cli, ["rules", "feedback", "sanctions", "--config", str(config)])
    assert result.output == "Nobody has marked an alert of “sanctions” Useful or Wrong yet.\n"

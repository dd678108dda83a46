"""`depesche models`: which trained model reads a language, and why another does not."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import cli
from bot.extraction.trained import standing
from tests.fakes.models import install, make_pipeline

WIDE = 80


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Packages, and of the bundled models the German one alone."""
    folder = tmp_path_factory.mktemp("models")
    sources = ["A treebank of newspapers", "Names of an encyclopaedia", "Sentences of our own"]
    facts: dict[str, Any] = {"license": "CC BY-SA 4.0", "sources": sources, "name": "depesche_news"}
    make_pipeline(folder / "shipped" / "de", "de", {}, **facts)
    install(folder / "site", "de_fits_here", "de", license="MIT", name="fits_here")
    good: dict[str, Any] = {"performance": {"dep_las": 0.9}, "labels": {"parser": ["sb", "oa", "oc"]}}
    install(folder / "site", "de_good_parser", "de", name="good_parser", **good)
    weak: dict[str, Any] = {"performance": {"dep_las": 0.67}, "labels": {"parser": ["nsubj", "obj"]}}
    install(folder / "site", "de_weak_parser", "de", name="weak_parser", **weak)
    install(folder / "site", "de_long_ago", "de", spacy_version=">=2.3.0,<2.4.0")
    return folder


@pytest.fixture(autouse=True)
def _there(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "SHIPPED", made / "shipped")
    monkeypatch.syspath_prepend(str(made / "site"))


def run(folder: Path, command: list[str], lang: str, **models: str) -> Result:
    """Run a command on a configuration with these models."""
    path = folder / "my.yml"
    chosen = ", ".join(f"{one}: {name}" for one, name in models.items())
    path.write_text(
        f"language: {lang}\nmodels: {{{chosen}}}\nsources: [{{name: X, url: https://x.example}}]\n"
    )
    return CliRunner().invoke(cli, [*command, "--config", str(path)])


TOLD = [
    ("en", {"de": "de_good_parser"}, 0, ["relations are read (tiger, 90% right)"]),
    ("de", {"de": "de_good_parser"}, 0, ["Beziehungen werden gelesen (tiger, 90"]),
    (
        "en",
        {"de": "de_weak_parser"},
        0,
        ["relations are not read: 67% are right, the rules do better below 85%"],
    ),
    ("de", {"de": "de_weak_parser"}, 0, ["Beziehungen werden nicht gelesen: 67"]),
    ("en", {}, 0, ["German    bundled: de_depesche_news 1.0.0 · CC BY-SA 4.0 · 0.1 MB"]),
    ("en", {}, 0, ["made from A treebank of newspapers, Names of an encyclopaedia, Sentences of our own"]),
    ("en", {}, 0, ["English   rules alone: the bundled model is not here; `make models` builds it"]),
    ("de", {}, 0, ["Deutsch   mitgeliefert: de_depesche_news 1.0.0 · CC BY-SA 4.0 · 0,1 MB"]),
    ("de", {"en": "none"}, 0, ["Englisch  nur Regeln, wie gewählt"]),
    ("en", {"de": "de_fits_here"}, 0, ["German    de_fits_here 1.0.0 · MIT · 0.1 MB"]),
    (
        "en",
        {"en": "no_such"},
        1,
        ["English   cannot be used: `no_such` is not installed", "download no_such`"],
    ),
    ("de", {"en": "no_such"}, 1, ["Englisch  geht nicht: `no_such` ist nicht installiert", "`bundled`"]),
    ("en", {"en": "de_fits_here"}, 1, ["`de_fits_here` reads `de`, this is for English"]),
    ("de", {"en": "de_fits_here"}, 1, ["liest `de`, hier geht es um Englisch"]),
    ("en", {"de": "de_long_ago"}, 1, ["1.0.0 needs spaCy >=2.3.0,<2.4.0, here runs 3."]),
    ("de", {"de": "de_long_ago"}, 1, ["1.0.0 braucht spaCy >=2.3.0,<2.4.0, hier läuft 3."]),
]


@pytest.mark.parametrize(("lang", "models", "status", "wanted"), TOLD)
def test_each_language_has_its_model_or_the_reason(
    tmp_path: Path, lang: str, models: dict[str, str], status: int, wanted: list[str]
) -> None:
    """Name, licence and size, or why not and the mend; at most 80 columns; status 1 if one is wrong."""
    result = run(tmp_path, ["models"], lang, **models)
    flat = " ".join(result.stdout.split())
    for words in wanted:
        assert " ".join(words.split()) in flat
    assert all(len(line) <= WIDE for line in result.stdout.splitlines())
    assert result.exit_code == status


@pytest.mark.parametrize(
    ("models", "wanted"),
    [
        ({"de": "no_such"}, ":2:10: error: `models.de`: `no_such` is not installed: install it"),
        ({"en": "email"}, ":2:10: error: `models.en`: `email` is a package, but no model for spaCy"),
        ({"en": "de_fits_here"}, ":2:10: error: `models.en`: `de_fits_here` reads `de`"),
        ({"de": "de_long_ago"}, ":2:10: error: `models.de`: `de_long_ago` 1.0.0 needs spaCy >=2.3.0,<2.4.0"),
        ({"de": "No-Name"}, ":2:10: error: `models.de`: `No-Name` has other signs than it may"),
        ({"fr": "bundled"}, ":2:10: error: `models.fr`: unknown key; known here: de, en"),
    ],
)
def test_the_check_of_the_configuration_tells_it_too(
    tmp_path: Path, models: dict[str, str], wanted: str
) -> None:
    """File, line, key and mend."""
    result = run(tmp_path, ["config", "check"], "en", **models)
    assert wanted in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize("command", [["extract"], ["cluster"], ["rules", "check"]])
def test_nothing_reads_with_a_model_that_cannot_be_used(tmp_path: Path, command: list[str]) -> None:
    """Rather no reading than one with less than was asked for."""
    result = run(tmp_path, command, "en", de="no_such")
    assert "`models.de`: `no_such` is not installed" in str(result.exception)

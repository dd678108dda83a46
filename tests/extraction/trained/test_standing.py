"""What stands behind a choice of model."""

from pathlib import Path
from typing import Any

import pytest

from bot.extraction.trained import standing as module
from bot.extraction.trained.standing import State, standing
from tests.fakes.models import install, make_pipeline


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that packages can be installed in."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


# package, language asked for, what its meta says, what becomes of it
PACKAGES: list[tuple[str, str, dict[str, Any], State]] = [
    ("de_fits_here", "de", {}, State.READY),
    ("en_fits_here", "en", {"lang": "en"}, State.READY),
    ("de_other_language", "en", {}, State.WRONG_LANGUAGE),
    ("de_long_ago", "de", {"spacy_version": ">=2.3.0,<2.4.0"}, State.INCOMPATIBLE),
    ("de_from_tomorrow", "de", {"spacy_version": ">=4.0.0,<4.1.0"}, State.INCOMPATIBLE),
    ("de_says_nothing", "de", {"spacy_version": "new enough"}, State.INCOMPATIBLE),
    ("de_without_names", "de", {"pipeline": ["tagger"]}, State.NO_NAMES),
]


@pytest.mark.parametrize(("package", "lang", "meta", "state"), PACKAGES)
def test_an_installed_package(
    site: Path, package: str, lang: str, meta: dict[str, Any], state: State
) -> None:
    """A package is ready only if language, spaCy and parts fit."""
    install(site, package, meta.get("lang", "de"), **{k: v for k, v in meta.items() if k != "lang"})
    found = standing(lang, package)
    assert (found.state, found.wrong) == (state, state is not State.READY)


@pytest.mark.parametrize(
    ("choice", "state"),
    [("no_such_package", State.NOT_INSTALLED), ("email", State.NO_PIPELINE), ("none", State.RULES)],
)
def test_what_is_no_model(choice: str, state: State) -> None:
    """What is not there, and what is there but no model; `none` is a choice and no mistake."""
    found = standing("de", choice)
    assert found.state is state
    assert found.path is None
    assert found.wrong is (choice != "none")


def test_a_package_without_its_pipeline_is_no_model(site: Path) -> None:
    """The folder that the meta speaks of has to be there."""
    install(site, "de_half", "de")
    (site / "de_half" / "de_fake_news-1.0.0").rename(site / "elsewhere")
    assert standing("de", "de_half").state is State.NO_PIPELINE


def test_a_missing_bundled_model_is_not_the_users_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then rules run alone."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    found = standing("de")
    assert (found.state, found.wrong) == (State.NOT_BUILT, False)


def test_the_bundled_model_tells_what_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Version, licence, sources by name and size come from the model itself."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    sources = [{"name": "Treebank"}, "Own sentences"]
    make_pipeline(tmp_path / "de", "de", {"Elbe": "LOC"}, license="CC BY-SA 4.0", sources=sources)
    found = standing("de")
    assert (found.state, found.version, found.licence) == (State.READY, "1.0.0", "CC BY-SA 4.0")
    assert found.sources == ("Treebank", "Own sentences")
    assert found.size > 1_000

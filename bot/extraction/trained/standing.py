"""What stands behind a choice of model: where it lies and what it is, or why it cannot be used.

Loads without spaCy, so that whoever only asks does not wait for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from bot.extraction.syntax import Scheme, scheme_of

BUNDLED, NONE = "bundled", "none"
SHIPPED = Path(__file__).resolve().parents[1] / "models"
META = "meta.json"
# Below that the rules are right more often. With a parser of .67 its subject was right 5 times and wrong 17
# where rules were open; the makers of the official models tell .89 and more.
SURE = 0.85


class State(StrEnum):
    """Whether a model can be used, or why not."""

    READY = "ready"
    RULES = "rules"  # wanted so
    NOT_BUILT = "not_built"
    NOT_INSTALLED = "not_installed"
    NO_PIPELINE = "no_pipeline"
    WRONG_LANGUAGE = "wrong_language"
    NO_NAMES = "no_names"
    INCOMPATIBLE = "incompatible"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A choice of model for a language, and what became of it.

    Attributes:
        path: The folder of the pipeline; None where there is none.
        meta: Its `meta.json`; empty where there is none.
        has: The version of spaCy that runs here.
    """

    lang: str
    choice: str
    state: State
    path: Path | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    has: str = ""

    @property
    def wrong(self) -> bool:
        """Whether somebody has to mend something; what is bundled is not the user's to mend."""
        return self.choice not in (BUNDLED, NONE) and self.state is not State.READY

    @property
    def version(self) -> str:
        """The model's own version."""
        return str(self.meta.get("version", ""))

    @property
    def right_relations(self) -> float | None:
        """The share of relations its parser gets right, by its makers; None where they do not say."""
        told = self.meta.get("performance") or {}
        found = told.get("dep_las", told.get("las")) if isinstance(told, dict) else None
        return float(found) if isinstance(found, int | float) else None

    @property
    def scheme(self) -> Scheme | None:
        """What the labels of its parser mean; None where it has none, or one of a scheme nobody knows."""
        labels = self.meta.get("labels") or {}
        known = labels.get("parser", ()) if "parser" in self.meta.get("pipeline", ()) else ()
        return scheme_of(self.lang, known) if known else None

    @property
    def asked_relations(self) -> Scheme | None:
        """The scheme of its parser where that is good enough to be asked."""
        return self.scheme if (self.right_relations or 0.0) >= SURE else None

    @property
    def licence(self) -> str:
        """As its makers name it."""
        return str(self.meta.get("license", ""))

    @property
    def sources(self) -> tuple[str, ...]:
        """What it was trained on, by name."""
        given = self.meta.get("sources") or ()
        return tuple(str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in given)

    @property
    def needs(self) -> str:
        """The versions of spaCy it was made for."""
        return str(self.meta.get("spacy_version", ""))

    @property
    def size(self) -> int:
        """Bytes on the disk."""
        if self.path is None:
            return 0
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())


def standing(lang: str, choice: str = BUNDLED) -> Standing:
    """What stands behind a choice for `de` or `en`."""
    if choice == NONE:
        return Standing(lang=lang, choice=choice, state=State.RULES)
    if choice == BUNDLED:
        path: Path | None = SHIPPED / lang
        missing = State.NOT_BUILT
    else:
        folder = _installed(choice)
        if folder is None:
            return Standing(lang=lang, choice=choice, state=State.NOT_INSTALLED)
        path, missing = _pipeline_in(folder), State.NO_PIPELINE
    meta = _meta(path) if path else None
    if meta is None:
        return Standing(lang=lang, choice=choice, state=missing)
    has = version("spacy")
    return Standing(lang=lang, choice=choice, state=_fit(lang, meta, has), path=path, meta=meta, has=has)


def _fit(lang: str, meta: Mapping[str, Any], has: str) -> State:
    """Whether a model fits a language and this spaCy."""
    if meta.get("lang") != lang:
        return State.WRONG_LANGUAGE
    if not _allows(str(meta.get("spacy_version", "")), has):
        return State.INCOMPATIBLE
    return State.READY if "ner" in meta.get("pipeline", ()) else State.NO_NAMES


def _allows(needs: str, has: str) -> bool:
    try:
        return SpecifierSet(needs).contains(has, prereleases=True)
    except InvalidSpecifier:
        return False


def _installed(name: str) -> Path | None:
    """The folder of an installed package."""
    try:
        found = find_spec(name)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent if found and found.origin else None


def _pipeline_in(folder: Path) -> Path | None:
    """The folder inside a package that holds its pipeline: `de_core_news_md-3.8.0`."""
    meta = _meta(folder)
    if meta is None:
        return None
    path = folder / f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
    return path if path.is_dir() else None


def _meta(folder: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((folder / META).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None

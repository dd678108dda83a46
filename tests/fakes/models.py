"""Trained models as small as they can be: their names are listed, not learnt."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import spacy

from tests.fakes.relations import Tree

FITS = ">=3.8.0,<3.9.0"
Names = dict[str, str]


def make_pipeline(folder: Path, lang: str, names: Names, parses: Sequence[Tree] = (), **meta: Any) -> Path:
    """Write a pipeline that finds these words, words -> label, and knows these parses."""
    nlp = spacy.blank(lang)
    if parses:
        nlp.add_pipe("fake_parser", name="parser", config={"parses": [asdict(one) for one in parses]})
    else:
        nlp.add_pipe("sentencizer", name="parser")
    finder = nlp.add_pipe("entity_ruler", name="ner")
    finder.add_patterns([{"label": label, "pattern": words} for words, label in names.items()])  # type: ignore[attr-defined]
    nlp.meta.update({"name": "fake_news", "version": "1.0.0", "spacy_version": FITS, **meta})
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    return folder


def install(
    site: Path,
    package: str,
    lang: str,
    names: Names | None = None,
    parses: Sequence[Tree] = (),
    **meta: Any,
) -> None:
    """Put a package into `site` that holds such a pipeline, laid out as spaCy's own packages are."""
    folder = site / package
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    given = {"lang": lang, "name": "fake_news", "version": "1.0.0", **meta}
    place = folder / f"{given['lang']}_{given['name']}-{given['version']}"
    make_pipeline(place, lang, names or {}, parses, **meta)
    inner = folder / f"{given['lang']}_{given['name']}-{given['version']}" / "meta.json"
    full = {**json.loads(inner.read_text()), **given}
    inner.write_text(json.dumps(full))
    (folder / "meta.json").write_text(json.dumps(full))

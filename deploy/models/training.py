"""One training: examples and a configuration in, a pipeline out."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from thinc.api import get_current_ops, set_current_ops

from bot.extraction.trained.loading import PlainProducts

HERE = Path(__file__).parent
LAST = "model-last"  # where spaCy leaves the pipeline of the last step


@dataclass(frozen=True, kw_only=True)
class Training:
    """What one training takes.

    Attributes:
        part: `syntax` or `names`; the configuration beside this file has its name.
        examples: What it learns from.
        held: What the figures it prints on its way are measured on.
        vectors: A folder with a pipeline that has them.
        syntax: The trained syntax, for the names, which begin with what it has learned.
        settings: Overrides of the configuration, such as `training.max_steps`.
    """

    part: str
    lang: str
    examples: Iterable[Doc]
    held: Iterable[Doc]
    vectors: Path
    syntax: Path | None = None
    settings: dict[str, Any]


def run(training: Training, work: Path) -> Language:
    """Trains, printing figures on the way; keeps what it needs and makes in `work`."""
    folder = work / training.part
    folder.mkdir(parents=True, exist_ok=True)
    paths = {"train": folder / "train.spacy", "dev": folder / "held.spacy", "vectors": training.vectors}
    if training.syntax:
        paths["syntax"] = training.syntax
    DocBin(docs=training.examples).to_disk(paths["train"])
    DocBin(docs=training.held).to_disk(paths["dev"])
    overrides = {f"paths.{name}": str(path) for name, path in paths.items()}
    config = load_config(
        HERE / f"{training.part}.cfg",
        overrides={**overrides, **training.settings, "nlp.lang": training.lang},
        interpolate=False,
    )
    with _plain_products():
        train(init_nlp(config), folder)
    return spacy.load(folder / LAST)


def mean(pipelines: Sequence[Language]) -> Language:
    """The first pipeline with the mean of the weights of all.

    Trained from one beginning on the same texts in other orders they lie close together, and their middle
    is better than each.
    """
    seen = set()
    for places in zip(*map(_weights, pipelines), strict=True):
        node, name = places[0]
        if (id(node), name) not in seen:  # layers that are shared come up more than once
            seen.add((id(node), name))
            node.set_param(name, np.mean([one.get_param(theirs) for one, theirs in places], axis=0))
    return pipelines[0]


def _weights(nlp: Language) -> list[tuple[Any, str]]:
    """Each layer with each of its matrices by name, in the order of the layers."""
    return [
        (node, name)
        for _, pipe in nlp.pipeline
        for node in pipe.model.walk()  # type: ignore[attr-defined]  # every trained part has one
        for name in node.param_names
        if node.has_param(name)
    ]


@contextmanager
def _plain_products() -> Iterator[None]:
    """Within it matrices are multiplied by numpy, as they are when reading."""
    before = get_current_ops()
    set_current_ops(PlainProducts())
    try:
        yield
    finally:
        set_current_ops(before)

"""Load of a trained pipeline only what is asked of it: names, good relations, and what these rest on."""

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.util import load_config
from thinc.api import NumpyOps

from bot.errors import ModelError
from bot.extraction.trained.standing import Standing, State

NAMES, RELATIONS = "ner", "parser"


class PlainProducts(NumpyOps):  # type: ignore[misc]  # thinc's class is untyped
    """Multiplies matrices with numpy's own library: several times as fast here as thinc's."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The product of two matrices, each turned if asked for; into `out` if given."""
        return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def names_pipeline(standing: Standing) -> Language | None:
    """The part of a model that finds names; None where rules run alone.

    Raises:
        ModelError: It cannot be read; what is bundled or asked for by name should be.
    """
    if standing.state is not State.READY or standing.path is None:
        return None
    try:
        return _loaded(standing.path, relations=standing.asked_relations is not None)
    except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
        words = " ".join(str(error).split())[:200]
        raise ModelError(
            f"`models.{standing.lang}`: `{standing.choice}` cannot be loaded ({words}): install it anew"
        ) from error


@cache
def _loaded(path: Path, *, relations: bool = False) -> Language:
    """Kept for the life of the process: reading does not change it."""
    config = load_config(path / "config.cfg")
    kept = needed(config) | (needed(config, RELATIONS) if relations else set())
    with warnings.catch_warnings():
        # Of versions `standing` has judged; of parts left out we know.
        warnings.simplefilter("ignore")
        nlp = spacy.load(path, exclude=[name for name in config["nlp"]["pipeline"] if name not in kept])
    plain = PlainProducts()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model else ():
            if type(node.ops) is NumpyOps:
                node.ops = plain
    return nlp


def needed(config: Any, part: str = NAMES) -> set[str]:
    """Of the parts in a pipeline's configuration one, and the one whose vectors it listens to."""
    source = config["components"][part].get("model", {}).get("tok2vec", {})
    if "Listener" not in source.get("@architectures", ""):
        return {part}
    upstream = source.get("upstream", "*")
    if upstream != "*":
        return {part, upstream}
    factories = {name: one.get("factory", "") for name, one in config["components"].items()}
    return {part, *(name for name, made in factories.items() if made == "tok2vec" or "transformer" in made)}

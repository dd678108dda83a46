"""Loading a trained pipeline: the names alone, and what goes wrong."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from thinc.api import NumpyOps

from bot.article.model import Article
from bot.errors import ModelError
from bot.extraction.reader import ArticleReader
from bot.extraction.trained.loading import PlainProducts, names_pipeline, needed
from bot.extraction.trained.standing import Standing, State
from tests.fakes.models import install, make_pipeline

LISTENS = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
OWN = {"@architectures": "spacy.Tok2Vec.v2"}
PARTS = {
    "tok2vec": {"factory": "tok2vec"},
    "words": {"factory": "tok2vec"},
    "transformer": {"factory": "curated_transformer"},
    "parser": {"factory": "parser"},
}


def at(path: Path, lang: str = "de") -> Standing:
    """A choice that stands at a folder."""
    return Standing(lang=lang, choice="bundled", state=State.READY, path=path)


def test_only_what_finds_names_is_loaded(tmp_path: Path) -> None:
    """Parts that nobody asks do not run."""
    nlp = names_pipeline(at(make_pipeline(tmp_path / "m", "de", {"Elbe": "LOC"})))
    assert nlp is not None
    assert nlp.pipe_names == ["ner"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (OWN, {"ner"}),
        ({**LISTENS, "upstream": "words"}, {"ner", "words"}),
        ({**LISTENS, "upstream": "*"}, {"ner", "tok2vec", "words", "transformer"}),
    ],
)
def test_the_names_take_with_them_what_they_listen_to(source: dict[str, object], names: set[str]) -> None:
    """A recogniser with vectors of its own needs nothing else, one that listens needs its source."""
    assert needed({"components": {"ner": {"model": {"tok2vec": source}}, **PARTS}}) == names


def test_a_real_recogniser_multiplies_with_numpy(tmp_path: Path) -> None:
    """Every layer of a trained part is given the faster products."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    ner = nlp.add_pipe("ner")
    ner.add_label("PER")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "m")
    found = names_pipeline(at(tmp_path / "m", "en"))
    assert found is not None
    assert {type(node.ops) for node in found.get_pipe("ner").model.walk()} == {PlainProducts}  # type: ignore[attr-defined]
    assert [ent.text for ent in found("Ann met Bob in Riga.").ents] == [
        ent.text for ent in nlp("Ann met Bob in Riga.").ents
    ]


@pytest.mark.parametrize("turned", [(False, False), (False, True), (True, False), (True, True)])
def test_products_are_those_of_thinc(turned: tuple[bool, bool]) -> None:
    """Whichever matrix is turned, and whether or not the place for the product is given."""
    rng = np.random.default_rng(1)
    x, y = (rng.random((4, 4), dtype=np.float32) for _ in range(2))
    own, theirs = PlainProducts(), NumpyOps()
    out = np.zeros((4, 4), dtype=np.float32)
    expected = theirs.gemm(x, y, trans1=turned[0], trans2=turned[1])
    assert np.allclose(own.gemm(x, y, trans1=turned[0], trans2=turned[1]), expected)
    own.gemm(x, y, out=out, trans1=turned[0], trans2=turned[1])
    assert np.allclose(out, expected)


def test_a_broken_model_is_one_line(tmp_path: Path) -> None:
    """The line names the key and the mend."""
    path = make_pipeline(tmp_path / "m", "de", {})
    (path / "config.cfg").write_text("[nlp]\nlang = \n")
    with pytest.raises(
        ModelError, match=r"^`models\.de`: `bundled` cannot be loaded \(.*\): install it anew$"
    ):
        names_pipeline(at(path))


def test_what_was_read_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New words of an article stay in no vocabulary, however many articles are read."""
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, "en_forgetful", "en", {"Quend": "LOC"})
    reader = ArticleReader({"en": "en_forgetful"})
    reader.load("en")
    nlp = reader._pipelines["en"]
    trained = nlp.get_pipe("depesche_model")._nlp  # type: ignore[attr-defined]  # our own component
    before = len(nlp.vocab.strings), len(trained.vocab.strings)
    for n in range(3):
        found = reader.read(Article(id="a", text=f"Zorp{n} went from Quend to Glim{n}.", lang="en"))
        assert "Quend" in {one.text for one in found.entities}
    assert (len(nlp.vocab.strings), len(trained.vocab.strings)) == before


@pytest.mark.parametrize(
    ("lang", "names", "kinds"),
    [
        (
            "de",
            {"Quend": "PER", "Linnau": "LOC", "Zorp": "ORG", "Glim": "MISC"},
            ["person", "place", "organisation"],
        ),
        (
            "en",
            {"Quend": "PERSON", "Linnau": "GPE", "Zorp": "FAC", "Glim": "NORP"},
            ["person", "place", "place"],
        ),
        (
            "en",
            {"Quend": "ORG", "Linnau": "LOC", "Zorp": "WORK_OF_ART", "Glim": "DATE"},
            ["organisation", "place"],
        ),
    ],
)
def test_labels_of_all_models_are_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, names: dict[str, str], kinds: list[str]
) -> None:
    """German, English and our own labels mean the same; what is no person, place or organisation is left."""
    package = f"{lang}_{'_'.join(names.values()).lower()}"
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, package, lang, names)
    found = ArticleReader({lang: package}).read(Article(id="a", text=" , ".join(names) + " .", lang=lang))
    assert [one.kind.value for one in found.entities] == kinds


def test_a_named_model_reads_with_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only the model knows comes beside what is known, each once."""
    monkeypatch.syspath_prepend(str(tmp_path))
    install(tmp_path, "en_fake_news", "en", {"Quorbit": "GPE", "Riga": "GPE", "Zed Hollow": "PERSON"})
    text = "Zed Hollow left Quorbit for Riga."
    for choice, names in (("en_fake_news", ["Zed Hollow", "Quorbit", "Riga"]), ("none", ["Riga"])):
        found = ArticleReader({"en": choice}).read(Article(id="a", text=text, lang="en"))
        assert [one.text for one in found.entities] == names

"""Who does what by a parser's relations: the same answers in every scheme, and a reader that asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
import yaml
from spacy.tokens import Doc

from bot.article.model import Article, Published
from bot.extraction.clauses import clause_words
from bot.extraction.conjugation import verb_lexicon
from bot.extraction.findings import Quote
from bot.extraction.reader import ArticleReader
from bot.extraction.syntax import Arc, Syntax, scheme_of, schemes
from bot.extraction.trained.standing import standing
from tests.fakes.models import install
from tests.fakes.relations import Tree, labels_of


@dataclass(frozen=True)
class Case:
    """A parsed sentence: words with `head:label`, heads counted from 0, and what is wanted of it."""

    scheme: str
    lang: str
    tree: Tree
    verb: str
    doer: str | None
    phrase: str = ""


def tree(text: str) -> Tree:
    """`die/1:nk Ministerin/3:sb …` as words, heads and labels."""
    words: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    for token in text.split():
        word, _, rest = token.rpartition("/")
        head, _, label = rest.partition(":")
        words.append(word)
        heads.append(int(head))
        labels.append(label)
    return Tree(words=words, heads=heads, labels=labels)


GIVEN = yaml.safe_load(Path(__file__).with_name("parses.yml").read_text(encoding="utf-8"))
CASES = [
    Case(row["scheme"], row["lang"], tree(row["parse"]), row["verb"], row.get("doer"), row.get("phrase", ""))
    for row in GIVEN["sentences"]
]


def syntax_of(case: Case) -> Syntax:
    """The relations of a Doc built by hand."""
    vocab = spacy.blank(case.lang).vocab
    doc = Doc(vocab, words=case.tree.words, heads=case.tree.heads, deps=case.tree.labels)
    arcs = {token.i: Arc(head=token.head.i, label=token.dep_) for token in doc}
    found = next(one for one in schemes(case.lang) if one.name == case.scheme)
    helping, forms = clause_words(case.lang).helping, verb_lexicon(case.lang)
    return Syntax(
        arcs, found, lambda i: any(form.lemma in helping for form in forms.readings(doc[i].text.lower()))
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.scheme}-{' '.join(case.tree.words)}")
def test_who_does_it(case: Case) -> None:
    """A sentence has the same answer in the labels of TIGER, of the English models and of UD."""
    syntax, words = syntax_of(case), case.tree.words
    doer = syntax.doer(words.index(case.verb))
    assert (None if doer is None else words[doer]) == case.doer
    if doer is not None:
        assert " ".join(words[i] for i in syntax.phrase(doer)) == case.phrase


@pytest.mark.parametrize(
    ("scheme", "lang", "text", "token"),
    [
        ("tiger", "de", "den/1:nk Minister/2:oa lobte/2:ROOT die/4:nk Opposition/2:sb", "Minister"),
        ("ud", "de", "den/1:det Minister/2:obj lobte/2:root die/4:det Opposition/2:nsubj", "Minister"),
        ("clearnlp", "en", "after/3:prep midnight/0:pobj Oslo/3:nsubj said/3:ROOT no/3:intj", "midnight"),
        ("ud", "en", "after/1:case midnight/3:obl Oslo/3:nsubj said/3:root no/3:obj", "midnight"),
    ],
)
def test_who_cannot_have_done_it(scheme: str, lang: str, text: str, token: str) -> None:
    """An object does nothing, nor does what a preposition governs."""
    case = Case(scheme, lang, tree(text), "", None)
    words = case.tree.words
    verb = next(i for i, label in enumerate(case.tree.labels) if label.lower() == "root")
    assert syntax_of(case).cannot_do(words.index(token), verb)
    doer = syntax_of(case).doer(verb)
    assert doer is not None
    assert not syntax_of(case).cannot_do(doer, verb)


@pytest.mark.parametrize(
    ("lang", "labels", "name"),
    [
        ("de", ["sb", "oa", "oc", "mo"], "tiger"),
        ("de", ["nsubj", "obj", "obl"], "ud"),
        ("en", ["nsubj", "dobj", "prep"], "clearnlp"),
        ("en", ["nsubj", "obj", "obl"], "ud"),
        ("de", ["SUBJ", "OBJA"], None),
        ("en", [], None),
    ],
)
def test_the_scheme_of_a_parser(lang: str, labels: Sequence[str], name: str | None) -> None:
    """A parser's labels tell its scheme; of one that nobody knows nothing is asked."""
    found = scheme_of(lang, labels)
    assert (found.name if found else None) == name


READ = [(row["lang"], row["text"], row["parse"], row["speaker"]) for row in GIVEN["quotes"]]


def quotes(lang: str, text: str, model: str) -> tuple[Quote, ...]:
    """The quotes that are read with a model."""
    article = Article(id="a", text=text, lang=lang, published=Published.parse("2026-11-21"))
    return ArticleReader({lang: model}).read(article).quotes


def model(folder: Path, lang: str, parse: str, las: float) -> str:
    """An installed model whose parser gives this parse; returns its name."""
    name = f"{lang}_model_{abs(hash((parse, las, str(folder))))}"
    given = tree(parse)
    install(folder, name, lang, {"Elbe": "LOC"}, parses=[given], name=name.removeprefix(f"{lang}_"),
            performance={"dep_las": las}, labels={"parser": labels_of(given)})  # fmt: skip
    return name


@pytest.mark.parametrize(("lang", "text", "parse", "speaker"), READ)
def test_a_good_parser_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, text: str, parse: str, speaker: str
) -> None:
    """Where the rules name nobody, or who cannot have said it, an official model's parser says who spoke."""
    monkeypatch.syspath_prepend(str(tmp_path))
    good = model(tmp_path, lang, parse, 0.9)
    assert standing(lang, good).asked_relations is not None
    assert [quote.speaker.text for quote in quotes(lang, text, good) if quote.speaker] == [speaker]
    assert speaker not in [quote.speaker.text for quote in quotes(lang, text, "none") if quote.speaker]


@pytest.mark.parametrize(("lang", "text", "parse", "speaker"), READ[:1])
def test_a_weak_parser_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, text: str, parse: str, speaker: str
) -> None:
    """Below the share at which rules are right more often nobody asks."""
    monkeypatch.syspath_prepend(str(tmp_path))
    weak = model(tmp_path, lang, parse, 0.7)
    assert standing(lang, weak).asked_relations is None
    assert speaker not in [quote.speaker.text for quote in quotes(lang, text, weak) if quote.speaker]
    assert standing(lang).asked_relations is None

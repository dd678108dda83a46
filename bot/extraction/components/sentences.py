"""Cut a text into paragraphs and sentences.

A line break always ends a sentence. A stop ends one unless it belongs to an abbreviation, an ordinal
or an initial, or the sentence visibly goes on: with a comma, a dash after a quotation, or a word in
lower case. A sentence inside quotation marks is a sentence; the attribution after the closing mark
stays with the last one. One pass over the tokens.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from bot.extraction.lexicon import lexicon
from bot.extraction.reading import reading_of

STOPS = frozenset((".", "!", "?", "…", "...", "?!", "!?", "!!", "??", "!!!", "....", "???"))
MARKS = frozenset("\"'„“”«»‹›‚‘’`") | {"''", "``"}
CLOSERS = MARKS - {"„", "‚"} | {")", "]", "}"}
OPENERS = MARKS | {"(", "[", "{"}
DASHES = frozenset(("-", "–", "—", "--"))
ORDINAL = re.compile(r"\d{1,3}\.|(?:\d{1,2}\.){2}|[IVXL]+\.")
INITIAL = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a language knows about stops that end no sentence, all in lower case."""

    inside: frozenset[str]
    either: frozenset[str]
    ending: frozenset[str]
    before_number: frozenset[str]
    openers: frozenset[str]


@cache
def words_of(lang: str) -> Words:
    """The stop lexicon of a language."""
    return Words(**{name: frozenset(text.split()) for name, text in lexicon(lang, "sentences").items()})


class SentenceCutter:
    """Sets sentence starts and notes the paragraphs."""

    def __init__(self, lang: str) -> None:
        self.words = words_of(lang)

    def __call__(self, doc: Doc) -> Doc:
        """Note paragraphs and set `is_sent_start` on every token; blanks belong to the sentence before."""
        reading = reading_of(doc)
        reading.paragraphs = paragraphs(reading.text)
        line = _Line(texts=[t.text for t in doc], glued=_glued(doc), words=self.words)
        starts = line.starts()
        marks = [1 if i in starts else -1 for i in range(len(doc))]
        # Not `token.is_sent_start = …`: spaCy looks through the whole doc at each of these.
        column: Any = np.asarray(marks, dtype=np.int64).astype(np.uint64).reshape(-1, 1)
        return doc.from_array(["SENT_START"], column)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each line that is not blank."""
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _glued(doc: Doc) -> list[bool]:
    """For each token: it follows the one before without a blank."""
    glued, near = [], False
    for token in doc:
        glued.append(near and not token.is_space)
        near = not token.whitespace_ and not token.is_space
    return glued


@dataclass(frozen=True, kw_only=True)
class _Line:
    """The tokens of a text, and where its sentences begin."""

    texts: list[str]
    glued: list[bool]
    words: Words

    def starts(self) -> set[int]:
        """Indexes of the tokens that begin a sentence."""
        found: set[int] = set()
        fresh, ended = True, False
        for i, text in enumerate(self.texts):
            if text.isspace():
                fresh, ended = fresh or "\n" in text, ended and "\n" not in text
                continue
            if ended and not self._closes(i):
                fresh, ended = fresh or self._begins(i), False
            if fresh:
                found.add(i)
                fresh = False
            ended = ended or self._ends(i, found)
        return found

    def _closes(self, i: int) -> bool:
        """Whether a mark after a stop still belongs to the sentence that ended."""
        return self.glued[i] and (self.texts[i] in CLOSERS or self.texts[i] in STOPS)

    def _begins(self, i: int) -> bool:
        """Whether what follows a stop is a new sentence and not the rest of the old one."""
        text = self.texts[i]
        if text in DASHES:
            return self.texts[i - 1] in STOPS
        word = self._word_at(i)
        return not (word[:1].islower() or (text not in OPENERS and not word[:1].isalnum()))

    def _ends(self, i: int, found: set[int]) -> bool:
        """Whether the token at `i` can be the last word or stop of a sentence."""
        text = self.texts[i]
        if not text.endswith(".") or text in ("...", "...."):
            return text in STOPS
        bare = text == "." and i > 0 and self.glued[i]
        dotted = self.texts[i - 1] + "." if bare else text
        if dotted == ".":
            return True
        return self._dotted_ends(dotted, i - bare, self._word_at(i + 1), first=i - bare in found)

    def _dotted_ends(self, dotted: str, at: int, following: str, *, first: bool) -> bool:
        """Whether a word with a stop, at token `at`, ends its sentence before the word `following`."""
        low = dotted.lower()
        opens = following[:1].isupper() and following.lower() in self.words.openers
        if low in self.words.ending:
            return True
        if low in self.words.either:
            return opens or not following
        if low in self.words.inside:
            return opens and len(low) == 2 and self._stands_alone(at)
        if ORDINAL.fullmatch(dotted):
            return not first and (opens or not following or self._plain_number(at))
        return not INITIAL.fullmatch(dotted) or opens

    def _stands_alone(self, at: int) -> bool:
        """Whether a letter with a stop is a name of its own ("Plan B.") and not part of "z. B."."""
        before = self.texts[at - 1] if at else ""
        return before.isalpha() and len(before) > 1 and self.texts[at][:1].isupper()

    def _plain_number(self, at: int) -> bool:
        if not self.words.before_number:
            return self.texts[at][:1].isdigit()
        return at > 0 and self.texts[at - 1].lower() in self.words.before_number

    def _word_at(self, i: int) -> str:
        """The first word from `i` on, past a few opening marks; empty at the end of the line."""
        for text in self.texts[i : i + 4]:
            if "\n" in text:
                return ""
            if text not in OPENERS and not text.isspace():
                return text
        return ""


@Language.factory("depesche_sentences", default_config={"lang": "de"})
def make(nlp: Language, name: str, lang: str) -> SentenceCutter:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return SentenceCutter(lang)

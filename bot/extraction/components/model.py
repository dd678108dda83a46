"""What a trained pipeline takes for names, and what hangs on what where its parser is asked.

Names are proposals that later steps weigh against what is known.

The pipeline sees words alone, without white space, in pieces of whole sentences; so its cost grows with
the text, its memory does not, and a line break is no word to it.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.extraction.reading import Proposal, reading_of
from bot.extraction.syntax import Arc
from bot.extraction.trained.loading import names_pipeline
from bot.extraction.trained.looks import looks_of
from bot.extraction.trained.standing import BUNDLED, standing

PIECE = 1_000  # words that the pipeline sees at once; a longer sentence is cut
# The labels of German, English and our own models; what stands in no list is no name to us.
KINDS = {
    "PER": "PER", "PERSON": "PER",
    "LOC": "LOC", "GPE": "LOC", "FAC": "LOC",
    "ORG": "ORG",
    "OTH": "OTH", "EVENT": "OTH",
}  # fmt: skip


class ModelReader:
    """Notes `proposals`; without a model it notes none."""

    def __init__(self, lang: str, model: str) -> None:
        found = standing(lang, model)
        self._nlp = names_pipeline(found)
        self._scheme = found.asked_relations if self._nlp else None
        self._looks = looks_of(self._nlp) if self._nlp else None

    def __call__(self, doc: Doc) -> Doc:
        """Run the pipeline over the words and note its names by token."""
        if self._nlp is not None:
            reading = reading_of(doc)
            reading.scheme = self._scheme
            for at in pieces(doc):
                with self._nlp.memory_zone():
                    piece = self._read(doc, at)
                    reading.proposals.extend(self._names(piece, at))
                    if self._scheme:
                        reading.arcs.update(_arcs(piece, at))
        return doc

    def _read(self, doc: Doc, at: list[int]) -> Doc:
        """A piece of the text as the pipeline reads it."""
        assert self._nlp is not None  # noqa: S101  (asked before)
        words = [doc[i] for i in at]
        if self._looks:
            self._looks.learn(word.text for word in words)
        piece = Doc(
            self._nlp.vocab,
            words=[word.text for word in words],
            spaces=[bool(word.whitespace_) for word in words],
            sent_starts=[bool(word.is_sent_start) for word in words],
        )
        for _, step in self._nlp.pipeline:
            piece = step(piece)
        return piece

    def _names(self, piece: Doc, at: list[int]) -> Iterator[Proposal]:
        for ent in piece.ents:
            if ent.label_ in KINDS:
                yield self._proposal(ent, at)

    def _proposal(self, ent: Span, at: list[int]) -> Proposal:
        """A name that the pipeline found, by the tokens of the text."""
        proposal = Proposal(first=at[ent.start], end=at[ent.end - 1] + 1, label=KINDS[ent.label_])
        looks = self._looks
        if looks is None:
            return proposal
        return replace(
            proposal,
            nouns=frozenset(at[word.i] for word in ent if looks.is_noun(word.text)),
            compound=len(ent) == 1 and looks.is_compound(ent.text),
        )


def _arcs(piece: Doc, at: list[int]) -> dict[int, Arc]:
    """What hangs on what, by the tokens of the text."""
    return {at[word.i]: Arc(head=at[word.head.i], label=word.dep_) for word in piece}


def pieces(doc: Doc) -> Iterator[list[int]]:
    """The tokens that are words, in pieces that end with a sentence where they can."""
    piece: list[int] = []
    last = 0  # where the last sentence of the piece began
    for token in doc:
        if token.is_space:
            continue
        if token.is_sent_start:
            last = len(piece)
        piece.append(token.i)
        if len(piece) > PIECE:
            cut = last or PIECE
            yield piece[:cut]
            piece, last = piece[cut:], 0
    if piece:
        yield piece


@Language.factory("depesche_model", default_config={"lang": "de", "model": BUNDLED})
def make(nlp: Language, name: str, lang: str, model: str) -> ModelReader:  # noqa: ARG001  (spaCy's signature)
    """Factory for spaCy's registry."""
    return ModelReader(lang, model)

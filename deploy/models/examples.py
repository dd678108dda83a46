"""Training examples as spaCy Docs: parsed sentences, marked sentences, several to a text."""

import random
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from deploy.models.mentions import Marked
from deploy.models.treebank import Sentence


def parsed(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """A text of parsed sentences, without any word on its names."""
    words = [word for sentence in sentences for word in sentence]
    offsets = [
        at for at, sentence in zip(_starts(sentences), sentences, strict=True) for _ in range(len(sentence))
    ]
    ends = {at - 1 for at in _starts(sentences)}
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space or i in ends for i, word in enumerate(words)],
        pos=[word.pos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=[offset + word.head for offset, word in zip(offsets, words, strict=True)],
        deps=[word.relation for word in words],
    )


def _starts(sentences: Sequence[Sentence]) -> Iterator[int]:
    at = 0
    for sentence in sentences:
        yield at
        at += len(sentence)


def marked(nlp: Language, sentence: Marked) -> Doc:
    """A marked sentence in the tokens of `nlp`; where a name ends inside a token, its tokens say nothing."""
    doc = nlp.make_doc(sentence.text)
    names: list[Span] = []
    unsure = {token.i for token in doc if token.is_space}
    for mention in sentence.mentions:
        exact = doc.char_span(mention.start, mention.end, label=mention.label)
        wide = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if exact is not None:
            names.append(exact)
        elif wide is not None:
            unsure.update(range(wide.start, wide.end))
    unsure.difference_update(i for name in names for i in range(name.start, name.end))
    doc.set_ents(names, missing=[doc[i : i + 1] for i in sorted(unsure)], default="outside")
    return doc


def texts(
    vocab: Vocab, sentences: Sequence[Sentence], chance: random.Random, *, longest: int
) -> Iterator[Doc]:
    """The sentences in their order as texts of one to `longest` sentences."""
    at = 0
    while at < len(sentences):
        length = chance.randint(1, longest)
        yield parsed(vocab, sentences[at : at + length])
        at += length

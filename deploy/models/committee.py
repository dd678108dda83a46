"""Labels for plain text by the vote of several pipelines that were trained with other chances.

One such pipeline errs in its own way; what most of them say is right more often than any of them. A last
pipeline that also learns from their votes on plain text keeps about half of what the vote is better.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.language import Language

from deploy.models import figures
from deploy.models.mentions import Marked, Mention, apart

SHORTEST, LONGEST = 30, 400  # code points of a sentence worth learning from


def voted(members: Sequence[Language], texts: Sequence[str]) -> Iterator[Marked]:
    """The texts with the names that more than half of the members find, label and all."""
    votes: list[Counter[Mention]] = [Counter() for _ in texts]
    for member in members:
        for counted, doc in zip(votes, figures.read(member, texts), strict=True):
            counted.update(
                Mention(start=ent.start_char, end=ent.end_char, label=ent.label_) for ent in doc.ents
            )
    for text, counted in zip(texts, votes, strict=True):
        agreed = (mention for mention, count in counted.items() if 2 * count > len(members))
        yield Marked(text=text, mentions=tuple(apart(agreed)))


def sentences(paragraph: str, nlp: Language) -> Iterator[str]:
    """The sentences of a paragraph that are neither headings nor endless; `nlp` cuts them."""
    for sent in nlp(paragraph).sents:
        text = sent.text.strip()
        if SHORTEST < len(text) < LONGEST:
            yield text

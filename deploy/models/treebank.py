"""Universal Dependencies in CoNLL-U, read into the tokens that spaCy's tokenisers make.

Treebanks split what a tokeniser leaves whole: German "im" stands there as "in" and "dem". Such a pair becomes
one word again, with the preposition's part of speech and the article's case. English "don't" stays "do" and
"n't", as spaCy splits it too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

# What the reading asks for; other features would only multiply the labels to learn.
KEPT = frozenset({"Case", "Number", "Person", "Mood", "Tense", "VerbForm", "Degree"})

# Relations annotated finer than the reading needs.
RENAMED = {
    "flat:name": "flat",
    "obl:tmod": "obl",
    "obl:unmarked": "obl",
    "nmod:unmarked": "nmod",
    "nmod:desc": "nmod",
    "cc:preconj": "cc",
    "expl:pv": "expl",
    "nsubj:outer": "nsubj",
    "csubj:outer": "csubj",
    "det:predet": "det",
    "advcl:relcl": "advcl",
}
# Those in which the two German treebanks differ.
RENAMED_GERMAN = {**RENAMED, "nmod:poss": "nmod", "acl:relcl": "acl"}

# German PUD leaves the form of the verb to its tag.
VERB_FORMS = {"VBC": "Fin", "VB": "Inf", "VBN": "Part"}


@dataclass(frozen=True, kw_only=True)
class Word:
    """A token of a parsed sentence.

    Attributes:
        form: As written.
        space: Whether a space follows.
        pos: Universal part of speech.
        morph: Features such as `Case=Nom|Number=Sing`, or "".
        lemma: Dictionary form.
        head: Index of its head in the sentence; its own for the root.
        relation: Universal relation to its head; `ROOT` for the root.
    """

    form: str
    space: bool
    pos: str
    morph: str
    lemma: str
    head: int
    relation: str


Sentence = tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of CoNLL-U: one syntactic word, or a written word that covers several (`last` > `first`)."""

    first: int
    last: int
    form: str
    lemma: str
    pos: str
    tag: str
    features: str
    head: int
    relation: str
    space: bool


def read(path: Path, lang: str) -> list[Sentence]:
    """All sentences of a CoNLL-U file, in the tokens of spaCy's tokeniser for `lang`."""
    with path.open(encoding="utf-8") as lines:
        return [sentence(rows, german=lang == "de") for rows in blocks(lines)]


def blocks(lines: Iterable[str]) -> Iterator[list[Row]]:
    """The rows of each sentence; comments and empty nodes are left out."""
    rows: list[Row] = []
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 10 and "." not in cells[0]:
            rows.append(_row(cells))
        elif not line.strip() and rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _row(cells: list[str]) -> Row:
    first, _, last = cells[0].partition("-")
    return Row(
        first=int(first),
        last=int(last or first),
        form=cells[1],
        lemma=cells[2],
        pos=cells[3],
        tag=cells[4],
        features=cells[5],
        head=0 if cells[6] == "_" else int(cells[6]),
        relation=cells[7],
        space="SpaceAfter=No" not in cells[9],
    )


def sentence(rows: list[Row], *, german: bool) -> Sentence:
    """The tokens of one sentence.

    Args:
        rows: Its lines.
        german: Whether a written word that covers several becomes one token; else its parts do, without a
            space between them.
    """
    covers = {row.first: row for row in rows if row.last > row.first}
    parts = {row.first: row for row in rows if row.last == row.first}
    groups = list(_groups(parts, covers if german else {}))
    place = {part.first: at for at, (_, group) in enumerate(groups) for part in group}
    renamed = RENAMED_GERMAN if german else RENAMED
    words = [_word(written, group, place, renamed) for written, group in groups]
    return tuple(words if german else _unspaced(words, covers.values()))


def _groups(parts: dict[int, Row], covers: dict[int, Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Each written word with the syntactic words it covers."""
    at = 1
    while at <= len(parts):
        written = covers.get(at, parts[at])
        yield written, [parts[i] for i in range(at, written.last + 1)]
        at = written.last + 1


def _word(written: Row, group: list[Row], place: dict[int, int], renamed: dict[str, str]) -> Word:
    inside = {part.first for part in group}
    outward = next(part for part in group if part.head not in inside)
    main = group[0] if group[0].pos == "ADP" else outward
    root = outward.head == 0
    return Word(
        form=written.form,
        space=written.space,
        pos=main.pos,
        morph=features(group[-1]),
        lemma=main.lemma,
        head=place[outward.first] if root else place[outward.head],
        relation="ROOT" if root else renamed.get(main.relation, main.relation),
    )


def _unspaced(words: list[Word], covers: Iterable[Row]) -> list[Word]:
    closed = {
        i: cover.space and i == cover.last for cover in covers for i in range(cover.first, cover.last + 1)
    }
    return [replace(word, space=closed.get(i, word.space)) for i, word in enumerate(words, start=1)]


def features(row: Row) -> str:
    """The kept features of a row in alphabetical order; a verb's form from its tag where it has none."""
    kept = [f for f in row.features.split("|") if f.partition("=")[0] in KEPT]
    if (
        row.pos in ("VERB", "AUX")
        and not any(f.startswith("VerbForm=") for f in kept)
        and row.tag in VERB_FORMS
    ):
        kept.append(f"VerbForm={VERB_FORMS[row.tag]}")
    return "|".join(sorted(kept))


def texts(path: Path) -> list[str]:
    """The sentences of a CoNLL-U file as they were written."""
    mark = "# text = "
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(mark).strip() for line in lines if line.startswith(mark)]


def text(sentence: Sentence) -> str:
    """The words of a sentence with their spaces."""
    return "".join(f"{word.form} " if word.space else word.form for word in sentence).strip()


def german_quotes(sentence: Sentence) -> Sentence:
    """The sentence with „ and “ for its ASCII quotation marks, in turn."""
    marks = cycle("„“")
    return tuple(replace(word, form=next(marks)) if word.form == '"' else word for word in sentence)

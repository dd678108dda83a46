"""CoNLL-U into the tokens of spaCy's tokenisers; the sentences are our own."""

from pathlib import Path

import pytest

from deploy.models import treebank
from deploy.models.treebank import Sentence

GERMAN = """\
# text = Anna fuhr im "Mai" heim.
1	Anna	Anna	PROPN	NNP	Case=Nom|Gender=Fem|Number=Sing	2	nsubj	_	_
2	fuhr	fahren	VERB	VBC	Mood=Ind|Number=Sing|Person=3|Tense=Past	0	root	_	_
3-4	im	_	_	_	_	_	_	_	_
3	in	in	ADP	IN	_	6	case	_	_
4	dem	der	DET	DT	Case=Dat|Definite=Def|Gender=Masc|Number=Sing	6	det	_	_
5	"	"	PUNCT	``	_	6	punct	_	SpaceAfter=No
6	Mai	Mai	NOUN	NN	Case=Dat|Gender=Masc|Number=Sing	2	obl:tmod	_	SpaceAfter=No
7	"	"	PUNCT	''	_	6	punct	_	_
8	heim	heim	ADV	RB	_	2	advmod	_	SpaceAfter=No
9	.	.	PUNCT	.	_	2	punct	_	_

"""
ENGLISH = """\
# text = Anna didn't pay her.
1	Anna	Anna	PROPN	NNP	Number=Sing	4	nsubj	4:nsubj	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	Mood=Ind|Tense=Past|VerbForm=Fin	4	aux	4:aux	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	4:advmod	_
3.1	so	so	ADV	RB	_	_	_	4:advmod	_
4	pay	pay	VERB	VB	VerbForm=Inf	0	root	0:root	_
5	her	she	PRON	PRP	Case=Acc|Number=Sing|Person=3	4	obj	4:obj	SpaceAfter=No
6	.	.	PUNCT	.	_	4	punct	4:punct	_
"""


@pytest.fixture
def german(tmp_path: Path) -> Sentence:
    """The German sentence."""
    return read(tmp_path, GERMAN, "de")


@pytest.fixture
def english(tmp_path: Path) -> Sentence:
    """The English sentence."""
    return read(tmp_path, ENGLISH, "en")


def read(folder: Path, text: str, lang: str) -> Sentence:
    """The only sentence of a treebank."""
    path = folder / "trees.conllu"
    path.write_text(text, encoding="utf-8")
    (only,) = treebank.read(path, lang)
    return only


def test_contractions_are_one_word_in_german(german: Sentence) -> None:
    """German "im" is one word again, a preposition with the case of its article."""
    contracted = german[2]
    assert (contracted.form, contracted.pos, contracted.morph) == ("im", "ADP", "Case=Dat|Number=Sing")


def test_contractions_stay_split_in_english(english: Sentence) -> None:
    """English "didn't" stays two words, without a space between them."""
    assert [(word.form, word.space) for word in english[1:3]] == [("did", False), ("n't", True)]


def test_heads_follow_the_merged_words(german: Sentence) -> None:
    """Each word's head is counted in the words that are left; the root is its own."""
    assert [(word.form, german[word.head].form) for word in german] == [
        ("Anna", "fuhr"),
        ("fuhr", "fuhr"),
        ("im", "Mai"),
        ('"', "Mai"),
        ("Mai", "fuhr"),
        ('"', "Mai"),
        ("heim", "fuhr"),
        (".", "fuhr"),
    ]


def test_relations_are_those_the_reading_asks_for(german: Sentence) -> None:
    """The root is spaCy's ROOT, and finer relations become the plain one."""
    assert [word.relation for word in german][:5] == ["nsubj", "ROOT", "case", "punct", "obl"]


def test_empty_nodes_are_left_out(english: Sentence) -> None:
    """A node of the enhanced graph is no word."""
    assert " ".join(word.form for word in english) == "Anna did n't pay her ."


def test_the_form_of_a_verb_comes_from_its_tag(german: Sentence, english: Sentence) -> None:
    """A verb without the feature gets it from its tag; one that has it keeps it."""
    assert "VerbForm=Fin" in german[1].morph
    assert english[3].morph == "VerbForm=Inf"


def test_quotation_marks_become_german_ones(german: Sentence) -> None:
    """ASCII marks open and close in turn."""
    assert "".join(word.form for word in treebank.german_quotes(german)[3:6]) == "„Mai“"


def test_texts_are_read_as_they_were_written(tmp_path: Path) -> None:
    """The text of a sentence is its comment's."""
    path = tmp_path / "trees.conllu"
    path.write_text(GERMAN + ENGLISH, encoding="utf-8")
    assert treebank.texts(path) == ['Anna fuhr im "Mai" heim.', "Anna didn't pay her."]

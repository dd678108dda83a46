"""Who says what in English: inverted, inserted, shared and carried attributions."""

import pytest

from tests.extraction.reading_quotes import told

# sentence, kind, words, speaker
SAID = [
    ('"The bridge holds," said US envoy Carl Ames.', "direct", "The bridge holds", "US envoy Carl Ames"),
    ('"We were late," one said.', "direct", "We were late", "one"),
    (
        '"We were late," one of them said on condition of anonymity because the inquiry goes on.',
        "direct",
        "We were late",
        "one of them",
    ),
    (
        '"It floats," the yard\'s director, Ida Moe, told a hearing.',
        "direct",
        "It floats",
        "the yard's director",
    ),
    (
        '"It floats," engineer Ida Moe told Harbour Radio in a programme aired on Friday.',
        "direct",
        "It floats",
        "engineer Ida Moe",
    ),
    ("Ferries would resume, Moe said on Tuesday.", "indirect", "Ferries would resume", "Moe"),
    ("The ferry, passengers say, is unsafe.", "indirect", "The ferry / is unsafe", "passengers"),
    (
        "The ferry was late, Moe said on Sunday, and the fare must be repaid.",
        "indirect",
        "The ferry was late / and the fare must be repaid",
        "Moe",
    ),
    (
        "Moe, who bought the ferry in May, said it needed a new engine.",
        "indirect",
        "it needed a new engine",
        "Moe",
    ),
    (
        "A pilot reached by radio said his crew was safe.",
        "indirect",
        "his crew was safe",
        "A pilot reached by radio",
    ),
    (
        "Sources close to the owner say the yard will close.",
        "indirect",
        "the yard will close",
        "Sources close to the owner",
    ),
    (
        "Moe said about 40 sailors and cooks were aboard.",
        "indirect",
        "about 40 sailors and cooks were aboard",
        "Moe",
    ),
    ("Moe denied hiding the report but was fined.", "indirect", "hiding the report", "Moe"),
    ("Moe warned passengers not to travel.", "indirect", "not to travel", "Moe"),
    ("Moe said the hull was sound and would last.", "indirect", "the hull was sound and would last", "Moe"),
    (
        "Divers said the hull was sound, while the owner said it was rusty.",
        "indirect",
        "it was rusty",
        "the owner",
    ),
    ("Divers say the hull is sound; owners argue it failed.", "indirect", "it failed", "owners"),
    (
        "Moe said two of her men had drowned near Bergen and warned that more storms were coming.",
        "indirect",
        "that more storms were coming",
        "Moe",
    ),
    ("Moe was quoted by state radio as saying the crew was safe.", "indirect", "the crew was safe", "Moe"),
    ("The court held that the ferry was unsafe.", "indirect", "that the ferry was unsafe", "The court"),
    ("The ferry is unsafe, a study has found.", "indirect", "The ferry is unsafe", "a study"),
    ("Experts have warned ferries are ageing.", "indirect", "ferries are ageing", "Experts"),
    (
        "According to people briefed on the sale, the yard is bankrupt.",
        "indirect",
        "the yard is bankrupt",
        "people",
    ),
    ("Critics praised the film's “quiet rage”.", "fragment", "quiet rage", "Critics"),
    (
        'Moe said: "We had a strong year," adding that fares would fall.',
        "indirect",
        "that fares would fall",
        "Moe",
    ),
    ('"We had a strong year," Moe said, citing demand in Norway.', "direct", "We had a strong year", "Moe"),
    (
        "Norway accused Sweden of dumping waste and said it would complain.",
        "indirect",
        "it would complain",
        "Norway",
    ),
]

SAID += [
    (
        "“If it rains,” Moe warned on television, “we stay”, without saying where.",
        "direct",
        "If it rains / we stay",
        "Moe",
    ),
    ("Moe, asked whether she was tired, said the work was done.", "indirect", "the work was done", "Moe"),
    ("Owners, of whom there are many, say the yard is old.", "indirect", "the yard is old", "Owners"),
    (
        "The yard was sold; the buyer, Fjord Lines, said it was cheap.",
        "indirect",
        "it was cheap",
        "the buyer",
    ),
    ("Ida Moe, a captain from Bergen, to Harbour Radio: “We stay.”", "direct", "We stay.", "Ida Moe"),
    ("Her answer was brief: “We stay,” Moe said.", "direct", "We stay", "Moe"),
    (
        "The yard will close in May, the owner, Ida Moe, disclosed.",
        "indirect",
        "The yard will close in May",
        "the owner",
    ),
    ("Moe said the yard was sold; the police searched it.", "indirect", "the yard was sold", "Moe"),
    ("The owner points out that the yard is old.", "indirect", "that the yard is old", "The owner"),
]

NOTHING_SAID = [
    "Moe asked not to be named.",
    "Moe put it at 30 million.",
    "The firm agreed to sell the yard.",
    "A ferry is expected to arrive at noon.",
    "A ferry thought to have sunk came home.",
    "Police froze the accounts of a firm accused of smuggling.",
    "Moe said nothing.",
]


@pytest.mark.parametrize(("text", "kind", "words", "speaker"), SAID)
def test_english_attributions(text: str, kind: str, words: str, speaker: str) -> None:
    """Each construct gives its words to the one who says them."""
    assert (kind, words, speaker) in told(text, "en")


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_english_deeds_are_no_quotes(text: str) -> None:
    """What is decided, expected or done to somebody is nobody's reported words."""
    assert not [kind for kind, _, _ in told(text, "en") if kind != "reported"]


def test_would_carries_reported_speech_on() -> None:
    """A sentence with "would" behind reported speech is still the speaker's."""
    text = "Moe said the ferry was late. It would sail at noon. The harbour is small."
    assert ("indirect", "It would sail at noon", "Moe") in told(text, "en")
    assert not any("harbour" in words for _, words, _ in told(text, "en"))


def test_a_quotation_over_paragraphs_is_one() -> None:
    """Words left open at the end of a paragraph go on in the next, with one speaker."""
    text = "Ida Moe, who built the ferry, gave evidence.\n\n“It was cheap.\n\n“It was also late.”"
    quotes = told(text, "en")
    assert [speaker for _, _, speaker in quotes] == ["Ida Moe"]

import pytest

from bot.article.language import language_of

GERMAN = [
    "Neue Sanktionen gegen Russland",
    "EZB senkt Zins",
    "Merkel in Paris",
    "PUTIN DROHT NATO",
    "Selenskyj in Berlin erwartet",
    "Regierungserklärung Merz",
    "Norwegen schickt 150 Ausbilder nach Litauen, sagte die Ministerin am Montag.",
]
ENGLISH = [
    "Fed cuts rates",
    "Talks stall",
    "Oslo sends 150 trainers",
    "DRONE ATTACK ON KYIV",
    "Ukraine war: latest",
    "Norway will send 150 trainers to Lithuania, the minister said on Monday.",
]
OTHERS = [
    ("fr", "La France envoie 300 soldats en Lituanie"),
    ("nl", "Nederland stuurt 300 militairen naar Litouwen"),
    ("da", "Danmark sender soldater til Letland"),
    ("lb", "Lëtzebuerg schéckt Zaldoten"),
    ("ru", "Россия обстреляла Киев"),
    ("ja", "日本は制裁を発表"),
]


@pytest.mark.parametrize("headline", GERMAN)
def test_german(headline: str) -> None:
    """A short German headline is German, not Frisian or Luxembourgish."""
    assert language_of(headline) == "de"


@pytest.mark.parametrize("headline", ENGLISH)
def test_english(headline: str) -> None:
    """A short English headline is English."""
    assert language_of(headline) == "en"


@pytest.mark.parametrize(("code", "headline"), OTHERS)
def test_others(code: str, headline: str) -> None:
    """A text clearly in another language is not drawn to German or English."""
    assert language_of(headline) == code


@pytest.mark.parametrize("text", ["", "  \n", "12:30 – 45 %", "https://example.org/eine/seite", "…!?"])
def test_without_words(text: str) -> None:
    """A text without words has no language."""
    assert language_of(text) is None


def test_odd_characters() -> None:
    """Lone surrogates and a megabyte of text are no error."""
    assert language_of("\ud800 Der Minister kam nach Berlin und sprach lange.") == "de"
    assert language_of("Die Lage ist ernst. " * 60_000) == "de"

import pytest

from bot.extraction.naming import renamed


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Genf", "Geneva"),
        ("Moskau", "Moscow"),
        ("Wladimir Putin", "Vladimir Putin"),
        ("Nato", "NATO"),
        ("Koalition der Willigen", "coalition of the willing"),
        ("Norwegen", "Norway"),
    ],
)
def test_both_ways(german: str, english: str) -> None:
    """Places, people, organisations and countries have their name in either language."""
    assert renamed(german, "en") == english
    assert renamed(english, "de") == german


@pytest.mark.parametrize("name", ["Hermine Lechthaler", "Rund ein Dutzend Länder", ""])
def test_unknown(name: str) -> None:
    """Who is not known keeps the name of the article, and so does everybody in other languages."""
    assert renamed(name, "en") == name
    assert renamed("Genf", "fr") == "Genf"

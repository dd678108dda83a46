import pytest

from bot.article.maintext import main_text
from bot.article.paywall import Wall, access

TEASER = "Der Rat der Hafenstadt hat am Abend über zwei neue Liegeplätze beraten. Die Kosten steigen weiter."
LONG = "\n".join([TEASER] * 40)


@pytest.mark.parametrize(
    "offer",
    [
        "Weiterlesen mit Tagesblatt Plus",
        "Sie haben bereits ein Abo? Melden Sie sich an.",
        "Dieser Artikel ist kostenpflichtig.",
        "Exklusiv für\u00a0Abonnenten",
        "Subscribe to continue reading.",
        "Already a subscriber? Log in",
        "You have reached your limit of free articles.",
    ],
)
def test_worded(offer: str) -> None:
    """A short text that ends with an offer to subscribe is a teaser; the offer is no part of it."""
    seen = access(f"{TEASER}\n{offer}\nJetzt für 1 Euro", declared_free=None, offer=False)
    assert (seen.wall, seen.text) == (Wall.WORDED, TEASER)


@pytest.mark.parametrize(
    "text",
    [
        TEASER,
        f"{TEASER}\nDie Zeitung will mehr Abonnenten gewinnen, sagte der Verleger.",
        f"{TEASER}\nThe paper has more subscribers than ever.",
        f"{LONG}\nJetzt kostenlos testen: unser Newsletter",
        f"Weiterlesen mit der Lupe\n{LONG}",
    ],
)
def test_free(text: str) -> None:
    """Neither an article about subscribers nor a long one above an advertisement is a teaser."""
    seen = access(text, declared_free=None, offer=False)
    assert (seen.wall, seen.text) == (None, text)


@pytest.mark.parametrize(
    ("declared", "text", "offer", "wall"),
    [
        (False, TEASER, False, Wall.DECLARED),
        (False, LONG, False, Wall.DECLARED),
        (True, f"{TEASER}\nAlready a subscriber?", True, None),
        (None, TEASER, True, Wall.WORDED),
        (None, LONG, True, None),
    ],
)
def test_declared(*, declared: bool | None, text: str, offer: bool, wall: Wall | None) -> None:
    """What a page declares goes before its words; a box in the way counts beside a short text only."""
    assert access(text, declared_free=declared, offer=offer).wall is wall


def page(body: str, head: str = "") -> str:
    """A page with an article."""
    start = f"<html lang='de'><head><title>Hafen</title>{head}</head><body>"
    return f"{start}<article><h1>Hafen</h1>{body}</article></body></html>"


def test_box() -> None:
    """A box that offers a subscription makes a short text a teaser, and is no part of it."""
    box = "<div class='c-paywall__box'><p>Jetzt weiterlesen: 1 Monat für 1 Euro</p></div>"
    read = main_text(page(f"<p>{TEASER}</p><p>{TEASER}</p>{box}"))
    assert read.wall is Wall.WORDED
    assert "1 Euro" not in read.text


def test_page_for_everybody() -> None:
    """A page without a wall has none."""
    assert main_text(page(f"<p>{TEASER}</p><p>{TEASER}</p>")).wall is None


def test_page_that_declares() -> None:
    """A page that tells machines that it is not free is behind a wall, whatever of its text is shown."""
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    assert main_text(page(f"<p>{TEASER}</p>" * 40, script)).wall is Wall.DECLARED

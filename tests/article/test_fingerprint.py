from bot.article.fingerprint import fingerprint


def test_same_words() -> None:
    """Setting, case and punctuation do not change the fingerprint."""
    assert fingerprint("Rat tagt – „Endlich!“") == fingerprint('RAT   TAGT\n\n"endlich"')


def test_other_words() -> None:
    """Another word, or another order, does."""
    prints = {fingerprint(text) for text in ("150 Soldaten", "300 Soldaten", "Soldaten 150", "150 soldiers")}
    assert len(prints) == 4


def test_without_words() -> None:
    """Texts without words are not the same text."""
    assert fingerprint(" – … ") is None


def test_lone_surrogate() -> None:
    """A broken character is no error."""
    assert fingerprint("a\ud800b") is not None

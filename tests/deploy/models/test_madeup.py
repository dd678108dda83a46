"""Names that nobody bears."""

import random

import pytest

from deploy.models.madeup import made_up, renamed
from deploy.models.mentions import inline


def chance(seed: int) -> random.Random:
    """Chances that are the same in every run."""
    return random.Random(seed)  # noqa: S311  (no secret)


@pytest.mark.parametrize("name", ["Kerstin Albrecht", "Quendlin", "SV Quendlin", "Ursula von der Quendel"])
def test_a_made_up_name_keeps_its_shape(name: str) -> None:
    """Length, capitals, ends, and the words that are small, short or capitals throughout stay."""
    found = made_up(name, lambda _: False, chance(3))
    assert found != name
    for old, new in zip(name.split(), found.split(), strict=True):
        assert (len(new), new.istitle(), new[-3:]) == (len(old), old.istitle(), old[-3:])
        if old.islower() or old.isupper():
            assert new == old


def test_a_known_word_is_no_made_up_name() -> None:
    """What a list has is tried anew; in the end the name stays."""
    assert made_up("Quendlin", lambda _: True, chance(3)) == "Quendlin"


def test_marks_move_with_the_names() -> None:
    """Every mention still stands on its own words, and the words between stay."""
    sentence = inline("Gestern traf [Greta Quendlin|PER] in [Quendelbach|LOC] den [SV Quendlin|ORG].")
    for one in renamed([sentence] * 20, lambda _: False, chance(1)):
        words = [one.text[m.start : m.end] for m in one.mentions]
        assert [word[-3:] for word in words] == ["lin", "ach", "lin"]
        assert one.text == f"Gestern traf {words[0]} in {words[1]} den {words[2]}."

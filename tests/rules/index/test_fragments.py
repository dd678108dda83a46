from bot.rules.index.fragments import UNBUILT, Fragments


def test_fragments_are_found_before_and_after_the_automaton_is_built() -> None:
    """Overlapping ones and those inside each other are all found, however many came before."""
    fragments = Fragments()
    for number in range(UNBUILT + 50):
        fragments.add(f"word{number}x")
    for fragment in ("hilfe", "nothilfe", "hilfen"):
        fragments.add(fragment)
    assert fragments.found("die nothilfen") == {"hilfe", "nothilfe", "hilfen"}
    fragments.add("die")
    assert fragments.found("die nothilfen") == {"hilfe", "nothilfe", "hilfen", "die"}

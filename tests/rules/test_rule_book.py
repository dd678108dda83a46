from hypothesis import given
from hypothesis import strategies as st

from bot.rules.matcher import match_all, matches_in
from bot.rules.rule_book import RuleBook
from bot.rules.view import View
from tests.rules.test_matching import commitment

GOOD = "title: t\nid: {id}\nstatus: shadow\nwhen: {{text: {word}}}\n"


def file(rule_id: str = "r", word: str = "Brigade") -> str:
    """A rule file that is good."""
    return GOOD.format(id=rule_id, word=word)


def fires(book: RuleBook) -> list[str]:
    """The files whose rules fire, by the index."""
    told = commitment()
    view = View(article=told.article, findings=told.findings)
    return [found.rule.place for rule in book.index.candidates(view) for found in matches_in(rule, view)]


def test_same_id_twice() -> None:
    """The second of two rules with one id is kept out and told at its id; a bad file stops nobody."""
    book = RuleBook([("one/r.yml", file()), ("bad.yml", "{"), ("two/r.yml", file())])
    assert [rule.place for rule in book.rules] == ["one/r.yml"]
    clashes = [(issue.place, issue.line, issue.column) for issue in book.issues if issue.place != "bad.yml"]
    assert clashes == [("two/r.yml", 2, 1)]
    assert any(issue.place == "bad.yml" for issue in book.issues)


def test_the_second_takes_over_when_the_first_goes() -> None:
    """A rule that was kept out for its id is in force once the id is free."""
    book = RuleBook([("one/r.yml", file()), ("two/r.yml", file())])
    book.drop("one/r.yml")
    assert (book.by_id["r"].place, fires(book)) == ("two/r.yml", ["two/r.yml"])


def test_a_change_is_in_force_at_once() -> None:
    """What a file says now counts, in the index too."""
    book = RuleBook([("r.yml", file())])
    assert fires(book) == ["r.yml"]
    assert book.put("r.yml", file(word="Kranich")).issues == ()
    assert fires(book) == []


def test_a_bad_edit_keeps_the_last_good_version() -> None:
    """The rule goes on as it was, and what is wrong is told."""
    book = RuleBook([("r.yml", file())])
    edit = book.put("r.yml", "id: r\ntitle: t\nstatus: shadow\nwhen: {txt: Brigade}\n")
    assert (edit.kept, edit.rule_id, edit.issues[0].line) == (True, "r", 4)
    assert fires(book) == ["r.yml"]


def test_a_file_that_never_was_good() -> None:
    """It holds no rule, and nothing is kept of it."""
    edit = RuleBook().put("r.yml", "{")
    assert (edit.kept, edit.rule_id) == (False, None)
    assert edit.issues


def test_another_id_in_the_same_file() -> None:
    """The rule of the old id is gone."""
    book = RuleBook([("r.yml", file("old"))])
    book.put("r.yml", file("new"))
    assert list(book.by_id) == ["new"]
    assert fires(book) == ["r.yml"]


def test_a_file_that_goes_takes_its_rule_with_it() -> None:
    """Also one that is bad by now; one that is not known is no trouble."""
    book = RuleBook([("r.yml", file())])
    book.put("r.yml", "{")
    assert book.drop("r.yml").rule_id == "r"
    assert (dict(book.by_id), fires(book)) == ({}, [])
    assert book.drop("r.yml").rule_id is None


TEXTS = st.sampled_from([file("a"), file("b"), file("a", "Kranich"), file("b", "Soldat"), "{", "id: 5"])
EDITS = st.lists(st.tuples(st.sampled_from(["one.yml", "two.yml", "three.yml"]), st.none() | TEXTS))


@given(EDITS)
def test_index_and_rules_agree_after_any_edits(edits: list[tuple[str, str | None]]) -> None:
    """Whatever is written and deleted in whatever order, the index holds the rules in force and no others."""
    book = RuleBook()
    for place, text in edits:
        if text is None:
            book.drop(place)
        else:
            book.put(place, text)
    told = commitment()
    wanted = sorted(found.rule.place for found in match_all(book.rules, told.article, told.findings))
    assert sorted(fires(book)) == wanted
    assert len(book.index) == len(book.rules)
    assert all(rule.id == rule_id for rule_id, rule in book.by_id.items())

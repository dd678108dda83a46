import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article
from bot.extraction.findings import EntityKind
from bot.stories.similarity import StoryIndex
from tests.fakes.findings import Written

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).resolve().parents[3] / "shared"))

BRIDGE = [
    "Eine Brücke über die Warnow in Rostock ist eingestürzt. Die Feuerwehr rettete zwei Arbeiter.",
    "Nach dem Einsturz der Warnow-Brücke in Rostock sind zwei Arbeiter gerettet, teilte die Feuerwehr mit.",
    "Rostock sperrt alle alten Brücken über die Warnow. Beim Einsturz fielen zwei Arbeiter ins Wasser.",
]
BAKERS = [
    "Bakers in Lyon walked out on Tuesday over the price of flour. The union wants a cap of two euros.",
    "The union of bakers in Lyon said they would stay out over flour prices until a cap of two euros is set.",
]


def articles(*texts: str, lang: str = "de") -> list[Article]:
    """Articles with these texts."""
    return [Article(id=f"{lang}{number}", text=text, lang=lang) for number, text in enumerate(texts)]


def test_same_event_same_story() -> None:
    """Articles of one event share a story, those of another have their own, in either language."""
    index = StoryIndex()
    stories = [index.assign(article) for article in articles(*BRIDGE) + articles(*BAKERS, lang="en")]
    assert len(set(stories[:3])) == 1
    assert len(set(stories[3:])) == 1
    assert stories[0] != stories[3]


def test_asked_again() -> None:
    """An article that is assigned again keeps its story and changes nothing."""
    index = StoryIndex()
    (article,) = articles(BRIDGE[0])
    story = index.assign(article)
    before = index.export()
    assert index.assign(article) == story
    assert index.export() == before


def test_restart_changes_nothing() -> None:
    """An index loaded from its exported state, through JSON, goes on as the first one would have."""
    whole, first = StoryIndex(), StoryIndex()
    given_articles = articles(*BRIDGE, *BAKERS)
    expected = [whole.assign(article) for article in given_articles]
    begun = [first.assign(article) for article in given_articles[:2]]
    second = StoryIndex.load(json.loads(json.dumps(first.export())))
    assert begun + [second.assign(article) for article in given_articles[2:]] == expected
    assert second.export() == whole.export()


def test_learned_anew() -> None:
    """An index that is told the articles and stories of before is the index of before."""
    old, new = StoryIndex(), StoryIndex()
    for article in articles(*BRIDGE, *BAKERS):
        new.learn(article, old.assign(article))
    assert new.export() == old.export()


def test_other_state_refused() -> None:
    """The state of another version is refused with a clear line."""
    with pytest.raises(ValueError, match="state 99"):
        StoryIndex.load({"state": 99})


def test_longest_resting_story_goes() -> None:
    """Beyond the greatest number of stories the one that rested longest is forgotten."""
    index = StoryIndex(most_stories=1)
    bridge, bakers = index.assign(articles(BRIDGE[0])[0]), index.assign(articles(BAKERS[0], lang="en")[0])
    assert [story["id"] for story in index.export()["stories"]] == [bakers]
    assert bridge != bakers


def test_findings_tie_languages() -> None:
    """The ids and days that were read make a German and an English article alike."""
    german = Written(text="Norwegen hilft Litauen ab dem 9. März.", lang="de")
    german.entity("Norwegen", id="NO")
    german.entity("Litauen", EntityKind.COUNTRY, id="LT")
    english = Written(text="Lithuania gets help from Norway from 9 March on.", lang="en")
    english.entity("Norway", id="NO")
    english.entity("Lithuania", id="LT")
    index = StoryIndex(threshold=0.15)
    first = index.assign(Article(id="1", text=german.text, lang="de"), german.findings)
    assert index.assign(Article(id="2", text=english.text, lang="en"), english.findings) == first


@given(st.lists(st.text(max_size=60), max_size=12))
@settings(max_examples=50, deadline=None)
def test_any_text(texts: list[str]) -> None:
    """Any text has a story, the same in every run."""
    runs = []
    for _ in range(2):
        index = StoryIndex()
        runs.append([index.assign(Article(id=str(place), text=text)) for place, text in enumerate(texts)])
    assert runs[0] == runs[1]


def test_measured_on_ecb(tmp_path: Path) -> None:
    """On the development part of ECB+ stories reach BCubed F 0.85."""
    gold = SHARED / "data/stories_en/ecb_dev.jsonl"
    if not gold.exists():
        pytest.skip("reference data not here")
    index, out = StoryIndex(), tmp_path / "stories.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    found = [
        {"id": row["id"], "story": index.assign(Article(id=row["id"], text=row["text"], lang="en"))}
        for row in rows
    ]
    out.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    score = [sys.executable, str(SHARED / "eval/score.py"), "stories", str(gold), str(out)]
    report = subprocess.run(score, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert float(report.split()[-1]) >= 0.85, report

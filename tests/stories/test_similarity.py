import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article.model import Article
from bot.extraction.findings import EntityKind
from bot.stories.profile import Profile, profile_of
from bot.stories.similarity import Placement, Relation, StoryIndex
from tests.fakes.findings import Written

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).resolve().parents[3] / "shared"))

BRIDGE = [
    "Eine Brücke über die Warnow in Rostock ist eingestürzt. Die Feuerwehr rettete zwei Arbeiter.",
    "Nach dem Einsturz der Warnow-Brücke in Rostock sind zwei Arbeiter gerettet, teilte die Feuerwehr mit.",
    "Rostock sperrt alle alten Brücken über die Warnow. Beim Einsturz fielen zwei Arbeiter ins Wasser.",
]
SENTENCES = [
    "Der Stadtrat von Greifswald hat am Abend den Umbau des alten Hafens beschlossen.",
    "Für das Vorhaben stimmten siebzehn Mitglieder, dagegen elf.",
    "Der Hafen war im vorletzten Jahrhundert für Getreide gebaut worden und lag lange brach.",
    "Vor drei Jahren brannte dort ein Speicher ab, zwei Feuerwehrleute wurden verletzt.",
    "Die Ursache fand sich nie, ein Gutachter hielt einen Kurzschluss für wahrscheinlich.",
    "Seither streiten Anwohner und Kaufleute darüber, was aus dem Gelände werden soll.",
    "Ein erster Entwurf sah Wohnungen für achthundert Menschen und eine Schule am Wasser vor.",
    "Er scheiterte an Altlasten im Boden, deren Räumung niemand bezahlen wollte.",
    "Ein zweiter mit Werkstätten, Markthalle und kleinem Museum fand vor zwei Wintern mehr Freunde.",
    "Denkmalschützer setzten durch, dass der Kran und die gepflasterte Rampe stehen bleiben.",
]
TRIAL = [
    "Vor dem Landgericht beginnt im Mai der Prozess gegen zwei Planer, die Geld genommen haben sollen.",
    "Beide schweigen zu den Vorwürfen, ihre Anwälte nennen die Anklage dünn und voller Fehler.",
    "Die Kammer hat zwölf Tage angesetzt, gehört werden Zeugen aus der Verwaltung und ein Statiker.",
    "Einer der Männer leitete bis zum Sommer ein Büro in Schwerin, der andere prüfte dort Rechnungen.",
    "Laut Staatsanwalt flossen mindestens neunzigtausend Euro über ein Konto in Dänemark.",
    "Aufgefallen war das einer Sparkasse, als ein Lehrling zufällig alte Belege sortierte.",
    "Die Verteidigung will den Lehrling und seine Ausbilderin gleich am ersten Tag befragen.",
    "Mit einem Urteil rechnet der Vorsitzende Richter vor den Ferien, notfalls tagt er samstags.",
]
BAKERS = [
    "Bakers in Lyon walked out on Tuesday over the price of flour. The union wants a cap of two euros.",
    "The union of bakers in Lyon said they would stay out over flour prices until a cap of two euros is set.",
]


def profiles(*texts: str, lang: str = "de") -> list[Profile]:
    """What is kept of articles with these texts."""
    given = (Article(id=f"{lang}{number}", text=text, lang=lang) for number, text in enumerate(texts))
    return [profile_of(article) for article in given]


def stories(index: StoryIndex, *given: Profile) -> list[str]:
    """The stories they get, one after the other."""
    return [index.assign(profile).story for profile in given]


def test_same_event_same_story() -> None:
    """Articles of one event share a story, those of another have their own, in either language."""
    found = stories(StoryIndex(), *profiles(*BRIDGE), *profiles(*BAKERS, lang="en"))
    assert len(set(found[:3])) == 1
    assert len(set(found[3:])) == 1
    assert found[0] != found[3]


def test_placing_changes_nothing() -> None:
    """An article that is only placed is not known; one that is known stays in its story."""
    index = StoryIndex()
    first, second = profiles(*BRIDGE[:2])
    story = index.place(first).story
    assert index.place(second).relation is Relation.FIRST
    index.learn(first, story, first.id)
    assert index.place(second).story == story
    assert index.place(first).story == story


def test_restart_changes_nothing() -> None:
    """An index that learns what is kept of the latest stories, through JSON, goes on as the first one."""
    given = [*profiles(*BRIDGE), *profiles(*BAKERS, lang="en"), *profiles(*SENTENCES[:6], lang="x")]
    whole = StoryIndex(most_stories=3, most_articles=2)
    told = [(profile, whole.assign(profile)) for profile in given]
    for cut in range(len(given)):
        newest = kept(told[:cut], most_stories=3, most_articles=2)
        again = StoryIndex(most_stories=3, most_articles=2)
        for profile, placed in newest:
            again.learn(Profile.read(json.loads(json.dumps(profile.plain()))), placed.story, placed.origin)
        assert [again.assign(profile) for profile, _ in told[cut:]] == [placed for _, placed in told[cut:]]


def kept(
    told: list[tuple[Profile, Placement]], *, most_stories: int, most_articles: int
) -> list[tuple[Profile, Placement]]:
    """What a store keeps: the latest articles of the latest stories."""
    latest = list(dict.fromkeys(placed.story for _, placed in reversed(told)))[:most_stories]
    taken: list[tuple[Profile, Placement]] = []
    for profile, placed in reversed(told):
        if sum(placed.story == other.story for _, other in taken) < most_articles:
            taken.insert(0, (profile, placed))
    return [one for one in taken if one[1].story in latest]


def test_other_state_refused() -> None:
    """What another version kept is refused with a clear line."""
    with pytest.raises(ValueError, match="state 99"):
        Profile.read({"state": 99})


def test_longest_resting_story_goes() -> None:
    """Beyond the greatest number of stories the one that rested longest is forgotten."""
    index = StoryIndex(most_stories=1)
    bridge, again = profiles(*BRIDGE[:2])
    assert stories(index, bridge, *profiles(BAKERS[0], lang="en"))
    assert index.place(again).relation is Relation.FIRST


def test_a_story_that_rested_is_over() -> None:
    """The same words a month later are another event."""
    index = StoryIndex()
    (first,) = profiles(BRIDGE[0])
    (second,) = profiles("x", BRIDGE[1])[1:]
    story = index.assign(replace(first, day=date(2026, 3, 2))).story
    assert index.place(replace(second, day=date(2026, 3, 9))).story == story
    assert index.place(replace(second, day=date(2026, 4, 9))).story != story


def test_an_edited_copy_has_the_origin_of_its_original() -> None:
    """A copy of a copy too."""
    index = StoryIndex()
    text = " ".join(SENTENCES)
    first, second, third = profiles(text, text.replace("Stadtrat", "Rat"), text.replace("Hafen", "Kai"))
    assert index.assign(first).origin == first.id
    assert index.assign(second) == Placement(
        story=index.place(first).story, relation=Relation.COPY, origin=first.id
    )
    assert index.assign(third).origin == first.id


def test_old_background_behind_news_is_a_follow_up() -> None:
    """An article that ends as another one did, behind an opening of its own, opens a story that follows."""
    index = StoryIndex()
    (old,) = profiles(" ".join(SENTENCES))
    (late,) = profiles("x", " ".join([*TRIAL, *SENTENCES[2:]]))[1:]
    story = index.assign(old).story
    placed = index.assign(late)
    assert (placed.relation, placed.follows) == (Relation.FOLLOW_UP, story)
    assert placed.story != story


def test_findings_tie_languages() -> None:
    """The ids and days that were read make a German and an English article alike."""
    german = Written(text="Norwegen hilft Litauen ab dem 9. März.", lang="de")
    german.entity("Norwegen", id="NO")
    german.entity("Litauen", EntityKind.COUNTRY, id="LT")
    english = Written(text="Lithuania gets help from Norway from 9 March on.", lang="en")
    english.entity("Norway", id="NO")
    english.entity("Lithuania", id="LT")
    one = profile_of(Article(id="1", text=german.text, lang="de"), german.findings)
    other = profile_of(Article(id="2", text=english.text, lang="en"), english.findings)
    assert len(set(stories(StoryIndex(), one, other))) == 1


@given(st.lists(st.text(max_size=60), max_size=12))
@settings(max_examples=50, deadline=None)
def test_any_text(texts: list[str]) -> None:
    """Any text has a story, the same in every run."""
    runs = []
    for _ in range(2):
        index = StoryIndex()
        runs.append(stories(index, *profiles(*texts)))
    assert runs[0] == runs[1]


def test_measured_on_ecb(tmp_path: Path) -> None:
    """On the development part of ECB+ stories reach BCubed F 0.85."""
    gold = SHARED / "data/stories_en/ecb_dev.jsonl"
    if not gold.exists():
        pytest.skip("reference data not here")
    index, out = StoryIndex(), tmp_path / "stories.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    found = [
        {"id": row["id"], "story": index.assign(profile_of(article)).story}
        for row in rows
        for article in [Article(id=row["id"], text=row["text"], lang="en")]
    ]
    out.write_text("".join(json.dumps(row) + "\n" for row in found), encoding="utf-8")
    score = [sys.executable, str(SHARED / "eval/score.py"), "stories", str(gold), str(out)]
    report = subprocess.run(score, capture_output=True, text=True, check=True).stdout  # noqa: S603
    assert float(report.split()[-1]) >= 0.85, report

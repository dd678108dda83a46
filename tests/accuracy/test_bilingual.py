"""Stories over two languages: how many pairs of reports of one event join, and how many others do not.

The tuning half may be looked into; of the unseen half only figures are printed. A floor stands well below
the figure.
"""

import functools
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.article.model import Article, Published
from bot.extraction.reader import ArticleReader
from bot.stories.profile import profile_of
from bot.stories.similarity import StoryIndex

HERE = Path(__file__).with_name("bilingual")


@functools.cache
def reports(half: str) -> tuple[dict[str, Any], ...]:
    """The reports of a half, in order of arrival."""
    return tuple(yaml.safe_load((HERE / f"{half}.yml").read_text(encoding="utf-8")))


@functools.cache
def placed(half: str) -> tuple[str, ...]:
    """The story each report is put into."""
    reader, index, found = ArticleReader(), StoryIndex(), []
    for number, row in enumerate(reports(half)):
        published = Published.parse(row["day"].isoformat())
        article = Article(id=f"{half}-{number}", text=row["text"], lang=row["lang"], published=published)
        found.append(index.assign(profile_of(article, reader.read(article))).story)
    return tuple(found)


@pytest.mark.parametrize(("half", "least"), [("tuning", 0.8), ("unseen", 0.6)])
def test_pairs(half: str, least: float) -> None:
    """Reports of one event in two languages are one story; the look-alike beside them is not."""
    wanted = [row["story"] for row in reports(half)]
    pairs = list(combinations(range(len(wanted)), 2))
    same = {(i, j) for i, j in pairs if wanted[i] == wanted[j]}
    joined = {(i, j) for i, j in pairs if placed(half)[i] == placed(half)[j]}
    print(f"\nbilingual {half}: joined {len(joined & same)} of {len(same)}, {len(joined - same)} wrong pairs")
    assert len(joined & same) >= least * len(same)
    assert len(joined - same) <= 4

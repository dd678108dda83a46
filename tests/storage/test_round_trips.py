"""What goes in comes out, whatever it is, on the fake and the real stores."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.article.model import Article, Published
from bot.article.url import LONGEST as LONGEST_URL
from bot.extraction.findings import Findings
from bot.ports.store import ArticleState, Store
from bot.storage.columns import storable
from bot.stories.novelty import LONGEST
from tests.storage.samples import CONSOLE, LATER, NOW, alert, article, entry, judged, poll, source

FEW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Every character that Python knows, those too that no database holds: NUL and lone surrogates.
TEXTS = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\x00", "\ud83d", "😀\u202e\x1b[2J", "\ufeff'\"\\"]
)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001 - Hypothesis adds the zone
TIMES = st.dates().map(lambda day: Published.parse(day.isoformat())) | st.builds(Published, at=MOMENTS)
LONGEST_KEY = 300  # characters that the reader of feeds lets through; it hashes longer ones
LONE = re.compile("[\ud800-\udfff]")
numbers = count()


def stored(value: Article) -> Article:
    """The article as any database holds it."""
    return replace(value, text=storable(value.text), title=value.title and storable(value.title))


async def fetched(store: Store) -> Sequence[Article]:
    """All articles that wait to be read."""
    return [item.article for item in await store.waiting(ArticleState.FETCHED, 999)]


@FEW
@given(text=TEXTS.filter(str.strip), title=st.none() | TEXTS, published=st.none() | TIMES)
async def test_articles(real_store: Store, text: str, title: str | None, published: Published | None) -> None:
    """An article of any characters and times comes back, NUL and surrogates replaced one for one."""
    given_one = replace(article(f"n{next(numbers)}"), text=text, title=title, published=published)
    await real_store.put_article(given_one, now=NOW)
    (found,) = [one for one in await fetched(real_store) if one.id == given_one.id]
    assert found == stored(given_one)
    assert str(found.published) == str(published)
    assert len(found.text) == len(text)


@FEW
@given(title=TEXTS, key=TEXTS.filter(str.strip))
async def test_alerts(real_store: Store, title: str, key: str) -> None:
    """An alert of any characters comes back from its JSON, which keeps NUL."""
    number = next(numbers)
    about, told = article(f"n{number}"), alert(f"a{number}", about=f"n{number}", key=f"{number} {key}")
    told = replace(told, article=replace(told.article, title=title))
    await real_store.record_judgement(
        about, Findings(lang="de"), [judged(told, CONSOLE)], story=None, now=NOW
    )
    (found,) = await real_store.latest(1)
    assert found.article.title == LONE.sub("\ufffd", title)
    assert found.key == LONE.sub("\ufffd", told.key)


@FEW
@given(moment=MOMENTS)
async def test_moments(real_store: Store, moment: datetime) -> None:
    """A moment of any zone comes back as the same one in UTC, to the microsecond."""
    name = f"s{next(numbers)}"
    await real_store.put_sources([source(name)], NOW)
    await real_store.record_failure(name, "HTTP 500", now=moment, next_poll=LATER)
    (status,) = await real_store.sources()
    assert status.last_attempt == moment
    assert status.last_attempt is not None
    assert status.last_attempt.tzinfo is UTC


def noise(length: int, alphabet: str) -> str:
    """Text that cannot be packed."""
    digits = "".join(sha256(str(number).encode()).hexdigest() for number in range(length))
    pairs = zip(digits[::2], digits[1::2], strict=True)
    return "".join(alphabet[int(a + b, 16) % len(alphabet)] for a, b in pairs)[:length]


@pytest.mark.parametrize(
    "alphabet", ["abcdefghijklmnopqrstuvwxyz", "".join(map(chr, range(0x1F300, 0x1F400)))]
)
async def test_longest_keys(store: Store, alphabet: str) -> None:
    """The longest keys and addresses that the other rooms hand over find room in every index."""
    link = "https://a.example/" + noise(LONGEST_URL - 20, "abcdefghijklmnopqrstuvwxyz")
    await store.put_sources([source()], NOW)
    assert await poll(store, entry(noise(LONGEST_KEY, alphabet), link=link)) == 1
    told = alert("1", key=noise(LONGEST, alphabet))
    await store.record_judgement(article(), Findings(lang="de"), [judged(told, CONSOLE)], story=None, now=NOW)
    assert await store.told(told.rule_id, told.key, since=NOW, demo=False) == [told]

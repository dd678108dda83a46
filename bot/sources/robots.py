"""robots.txt, as RFC 9309 has it: what a site asks programs not to fetch.

A site without a readable file forbids nothing. Where the server only fails for the moment the last copy
holds; where there is none, we go on: we fetch what a person named, and what that names, not whole sites.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from bot.errors import DisallowedError, SourceError

AGENT = "depesche"  # the product token that a file may name
LIMIT = 512_000  # bytes that are read; the standard asks for 500 KiB at least
KEPT = timedelta(hours=24)
TRY_AGAIN = timedelta(minutes=10)  # after an answer that may be another one soon
MOST_SITES = 5_000
MOST_RULES = 2_000  # of one site
LONGEST_RULE = 2_000  # characters of a path or a pattern
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line: a pattern in which `*` stands for anything and `$` for the end."""

    allow: bool
    pattern: str

    def fits(self, path: str) -> bool:
        """Whether a path begins as the pattern says."""
        pieces = self.pattern.removesuffix("$").split("*")
        at = 0
        if not path.startswith(pieces[0]):
            return False
        for piece in pieces:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        if not self.pattern.endswith("$"):
            return True
        return path.endswith(pieces[-1]) and (len(pieces) > 1 or at == len(path))


@dataclass(frozen=True, kw_only=True)
class Robots:
    """What one site asks of us."""

    rules: tuple[Rule, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched: the longest fitting pattern decides, of two the kinder."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if path == "/robots.txt":
            return True
        fitting = [rule for rule in self.rules if rule.fits(path[:LONGEST_RULE])]
        best = max(fitting, key=lambda rule: (len(rule.pattern), rule.allow), default=None)
        return best is None or best.allow


def parse_robots(text: str) -> Robots:
    """What a file asks of us: the lines of the groups that name us, else of those for everybody."""
    named: list[Rule] = []
    everybody: list[Rule] = []
    is_named = False
    for agents, rule in _lines(text):
        is_named = is_named or AGENT in agents
        if rule and AGENT in agents:
            named.append(rule)
        elif rule and "*" in agents:
            everybody.append(rule)
    return Robots(rules=tuple((named if is_named else everybody)[:MOST_RULES]))


def _lines(text: str) -> Iterator[tuple[frozenset[str], Rule | None]]:
    """Each line of a group with the agents it is for."""
    agents: set[str] = set()
    in_head = False
    for line in text.lstrip("\ufeff").splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            agents = {*(agents if in_head else ()), value.lower().partition("/")[0]}
            in_head = True
            yield frozenset(agents), None
        elif key in ("allow", "disallow"):
            in_head = False
            yield frozenset(agents), _rule(key, value)


def _rule(key: str, value: str) -> Rule | None:
    """An empty pattern says nothing."""
    if not value or len(value) > LONGEST_RULE:
        return None
    return Rule(allow=key == "allow", pattern=value)


@dataclass(frozen=True, kw_only=True)
class _Copy:
    robots: Robots
    until: datetime


Fetch = Callable[[str], Awaitable[bytes | None]]
"""Gets a robots.txt; None where the site surely has none. Raises SourceError where nobody knows."""


class RobotsGate:
    """Asks the robots.txt of each site once a day before anything else of it is fetched.

    Args:
        fetch: Gets a file.
        now: The current moment, timezone-aware.
    """

    def __init__(self, fetch: Fetch, now: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._now = now
        self._copies: OrderedDict[str, _Copy] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: str) -> None:
        """Let an address pass.

        Raises:
            DisallowedError: The site asks us not to fetch it.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        copy = self._valid(site) or await self._fresh(site)
        if not copy.robots.allows(url):
            raise DisallowedError(f"{parts.hostname}: its robots.txt asks programs not to fetch this address")

    def _valid(self, site: str) -> _Copy | None:
        copy = self._copies.get(site)
        return copy if copy and copy.until > self._now() else None

    async def _fresh(self, site: str) -> _Copy:
        """A new copy; of several who want it one asks."""
        async with self._asking.setdefault(site, asyncio.Lock()):
            if copy := self._valid(site):
                return copy
            copy = await self._asked(site, self._copies.get(site))
            self._keep(site, copy)
            return copy

    async def _asked(self, site: str, known: _Copy | None) -> _Copy:
        now = self._now()
        try:
            body = await self._fetch(f"{site}/robots.txt")
        except SourceError:
            return _Copy(robots=known.robots if known else Robots(), until=now + TRY_AGAIN)
        robots = parse_robots(body.decode("utf-8", "replace")) if body else Robots()
        return _Copy(robots=robots, until=now + KEPT)

    def _keep(self, site: str, copy: _Copy) -> None:
        self._copies[site] = copy
        self._copies.move_to_end(site)
        if len(self._copies) > MOST_SITES:
            self._copies.popitem(last=False)

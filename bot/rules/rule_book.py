"""The rules in force, as files come, change and go: of each file the last version that was good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from types import MappingProxyType
from typing import Protocol

from bot.errors import Issue
from bot.rules.index.rule_index import RuleIndex
from bot.rules.loader import EVENT_TYPES, load_rule, place_of_id
from bot.rules.model import Rule


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What became of a change to a file.

    Attributes:
        place: The file.
        rule_id: The rule it holds now, or held until it went; None where it never held one.
        issues: What is wrong with it, in order of place.
        kept: It is bad now, and its last good version goes on.
        version: `Rule.version` of the rule that it holds now, or held until it went.
    """

    place: str
    rule_id: str | None
    issues: tuple[Issue, ...] = ()
    kept: bool = False
    version: str = ""

    @property
    def bad(self) -> bool:
        """Whether the file as it is now is not in force."""
        return any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True, kw_only=True)
class FileRead:
    """A rule file after reading: its rule, or None where an issue keeps it out."""

    place: str
    text: str
    rule: Rule | None
    issues: tuple[Issue, ...] = ()


class Kept(Protocol):
    """What was read of rule files before; each answer is for a text that did not change since."""

    def get(self, place: str, text: str) -> FileRead | None:
        """What came of reading this text at this place; None where it has to be read."""
        ...

    def put(self, read: FileRead) -> None:
        """Keep what was read."""
        ...

    def last_good(self, place: str) -> Rule | None:
        """The last good version of a file, where it is wanted after a restart."""
        ...


class RuleBook:
    """Rules by id and in an index, changed one file at a time.

    Where two files have the same id, the one that came first counts; the other takes over when that goes.
    """

    def __init__(
        self,
        files: Iterable[tuple[str, str]] = (),
        *,
        event_types: frozenset[str] = EVENT_TYPES,
        kept: Kept | None = None,
    ) -> None:
        self._event_types = event_types
        self._kept = kept
        self._by_place: dict[str, Rule] = {}
        self._rivals: dict[str, dict[str, Rule]] = {}
        self._by_id: dict[str, Rule] = {}
        self.index = RuleIndex()
        self.issues = [issue for place, text in files for issue in self.put(place, text).issues]

    @classmethod
    def of(cls, *rules: Rule) -> "RuleBook":
        """A book of rules that stand in no files."""
        book = cls()
        for rule in rules:
            book.hold(rule, rule.place or rule.id)
        return book

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, in the order they came."""
        return tuple(self._by_id.values())

    @property
    def by_id(self) -> Mapping[str, Rule]:
        """The same by their id."""
        return MappingProxyType(self._by_id)

    def know(self, event_types: frozenset[str]) -> bool:
        """Files read from now on may ask for these event types; say whether they are others than before."""
        changed, self._event_types = event_types != self._event_types, event_types
        if changed:
            self._kept = None  # what is kept was read with those before; the next start begins anew
        return changed

    def put(self, place: str, text: str) -> Edit:
        """Read a file that is new or has changed."""
        return self.take(self.read(place, text))

    def read(self, place: str, text: str) -> FileRead:
        """Read a file; nothing changes yet, so this may be done while articles are judged."""
        if self._kept and (known := self._kept.get(place, text)):
            return known
        rule, issues = load_rule(text, place, event_types=self._event_types)
        rule = replace(rule, version=version_of(text)) if rule else None
        read = FileRead(place=place, text=text, rule=rule, issues=tuple(issues))
        if self._kept:
            self._kept.put(read)
        return read

    def take(self, file: FileRead) -> Edit:
        """Put in force what was read."""
        place, rule, issues = file.place, file.rule, file.issues
        if rule is None:
            return self.refuse(place, issues)
        if place != (first := self.hold(rule, place)):
            message = f"the id “{rule.id}” is taken by {first}: choose another"
            line, column = place_of_id(file.text, place)
            issues = (*issues, Issue(place=place, line=line, column=column, message=message))
        return Edit(place=place, rule_id=rule.id, issues=issues, version=rule.version)

    def hold(self, rule: Rule, place: str) -> str:
        """Take what a file holds now; return the file whose rule of that id counts."""
        self._forget(place, but=rule.id)
        rivals = self._rivals.setdefault(rule.id, {})
        rivals[place] = self._by_place[place] = rule
        self._settle(rule.id)
        return next(iter(rivals))

    def refuse(self, place: str, issues: Sequence[Issue]) -> Edit:
        """A file is bad: its last good version goes on."""
        last = self._by_place.get(place) or self._taken_up(place)
        if last is None:
            return Edit(place=place, rule_id=None, issues=tuple(issues))
        return Edit(place=place, rule_id=last.id, issues=tuple(issues), kept=True, version=last.version)

    def _taken_up(self, place: str) -> Rule | None:
        """The last good version from before a restart."""
        last = self._kept.last_good(place) if self._kept else None
        if last:
            self.hold(last, place)
        return last

    def drop(self, place: str) -> Edit:
        """A file is gone, and with it its rule."""
        last = self._by_place.get(place)
        self._forget(place)
        return Edit(place=place, rule_id=last.id if last else None, version=last.version if last else "")

    def _forget(self, place: str, but: str | None = None) -> None:
        """Take out what a file held, unless it still has that id."""
        last = self._by_place.pop(place, None)
        if last is None or last.id == but:
            return
        del self._rivals[last.id][place]
        self._settle(last.id)

    def _settle(self, rule_id: str) -> None:
        """Of all files with an id the first one counts."""
        rule = next(iter(self._rivals[rule_id].values()), None)
        if rule is None:
            del self._rivals[rule_id], self._by_id[rule_id]
            self.index.drop(rule_id)
        elif rule is not self._by_id.get(rule_id):
            self._by_id[rule_id] = rule
            self.index.put(rule)


def version_of(text: str) -> str:
    """What names a text: 16 hex digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

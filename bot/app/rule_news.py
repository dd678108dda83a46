"""What becomes of rule files is told: in the log, in the status, and once to whoever owns the bot."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import PurePath

import structlog

from bot.app.standing import Standing
from bot.commands.wording import say
from bot.errors import Issue, StoreError
from bot.ports.notices import Notice, Notices
from bot.rules.model import Rule
from bot.rules.rule_book import Edit, RuleBook

log = structlog.get_logger()

EACH = 3  # bad files that are told one by one; more that come together are one notice
NAMED = 5  # of them are named in it


class RuleNews:
    """Remembers which files are bad.

    Args:
        book: The rules in force.
        standing: What the status shows.
        notices: What the owner is told.
        at_start: What was wrong when the book was read; the log has it already.
        changed: Told of the rules when some of them have changed.
    """

    def __init__(
        self,
        book: RuleBook,
        standing: Standing,
        notices: Notices,
        *,
        at_start: Iterable[Issue] = (),
        changed: Callable[[Mapping[str, Rule]], Awaitable[None]] | None = None,
    ) -> None:
        self._book = book
        self._changed = changed
        self._at_start = list(at_start)
        self._standing = standing
        self._notices = notices
        self._bad: dict[str, Edit] = {}
        self._keys: dict[str, str] = {}

    @property
    def bad(self) -> int:
        """How many files are not in force as they are."""
        return len(self._bad)

    async def begin(self) -> None:
        """Say what was wrong at the start, once."""
        found: dict[str, tuple[Issue, ...]] = {}
        for issue in self._at_start:
            found[issue.place] = (*found.get(issue.place, ()), issue)
        self._at_start.clear()
        await self._tell([self._book.refuse(place, some) for place, some in found.items()])

    async def tell(self, edits: Sequence[Edit]) -> None:
        """Say what became of changes that came together."""
        for edit in edits:
            log_edit(edit)
        await self._tell(edits)

    async def _tell(self, edits: Sequence[Edit]) -> None:
        fresh = [edit for edit in edits if edit.bad and edit.place not in self._bad]
        mended = [edit.place for edit in edits if not edit.bad and edit.place in self._bad]
        self._bad |= {edit.place: edit for edit in edits if edit.bad}
        mended += [place for place, edit in self._bad.items() if self._is_in_force(edit)]
        for place in mended:
            self._bad.pop(place, None)
        self._standing.rule_files(self._reason())
        try:
            await self._tell_owner(fresh, mended)
            if self._changed:
                await self._changed(self._book.by_id)
        except StoreError as error:
            log.warning("the owner is not told of rule files", why=str(error))

    def _is_in_force(self, edit: Edit) -> bool:
        """A file whose id was taken takes over when the other goes."""
        rule = self._book.by_id.get(edit.rule_id or "")
        return not edit.kept and rule is not None and rule.place == edit.place

    def _reason(self) -> str | None:
        if not self._bad:
            return None
        first = next(iter(self._bad.values()))
        more = f" (and {len(self._bad) - 1} more)" if len(self._bad) > 1 else ""
        goes_on = "; its last good version goes on" if first.kept else ""
        return f"{where(_error(first))}{goes_on}{more}"

    async def _tell_owner(self, fresh: Sequence[Edit], mended: Iterable[str]) -> None:
        for place in mended:
            if key := self._keys.pop(place, None):
                await self._notices.withdraw(key)
        found = [_of_one(edit) for edit in fresh] if len(fresh) <= EACH else [_of_many(fresh)]
        for edit, notice in zip(fresh, found, strict=False):
            self._keys[edit.place] = notice.key
            await self._notices.post(notice)


def _of_one(edit: Edit) -> Notice:
    """One notice for each good version that is kept: who edits step by step is told once."""
    name, end = PurePath(edit.place).name, "kept" if edit.kept else "never"
    texts = {
        lang: say(lang, f"rule_file_bad_{end}", file=name, rule=edit.rule_id or "", why=where(_error(edit)))
        for lang in ("de", "en")
    }
    return Notice(key=f"rule file {edit.place} {edit.version or 'new'}", texts=texts)


def _of_many(edits: Sequence[Edit]) -> Notice:
    """One notice for all."""
    named = "\n".join(f"• {where(_error(edit))}" for edit in edits[:NAMED])
    together = "\n".join(sorted(f"{edit.place} {edit.version}" for edit in edits))
    digest = blake2b(together.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    texts = {lang: say(lang, "rule_files_bad", n=len(edits), named=named) for lang in ("de", "en")}
    return Notice(key=f"rule files {digest}", texts=texts)


def _error(edit: Edit) -> Issue:
    return next(issue for issue in edit.issues if issue.severity == "error")


def where(issue: Issue) -> str:
    """An issue with the name of its file alone: a phone is narrow."""
    place = ":".join(map(str, filter(None, (PurePath(issue.place).name, issue.line, issue.column))))
    return f"{place}: {issue.message}"


def log_edit(edit: Edit) -> None:
    """Log what became of a change to a rule file."""
    for issue in edit.issues:
        log.warning("rule file", issue=str(issue))
    if edit.kept:
        log.warning("rule kept as it was: mend the file", rule=edit.rule_id, file=edit.place)
    elif edit.rule_id and not edit.bad:
        log.info("rule read again", rule=edit.rule_id, file=edit.place)

"""What the running bot tells its operator: few lines, each once, in the operator's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.commands.wording import say
from bot.errors import OfflineError
from bot.pipeline.poll import Polled


@dataclass(kw_only=True)
class Announcer:
    """Turns what happens into calm lines; a state is told when it changes, not while it lasts.

    Attributes:
        tell: Takes one line.
        program: What to type to call this program.
    """

    lang: str
    tell: Callable[[str], None]
    program: str = "depesche"
    offline: bool = False
    failing: frozenset[str] = frozenset()
    caught_up: bool = False

    def line(self, key: str, **values: object) -> None:
        """Tell one of the bot's own sentences."""
        self.tell(say(self.lang, key, program=self.program, **values))

    def watching(self, *, rules: int, sources: int) -> None:
        """Tell how much is watched."""
        counted = {
            "rules": say(self.lang, "n_rules", n=rules),
            "sources": say(self.lang, "n_sources", n=sources),
        }
        self.line("watching", **counted)

    def polled(self, round_: Sequence[Polled]) -> None:
        """Tell what a round of polling changed."""
        if new := sum(polled.new for polled in round_):
            self.caught_up = False
            self.line("articles_found", n=new)
        remote = [polled for polled in round_ if polled.source.kind != "demo"]
        self._connection(remote)
        self._failures(remote)

    def _connection(self, remote: Sequence[Polled]) -> None:
        unreached = [polled for polled in remote if isinstance(polled.error, OfflineError)]
        # One unknown host among others is that source's trouble; all of them is ours.
        if remote and len(unreached) == len(remote):
            if not self.offline:
                self.line("offline", n=len(unreached))
            self.offline = True
        elif remote:
            if self.offline:
                self.line("online")
            self.offline = False

    def _failures(self, remote: Sequence[Polled]) -> None:
        if self.offline:
            return
        failed = {polled.source.id for polled in remote if polled.error}
        if fresh := failed - self.failing:
            self.line("failed", n=len(fresh))
        fine = {polled.source.id for polled in remote if not polled.error}
        self.failing = frozenset(self.failing | failed) - fine

    def idle(self) -> None:
        """Tell that nothing waits, once after each spell of work."""
        if not self.caught_up:
            self.line("caught_up")
        self.caught_up = True

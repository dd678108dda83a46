"""Errors that a running bot outlives: told when they begin and when they are over, not while they last."""

from dataclasses import dataclass

import structlog

from bot.errors import DepescheError

log = structlog.get_logger()


class Troubles:
    """What stands in the way of the loops. One trouble may stop several; it is told once."""

    def __init__(self) -> None:
        self._lasting: dict[str, str] = {}

    def outlived(self, doing: str) -> "_Outlived":
        """A block whose error is told and goes no further: nothing else may stop."""
        return _Outlived(self, doing)

    def begin(self, doing: str, error: Exception) -> None:
        """Something cannot be done now."""
        # What Depesche itself reports is a line for a person; of anything else the kind matters.
        known = isinstance(error, DepescheError)
        line = str(error) if known else f"{type(error).__name__}: {error}"
        if line not in self._lasting.values():
            if known:
                log.error("waiting until this is mended", error=line)
            else:
                log.error("unforeseen error, going on", doing=doing, error=line)
        log.debug("trace", exc_info=error)
        self._lasting[doing] = line

    def end(self, doing: str) -> None:
        """It went well."""
        if self._lasting.pop(doing, None) and not self._lasting:
            log.warning("mended, going on")


@dataclass(frozen=True)
class _Outlived:
    troubles: Troubles
    doing: str

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None:
            self.troubles.end(self.doing)
        elif isinstance(error, Exception):
            self.troubles.begin(self.doing, error)
            return True
        return False

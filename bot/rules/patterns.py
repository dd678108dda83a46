"""Regular expressions of users: RE2 only, so that none can cost more than time in proportion to the text."""

from functools import lru_cache
from typing import Any

import re2

MAX_LENGTH = 1000
MAX_MEMORY = 1 << 20  # bytes a compiled pattern may take


class PatternError(ValueError):
    """Not a pattern we take; `column` counts code points of the pattern from 0."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


@lru_cache(maxsize=10_000)
def compiled(pattern: str) -> Any:
    """The compiled pattern; upper and lower case count as the same.

    Raises:
        PatternError: RE2 does not take it.
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"pattern is longer than {MAX_LENGTH} characters")
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    options.max_mem = MAX_MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise _explained(pattern, error.args[0]) from None


def _explained(pattern: str, problem: bytes | str) -> PatternError:
    """RE2 names the kind of mistake and the part of the pattern, as `missing ): (abc`."""
    words = problem.decode(errors="replace") if isinstance(problem, bytes) else problem
    kind, _, part = words.partition(": ")
    column = max(0, pattern.find(part)) if part else 0
    mend = (
        ": RE2 has no look-around and no back-references"
        if kind.startswith("invalid") and "(?" in part
        else ""
    )
    return PatternError(f"regular expression: {words}{mend}", column)

"""Logs on standard error: short lines for a terminal, or one JSON object a line for a machine."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
# Tokens of Telegram and Slack, and passwords inside addresses: they never reach a log.
SECRETS = re.compile(
    r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}|\bx(?:ox[a-z]|app)-[A-Za-z0-9-]{10,}|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)


def redacted(text: str) -> str:
    """The text without anything that looks like a token or a password."""
    return SECRETS.sub("…", text)


def configure(*, form: str, level: str) -> None:
    """Set up structlog and the standard library's logging; called once at the start."""
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        _redact,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if form == "json":
        processors.append(structlog.processors.JSONRenderer(ensure_ascii=False))
    else:
        processors.append(_line)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries log too; only what they think is a warning is worth a line.
    logging.basicConfig(level=logging.WARNING, handlers=[_Forward()], force=True)


class _Forward(logging.Handler):
    """Hands the standard library's records on to structlog."""

    def emit(self, record: logging.LogRecord) -> None:
        event = record.getMessage()
        structlog.get_logger().log(record.levelno, event, logger=record.name, exc_info=record.exc_info)


def _redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redacted(value) if isinstance(value, str) else value for key, value in event.items()}


def _line(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> str:
    """`21:04:05 polled 12 feeds · new=3`; the level only where it is a warning or worse."""
    clock = str(event.pop("timestamp"))[11:19]
    level = event.pop("level")
    mark = {"warning": "! ", "error": "!! "}.get(level, "")
    trace = event.pop("exception", None)
    text = str(event.pop("event"))
    details = " ".join(f"{key}={value}" for key, value in event.items())
    line = f"{clock} {mark}{text}" + (f" · {details}" if details else "")
    return f"{line}\n{trace}" if trace else line

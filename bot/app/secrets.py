"""Secrets from the environment or from files; they are kept out of every text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import ConfigError

TELEGRAM = "DEPESCHE_TELEGRAM_TOKEN"
SLACK_BOT = "DEPESCHE_SLACK_BOT_TOKEN"
SLACK_APP = "DEPESCHE_SLACK_APP_TOKEN"
FILE = "_FILE"
VARIABLES = frozenset(name + ending for name in (TELEGRAM, SLACK_BOT, SLACK_APP) for ending in ("", FILE))


@dataclass(frozen=True, kw_only=True)
class Secrets:
    """The tokens that are set; their values show in no representation."""

    telegram: str | None = field(default=None, repr=False)
    slack_bot: str | None = field(default=None, repr=False)
    slack_app: str | None = field(default=None, repr=False)


def read_secrets(environment: Mapping[str, str]) -> Secrets:
    """Read the tokens.

    Raises:
        ConfigError: A variable names a file that cannot be read, or both forms are set; the text never
            shows a value.
    """
    return Secrets(
        telegram=_secret(TELEGRAM, environment),
        slack_bot=_secret(SLACK_BOT, environment),
        slack_app=_secret(SLACK_APP, environment),
    )


def _secret(name: str, environment: Mapping[str, str]) -> str | None:
    value, path = environment.get(name), environment.get(name + FILE)
    if value and path:
        raise ConfigError(f"{name} and {name}{FILE} are both set: keep one")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "not UTF-8 text"
            raise ConfigError(f"{name}{FILE}: {path} cannot be read ({why})") from None
        if not value:
            raise ConfigError(f"{name}{FILE}: {path} is empty")
    return value.strip() if value else None

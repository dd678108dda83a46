"""Quiet hours and digests as the configuration writes them."""

from typing import Annotated

from pydantic import AfterValidator, Field

from bot.alerts.hours import parse_digest, parse_quiet


def quiet_hours(text: str) -> str:
    """Check quiet hours.

    Raises:
        ValueError: They are none, with the form to write.
    """
    found = parse_quiet(text)
    if found is None:
        raise ValueError(f"`{text}` are no quiet hours; write them such as `22:00-07:00`")
    return str(found)


def digest_times(text: str) -> str:
    """Check when a digest comes.

    Raises:
        ValueError: It is no such time, with the forms to write.
    """
    found = parse_digest(text)
    if found is None:
        raise ValueError(f"`{text}` is no time of a digest; write `daily 07:30` or `mon 07:30`")
    return str(found)


Quiet = Annotated[
    str,
    AfterValidator(quiet_hours),
    Field(description="Local times between which alerts are held, such as `22:00-07:00`"),
]
Digest = Annotated[
    str,
    AfterValidator(digest_times),
    Field(description="One summary in place of single alerts: `daily 07:30` or `mon 07:30`, local time"),
]

"""Where the web edge listens, as people write it: `off`, `127.0.0.1:8640`, `8640`, `[::1]:8640`."""

import re
from dataclasses import dataclass
from ipaddress import ip_address

LOOPBACK = "127.0.0.1"
_WRITTEN = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):)?(?P<port>\d{1,5})")


@dataclass(frozen=True, kw_only=True)
class ListenAddress:
    """A host, an IPv6 one without brackets, and a port from 1 to 65535."""

    host: str
    port: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_private(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def listen_address(value: object) -> ListenAddress | None:
    """Read it; a port alone is on loopback. `off`, which YAML reads as false, is None.

    Raises:
        ValueError: It is neither.
    """
    if isinstance(value, ListenAddress):
        return value
    if value is None or value is False or value == "off":
        return None
    found = _WRITTEN.fullmatch(str(value).strip())
    if not found or not 0 < int(found["port"]) < 65536:
        raise ValueError("write `off`, or a host and a port such as `127.0.0.1:8640`")
    return ListenAddress(host=(found["host"] or LOOPBACK).strip("[]"), port=int(found["port"]))

"""Name lookups that a test holds in its hand."""

import socket
from collections.abc import Mapping, Sequence

from aiohttp.abc import AbstractResolver, ResolveResult


class FakeResolver(AbstractResolver):
    """Gives a name's addresses, the next ones at each lookup; the last ones stay.

    Args:
        names: Addresses by host, one tuple for each lookup; an OSError is raised.
    """

    def __init__(self, names: Mapping[str, Sequence[tuple[str, ...] | OSError]]) -> None:
        self._names = {host: list(lookups) for host, lookups in names.items()}
        self.lookups: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the interface has it
    ) -> list[ResolveResult]:
        """The scripted addresses, unfiltered: what comes after must not trust them."""
        self.lookups.append(host)
        answers = self._names.get(host) or [socket.gaierror(socket.EAI_NONAME, "Name or service not known")]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, OSError):
            raise answer
        return [_result(host, address, port) for address in answer]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )

"""The address guard: what news or a user names may not lead us into our own network.

It looks at the address a connection is really made to, after DNS, so a name that resolves to something
else the second time gains nothing.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sources.threads import in_thread

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSAL = "its address is not public (to allow it, name its network in the configuration)"

# Not reachable for the public, though the library calls some of them global.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier NAT, and 100.100.100.200, a metadata service
        "168.63.129.16/32",  # a cloud's metadata service on a public address
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "fec0::/10",
        "64:ff9b:1::/48",
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
    )
)
_WITH_IPV4 = (
    (ip_network("::/96"), 0),
    (ip_network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (ip_network("64:ff9b::/96"), 0),  # NAT64
    (ip_network("2002::/16"), 80),  # 6to4
)


class AddressRefusedError(OSError):
    """The guard refuses to connect there; the text is fit for a status line."""


class AddressGuard:
    """Says which addresses may be connected to.

    Args:
        allow: Networks (CIDR) that are allowed although they are not public: self-hosted feeds, tests.

    Raises:
        ValueError: An entry of `allow` is no network.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allowed: tuple[Network, ...] = tuple(ip_network(network) for network in allow)

    def permits(self, address: str) -> bool:
        """Whether an IP address, as text, may be connected to."""
        try:
            ip = _plain(ip_address(address.partition("%")[0]))
        except ValueError:
            return False
        return any(ip in network for network in self._allowed) or _is_public(ip)

    def open_socket(self, info: AddrInfoType) -> socket.socket:
        """Make the socket for one address that getaddrinfo gave; the last gate before a connection.

        Raises:
            AddressRefusedError: The address is not permitted.
        """
        family, kind, protocol, _, where = info
        if not self.permits(str(where[0])):
            raise AddressRefusedError(_REFUSAL)
        return socket.socket(family=family, type=kind, proto=protocol)


class GuardedResolver(AbstractResolver):
    """Looks names up by the system's resolver and gives the permitted addresses.

    Raises:
        AddressRefusedError: The name has only addresses that are not permitted.
        OSError: The name cannot be found.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of a host, as aiohttp wants them."""
        infos = await in_thread(_look_up, host, port, family)
        permitted = [
            ResolveResult(
                hostname=host,
                host=str(where[0]),
                port=port,
                family=kin,
                proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for kin, _, protocol, _, where in infos
            if self._guard.permits(str(where[0]))
        ]
        if infos and not permitted:
            raise AddressRefusedError(_REFUSAL)
        return permitted

    async def close(self) -> None:
        """Nothing is held."""


_Info = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]


def _look_up(host: str, port: int, family: int) -> list[_Info]:
    try:
        return list(socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM))
    except UnicodeError as error:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, "not a valid host name") from error


def _plain(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, or itself."""
    if isinstance(ip, IPv6Address):
        for network, shift in _WITH_IPV4:
            if ip in network:
                return IPv4Address((int(ip) >> shift) & 0xFFFFFFFF)
    return ip


def _is_public(ip: Address) -> bool:
    if any(ip in network for network in _REFUSED):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved

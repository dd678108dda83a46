import socket

import pytest

from bot.errors import OfflineError, SourceError
from bot.sources.client import HttpClient
from bot.sources.guard import AddressGuard, AddressRefusedError, GuardedResolver
from bot.sources.limits import Limits
from tests.fakes.feed_server import FeedServer, Reply
from tests.fakes.resolver import FakeResolver
from tests.sources.samples import LOOPBACK, RSS, noon

ANY = "0.0.0.0"  # noqa: S104 - nothing is bound to it
REFUSED = [
    "127.0.0.1", "127.8.8.8", ANY, "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.8", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::", "2001:0:4136:e378::1", "2001:db8::1",
    "", "localhost", "2130706433", "127.1", "0x7f.0.0.1", "1.2.3.4.5",
]  # fmt: skip
PERMITTED = [
    "1.1.1.1",
    "93.184.216.34",
    "172.32.0.1",
    "2606:4700:4700::1111",
    "::ffff:1.1.1.1",
    "64:ff9b::101:101",
    "2002:101:101::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    """Addresses of the own machine, the own network and the cloud's services are refused."""
    assert not AddressGuard().permits(address)


@pytest.mark.parametrize("address", PERMITTED)
def test_permitted(address: str) -> None:
    """Public addresses are permitted, also in their IPv6 dress."""
    assert AddressGuard().permits(address)


def test_allowed() -> None:
    """A network that is named is permitted, and only that."""
    guard = AddressGuard(["10.1.0.0/16", "fd12::/32"])
    assert guard.permits("10.1.2.3")
    assert guard.permits("::ffff:10.1.2.3")
    assert guard.permits("fd12::1")
    assert not guard.permits("10.2.0.1")
    assert not guard.permits("127.0.0.1")


def test_bad_network() -> None:
    """A network that is none is an error at once."""
    with pytest.raises(ValueError, match="nonsense"):
        AddressGuard(["nonsense"])


def test_last_gate() -> None:
    """No socket is made for an address that is refused."""
    info = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80))
    with pytest.raises(AddressRefusedError):
        AddressGuard().open_socket(info)
    AddressGuard(LOOPBACK).open_socket(info).close()


async def test_resolver_filters() -> None:
    """A name of this machine resolves only where the guard allows it."""
    with pytest.raises(AddressRefusedError):
        await GuardedResolver(AddressGuard()).resolve("localhost", 80, socket.AF_INET)
    found = await GuardedResolver(AddressGuard(LOOPBACK)).resolve("localhost", 80, socket.AF_INET)
    assert {result["host"] for result in found} == {"127.0.0.1"}


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".example", "host.invalid"])
async def test_resolver_fails_plainly(host: str) -> None:
    """A name that cannot be looked up is an OSError, whatever is wrong with it."""
    with pytest.raises(OSError):  # noqa: PT011 - its kind depends on the system
        await GuardedResolver(AddressGuard()).resolve(host, 80)


async def outcome(url: str, resolver: FakeResolver, allow: tuple[str, ...] = ()) -> str:
    """What a fetch says."""
    client = HttpClient(
        now=noon, limits=Limits(total=3, robots=False), guard=AddressGuard(allow), resolver=resolver
    )
    try:
        return (await client.get(url, headers={}, max_bytes=100_000)).url
    except SourceError as error:
        return str(error)
    finally:
        await client.close()


REFUSAL = "its address is not public (to allow it, name its network in the configuration)"


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", ANY])
async def test_literal_addresses(host: str) -> None:
    """An address in the place of a name passes no resolver and is refused all the same."""
    assert (await outcome(f"http://{host}:9/", FakeResolver({}))).endswith(REFUSAL)


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f000001"])
async def test_odd_addresses(host: str) -> None:
    """Numbers that C libraries take for addresses lead nowhere."""
    assert await outcome(f"http://{host}:9/", FakeResolver({})) in (
        "the address is not valid",
        f"{host} cannot be found: no internet, or the address is wrong",
    )


async def test_private_name() -> None:
    """A public name with a private address is refused at the connection."""
    resolver = FakeResolver({"feeds.example": [("10.0.0.7",)]})
    assert await outcome("http://feeds.example/", resolver) == f"feeds.example: {REFUSAL}"


async def test_rebinding(server: FeedServer) -> None:
    """A name that is allowed first and then points elsewhere is refused at the second connection."""
    server.script("/feed", Reply(body=RSS, headers={"Connection": "close"}))
    names = {"feeds.example": [("127.0.0.1",), ("127.0.0.2",)]}
    client = HttpClient(
        now=noon,
        limits=Limits(total=3, robots=False),
        guard=AddressGuard(["127.0.0.1/32"]),
        resolver=FakeResolver(names),
    )
    url = server.url("/feed", host="feeds.example")
    assert (await client.get(url, headers={}, max_bytes=100_000)).status == 200
    with pytest.raises(SourceError, match="not public"):
        await client.get(url, headers={}, max_bytes=100_000)
    await client.close()


async def test_redirect_to_private(server: FeedServer) -> None:
    """A redirect into the own network is refused, by address and by name."""
    resolver = FakeResolver({"feeds.example": [("127.0.0.1",)], "inner.example": [("192.168.0.1",)]})
    for target in ("http://169.254.169.254/latest/meta-data", "http://inner.example/", "http://[::1]/"):
        server.script("/go", Reply(status=302, location=target))
        said = await outcome(server.url("/go", host="feeds.example"), resolver, ("127.0.0.1/32",))
        assert said.endswith(REFUSAL)


async def test_unknown_name() -> None:
    """A name that cannot be found is recognised as a possible lack of internet."""
    client = HttpClient(now=noon, limits=Limits(), guard=AddressGuard(), resolver=FakeResolver({}))
    with pytest.raises(OfflineError, match=r"feeds\.example cannot be found"):
        await client.get("https://feeds.example/", headers={}, max_bytes=1)
    await client.close()


async def test_no_route() -> None:
    """A network without a way out is recognised too."""
    resolver = FakeResolver({"feeds.example": [OSError(101, "Network is unreachable")]})
    assert "cannot be looked up" in await outcome("https://feeds.example/", resolver)

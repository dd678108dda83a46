import pytest

from bot.app.listening import ListenAddress, listen_address


@pytest.mark.parametrize(
    ("written", "host", "port", "private"),
    [
        ("127.0.0.1:8640", "127.0.0.1", 8640, True),
        (8640, "127.0.0.1", 8640, True),
        ("localhost:80", "localhost", 80, True),
        ("[::1]:8640", "::1", 8640, True),
        ("0.0.0.0:8640", "0.0.0.0", 8640, False),  # noqa: S104 - only read
        ("news.example.org:443", "news.example.org", 443, False),
    ],
)
def test_listen_address(written: object, host: str, port: int, private: bool) -> None:  # noqa: FBT001
    """Where to listen is a host and a port; a port alone is on loopback."""
    found = listen_address(written)
    assert found == ListenAddress(host=host, port=port)
    assert found.is_private is private
    assert listen_address(str(found)) == found


@pytest.mark.parametrize("written", [None, False, "off"])
def test_off(written: object) -> None:
    """`off`, as YAML reads it or not, listens nowhere."""
    assert listen_address(written) is None


@pytest.mark.parametrize("written", ["on", "", "a:b", "127.0.0.1", "0", "1:70000", True, "a b:1"])
def test_no_address(written: object) -> None:
    """Anything else is refused with what to write."""
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:8640"):
        listen_address(written)

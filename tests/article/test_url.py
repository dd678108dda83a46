import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.url import absolute_url, canonical_url, host_of

CANONICAL = [
    ("HTTPS://Example.ORG", "https://example.org/"),
    ("https://example.org:443/a", "https://example.org/a"),
    ("http://example.org:80/a", "http://example.org/a"),
    ("http://example.org:8080/a", "http://example.org:8080/a"),
    ("https://example.org/a#absatz-2", "https://example.org/a"),
    ("https://example.org/a?utm_source=rss&UTM_Medium=feed", "https://example.org/a"),
    ("https://example.org/a?b=2&fbclid=xyz&a=1", "https://example.org/a?a=1&b=2"),
    ("https://example.org/a?id=2&id=1", "https://example.org/a?id=2&id=1"),
    ("https://example.org/a?leer=&b", "https://example.org/a?b&leer="),
    ("https://user:secret@example.org/a", "https://example.org/a"),
    ("https://example.org./a", "https://example.org/a"),
    ("https://bücher.example/größe", "https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe"),
    ("https://example.org/%7euser/%c3%bc", "https://example.org/~user/%C3%BC"),
    ("https://example.org/a/../b/./c", "https://example.org/b/c"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("  https://example.org/a\n", "https://example.org/a"),
    ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"),
    ("https://example.org/a/", "https://example.org/a/"),
    ("https://www.example.org/a", "https://www.example.org/a"),
]
NONE = [
    "",
    "example.org/a",
    "ftp://example.org/a",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "https:///a",
    "https://example.org:port/",
    "http://[::1",
    "https://exa mple.org/",
    "https://example.org/" + "a" * 3_000,
    "https://" + "a" * 70 + ".example/",
]


@pytest.mark.parametrize(("url", "canonical"), CANONICAL)
def test_canonical(url: str, canonical: str) -> None:
    """Only what the standard or a well-known tracker allows is changed."""
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("url", NONE)
def test_no_address(url: str) -> None:
    """What is not an absolute http(s) address has no canonical form."""
    assert canonical_url(url) is None


@given(st.text(max_size=60))
def test_idempotent(tail: str) -> None:
    """The canonical form of a canonical form is itself."""
    canonical = canonical_url("https://example.org/" + tail)
    if canonical is not None:
        assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("/a?utm_source=x", "https://example.org/feed.xml", "https://example.org/a?utm_source=x"),
        ("b", "https://example.org/dir/feed.xml", "https://example.org/dir/b"),
        ("//cdn.example.org/c", "https://example.org/", "https://cdn.example.org/c"),
        ("https://example.org/a b", None, "https://example.org/a%20b"),
        ("mailto:a@example.org", "https://example.org/", None),
        ("a", None, None),
        ("http://[", "https://example.org/", None),
    ],
)
def test_absolute(link: str, base: str | None, expected: str | None) -> None:
    """A link is resolved against where it was found and otherwise kept."""
    assert absolute_url(link, base) == expected


def test_host_hides_secrets() -> None:
    """The host for a message carries neither user nor password."""
    assert host_of("https://user:secret@example.org/feed?token=1") == "example.org"
    assert host_of("nonsense") == "?"

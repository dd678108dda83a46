"""Addresses: one form for each page, so that the same article is known again.

Only what a standard or a well-known tracker allows is changed (RFC 3986 section 6); nothing is guessed
about a site's own parameters, `www.` or a closing slash.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from bot.located import plain_yaml

LONGEST = 2_000  # characters; longer ones are no addresses of articles
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = Path(__file__).with_name("tracking.yml")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
# An address of which `absolute_url` changes nothing.
_PLAIN = re.compile(
    r"https?://(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?::[0-9]{2,4})?"
    r"(?:[/?#][A-Za-z0-9_!#$%&'()*+,./:;=?@~\u00c0-\u024f\u0370-\u052f\u4e00-\u9fff-]*)?"
)
_STRIPPED = re.compile(r"[\t\r\n]")
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "!$%&'()*+,/:;=?@[]~"


def canonical_url(url: str) -> str | None:
    """The canonical form of an absolute http(s) address, or None for anything else.

    Scheme and host in lower case (internationalised hosts in ASCII), no default port, no user name,
    no fragment, no tracking parameters, the remaining ones sorted, escapes in one spelling.
    """
    parts = _split(url)
    host = _host(parts) if parts else None
    if not parts or not host:
        return None
    path = _escaped(_without_dots(parts.path) or "/")
    result = urlunsplit((parts.scheme, host, path, _query(parts.query), ""))
    return result if len(result) <= LONGEST else None


def absolute_url(link: str, base: str | None) -> str | None:
    """The absolute http(s) address of a link found at `base`, otherwise unchanged; None if there is none."""
    if len(link) <= LONGEST and _PLAIN.fullmatch(link):
        return link
    try:
        joined = urljoin(base or "", _STRIPPED.sub("", link.strip()))
    except ValueError:
        return None
    parts = _split(joined)
    if not parts or not _host(parts):
        return None
    return _FORBIDDEN.sub(lambda found: quote(found.group()), joined)


def host_of(url: str) -> str:
    """The host of an address as it may stand in a message; `?` where there is none."""
    parts = _split(url)
    return (parts.hostname if parts else None) or "?"


def _split(url: str) -> SplitResult | None:
    """Split an http(s) address; None where it is none."""
    try:
        parts = urlsplit(_STRIPPED.sub("", url.strip()))
    except ValueError:
        return None
    is_web = parts.scheme in _DEFAULT_PORTS and bool(parts.netloc)
    return parts if is_web and len(url) <= LONGEST else None


def _host(parts: SplitResult) -> str | None:
    """Host and port in canonical form; None where they are not valid."""
    try:
        name, port = parts.hostname, parts.port
        ascii_name = (name or "").rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError, a port that is no number
        return None
    if not ascii_name or _FORBIDDEN.search(ascii_name):
        return None
    if ":" in ascii_name:
        ascii_name = f"[{ascii_name}]"
    return ascii_name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{ascii_name}:{port}"


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` steps (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    steps = path.removeprefix("/").split("/")
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str) -> str:
    """Escape what must be, in capitals; write unreserved characters plainly."""

    def spelled(found: re.Match[str]) -> str:
        code = int(found.group(1), 16)
        return chr(code) if code in _UNRESERVED else found.group().upper()

    text = quote(text, safe=_KEPT, errors="replace")
    return _ESCAPED.sub(spelled, re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text))


def _query(query: str) -> str:
    """The query without tracking, sorted by name; equal names keep their order."""
    fields = [field for field in query.split("&") if field and not _is_tracking(field)]
    return _escaped("&".join(sorted(fields, key=lambda field: field.partition("=")[0])))


def _is_tracking(field: str) -> bool:
    names, prefixes = _tracking()
    name = unquote(field.partition("=")[0]).casefold()
    return name in names or name.startswith(prefixes)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names and prefixes of tracking parameters."""
    lists = plain_yaml(_TRACKING.read_text(encoding="utf-8"), _TRACKING.name)
    if not isinstance(lists, dict):
        raise TypeError(f"{_TRACKING.name} must hold `names` and `prefixes`")
    return frozenset(lists["names"]), tuple(lists["prefixes"])

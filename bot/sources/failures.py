"""What goes wrong on the network, in one calm line each."""

import errno
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime

import aiohttp

from bot.article.dates import parse_date
from bot.errors import GoneError, OfflineError, SourceError
from bot.sources.guard import AddressRefusedError
from bot.sources.limits import Limits

_STATUS = {
    400: "the server does not understand the request",
    401: "the server wants a login",
    402: "the server wants to be paid",
    403: "the server does not let us in",
    404: "there is nothing at this address",
    406: "the server has nothing in a form we read",
    410: "gone for good; take this address out",
    429: "the server wants to be asked less often",
    451: "blocked for legal reasons",
}
_GONE = 410
_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}


class RefusedError(SourceError):
    """The server answers that it will not give the document (4xx)."""


def failed_status(status: int, headers: Mapping[str, str], now: datetime, limits: Limits) -> SourceError:
    """The error for an answer that is not the document asked for."""
    meaning = _STATUS.get(status) or ("the server has a problem" if status >= 500 else "not the document")
    wait = retry_after(headers.get("Retry-After"), now, limits.longest_wait)
    kind = GoneError if status == _GONE else RefusedError if 400 <= status < 500 else SourceError
    return kind(f"HTTP {status}: {meaning}", retry_after=wait)


def retry_after(header: str | None, now: datetime, longest: float) -> float | None:
    """Seconds from a Retry-After header (a number or an HTTP date), between 0 and `longest`; else None."""
    text = (header or "").strip()
    if text.isdecimal() and text.isascii():
        seconds = float(text[:12])
    elif date := parse_date(text):
        seconds = (date.at - now.astimezone(UTC)).total_seconds()
    else:
        return None
    return min(max(seconds, 0.0), longest)


def failed_connection(error: Exception, host: str, limits: Limits) -> SourceError:
    """The error for a connection or an answer that failed; names the host, never the whole address."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _failed_lookup(error.os_error, host)
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return SourceError(f"{host}: its certificate is not valid ({_reason(error.certificate_error)})")
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return SourceError(f"{host}: no secure connection ({_reason(error)})")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _failed_connect(error.os_error, host)
    if isinstance(error, TimeoutError):
        return SourceError(_slow(error, host, limits))
    if isinstance(error, aiohttp.InvalidURL):
        return SourceError("the address is not valid")
    if isinstance(error, (aiohttp.ServerDisconnectedError, ConnectionResetError, aiohttp.ClientOSError)):
        return SourceError(f"{host} closed the connection without a whole answer")
    return SourceError(f"{host} gave a broken HTTP answer")


def _failed_lookup(error: OSError, host: str) -> SourceError:
    if isinstance(error, AddressRefusedError):
        return SourceError(f"{host}: {error}")
    if isinstance(error, socket.gaierror):
        return OfflineError(f"{host} cannot be found: no internet, or the address is wrong")
    return OfflineError(f"{host} cannot be looked up ({_reason(error)})")


def _failed_connect(error: OSError, host: str) -> SourceError:
    if isinstance(error, AddressRefusedError):
        return SourceError(f"{host}: {error}")
    if error.errno in _UNREACHABLE:
        return OfflineError(f"{host} cannot be reached: no way through the network")
    if error.errno == errno.ECONNREFUSED:
        return SourceError(f"{host} refuses the connection")
    return SourceError(f"{host}: no connection ({_reason(error)})")


def _slow(error: Exception, host: str, limits: Limits) -> str:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"{host}: no connection within {limits.connect:g} s"
    if isinstance(error, aiohttp.SocketTimeoutError):
        return f"{host} sent nothing for {limits.silence:g} s"
    return f"{host} did not finish within {limits.total:g} s"


def _reason(error: BaseException) -> str:
    """A short reason without addresses."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.split("\n")[0][:80]
    return type(error).__name__

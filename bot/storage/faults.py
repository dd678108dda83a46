"""What a database says, as one line for a person."""

import ssl
from socket import gaierror

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFreeError

from bot.errors import StoreError

_BUSY = "another program keeps it busy: stop that program, or try again"
_LOST = "the connection was lost; nothing half done stays, and the next try connects anew"

# Primary result codes of SQLite (sqlite.org/rescode.html) -> what is wrong and the mend.
_SQLITE = {
    5: _BUSY,
    6: _BUSY,
    8: "it cannot be written: give this user the right to write to the file and its folder",
    10: "the disk or network drive failed to read or write it: keep the store on a sound local disk",
    11: "it is damaged: put a backup in its place, or move it away and start afresh",
    13: "the disk is full: make room; what was stored before is safe",
    14: "it cannot be opened: check that its folder exists and that this user may write there",
    26: "it is no Depesche store but some other file: name another file as `store`",
}
# SQLSTATE of PostgreSQL (postgresql.org/docs/current/errcodes-appendix.html), or its class, the same way.
# `{}` is what the server says, in its own language.
_POSTGRES = {
    "08": _LOST,
    "25006": "it can only be read, as a standby is: name the primary server",
    "25P03": _LOST,
    "28": "the server does not let this user in ({}): mend user and host in `store`, or its pg_hba.conf",
    "28P01": "user or password is wrong: mend them in `store`, or in PGPASSWORD or ~/.pgpass",
    "3D000": "there is no such database: make it with `createdb`, or mend its name in `store`",
    "3F000": "no schema of `search_path` is there for this user: make it, grant USAGE on it, or mend `store`",
    "40": _BUSY,
    "42501": "this user lacks a right there ({}): make it the database's owner, or grant what is lacking",
    "42704": "the server does not know a setting ({}): leave it out of `store`",
    "53100": "the server's disk is full: make room; what was stored before is safe",
    "53300": "the server has no connection left: stop another program, or raise its max_connections",
    "55P03": _BUSY,
    "57014": "a statement took longer than it may: see what slows the server, then try again",
    "57P01": _LOST,
    "57P02": _LOST,
    "57P03": "the server is starting or stopping: try again in a moment",
    "57P05": _LOST,
}


def fault(name: str, error: Exception) -> StoreError:
    """The error to raise; names the store, never a statement or a value in it."""
    return StoreError(f"{name}: {_reason(error)}")


def _reason(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if known := _sqlite(cause) or _postgres(cause) or _network(cause):
        return known
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _LOST
    return f"the database refuses: {_first_line(cause)}"


def _sqlite(cause: BaseException) -> str | None:
    code = getattr(cause, "sqlite_errorcode", None)
    return _SQLITE.get(code & 0xFF) if isinstance(code, int) else None


def _postgres(cause: BaseException) -> str | None:
    state = getattr(cause, "sqlstate", None)
    if not isinstance(state, str):
        return None
    known = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    return known.format(_first_line(cause)) if known else None


def _network(cause: BaseException) -> str | None:
    """What keeps us from the server."""
    match cause:
        case NoneFreeError():
            return "none of its connections became free in time: see what slows the server"
        case ssl.SSLError():
            return f"no secure connection ({_first_line(cause)}): mend `sslmode` or the certificates"
        case gaierror():
            return "its host is not known: mend the host in `store`, or see to the network"
        case TimeoutError():
            return "the server does not answer in time: see that it runs and that no firewall is between"
        case OSError():
            why = (cause.strerror or str(cause)).partition("\n")[0]
            return f"the server cannot be reached ({why}): start it, or mend host and port in `store`"
    return None


def _first_line(cause: BaseException) -> str:
    return str(cause).partition("\n")[0]

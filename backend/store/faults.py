"""What went wrong with the database, in the words of the API's problems."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, TimeoutError

BUSY, UNAVAILABLE, NO_ROOM, INVALID, BROKEN = "busy", "unavailable", "no_room", "invalid", "broken"
Fault = DBAPIError | TimeoutError
_SQLITE = {
    sqlite3.SQLITE_FULL: NO_ROOM,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    **dict.fromkeys(
        (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CORRUPT,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_PERM,
        ),
        UNAVAILABLE,
    ),
}
_SQLITE_ROOM = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""What SQLite says where a quota or the longest file that is allowed is reached: a full disk alone it calls one."""
_POSTGRES = {
    "53100": NO_ROOM,
    "55P03": BUSY,  # a lock that was not to be had
    "57014": BUSY,  # it took too long
    "40001": BUSY,
    "40P01": BUSY,
    "25006": UNAVAILABLE,  # a standby, which takes no writes
    "25P03": BUSY,
}
"""https://www.postgresql.org/docs/current/errcodes-appendix.html."""
_GONE = ("08", "53", "57", "58")
"""Classes of codes: no connection, no resources, shut down, the system."""


def of(error: Fault | OSError) -> str:
    """Return what kind of fault it is: it must wait, is not there, is full, or cannot keep what it was given."""
    if isinstance(error, OSError):
        return NO_ROOM if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) else BROKEN
    if isinstance(error, TimeoutError):
        return BUSY
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRES:
        return _POSTGRES[state]
    if isinstance(error, DataError) or (state or "").startswith("22"):
        return INVALID
    if error.connection_invalidated or state is None or state.startswith(_GONE):
        return UNAVAILABLE
    return BUSY


def _of_sqlite(error: sqlite3.Error) -> str:
    if isinstance(error, (OverflowError, sqlite3.DataError)):
        return INVALID
    code = getattr(error, "sqlite_errorcode", 0)
    return NO_ROOM if code in _SQLITE_ROOM else _SQLITE.get(code & 0xFF, BUSY)

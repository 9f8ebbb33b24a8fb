"""Fetching by HTTPS, and nothing but what was asked for.

Every address of the host is checked, and the very address that was checked is connected to,
so that a name cannot point elsewhere a moment later.  There are no redirects, no proxies
and no compression; size and time are bounded as a whole.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from backend.subscriptions.parcel import LARGEST, BadParcel

SECONDS = 20.0
LONGEST_URL = 2000
LONGEST_ETAG = 300
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered; ``data`` is ``None`` where nothing has changed."""

    data: bytes | None
    etag: str


def parts(url: str) -> SplitResult:
    """Return the parts of an address that may be subscribed to; raises :class:`BadParcel`."""
    try:
        found = urlsplit(url)
        _ = found.port
    except ValueError:
        raise BadParcel("bad_address") from None
    sound = found.scheme == "https" and found.hostname and found.username is None and found.password is None
    if not sound or len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise BadParcel("bad_address")
    return found


def fetch(url: str, etag: str = "", *, private: bool = False, seconds: float = SECONDS) -> Fetched:
    """Return what stands at an address, unless it is what ``etag`` names; raises :class:`BadParcel`.

    ``private``: addresses of this machine and of inner networks may be asked too.
    """
    where = parts(url)
    host, port = str(where.hostname), where.port or 443
    address = _address(host, port, private)
    connection = _Connection(host, port, address, seconds)
    # A time-out of the socket counts from byte to byte; this one counts for all of it.
    watch = threading.Timer(seconds, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        return _asked(connection, where, etag)
    except (OSError, http.client.HTTPException, ssl.SSLError):
        raise BadParcel("too_slow" if connection.is_cut else "unreachable") from None
    finally:
        watch.cancel()
        connection.close()


class _Connection(http.client.HTTPSConnection):
    """A connection to an address that was checked, under the host's name."""

    def __init__(self, host: str, port: int, address: str, seconds: float) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=self._secure)
        self._address = address
        self.is_cut = False
        self._wire: ssl.SSLSocket | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        try:
            self.sock = self._wire = self._secure.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def cut(self) -> None:
        """End it from another thread: whoever reads gets an error."""
        self.is_cut = True
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)


def _asked(connection: _Connection, where: SplitResult, etag: str) -> Fetched:
    path = (where.path or "/") + (f"?{where.query}" if where.query else "")
    headers = {"Accept-Encoding": "identity", "User-Agent": "SecondLook", "Connection": "close"}
    if etag:
        headers["If-None-Match"] = etag
    connection.request("GET", path, headers=headers)
    # The answer owns the connection where the server closes it.
    with connection.getresponse() as answer:
        return _read(connection, answer, etag)


def _read(connection: _Connection, answer: http.client.HTTPResponse, etag: str) -> Fetched:
    if answer.status == 304 and etag:
        return Fetched(None, etag)
    if 300 <= answer.status < 400:
        raise BadParcel("redirected")
    if answer.status != 200 or answer.getheader("Content-Encoding", "identity") != "identity":
        raise BadParcel("refused")
    data = answer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadParcel("too_large")
    if connection.is_cut:
        raise BadParcel("too_slow")
    found = answer.getheader("ETag") or ""
    return Fetched(data, found if len(found) <= LONGEST_ETAG and found.isascii() and found.isprintable() else "")


def _address(host: str, port: int, private: bool) -> str:
    """Return an address of a host, all of whose addresses may be asked."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise BadParcel("unreachable") from None
    if not found:
        raise BadParcel("unreachable")
    if not private and not all(is_public(one) for one in found):
        raise BadParcel("private_address")
    return found[0]


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet, also where it is written inside another one.

    >>> [is_public(one) for one in ("8.8.8.8", "127.0.0.1", "10.1.2.3", "::ffff:192.168.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast

"""What the embedded server (waitress) must be told, so that a web page neither finds it nor shuts others out.

A page may open some hundreds of connections by names of its own that point to this
machine, and leave them open; waitress would take no more than a hundred.  And what waitress
refuses itself, such as an address that is too long, would reach the page without the headers
that close an answer to it, so that the page would know that something listens here.  A request
whose end is told in two ways is refused, as RFC 9112 (6.3) lets a server do: whoever
stands between may have taken the other one.
"""

from __future__ import annotations

import sys
from typing import Any

from waitress import create_server  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]
from waitress.task import ErrorTask, WSGITask  # type: ignore[import-untyped]

from backend.config import Config
from backend.http.headers import API_HEADERS

CONNECTIONS = 1000
"""More than a browser opens; each costs some kilobytes while it is open."""
FEW = 400
"""Where the system cannot ask for more than 512 sockets at once (Windows)."""
SPARE = 200
"""Files that the server opens besides."""


def connections() -> int:
    """Return how many connections may be open; asks the system for as many files first."""
    if sys.platform == "win32":
        return FEW
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        except (OSError, ValueError):  # a system with a lower limit of its own
            soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return CONNECTIONS if soft >= wanted or soft == resource.RLIM_INFINITY else max(50, soft - SPARE)


def harden(sockets: dict[int, Any]) -> None:
    """Have the servers among sockets refuse what has two ends, and with the headers of every other answer."""
    for one in sockets.values():
        one.channel_class = _Channel


def server(app: Any, config: Config, channels: dict[int, Any], **where: Any) -> Any:
    """Return a server that listens ``where`` it is told; ``channels`` will hold its connections."""
    whole = 2 * max(config.max_file, 64 * 1024 * 1024)
    made = create_server(
        app,
        map=channels,
        threads=config.threads,
        ident=None,
        expose_tracebacks=False,
        max_request_body_size=whole,
        # What is larger than these is put into a temporary file: nothing of a draft may go to disk.
        inbuf_overflow=whole,
        outbuf_overflow=whole,
        # Where proxies stand before the server, what they say of the caller is read by Werkzeug.
        clear_untrusted_proxy_headers=not config.proxies,
        channel_timeout=60,
        connection_limit=connections(),
        asyncore_use_poll=True,  # select, the other way, fails beyond 1024 files
        **where,
    )
    harden(channels)
    return made


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    def execute(self) -> None:
        self.response_headers.extend(API_HEADERS.items())
        super().execute()


class _Task(WSGITask):  # type: ignore[misc]
    def build_response_header(self) -> bytes:
        if getattr(self.channel.server, "is_stopping", False):
            self.set_close_on_finish()  # and say so, so that the next request goes to another process
        return bytes(super().build_response_header())


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    def parse_header(self, header_plus: bytes) -> None:
        names = [line.partition(b":")[0].lower() for line in header_plus.split(b"\r\n")]
        if b"transfer-encoding" in names:
            if b"content-length" in names or header_plus.lower().count(b"chunked") > 1:
                raise ParsingError("Two ends")
        super().parse_header(header_plus)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Parser
    task_class = _Task
    error_task_class = _ErrorTask

"""Two ways to load a server: as fast as it answers, and at a rate that does not wait for it.

A client that waits for an answer before it asks again asks less often while the server is slow, and so
does not see how long others would have waited (coordinated omission).  :func:`steady` counts each
latency from the moment at which the request was due, whether or not a connection was free then.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from backend.model import LANGUAGES

CONNECTIONS = 32


@dataclass
class Load:
    """What is sent: bodies in turn, to one address, under one token."""

    host: str
    port: int
    token: str
    bodies: Sequence[bytes]
    origin: str = "chrome-extension://fffkcfghhpakigfldlfmnallgoighpig"

    def headers(self) -> dict[str, str]:
        """Return the headers that the extension sends."""
        return {
            "Host": f"{self.host}:{self.port}",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Language": ", ".join(LANGUAGES),
            "Origin": self.origin,
        }

    def raw(self) -> list[bytes]:
        """Return each request as its bytes."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers().items())
        return [
            f"POST /v1/checks HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
            for body in self.bodies
        ]


@dataclass
class Outcome:
    """How long requests took, in milliseconds, and how many were not answered with 200."""

    seconds: float
    times: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the time that this share of requests did not exceed."""
        found = sorted(self.times)
        return found[min(len(found) - 1, int(len(found) * share))] if found else float("inf")


def fastest(load: Load, seconds: float, connections: int = 16) -> tuple[float, int]:
    """Return answers a second and failures when each connection asks again at once; with wrk where it is installed."""
    if shutil.which("wrk"):
        return _wrk(load, seconds, connections)
    outcome = _done(load, None, seconds, connections)
    return outcome.rate, outcome.failed


def steady(load: Load, rate: float, seconds: float, connections: int = CONNECTIONS) -> Outcome:
    """Return the outcome of so many requests a second, evenly, whatever the server does."""
    return _done(load, rate, seconds, connections)


def _done(load: Load, rate: float | None, seconds: float, connections: int) -> Outcome:
    """Load it from a thread of its own, for the caller's may have a loop that runs, as Playwright leaves one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_run(load, rate, seconds, connections))).result()


async def _run(load: Load, rate: float | None, seconds: float, connections: int) -> Outcome:
    outcome = Outcome(seconds)
    requests = load.raw()
    began = time.perf_counter()
    taken = 0

    async def one() -> None:
        nonlocal taken
        reader, writer = await asyncio.open_connection(load.host, load.port)
        while True:
            number, taken = taken, taken + 1
            due = began + number / rate if rate else time.perf_counter()
            if due - began >= seconds:
                break
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                writer.write(requests[number % len(requests)])
                status = await _answer(reader)
            except (OSError, EOFError, asyncio.IncompleteReadError):
                status = 0
                reader, writer = await asyncio.open_connection(load.host, load.port)
            if status == 200:
                outcome.times.append((time.perf_counter() - due) * 1000)
            else:
                outcome.failed += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return outcome


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    await reader.readexactly(int(length[1]) if length else 0)
    return int(head[9:12])


def _wrk(load: Load, seconds: float, connections: int) -> tuple[float, int]:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "checks.lua"
        script.write_text(_lua(load), encoding="utf-8")
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "-s", str(script)]
        said = subprocess.run(
            [*command, f"http://{load.host}:{load.port}"], check=True, capture_output=True, text=True
        ).stdout
    rate = re.search(r"Requests/sec: +([\d.]+)", said)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    lost = sum(map(int, broken.groups())) if broken else 0
    return float(rate[1]) if rate else 0.0, (int(failed[1]) if failed else 0) + lost


def _lua(load: Load) -> str:
    # A string of JSON, with its escapes of two characters, is one of Lua too.
    bodies = ",\n".join(json.dumps(body.decode(), ensure_ascii=False) for body in load.bodies)
    headers = ", ".join(f"[{json.dumps(name)}] = {json.dumps(value)}" for name, value in load.headers().items())
    return f"""
local bodies = {{{bodies}}}
local headers = {{{headers}}}
local at = 0
request = function()
  at = at % #bodies + 1
  return wrk.format("POST", "/v1/checks", headers, bodies[at])
end
"""

"""A whole team's server: PostgreSQL, Redis, web processes and workers, each a real process that a test may kill."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.e2e.serving import ROOT, free_port
from tests.team.machines import LOOPBACK, Machine, Postgres, Redis, await_

STARTS = 40.0


class Program(Machine):
    """A command of the product, with its children, in the environment of a team."""

    def __init__(self, name: str, *arguments: str, environment: dict[str, str], ready: Any = lambda: True) -> None:
        super().__init__()
        self.name, self._arguments, self.environment, self._ready = name, arguments, environment, ready

    def command(self) -> list[str]:
        return [sys.executable, "-m", "backend", *self._arguments]

    def answers(self) -> bool:
        return bool(self._ready())

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd=ROOT, env=self.environment, start_new_session=True
            )
        await_(self._answers_or_died, f"{self.name} answers", STARTS)

    def stop(self) -> int:
        """End it as an administrator does and return its exit status."""
        process, self.process = self.process, None
        assert process is not None
        process.terminate()
        return process.wait(60)

    def said(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def children(self) -> list[int]:
        """The processes that it started itself, youngest last."""
        assert self.process is not None
        return children(self.process.pid)


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            found.extend(map(int, (task / "children").read_text().split()))
    return sorted(found)


def end(pid: int) -> None:
    """Kill one process as the system does when memory runs out."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


class Answer:
    """A status, headers and a body."""

    def __init__(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def call_at(
    address: str, method: str, path: str, body: Any = None, *, token: str = "", patience: float = 30.0, **headers: str
) -> Answer:
    """Ask a server; ``body`` is JSON unless it is bytes."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if data is not None:
        sent.setdefault("Content-Type", "application/json")
    if token:
        sent["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address + path, data, sent, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=patience) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class Team:
    """One team's server; ``web`` and ``worker`` may be killed and started, so may ``postgres`` and ``redis``."""

    def __init__(self, postgres: Postgres, redis: Redis, *, web_processes: int = 2, **settings: str) -> None:
        self.postgres, self.redis = postgres, redis
        self.folder = Path(tempfile.mkdtemp(prefix="secondlook-team-"))
        self.port = free_port()
        self.database = postgres.database()
        self.broker = settings.get("SECONDLOOK_BROKER") or redis.database()
        own = {
            "SECONDLOOK_DATA": str(self.folder / "data"),
            "SECONDLOOK_PORT": str(self.port),
            "SECONDLOOK_DATABASE": self.database,
            "SECONDLOOK_BROKER": self.broker,
            "SECONDLOOK_WORKERS": str(web_processes),
            "SECONDLOOK_NO_BROWSER": "1",
            "SECONDLOOK_WARM": "0",
            "PYTHONUNBUFFERED": "1",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SECONDLOOK_")}
        self.environment = {**kept, **own, **settings}
        self.web = Program("the server", "serve", environment=self.environment, ready=self.is_ready)
        self.worker = self._worker()
        self.workers = [self.worker]
        self.token = ""

    def _worker(self) -> Program:
        return Program("a worker", "worker", environment=self.environment)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def start(self, *, workers: int = 1) -> None:
        self.web.start()
        self.workers += [self._worker() for _ in range(workers - len(self.workers))]
        for worker in self.workers[:workers]:
            worker.start()
        self.token = self.run("token", "--name", "a machine's own").strip().splitlines()[-1]

    def run(self, *arguments: str) -> str:
        """Run a command of the product on the team's server and return what it prints."""
        command = [sys.executable, "-m", "backend", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def is_ready(self) -> bool:
        with suppress(OSError):
            return self.call("GET", "/v1/status", token="").status == 200
        return False

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        patience: float = 30.0,
        **headers: str,
    ) -> Answer:
        """Ask the server; ``body`` is JSON unless it is bytes."""
        word = self.token if token is None else token
        return call_at(self.address, method, path, body, token=word, patience=patience, **headers)

    def check(self, text: str, **more: Any) -> Answer:
        """Have a draft scored."""
        return self.call("POST", "/v1/checks", {"text": text, "site": "x.com", **more})

    def attach(self, data: bytes, name: str = "notes.txt", media_type: str = "text/plain") -> Answer:
        """Send a file to be read."""
        edge = "an-edge-that-is-in-no-file"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: {media_type}'
        )
        body = f"{head}\r\n\r\n".encode() + data + f"\r\n--{edge}--\r\n".encode()
        return self.call("POST", "/v1/attachments", body, Content_Type=f"multipart/form-data; boundary={edge}")

    def read(self, id: str, patience: float = 180.0) -> dict[str, Any]:
        """Wait until a file has been read, and return what was seen in it."""
        end_ = time.monotonic() + patience
        while True:
            found: dict[str, Any] = self.call("GET", f"/v1/attachments/{id}?wait=10").json
            if found["state"] == "done" or time.monotonic() > end_:
                return found

    def remove(self) -> None:
        for program in (self.web, *self.workers):
            program.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

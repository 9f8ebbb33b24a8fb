"""An installation under attack: a real server, what its owner holds, and what an attacker sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from backend.http.origins import PINNED
from tests.attacks import wire
from tests.attacks.wire import Answer
from tests.e2e.serving import Server
from tests.team.team import Team

EXTENSION = PINNED
JSON = ("Content-Type", "application/json")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Embedded(Server):
    """A server whose log can be read."""

    @property
    def place(self) -> Path:
        """The folder that holds its data and its temporary files."""
        return self.data.parent

    def logged(self) -> str:
        return (self.data / "stderr.txt").read_text()


class TeamServer:
    """A team's whole server in the dress of the embedded one."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.port = team.port
        self.data = self.place = team.folder
        self.settings: dict[str, str] = {}
        self.process = team.web.process

    def run(self, *arguments: str) -> str:
        return self.team.run(*arguments)

    def link(self) -> str:
        return self.run("token", "--link").strip()

    def logged(self) -> str:
        return self.team.web.said() + self.team.worker.said()


@dataclass
class Target:
    """One running server; ``headers`` are those that an honest caller's way to it adds."""

    server: Embedded | TeamServer
    mode: str
    headers: tuple[tuple[str, str], ...] = ()
    host: str = ""
    secrets: list[str] = field(default_factory=list)

    @property
    def own(self) -> str:
        """The origin of the server's own pages."""
        return f"https://{self.host}" if self.host else f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def name(self) -> str:
        """The name that the server goes by, as it stands in ``Host``."""
        return self.host or f"127.0.0.1:{self.port}"

    @cached_property
    def token(self) -> str:
        token = self.server.run("token", "--name", "honest").strip()
        self.secrets.append(token)
        return token

    @cached_property
    def cookie(self) -> str:
        """The cookie of one of the server's own pages, entered by a one-time link."""
        answer = self.enter()
        assert answer.status == 303, answer.head
        found = [one.partition(";")[0] for one in answer.all("Set-Cookie")]
        return "; ".join(found)

    @cached_property
    def csrf(self) -> str:
        html = self.ask("GET", "/welcome", cookie=self.cookie).body.decode()
        found = re.search(r'name="csrf-token" content="([^"]+)"', html)
        assert found
        return found[1]

    def enter(self, cookie: str = "") -> Answer:
        """Redeem a fresh one-time link."""
        path = "/" + self.server.link().split("/", 3)[3]
        return self.ask("GET", path, cookie=cookie)

    def ask(
        self,
        method: str,
        path: str,
        *headers: tuple[str, str],
        token: str = "",
        cookie: str = "",
        body: Any = None,
        **more: Any,
    ) -> Answer:
        """Ask as one who may have a token or a cookie; a ``body`` that is no bytes goes as JSON."""
        given = [*self.headers, *headers]
        given += [("Authorization", f"Bearer {token}")] if token else []
        given += [("Cookie", cookie)] if cookie else []
        if body is not None and not isinstance(body, bytes):
            body, given = json.dumps(body).encode(), [*given, JSON]
        return wire.ask(self.port, method, path, given, body or b"", **{"host": self.name, **more})

    def owner(self, method: str, path: str, body: Any = None, *headers: tuple[str, str]) -> Answer:
        """Ask as the owner's extension does."""
        return self.ask(method, path, *headers, token=self.token, body=body)

    @cached_property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = self.owner("GET", "/openapi.json").json
        return document

    @property
    def operations(self) -> list[tuple[str, str]]:
        """Every method and path of the API, ids filled in with something that is not there."""
        return [
            (method.upper(), re.sub(r"\{\w+\}", "nothing", path))
            for path, methods in sorted(self.document["paths"].items())
            for method in sorted(methods)
        ]

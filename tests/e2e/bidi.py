"""WebDriver BiDi by hand: commands to Firefox over its websocket, and their answers.

Playwright drives only a Firefox that it has patched itself; this one is the person's own.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any

from websockets.sync.client import connect

PATIENCE = 30.0
LARGEST = 64 * 2**20


class Refused(RuntimeError):
    """What the browser said of a command that it did not carry out."""


class Bidi:
    """One session of a browser."""

    def __init__(self, address: str) -> None:
        self.ends = ExitStack()
        self.socket = self.ends.enter_context(connect(f"{address}/session", max_size=LARGEST, ping_interval=None))
        self.count = 0
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Carry out a command; events that come meanwhile are kept."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            answer: dict[str, Any] = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("id") == self.count:
                break
            if answer.get("type") == "event":
                self.events.append(answer)
        if answer["type"] == "error":
            raise Refused(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def hear(self, name: str) -> dict[str, Any]:
        """Wait for an event that was subscribed to, and return what it says."""
        while not (found := [one for one in self.events if one["method"] == name]):
            answer = json.loads(self.socket.recv(timeout=PATIENCE))
            if answer.get("type") == "event":
                self.events.append(answer)
        self.events.remove(found[0])
        said: dict[str, Any] = found[0]["params"]
        return said

    def call(self, context: str, function: str, *arguments: Any) -> Any:
        """Call a function with JSON values in a page and return its JSON value, a promise's too."""
        written = json.dumps(list(arguments))
        told = self.send(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify((await ({function})(...{written})) ?? null)",
            awaitPromise=True,
            target={"context": context},
            userActivation=True,
        )
        if told["type"] == "exception":
            raise Refused(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def close(self) -> None:
        self.ends.close()

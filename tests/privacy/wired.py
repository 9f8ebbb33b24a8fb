"""A client over the wire with the manners of Flask's own, so that the same requests go to a real server."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

PATIENCE = 60.0


@dataclass
class Answer:
    """One answer."""

    status_code: int
    headers: Headers
    data: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.data)

    @property
    def mimetype(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]


class Client:
    """Asks a server at a port of this machine; ``own`` are headers of every request."""

    def __init__(self, port: int, own: dict[str, str]) -> None:
        self._port, self._own = port, own
        self.heard: list[Answer] = []

    def open(self, path: str, *, method: str = "GET", headers: Any = None, **more: Any) -> Answer:
        builder = EnvironBuilder(path=path.replace("\0", "%00"), method=method, headers=headers, **more)
        environ = builder.get_environ()
        data = environ["wsgi.input"].read()
        sent = Headers(builder.headers)
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(name):
                sent[name.replace("_", "-").title()] = environ[name]
        builder.close()
        wire = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        wire.putrequest(
            method, path.replace(" ", "%20").replace("\0", "%00"), skip_host=True, skip_accept_encoding=True
        )
        for name, value in {**{"Host": f"127.0.0.1:{self._port}"}, **self._own, **dict(sent)}.items():
            wire.putheader(name, value.encode())
        wire.endheaders(data)
        found = wire.getresponse()
        answer = Answer(found.status, Headers(found.getheaders()), found.read())
        wire.close()
        self.heard.append(answer)
        return answer

    def get(self, path: str, **more: Any) -> Answer:
        return self.open(path, **more)

    def post(self, path: str, **more: Any) -> Answer:
        return self.open(path, method="POST", **more)

    def put(self, path: str, **more: Any) -> Answer:
        return self.open(path, method="PUT", **more)

    def patch(self, path: str, **more: Any) -> Answer:
        return self.open(path, method="PATCH", **more)

    def delete(self, path: str, **more: Any) -> Answer:
        return self.open(path, method="DELETE", **more)

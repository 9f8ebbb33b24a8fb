"""Whatever is sent to whatever operation: an answer that its description foresees, and never a 500."""

from __future__ import annotations

import gc
import http.client
import io
import json
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode

from backend import create_app
from backend.config import Config
from backend.http.limits import RateLimit
from backend.jobs import Jobs
from backend.pipeline import Engine
from backend.store import links, open_store, tokens
from tests.backend.api.checked import CheckedClient, document_of
from tests.bad_input.requests import bounded, caller, over_http, problems
from tests.e2e.serving import Server

WORDS = st.sampled_from(["name", "terms", "text", "level", "stop", "add", "boxes", "box", "outcome", "sent", "note_at"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | WORDS
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "If-Match": st.sampled_from(["*", '"1"', "x", ""]),
        "Accept-Language": st.sampled_from(["zh", "xx;q=x", ";;;", "*"]),
        "Origin": st.just("null"),
    },
)
PLACES = st.sampled_from(["x", "%00", "0", "..%2f", "%F0%9F%99%82", "a" * 3000])
QUERIES = st.sampled_from(["", "?wait=0", "?wait=x", "?since=%FF", "?limit=1e3", "?after=0x1", "?channel=ai"])
KINDS = st.sampled_from(
    ["application/json", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""]
)


@pytest.fixture(scope="module")
def asking(tmp_path_factory):
    """A caller with a token and a session, of a server on which there is one of each thing."""
    config = Config(data=tmp_path_factory.mktemp("bad") / "data", open_browser=False, warm=False)
    config.data.mkdir(mode=0o700)
    store, jobs = open_store(config.database_url), Jobs()
    app = create_app(config, store=store, engine=Engine.build(), jobs=jobs)
    app.extensions["secondlook"].pairing_limit = RateLimit(100_000, 1)
    client = app.test_client()
    page = client.get(f"/welcome?once={links.mint(store)}", follow_redirects=True).get_data(as_text=True)
    headers = {
        "Authorization": f"Bearer {tokens.mint(store, 'test')[0]}",
        "Cookie": f"secondlook_session={client.get_cookie('secondlook_session').value}",
        "X-CSRF-Token": client_word(client, page),
    }
    yield caller(app, headers, things(client, {"Authorization": headers["Authorization"]}))
    jobs.close()
    store.close()


def client_word(client, page: str) -> str:
    return page.partition('name="csrf-token" content="')[2].partition('"')[0]


def things(client, headers) -> dict[str, str]:
    """Make a list, a file that was read and a folder's worth of terms; return their ids by their paths."""
    listed = client.post("/v1/lists", json={"name": "birds", "terms": ["Sunbird", "Heron"]}, headers=headers).json
    form = {"file": (io.BytesIO(b"words"), "a.txt")}
    read = client.post("/v1/attachments", data=form, headers=headers).json
    form = {"file": (io.BytesIO(b"Sunbird\nHeron"), "a.txt")}
    imported = client.post("/v1/imports", data=form, headers=headers).json
    return {"/v1/lists/": listed["id"], "/v1/attachments/": read["id"], "/v1/imports/": imported["id"]}


@pytest.fixture
def collected() -> Iterator[None]:
    """Werkzeug's test client leaves the temporary file of a large form to the collector: let it come here."""
    yield
    gc.collect()


@pytest.mark.usefixtures("collected")
@pytest.mark.filterwarnings(r"ignore:unclosed file <_io\.FileIO .*rb\+:ResourceWarning")
@pytest.mark.parametrize(("mode", "cases"), [(GenerationMode.POSITIVE, 3), (GenerationMode.NEGATIVE, 4)])
def test_no_request_makes_the_api_stumble(asking, mode, cases):
    found = [problem for operation in asking.operations() for problem in problems(asking, operation, mode, cases)]
    assert found == [], "\n\n".join(found)


@bounded(120)
@given(data=st.data())
def test_no_nonsense_makes_the_api_stumble(asking, data):
    app = asking.schema.app
    document = document_of(app)
    path = data.draw(st.sampled_from(sorted(path for path in document["paths"] if path.startswith("/v1/"))))
    method = data.draw(st.sampled_from(sorted(document["paths"][path])))
    filled = re.sub(r"\{\w+\}", data.draw(PLACES), path) + data.draw(QUERIES)
    answer = CheckedClient(app, app.response_class).open(
        filled,
        method=method.upper(),
        data=json.dumps(data.draw(ANYTHING)).encode(),
        content_type=data.draw(KINDS),
        headers={**data.draw(HEADERS), **asking.headers},
    )
    assert answer.status_code < 500


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server as people start it."""
    server = Server(tmp_path_factory.mktemp("bad") / "data")
    server.start()
    yield server
    server.stop()


def test_no_request_makes_a_real_server_stumble(server):
    headers = {"Authorization": f"Bearer {server.run('token', '--name', 'test').strip()}"}
    asking = over_http(server.address, headers)
    reading = [one for one in asking.operations() if one.method == "get"]
    found = [problem for one in reading for problem in problems(asking, one, GenerationMode.POSITIVE, 1)]
    assert found == [], "\n\n".join(found)


HEAD = b"POST /v1/pairings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
BROKEN = {
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "no end of the head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "an endless head": b"GET / HTTP/1.1\r\nX: " + b"a" * 400_000 + b"\r\n\r\n",
    "a thousand headers": b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    "a header in a header": b"GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\rSet-Cookie: b\r\n\r\n",
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n{}",
    "two lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 99\r\n\r\n{}",
    "a length and pieces": HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a lie about a piece": HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}\r\n",
    "more than it says": HEAD + b"Content-Length: 2\r\n\r\n{}GET / HTTP/9.9\r\n\r\n",
    "a body that never comes": HEAD + b"Content-Length: 900000\r\n\r\n{",
    "a length of all the world": HEAD + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    "NUL in the path": b"GET /v1/\x00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no path": b"GET  HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_is_no_request_leaves_a_real_server_answering(server, sent):
    place = urlsplit(server.address)
    answer = b""
    # It may hang up on what it has read enough of.
    with (
        suppress(ConnectionError),
        socket.create_connection((place.hostname, place.port), timeout=10) as line,
    ):
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        while piece := line.recv(65_536):
            answer += piece
    statuses = [int(one) for one in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]
    assert all(status < 500 for status in statuses) and b"Traceback" not in answer and b"\nSet-Cookie: b" not in answer
    after = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    after.request("GET", "/v1/status")
    assert after.getresponse().status == 200
    after.close()

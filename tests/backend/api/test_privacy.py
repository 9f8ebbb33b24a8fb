"""A unique string goes in by every way there is; afterwards it is looked for everywhere."""

from __future__ import annotations

import logging
import os
import socket
import tempfile

from backend.http import problems
from tests.backend.api.test_attachments import form_of
from tests.privacy.needles import files_with, stands_in
from tests.privacy.ways import CANARY, every_way, from_the_bench


def test_the_canary_is_in_no_file_no_log_no_error_and_no_metric(
    client, stranger, page, config, caplog, capfd, monkeypatch
):
    """In the process itself, where the log can be heard at its loudest; tests/privacy does it to real servers."""
    caplog.set_level(logging.DEBUG)
    refuse_connections(monkeypatch)
    answers = [*from_the_bench(page), *every_way(client, stranger)]
    files = [path for path in config.data.rglob("*") if path.is_file()]
    assert any(path.name == "secondlook.sqlite3" for path in files)
    assert files_with(CANARY, [config.data]) == []
    said = caplog.text + "".join(capfd.readouterr())
    assert not stands_in(CANARY, said.encode())
    errors = [answer for answer in answers if answer.mimetype == problems.MEDIA_TYPE]
    assert len(errors) > 15
    for answer in [*errors, answers[-2], answers[-1]]:
        headers = "".join(f"{name}{value}" for name, value in answer.headers)
        assert not stands_in(CANARY, (answer.get_data(as_text=True) + headers).encode())


def refuse_connections(monkeypatch):
    """Let nothing in this process ask anybody."""

    def refuse(*_args, **_options):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_files_of_a_request_never_reach_the_disk(client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a temporary file was asked for")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
        monkeypatch.setattr(f"werkzeug.formparser.{name}", refuse, raising=False)
    assert client.post("/v1/attachments", **form_of(os.urandom(3_000_000))).status_code == 202
    assert client.post("/v1/checks?wait=0", **form_of(os.urandom(3_000_000))).status_code == 200

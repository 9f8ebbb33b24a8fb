"""What goes wrong inside is a clean answer and a log line, and neither repeats the draft."""

from __future__ import annotations

import json
import logging

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from backend import create_app
from backend.config import Config, StartError

WORDS = "canary-words-of-a-draft"


@pytest.fixture
def failing(app, client, engine):
    """A server whose engine quotes the draft in its error."""

    class Failing:
        catalogue = engine.catalogue

        def check(self, draft):
            raise ValueError(f"cannot read {draft.text}")

    live = app.extensions["secondlook"].live
    live._engine = Failing()
    return client


def test_an_error_in_the_engine_is_a_500_that_says_the_draft_was_not_checked(failing):
    answer = failing.post("/v1/checks", json={"text": WORDS})
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "has not been checked" in answer.json["title"]
    assert WORDS not in answer.get_data(as_text=True)


def test_its_log_says_where_it_happened_and_not_what_was_written(failing, caplog):
    failing.post("/v1/checks", json={"text": WORDS})
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "secondlook.error"]
    assert (lines[0]["kind"], lines[0]["route"]) == ("ValueError", "/v1/checks")
    assert any("test_faults.py" in place for place in lines[0]["at"])
    assert WORDS not in caplog.text


def test_a_request_is_one_line_without_path_query_or_body(client, caplog):
    caplog.set_level(logging.INFO, "secondlook.request")
    client.post(f"/v1/checks?wait=1&x={WORDS}", json={"text": WORDS})
    client.get(f"/v1/lists/{WORDS}")
    client.get(f"/{WORDS}")
    client.open("/v1/checks", method="CANARY")
    lines = [json.loads(record.getMessage()) for record in caplog.records if record.name == "secondlook.request"]
    assert [line["route"] for line in lines] == ["/v1/checks", "/v1/lists/<id>", "-", "-"]
    assert [line["status"] for line in lines] == [200, 404, 404, 405]
    assert WORDS not in caplog.text and "CANARY" not in caplog.text


def test_a_database_that_fails_is_a_503_and_asks_to_try_again(client, store):
    @event.listens_for(store.engine, "begin", insert=True)
    def fail(_connection):
        raise OperationalError(f"SELECT '{WORDS}'", {}, Exception(WORDS))

    answer = client.post("/v1/lists", json={"name": "x"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert WORDS not in answer.get_data(as_text=True)


def test_a_queue_that_is_full_is_a_503(app, config, store, engine, token):
    from backend.jobs import Jobs

    full = create_app(config, store=store, engine=engine, jobs=Jobs(max_bytes=0), extensions=()).test_client()
    headers = {"Authorization": f"Bearer {token}"}
    import io

    answer = full.post("/v1/attachments", data={"file": (io.BytesIO(b"hello"), "a.txt")}, headers=headers)
    assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (503, "busy")


def test_it_does_not_start_where_it_cannot_write(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StartError, match="SECONDLOOK_DATA"):
        create_app(Config(data=tmp_path / "file" / "data"))


def test_it_does_not_start_on_a_database_that_is_none(tmp_path):
    with pytest.raises(StartError, match="SECONDLOOK_DATABASE"):
        create_app(Config(data=tmp_path, database="no such thing"))


def test_it_does_not_start_on_a_broken_database_file(tmp_path):
    (tmp_path / "secondlook.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(StartError, match="cannot be opened"):
        create_app(Config(data=tmp_path))

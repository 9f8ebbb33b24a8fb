"""Documents over the API: taken in, read in the background, found in drafts, renamed, forgotten."""

from __future__ import annotations

import io
import os

import pytest

from backend.documents import key

MEMO = (
    "The harbour programme enters its second phase in March. The committee agreed that the northern basin will be "
    "dredged to fourteen metres before the new cranes arrive, and that the cost of the delay shall be borne by the "
    "contractor. Nobody outside the programme office is to be told the name of the bidder."
)
QUOTE = "so: the northern basin will be dredged to fourteen metres before the new cranes arrive, and that the cost"


@pytest.fixture(autouse=True)
def registrar(app):
    yield app.extensions["secondlook"].registrar
    app.extensions["secondlook"].registrar.close()


def send(client, data: bytes = MEMO.encode(), name: str = "memo.txt", **fields: str):
    return client.post("/v1/documents", data={"file": (io.BytesIO(data), name), **fields})


def registered(client, **fields: str):
    sent = send(client, **fields)
    return client.get(f"/v1/documents/{sent.json['id']}?wait=30").json


def quoted(client, text: str = QUOTE) -> list[dict]:
    answer = client.post("/v1/checks", json={"text": text}, headers={"Accept-Language": "en"})
    return [one for one in answer.json["findings"] if one["category"] == "quotation"]


def test_a_file_is_read_in_the_background_and_then_found(client):
    sent = send(client)
    assert sent.status_code == 202 and sent.json["state"] in ("waiting", "reading")
    told = client.get(f"/v1/documents/{sent.json['id']}?wait=30").json
    assert (told["state"], told["name"], told["characters"], told["problem"]) == ("ready", "memo.txt", len(MEMO), "")
    (found,) = quoted(client)
    assert found["rule"] == f"quotation.{told['id']}" and found["level"] in ("note", "warn")
    assert "“memo.txt”" in found["reason"] and "characters" in found["reason"]
    (place,) = found["places"]
    assert QUOTE[place["start"] : place["end"]].startswith("the northern basin") and found["remedies"] == ["cut_text"]


def test_the_whole_text_is_held(client):
    registered(client)
    (found,) = quoted(client, MEMO)
    assert found["level"] == "stop"


def test_a_passage_is_registered_at_once(client):
    made = client.post("/v1/documents", json={"name": "Memo", "text": MEMO})
    assert made.status_code == 201 and made.json["state"] == "ready"
    assert made.headers["Location"] == f"/v1/documents/{made.json['id']}"
    assert len(quoted(client)) == 1


def test_what_is_public_may_be_quoted(client):
    registered(client)
    assert len(quoted(client)) == 1
    client.post("/v1/documents", json={"name": "Press release", "text": MEMO[56:320], "public": True})
    assert quoted(client) == []


def test_a_document_that_is_made_public_may_be_quoted(client):
    told = registered(client)
    changed = client.patch(f"/v1/documents/{told['id']}", json={"public": True, "name": "Memo, published"})
    assert changed.json["public"] and changed.json["name"] == "Memo, published"
    assert quoted(client) == []


def test_the_same_file_twice_is_one_document(client):
    first = registered(client)
    again = send(client, name="copy.txt")
    assert again.status_code == 200 and again.json["id"] == first["id"]
    assert len(client.get("/v1/documents").json["documents"]) == 1


def test_a_document_that_is_removed_is_found_no_more(client, config, registrar):
    told = registered(client)
    assert client.delete(f"/v1/documents/{told['id']}").status_code == 204
    assert quoted(client) == []
    assert client.get(f"/v1/documents/{told['id']}").status_code == 404
    assert client.delete(f"/v1/documents/{told['id']}").status_code == 404


def test_one_on_its_way_can_be_cancelled(client):
    sent = [send(client, f"{MEMO} {number}".encode()).json["id"] for number in range(5)]
    for id in sent:
        assert client.delete(f"/v1/documents/{id}").status_code == 204
    assert client.get("/v1/documents").json["documents"] == []
    assert quoted(client) == []


@pytest.mark.parametrize(
    ("data", "problem"), [(b"too little", "too_short"), (b"\x00\x01\x02\x03" * 900, "unsupported")]
)
def test_a_file_that_cannot_be_registered_says_why(client, data, problem):
    sent = send(client, data)
    told = client.get(f"/v1/documents/{sent.json['id']}?wait=30", headers={"Accept-Language": "zh"}).json
    assert (told["state"], told["problem"]) == ("failed", problem) and told["message"].endswith("。")
    assert client.delete(f"/v1/documents/{sent.json['id']}").status_code == 204


def test_a_passage_too_short_to_be_recognised_is_refused(client):
    answer = client.post("/v1/documents", json={"name": "x", "text": "hello there"})
    assert answer.status_code == 422 and answer.json["errors"][0]["pointer"] == "/text"


@pytest.mark.parametrize(
    "fields", [{}, {"name": "", "text": MEMO}, {"name": "x"}, {"name": "x", "text": MEMO, "public": "yes"}]
)
def test_a_request_that_makes_no_sense_is_refused(client, fields):
    assert client.post("/v1/documents", json=fields).status_code == 422


def test_a_form_without_a_file_is_refused(client):
    assert client.post("/v1/documents", data={"name": "x"}, content_type="multipart/form-data").status_code == 422


def test_documents_of_another_key_say_so(client, config):
    told = registered(client)
    (config.data / key.NAME).unlink()
    answer = client.get(f"/v1/documents/{told['id']}").json
    assert answer["state"] == "ready" and answer["problem"] == "other_key"


def test_no_word_of_it_is_kept(client, config):
    registered(client)
    for path in config.data.rglob("*"):
        content = path.read_bytes()
        assert b"northern" not in content and b"dredged" not in content and b"fourteen" not in content


def test_only_the_pages_may_name_folders(client):
    assert client.get("/v1/folders").status_code == 401
    assert client.post("/v1/folders", json={"path": "/"}).status_code == 401


def test_a_folder_is_registered_and_watched(page, client, tmp_path, registrar):
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "memo.txt").write_text(MEMO)
    (folder / "noise.bin").write_bytes(b"\x00\x01" * 500)
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    made = page.post("/v1/folders", json={"path": str(folder)})
    assert made.status_code == 201 and made.json["is_there"]
    assert registrar.settled(30)
    ready = [one["name"] for one in client.get("/v1/documents").json["documents"] if one["state"] == "ready"]
    assert ready == ["deep/memo.txt"] and len(quoted(client)) == 1
    (told,) = page.get("/v1/folders").json["folders"]
    assert told["files"] == 2 and [one["path"] for one in told["unread"]] == ["noise.bin"]
    assert page.delete(f"/v1/folders/{told['id']}").status_code == 204
    assert page.get("/v1/folders").json["folders"] == [] and len(quoted(client)) == 1


@pytest.mark.parametrize("path", ["papers", "/nowhere/at/all", "\x00", ""])
def test_a_folder_that_is_not_there_is_refused(page, path):
    assert page.post("/v1/folders", json={"path": path}).status_code == 422

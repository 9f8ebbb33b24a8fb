"""Files over HTTP, read by the real worker process."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from backend.jobs import Jobs
from tests.backend.api.conftest import EXTENSION


def drawn(words: str, kind: str = "PNG") -> bytes:
    """Return a picture of a few words."""
    picture = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((90, 90), words, fill="black", font=ImageFont.load_default(90))
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def send(client, data: bytes, name: str = "file.bin") -> str:
    """Send a file and return its id."""
    answer = client.post("/v1/attachments", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 202
    return answer.json["id"]


def form_of(data: bytes) -> dict:
    """Return a form with a large file; the test client's own way would put it into a temporary file."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    return {"data": head + data + b"\r\n--b--\r\n", "content_type": "multipart/form-data; boundary=b"}


def test_it_takes_a_file_and_says_where_to_ask(client):
    answer = client.post("/v1/attachments", data={"file": (io.BytesIO(b"hello"), "a.txt")})
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/attachments/{answer.json['id']}"


def test_it_tells_what_a_picture_says_and_where(client):
    id = send(client, drawn("TOP SECRET"), "photo.png")
    state = client.get(f"/v1/attachments/{id}?wait=30&channel=ai").json
    assert (state["state"], state["done"]) == ("done", state["total"])
    marks = [finding for finding in state["findings"] if finding["category"] == "marking"]
    assert marks and marks[0]["places"][0]["part"] == id
    x, y, width, height = marks[0]["places"][0]["box"]
    assert 0 <= x < x + width <= 900 and 0 <= y < y + height <= 300


def test_a_draft_may_name_it_once_it_is_read(client):
    id = send(client, "绝密★30年".encode(), "a.txt")
    answer = client.post("/v1/checks?wait=30", json={"text": "look", "attachments": [id, id]})
    assert answer.json["level"] == "stop"
    assert answer.json["gaps"] == []


def test_a_file_that_is_still_being_read_is_a_gap(app, store, engine, config, token):
    """The desk is real; its worker is never begun, as when many files wait."""
    from backend import create_app

    class Waiting(Jobs):
        def _go(self) -> None:
            """Leave the file in the queue."""

    waiting = Waiting()
    client = create_app(config, store=store, engine=engine, jobs=waiting, extensions=()).test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    id = send(client, b"hello", "a.txt")
    answer = client.post("/v1/checks", json={"text": "机密★10年", "attachments": [id]})
    assert answer.json["level"] == "stop", "what was seen is told all the same"
    assert [(gap["part"], gap["reason"]) for gap in answer.json["gaps"]] == [(id, "pending")]
    assert client.post(f"/v1/attachments/{id}/copy", json={}).json["type"].endswith(":still_reading")


def test_a_draft_that_names_an_unknown_file_is_refused_and_never_clear(client):
    answer = client.post("/v1/checks", json={"text": "", "attachments": ["gone"]})
    assert answer.status_code == 422
    assert answer.json["type"].endswith(":attachment_unknown")
    assert answer.json["errors"][0]["pointer"] == "/attachments/0"


def test_a_file_answers_only_to_the_one_who_sent_it(client, other):
    id = send(client, b"mine", "a.txt")
    unknown = other.get("/v1/attachments/unknown")
    answers = [
        other.get(f"/v1/attachments/{id}"),
        other.delete(f"/v1/attachments/{id}"),
        other.post(f"/v1/attachments/{id}/copy", json={}),
    ]
    assert all((answer.status_code, answer.json) == (404, unknown.json) for answer in answers)
    assert other.post("/v1/checks", json={"attachments": [id]}).status_code == 422
    assert client.get(f"/v1/attachments/{id}").status_code == 200


def test_the_same_bytes_have_another_id_for_everyone(client, other):
    first, again, others = send(client, b"same"), send(client, b"same"), send(other, b"same")
    assert len({first, again, others}) == 3
    assert client.delete(f"/v1/attachments/{first}").status_code == 204
    assert client.get(f"/v1/attachments/{again}").status_code == 200
    assert other.get(f"/v1/attachments/{others}").status_code == 200


def test_it_forgets_a_file(client):
    id = send(client, b"hello")
    assert client.delete(f"/v1/attachments/{id}").status_code == 204
    assert client.get(f"/v1/attachments/{id}").status_code == 404
    assert client.delete(f"/v1/attachments/{id}").status_code == 404


def test_it_gives_back_a_safe_copy(client):
    id = send(client, drawn("TOP SECRET", "JPEG"), "photo.jpg")
    client.get(f"/v1/attachments/{id}?wait=30")
    wanted = {"boxes": [{"page": 1, "box": [50, 50, 800, 200]}], "strip_metadata": True}
    answer = client.post(f"/v1/attachments/{id}/copy", json=wanted, headers={"Origin": EXTENSION})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == EXTENSION
    copy = Image.open(io.BytesIO(answer.data)).convert("L")
    darkest, lightest = copy.crop((80, 80, 800, 220)).getextrema()
    assert lightest - darkest < 30, "nothing can be told apart under the cover"


@pytest.mark.parametrize(
    "wanted",
    [{"boxes": [{"box": [1, 2, 3]}]}, {"boxes": [{"page": 0, "box": [1, 2, 3, 4]}]}, {"boxes": 1}, {"blur": True}],
)
def test_it_refuses_boxes_that_make_no_sense(client, wanted):
    id = send(client, b"hello")
    assert client.post(f"/v1/attachments/{id}/copy", json=wanted).status_code == 422


def test_it_says_so_when_no_safe_copy_can_be_made(client):
    id = send(client, b"plain text", "a.txt")
    client.get(f"/v1/attachments/{id}?wait=30")
    answer = client.post(f"/v1/attachments/{id}/copy", json={})
    assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (422, "not_coverable")


def test_it_takes_a_form_with_a_file_and_nothing_else(client):
    assert client.post("/v1/attachments", json={}).status_code == 415
    assert client.post("/v1/attachments", data=b"", headers={"Content-Type": "multipart/form-data"}).status_code in (
        400,
        422,
    )
    assert client.post("/v1/attachments", data={"other": "x"}, content_type="multipart/form-data").status_code == 422


def test_it_says_so_when_a_file_is_too_large(client, config):
    assert client.post("/v1/attachments", **form_of(bytes(config.max_file + 1))).status_code == 413
    assert client.post("/v1/attachments", **form_of(bytes(config.max_file + 2 * 1024 * 1024))).status_code == 413


def test_a_name_of_any_kind_is_no_matter(client):
    for name in ("../../etc/passwd", "a" * 5000, "\x00", "名字.png", "a\r\nb"):
        answer = client.post("/v1/attachments", data={"file": (io.BytesIO(b"x"), name)})
        assert answer.status_code in (202, 400, 422)

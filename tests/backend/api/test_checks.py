"""Drafts over HTTP."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MARKED = "机密★10年 hello"
JSON = {"Content-Type": "application/json"}


def test_it_holds_a_marked_text_and_says_where_and_why(client):
    answer = client.post("/v1/checks", json={"text": "see 🙂 机密★10年", "site": "x.com", "channel": "post"})
    finding = answer.json["findings"][0]
    assert answer.json["level"] == finding["level"] == "stop"
    assert finding["rule"] == "cn.state-secret"
    # The smiling face counts two, as in JavaScript.
    assert finding["places"] == [{"part": "text", "start": 7, "end": 13}]
    assert finding["title"] and finding["reason"] and finding["advice"]
    assert answer.json["elapsed_ms"] > 0


@pytest.mark.parametrize("draft", [{}, {"text": ""}, {"text": "  \n"}, {"text": "", "thread": [], "attachments": []}])
def test_an_empty_draft_is_clear(client, draft):
    answer = client.post("/v1/checks", json=draft)
    assert answer.status_code == 200
    assert (answer.json["level"], answer.json["findings"], answer.json["gaps"]) == ("clear", [], [])


def test_every_verdict_has_an_id_of_its_own(client):
    ids = {client.post("/v1/checks", json={"text": "same"}).json["id"] for _ in range(5)}
    assert len(ids) == 5


@pytest.mark.parametrize(("language", "title"), [("zh-CN,zh;q=0.9", "国家秘密"), ("vi", "mật"), ("fr", "secret")])
def test_it_speaks_the_language_of_the_caller(client, language, title):
    answer = client.post("/v1/checks", json={"text": MARKED}, headers={"Accept-Language": language})
    assert title in json.dumps(answer.json["findings"], ensure_ascii=False).lower()


def test_it_lets_callers_send_fields_that_it_does_not_know_yet(client):
    assert client.post("/v1/checks", json={"text": "hi", "mood": "fine"}).status_code == 200


def test_it_takes_text_that_javascript_has_cut_in_the_middle_of_a_character(client):
    answer = client.post("/v1/checks", data='{"text": "\\ud83d 机密★10年 \\udc00"}', headers=JSON)
    assert answer.status_code == 200
    assert answer.json["findings"][0]["places"][0]["start"] == 2


@pytest.mark.parametrize(
    "body", ["", "{", "nonsense", '{"text": NaN}', "[" * 100_000, b"\xff\xfe\x00", '{"text": "\x00"']
)
def test_it_calls_broken_json_a_bad_request(client, body):
    answer = client.post("/v1/checks", data=body, headers=JSON)
    assert (answer.status_code, answer.json["type"]) == (400, "urn:secondlook:problem:bad_json")


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({"text": 3}, "/text"),
        ({"text": None}, "/text"),
        ({"text": ["a"]}, "/text"),
        ({"channel": "telepathy"}, "/channel"),
        ({"thread": [{"from": "nobody", "text": "x"}]}, "/thread/0/from"),
        ({"thread": [{"from": "them"}]}, "/thread/0/text"),
        ({"thread": "x"}, "/thread"),
        ({"attachments": [7]}, "/attachments/0"),
        ([], ""),
        ("text", ""),
        (None, ""),
    ],
)
def test_it_names_the_field_that_is_wrong(client, draft, pointer):
    answer = client.post("/v1/checks", data=json.dumps(draft), headers=JSON)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == pointer


def test_it_says_so_when_a_text_is_too_long(client):
    assert client.post("/v1/checks", json={"text": "a" * 1_000_000}).status_code == 200
    assert client.post("/v1/checks", json={"text": "a" * 1_000_001}).status_code == 413


def test_a_long_text_in_another_script_is_within_the_limit_however_it_is_written(client):
    escaped = json.dumps({"text": "字" * 1_000_000}, ensure_ascii=True)
    assert client.post("/v1/checks", data=escaped, headers=JSON).status_code == 200


def test_it_says_so_when_a_body_is_too_large(client):
    assert client.post("/v1/checks", data=b" " * (8 * 1024 * 1024 + 1), headers=JSON).status_code == 413


def test_it_takes_nothing_but_json_and_forms(client):
    assert client.post("/v1/checks", data="text=hi").status_code == 415
    assert client.post("/v1/checks", data="<a/>", headers={"Content-Type": "application/xml"}).status_code == 415


@pytest.mark.parametrize("wait", ["-1", "31", "soon", "nan", "inf", ""])
def test_it_says_so_when_the_wait_makes_no_sense(client, wait):
    answer = client.post(f"/v1/checks?wait={wait}", json={"text": "hi"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/wait")


def test_it_reads_the_files_of_a_form_with_the_draft(client):
    form = {"draft": json.dumps({"text": "hello"}), "file": (io.BytesIO(MARKED.encode()), "notes.txt")}
    answer = client.post("/v1/checks", data=form)
    place = answer.json["findings"][0]["places"][0]
    assert answer.json["level"] == "stop"
    assert place["part"] not in ("text", "thread")
    assert client.get(f"/v1/attachments/{place['part']}").status_code == 404, "it is forgotten with the answer"


def test_it_takes_the_draft_of_a_form_as_a_browser_sends_a_blob(client):
    blob = (io.BytesIO(json.dumps({"text": MARKED}).encode()), "blob", "application/json")
    assert client.post("/v1/checks", data={"draft": blob}).json["level"] == "stop"


def test_a_form_without_a_draft_is_about_its_files(client):
    answer = client.post("/v1/checks", data={"file": (io.BytesIO(MARKED.encode()), "notes.txt")})
    assert answer.json["level"] == "stop"


def test_a_form_with_a_broken_draft_is_refused_before_its_files_are_read(client):
    form = {"draft": "{", "file": (io.BytesIO(b"x"), "x.txt")}
    assert client.post("/v1/checks", data=form).status_code == 400


def test_a_form_that_is_cut_short_is_no_crash(client):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    for body in (b"", b"--b\r\n", b"--b\r\nContent-Disposition: form-data; name=draft\r\n\r\n{", b"\xff" * 100):
        assert client.post("/v1/checks", data=body, headers=headers).status_code in (400, 422)
    assert client.post("/v1/checks", data=b"x", headers={"Content-Type": "multipart/form-data"}).status_code < 500


def test_a_form_takes_twenty_files_at_most(client):
    form = {"file": [(io.BytesIO(b"x"), f"{n}.txt") for n in range(21)]}
    assert client.post("/v1/checks", data=form).status_code == 413


def test_a_file_that_cannot_be_read_is_a_gap_and_not_clear(client):
    form = {"draft": "{}", "file": (io.BytesIO(b"\x89PNG\r\n\x1a\nnot really"), "x.png")}
    answer = client.post("/v1/checks", data=form)
    assert answer.status_code == 200
    assert answer.json["gaps"][0]["reason"] and answer.json["gaps"][0]["message"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("text", "site", "channel", "audience", "language", "thread", "attachments")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draft=st.dictionaries(st.sampled_from(FIELDS), ANYTHING) | ANYTHING)
def test_no_json_makes_it_stumble(client, draft):
    answer = client.post("/v1/checks", data=json.dumps(draft, allow_nan=True), headers=JSON)
    assert answer.status_code in (200, 400, 422)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=300))
def test_no_text_makes_it_stumble(client, text):
    answer = client.post("/v1/checks", data=json.dumps({"text": text}), headers=JSON)
    assert answer.status_code == 200
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for finding in answer.json["findings"]:
        assert all(0 <= place["start"] < place["end"] <= units for place in finding["places"])


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"Draft": json.dumps({"text": MARKED})},
        {"files": (io.BytesIO(MARKED.encode()), "notes.txt")},
        {"draft": "{}", "attachment": (io.BytesIO(MARKED.encode()), "notes.txt")},
        {"draft": "{}", "file": MARKED},
    ],
)
def test_a_form_with_a_part_that_would_not_be_read_is_refused_and_never_clear(client, form):
    answer = client.post("/v1/checks", data=form, content_type="multipart/form-data")
    assert answer.status_code == 422

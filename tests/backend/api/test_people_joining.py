"""Joining: a code or a link, once, and nothing to be learned from one that does not work."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.people import codes
from backend.store import people, tokens
from tests.at_once import at_once
from tests.backend.api.conftest import EXTENSION
from tests.backend.api.team import *  # noqa: F403

FROM_EXTENSION = {"Origin": EXTENSION}


@pytest.fixture
def join(stranger):
    def post(code: str, headers=FROM_EXTENSION, **more):
        return stranger.post("/v1/joins", json={"code": code, "device": "Chromium on Linux", **more}, headers=headers)

    return post


@pytest.fixture
def invite(an):
    def make(**wanted):
        answer = an.post("/v1/invitations", json={"name": "Chi", **wanted})
        assert answer.status_code == 201
        return answer.json

    return make


def test_a_code_lets_somebody_new_join_once(app, invite, join):
    made = invite(role="editor")
    joined = join(made["code"].lower().replace("-", " ").replace("0", "o")).json
    assert (joined["person"]["name"], joined["role"]) == ("Chi", "editor")
    chi = app.test_client()
    chi.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {joined['token']}"
    assert chi.get("/v1/documents").status_code == 200
    assert chi.get("/v1/tokens").json["tokens"][0]["expires"] is not None
    assert join(made["code"]).status_code == 403


def test_a_code_adds_a_device_to_somebody_who_is_there(an, bao, invite, join):
    made = invite(person=bao.person.id)
    assert made["name"] == "Bao"
    assert join(made["code"]).json["person"]["id"] == bao.person.id
    assert len(bao.get("/v1/tokens").json["tokens"]) == 2
    assert len(an.get("/v1/people").json["people"]) == 2


def test_codes_that_do_not_work_are_answered_alike(an, bao, invite, join, clock):
    used, withdrawn, old, shut = invite(), invite(), invite(days=1), invite(person=bao.person.id)
    join(used["code"])
    an.delete(f"/v1/invitations/{withdrawn['id']}")
    an.patch(f"/v1/people/{bao.person.id}", json={"disabled": True})
    clock.now += 86400
    wrong = [used["code"], withdrawn["code"], old["code"], shut["code"], codes.new(), "x", "é", "\x00"]
    answers = {join(code).get_data() for code in wrong}
    assert len(answers) == 1 and b"wrong_code" in answers.pop()


def test_only_the_extension_may_join_with_a_code(invite, join):
    code = invite()["code"]
    for headers in ({}, {"Origin": "http://127.0.0.1:8765"}, {"Origin": "https://evil.example"}):
        assert join(code, headers=headers).json["type"].endswith(":foreign_origin")
    assert join(code).status_code == 201


def test_whoever_tries_codes_is_asked_to_wait(join):
    assert [join(codes.new()).status_code for _ in range(25)][-1] == 429


def test_the_code_is_kept_nowhere_and_shown_once(an, invite, store):
    made = invite()
    plain = codes.plain(made["code"])
    assert made["link"].endswith(f"/join?once={plain}") and len(plain) * 5 >= 60
    shown = an.get("/v1/invitations").get_data(as_text=True)
    assert "Chi" in shown and plain not in shown and made["code"] not in shown
    file = store.engine.url.database
    held = b"".join(Path(path).read_bytes() for path in (file, f"{file}-wal"))
    assert plain.encode() not in held


def test_an_invitation_names_somebody_new_or_somebody_who_is_there(an):
    assert an.post("/v1/invitations", json={}).status_code == 422
    assert an.post("/v1/invitations", json={"person": "nobody"}).status_code == 404


def test_of_two_who_use_one_code_at_once_one_gets_in(store, clock):
    from backend.store import invitations

    code, _ = invitations.make(store, "Chi", "member", "An")
    came = at_once(*[lambda: invitations.join(store, code, "laptop", EXTENSION)] * 4)
    assert len([one for one in came if isinstance(one, tuple)]) == 1
    assert len([one for one in came if isinstance(one, invitations.WrongCode)]) == 3
    assert len(people.read_all(store)) == len(tokens.read_all(store)) == 1


def test_the_page_for_joining_uses_nothing_up_and_its_button_does(app, invite):
    from tests.backend.api.team import HERE

    code = codes.plain(invite(role="editor")["code"])
    client = app.test_client()
    for _ in range(2):
        assert code in client.get(f"/join?once={code}").text
    assert client.get("/v1/people/me").status_code == 401
    there = {"code": code}
    assert client.post("/v1/joins/here", json=there, headers={"Origin": EXTENSION}).status_code == 403
    assert client.post("/v1/joins/here", json=there).status_code == 403
    assert client.post("/v1/joins/here", json=there, headers=HERE).status_code == 204
    assert client.get("/v1/people/me").json["role"] == "editor"
    again = app.test_client().post("/v1/joins/here", json=there, headers=HERE)
    assert again.json["type"].endswith(":wrong_code")


def test_the_page_for_joining_says_the_same_of_every_code_and_runs_none(app, invite):
    page = app.test_client().get("/join", query_string={"once": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    known, unknown = codes.plain(invite()["code"]), codes.new()
    client = app.test_client()
    pages = {client.get(f"/join?once={one}").text.replace(one, "") for one in (known, unknown)}
    assert len(pages) == 1


def test_a_device_paired_by_a_person_is_theirs(app, invite, store, join):
    from backend.people.roles import Caller
    from backend.store import pairings

    person = people.add(store, "Dung", "editor")
    from sqlalchemy import update

    from backend.store.tables import pairings as table

    begun, word = pairings.start(store, "laptop", "1", EXTENSION, "0" * 64)
    with store.write() as connection:
        connection.execute(update(table).where(table.c.id == begun.id).values(code="123 456"))
    pairings.decide(store, begun.id, True, Caller("session:x", "Dung", "editor", person.id))
    token = tokens.find(store, pairings.collect(store, begun.id, word)[1])
    assert (token.person, token.role) == ("Dung", "editor") and token.expires is not None

"""Who is in the team, what each may, and who cannot be lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.store import lists, people, tokens
from tests.backend.api.team import *  # noqa: F403


def test_an_administrator_sees_everybody_and_a_member_only_their_own_account(an, bao):
    assert [one["name"] for one in an.get("/v1/people").json["people"]] == ["An", "Bao"]
    assert bao.get("/v1/people").status_code == 403
    assert bao.get("/v1/people/me").json["name"] == "Bao"


def test_whoever_has_the_servers_machine_is_nobody_of_the_team(client):
    assert client.get("/v1/people").status_code == 200
    assert client.get("/v1/people/me").status_code == 404


def test_a_new_role_counts_at_once(an, bao):
    bao_id = bao.person.id
    assert an.patch(f"/v1/people/{bao_id}", json={"role": "editor"}).json["role"] == "editor"
    assert bao.get("/v1/documents").status_code == 200
    an.patch(f"/v1/people/{bao_id}", json={"role": "member"})
    assert bao.get("/v1/documents").json["type"].endswith(":not_allowed")


def test_a_device_with_less_than_its_persons_role_keeps_to_it(app, store, an, clock):
    word = tokens.mint(store, "script", person_id=an.person.id, role="member")[0]
    script = app.test_client()
    script.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    assert script.get("/v1/people").status_code == 403
    people.add(store, "Chi", "administrator")
    an.patch(f"/v1/people/{an.person.id}", json={"role": "editor"})
    assert script.get("/v1/documents").status_code == 403


def test_whoever_is_shut_out_is_refused_at_once_and_can_come_back(an, bao):
    assert bao.post("/v1/checks", json={"text": "hello"}).status_code == 200
    an.patch(f"/v1/people/{bao.person.id}", json={"disabled": True})
    assert bao.post("/v1/checks", json={"text": "hello"}).status_code == 401
    an.patch(f"/v1/people/{bao.person.id}", json={"disabled": False})
    assert bao.post("/v1/checks", json={"text": "hello"}).status_code == 200


def test_whoever_is_removed_takes_devices_and_personal_lists_along(an, bao, store):
    from sqlalchemy import update

    from backend.model import Level
    from backend.store.tables import lists as table

    mine = lists.create(store, "Private", Level.WARN, who="Bao")
    with store.write() as connection:
        connection.execute(update(table).where(table.c.id == mine.id).values(owner=bao.person.id))
    lists.create(store, "Everybody's", Level.WARN, who="An")
    assert an.delete(f"/v1/people/{bao.person.id}").status_code == 204
    assert bao.get("/v1/lists").status_code == 401
    assert [one.name for one in tokens.read_all(store)] == ["An's laptop"]
    assert [one.name for one in lists.read_all(store)] == ["Everybody's"]
    assert an.delete(f"/v1/people/{bao.person.id}").status_code == 404


@pytest.mark.parametrize("change", [{"role": "editor"}, {"role": "member"}, {"disabled": True}, None])
def test_the_last_administrator_cannot_be_lost(an, as_person, change):
    as_person("Chi", "editor")
    path = f"/v1/people/{an.person.id}"

    def lose():
        return an.delete(path) if change is None else an.patch(path, json=change)

    assert lose().json["type"].endswith(":last_administrator")
    as_person("Dung", "administrator")
    assert lose().status_code in (200, 204)


def test_an_administrator_who_is_shut_out_does_not_count(an, as_person):
    chi = as_person("Chi", "administrator")
    assert an.patch(f"/v1/people/{chi.person.id}", json={"disabled": True}).status_code == 200
    assert an.delete(f"/v1/people/{an.person.id}").json["type"].endswith(":last_administrator")


def test_a_name_and_what_one_signs_in_with_can_change_and_two_cannot_share_it(an, bao):
    path = f"/v1/people/{bao.person.id}"
    answer = an.patch(path, json={"name": "Bảo", "sign_in": "Bao@Example.org"}).json
    assert (answer["name"], answer["sign_in"]) == ("Bảo", "bao@example.org")
    clash = an.patch(f"/v1/people/{an.person.id}", json={"sign_in": "bao@example.org"})
    assert clash.json["type"].endswith(":conflict")
    for wrong in ({"name": " "}, {"name": "a\nb"}, {"role": "owner"}, {"sign_in": "two words"}):
        assert an.patch(path, json=wrong).status_code == 422


def test_a_member_sees_and_shuts_out_own_devices_alone(an, bao, store):
    mine = bao.get("/v1/tokens").json["tokens"]
    assert [one["name"] for one in mine] == ["Bao's laptop"] and mine[0]["current"]
    theirs = {one["person_name"]: one["id"] for one in an.get("/v1/tokens").json["tokens"]}
    assert set(theirs) == {"An", "Bao"}
    assert bao.delete(f"/v1/tokens/{theirs['An']}").status_code == 404
    assert an.get("/v1/people").status_code == 200
    assert bao.delete(f"/v1/tokens/{theirs['Bao']}").status_code == 204
    assert bao.get("/v1/tokens").status_code == 401


def test_a_person_without_a_name_in_the_team_sees_no_device(app, store):
    word = tokens.mint(store, "kiosk", role="member")[0]
    kiosk = app.test_client()
    kiosk.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    assert kiosk.get("/v1/tokens").json["tokens"] == []


def test_one_persons_own_server_has_no_people(config, store, engine, jobs):
    from backend import create_app

    own = create_app(replace(config, team=False), store=store, engine=engine, jobs=jobs).test_client()
    own.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {tokens.mint(store, 'me')[0]}"
    assert own.get("/v1/people").json == {"people": []}
    for answer in (own.post("/v1/invitations", json={"name": "An"}), own.delete("/v1/people/x")):
        assert answer.json["type"].endswith(":no_team")

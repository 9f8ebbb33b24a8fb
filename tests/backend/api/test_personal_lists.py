"""Lists of a team's people: their own, which nobody else can see, and everybody's."""

from __future__ import annotations

import io

import pytest

from backend.store import lists, people
from tests.backend.api.team import an, as_person, bao, config

__all__ = ["an", "as_person", "bao", "config"]
DRAFT = {"text": "We meet about Zanarivogel tomorrow."}


@pytest.fixture
def chi(as_person):
    return as_person("Chi", "editor")


def make(client, name: str = "Mine", owner: str = "me", words: tuple[str, ...] = ("Zanarivogel",), **more) -> str:
    answer = client.post("/v1/lists", json={"name": name, "owner": owner, "terms": list(words), **more})
    assert answer.status_code == 201, answer.json
    assert answer.json["owner"] == owner
    return answer.json["id"]


def rules(client, draft=DRAFT) -> list[str]:
    return [one["rule"] for one in client.post("/v1/checks", json=draft).json["findings"]]


def test_an_own_list_counts_for_its_owner_alone_and_at_once(an, bao, chi):
    id = make(bao)
    assert rules(bao) == [f"list.{id}"]
    assert rules(an) == rules(chi) == []
    assert bao.post(f"/v1/lists/{id}/terms", json={"terms": ["Tangerwolf"]}).status_code == 200
    assert rules(bao, {"text": "Tangerwolf"}) == [f"list.{id}"]
    assert bao.patch(f"/v1/lists/{id}", json={"enabled": False}).status_code == 200
    assert rules(bao) == []


def test_an_own_list_counts_on_all_devices_of_its_owner(as_person, bao):
    id = make(bao)
    assert rules(as_person("Bao", "member", bao.person)) == [f"list.{id}"]


def ways(id: str) -> list[tuple[str, str, dict]]:
    """Every way to a list."""
    terms = {"terms": ["a"]}
    return [
        ("GET", f"/v1/lists/{id}", {}),
        ("PATCH", f"/v1/lists/{id}", {"json": {"name": "x"}}),
        ("DELETE", f"/v1/lists/{id}", {}),
        ("PUT", "/v1/lists/order", {"json": {"lists": [id]}}),
        ("GET", f"/v1/lists/{id}/terms", {}),
        ("POST", f"/v1/lists/{id}/terms", {"json": terms}),
        ("PATCH", f"/v1/lists/{id}/terms", {"json": {"add": ["a"]}}),
        ("PUT", f"/v1/lists/{id}/terms", {"json": terms, "headers": {"If-Match": "*"}}),
        ("POST", f"/v1/lists/{id}/terms/edit", {"json": {"where": {}, "remove": True}}),
        ("GET", f"/v1/lists/{id}/history", {}),
        ("DELETE", f"/v1/lists/{id}/history", {}),
        ("POST", f"/v1/lists/{id}/undo", {}),
        ("GET", f"/v1/lists/{id}/export", {}),
        ("GET", f"/v1/lists/{id}/observations", {}),
        ("DELETE", f"/v1/lists/{id}/observations", {}),
        ("POST", f"/v1/lists/{id}/sealed", {"json": {}}),
    ]


def test_a_foreign_list_answers_to_nobody_as_one_that_is_not_there(an, bao, chi, app):
    id = make(bao)
    described = {
        rule.rule.replace("<id>", id) for rule in app.url_map.iter_rules() if rule.rule.startswith("/v1/lists/")
    }
    assert described == {path for _, path, _ in ways(id)}
    for other in (an, chi):
        for (method, path, sent), (_, nowhere, sent_nowhere) in zip(ways(id), ways("0" * 32), strict=True):
            answer = other.open(path, method=method, **sent)
            assert answer.status_code == 404, (method, path)
            assert answer.data == other.open(nowhere, method=method, **sent_nowhere).data
        assert [one["name"] for one in other.get("/v1/lists").json["lists"]] == []
    assert bao.get(f"/v1/lists/{id}/terms").json["total"] == 1


def test_a_member_reads_the_names_of_everybodys_lists_and_nothing_else_of_them(bao, chi):
    id = make(chi, "Projects", "everybody")
    assert rules(bao) == [f"list.{id}"]
    assert [(one["name"], one["owner"]) for one in bao.get("/v1/lists").json["lists"]] == [("Projects", "everybody")]
    for method, path, sent in ways(id)[1:]:
        assert bao.open(path, method=method, **sent).status_code == 403, (method, path)
    assert bao.post("/v1/lists", json={"name": "Mine"}).status_code == 403


def test_names_and_orders_are_each_owners_own(an, bao, chi):
    shared, other = make(chi, "Projects", "everybody"), make(chi, "Clients", "everybody", ("Tangerwolf",))
    mine, second = make(bao, "Projects", words=("Mirabelstein",)), make(bao, "Clients", words=("Quittenfels",))
    assert make(an, "Projects") not in (shared, mine)
    assert bao.put("/v1/lists/order", json={"lists": [second, mine]}).status_code == 200
    assert [one["id"] for one in bao.get("/v1/lists?owner=me").json["lists"]] == [second, mine]
    assert chi.put("/v1/lists/order", json={"lists": [other, shared]}).status_code == 200
    assert [one["id"] for one in bao.get("/v1/lists").json["lists"]] == [other, shared, second, mine]
    assert bao.get("/v1/lists?owner=yours").status_code == 422


def test_a_file_is_brought_into_an_own_list(bao, an):
    def imported(**where):
        file = (io.BytesIO(b"Zanarivogel\nTangerwolf\n"), "mine.txt")
        one = bao.post("/v1/imports", data={"file": file}).json["id"]
        bao.get(f"/v1/imports/{one}?wait=10")
        answer = bao.post(f"/v1/imports/{one}/apply", json=where)
        return answer, bao.get(f"/v1/imports/{one}?wait=10").json

    assert imported(name="Mine")[0].status_code == 403
    done = imported(name="Mine", owner="me")[1]
    assert done["state"] == "done" and rules(bao) == [f"list.{done['result']['list']}"]
    foreign = make(an)
    assert imported(list=foreign)[0].status_code == 404


def test_one_person_cannot_take_the_places_of_all_who_bring_files(as_person, an, bao):
    def sent(client) -> int:
        return client.post("/v1/imports", data={"file": (io.BytesIO(b"Tangerwolf"), "mine.txt")}).status_code

    second = as_person("Bao", "member", bao.person)
    assert [sent(one) for one in (bao, second, bao, second, bao, second)] == [202] * 4 + [429] * 2
    assert sent(an) == 202


def test_an_own_list_in_observe_mode_counts_and_does_not_ask(bao):
    id = make(bao, observe=True)
    assert rules(bao) == []
    assert bao.get(f"/v1/lists/{id}/observations").json["this_week"] == 1


def test_undo_leads_back_in_an_own_list(bao):
    id = make(bao)
    bao.post(f"/v1/lists/{id}/terms", json={"terms": ["Tangerwolf"]})
    assert bao.post(f"/v1/lists/{id}/undo").json["removed"] == 1
    assert rules(bao, {"text": "Tangerwolf"}) == []


def test_the_louder_of_an_own_list_and_everybodys_speaks(bao, chi):
    shared = make(chi, "Projects", "everybody", level="stop")
    make(bao, level="note")
    assert rules(bao) == [f"list.{shared}"]


def test_nobody_has_more_than_their_share(bao, monkeypatch):
    monkeypatch.setattr(lists, "MOST_OWN_TERMS", 3)
    id = make(bao, words=("aa", "bb", "cc"))
    refused = bao.post(f"/v1/lists/{id}/terms", json={"terms": ["dd"]})
    assert refused.status_code == 409 and refused.json["type"].endswith(":too_much_own")
    assert bao.get(f"/v1/lists/{id}/terms").json["total"] == 3
    assert bao.post("/v1/lists", json={"name": "More", "owner": "me", "terms": ["dd"]}).status_code == 409
    for number in range(lists.MOST_OWN - 1):
        make(bao, f"List {number}", words=())
    assert bao.post("/v1/lists", json={"name": "Last", "owner": "me"}).status_code == 409


def test_with_a_person_go_their_lists(bao, store, app, as_person):
    make(bao)
    people.remove(store, bao.person.id)
    assert lists.owners(store) == frozenset() and lists.read_all(store, bao.person.id) == []


def test_a_token_of_no_person_has_no_own_lists(client):
    answer = client.post("/v1/lists", json={"name": "Mine", "owner": "me"})
    assert answer.status_code == 422 and answer.json["errors"][0]["pointer"] == "/owner"


def test_everybodys_index_is_not_built_anew_for_an_own_list(app, bao):
    live = app.extensions["secondlook"].live
    before = live.engine
    make(bao)
    assert live.engine is before or live.engine._indexes["lists"] is before._indexes["lists"]


def test_of_many_who_write_those_who_wrote_longest_ago_are_forgotten(store, engine, monkeypatch):
    from backend.http.own_lists import FEWEST_COUNTED, People
    from backend.model import Draft, Term
    from backend.store import terms

    held = People(store, most_terms=3 * FEWEST_COUNTED)
    for person in "abcdef":
        made = lists.create(store, "Mine", owner=person)
        terms.change(store, made.id, add=[Term(f"Zanarivogel{person}")])
    held.renew(1)
    for person in "abcdefa":
        found = held.engine(engine, person, store.day()).check(Draft(text=f"Zanarivogel{person}"))
        assert [one.values["list"] for one in found.findings] == ["Mine"]
    assert list(held._held) == ["e", "f", "a"]
    assert held.engine(engine, "somebody", store.day()) is engine

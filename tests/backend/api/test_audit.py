"""What administrators and list editors did, over HTTP."""

from __future__ import annotations

import json

import pytest

from backend.store import audit
from tests.backend.api.team import an, as_person, bao, config

__all__ = ["an", "as_person", "bao", "config"]
CANARY = "Zanarivogel"


@pytest.fixture
def chi(as_person):
    return as_person("Chi", "editor")


def actions(client) -> list[str]:
    return [one["action"] for one in client.get("/v1/audit?limit=1000").json["entries"]][::-1]


def work(an, chi) -> None:
    """Do a little of everything, each time with a word that must stay where it is."""
    made = chi.post("/v1/lists", json={"name": "Projects", "terms": [CANARY, "Tangerwolf"]}).json["id"]
    chi.patch(f"/v1/lists/{made}", json={"level": "warn", "sites": [f"{CANARY}.example"]})
    chi.post(f"/v1/lists/{made}/terms", json={"terms": [f"{CANARY} 2"]})
    chi.post(f"/v1/lists/{made}/terms/edit", json={"where": {"search": CANARY}, "set": {"note": CANARY}})
    chi.post(f"/v1/lists/{made}/undo")
    sealed = chi.post(f"/v1/lists/{made}/sealed", json={}).json["sealed"]
    chi.post("/v1/sealed", json=sealed)
    chi.delete(f"/v1/sealed/{sealed['id']}")
    chi.delete(f"/v1/lists/{made}/history")
    chi.delete(f"/v1/lists/{made}/observations")
    chi.put("/v1/lists/order", json={"lists": [made]})
    chi.delete(f"/v1/lists/{made}")
    passage = (
        f"The {CANARY} report tells how the harbour was widened in the spring and who paid for the cranes there. " * 4
    )
    document = chi.post("/v1/documents", json={"name": "Report", "text": passage}).json["id"]
    chi.patch(f"/v1/documents/{document}", json={"name": "Report 2"})
    chi.delete(f"/v1/documents/{document}")
    an.put("/v1/policy/rules/cn.state-secret", json={"speaks": "quiet"})
    an.post("/v1/policy/own", json={"name": "office", "text": "office@zanarivogel.example"})
    an.delete("/v1/decisions")


def test_everything_that_changes_a_team_is_written_down_with_who_did_it(an, chi):
    work(an, chi)
    found = an.get("/v1/audit").json["entries"][::-1]
    assert [(one["who"].partition(" ")[0].rstrip(","), one["action"]) for one in found if one["person"]] == [
        *(("Chi", name) for name in (
            "list.made", "list.changed", "list.terms", "list.edited", "list.undone", "list.sealed", "sealed.taken",
            "sealed.removed", "list.history_forgotten", "list.observations_forgotten", "lists.ordered", "list.removed",
            "document.registered", "document.changed", "document.removed",
        )),
        ("An", "policy.changed"), ("An", "policy.changed"), ("An", "decisions.forgotten"),
    ]  # fmt: skip
    assert {one["person"] for one in found} == {an.person.id, chi.person.id}
    by_action = {one["action"]: one["detail"] for one in found}
    assert by_action["list.changed"]["changed"] == ["level", "sites"]
    assert by_action["list.edited"] | {"id": ""} == {"id": "", "added": 0, "changed": 2, "removed": 0}
    assert by_action["policy.changed"]["changed"] == ["own"]


def test_no_word_of_a_list_a_document_or_a_draft_gets_in(an, chi, store):
    work(an, chi)
    an.post("/v1/checks", json={"text": CANARY})
    told = " ".join(f"{one.who} {one.subject} {one.detail}" for one in audit.read_all(store))
    assert CANARY.lower() not in told.lower() and "Tangerwolf" not in told


def test_what_was_refused_is_not_written_down(an, bao, chi):
    made = chi.post("/v1/lists", json={"name": "Projects"}).json["id"]
    bao.delete(f"/v1/lists/{made}")
    chi.post("/v1/lists", json={"name": "Projects"})
    chi.delete(f"/v1/lists/{made}", headers={"If-Match": '"9"'})
    assert actions(an) == ["list.made"]


def test_what_people_do_with_their_own_lists_is_nobodys_business(an, bao):
    made = bao.post("/v1/lists", json={"name": "Mine", "owner": "me", "terms": ["x"]}).json["id"]
    bao.patch(f"/v1/lists/{made}", json={"level": "note"})
    bao.post(f"/v1/lists/{made}/terms", json={"terms": ["y"]})
    bao.post(f"/v1/lists/{made}/undo")
    bao.delete(f"/v1/lists/{made}/history")
    bao.delete(f"/v1/lists/{made}")
    assert an.get("/v1/audit").json["entries"] == []


def test_pages_and_the_export_have_the_same_chain(an, chi, store):
    for number in range(5):
        chi.post("/v1/lists", json={"name": f"List {number}"})
    first = an.get("/v1/audit?limit=2").json
    rest = an.get(f"/v1/audit?limit=9&before={first['next']}").json
    assert [one["id"] for one in first["entries"] + rest["entries"]] == [5, 4, 3, 2, 1]
    assert (first["total"], rest["next"]) == (5, None)
    assert first["head"] == f"5:{first['entries'][0]['hash']}"
    lines = an.get("/v1/audit/export").get_data(as_text=True).splitlines()
    assert [json.loads(line) for line in lines] == (first["entries"] + rest["entries"])[::-1]
    assert audit.verify(audit.read_all(store))[1] == []


def test_it_is_for_administrators(an, bao, chi):
    for path in ("/v1/audit", "/v1/audit/export"):
        assert [one.get(path).status_code for one in (an, chi, bao)] == [200, 403, 403]


def test_it_cannot_be_changed_by_any_way_of_the_api(an):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert an.open("/v1/audit", method=method).status_code == 405


def test_the_pages_of_the_servers_own_machine_have_no_person(page, an):
    page.post("/v1/lists", json={"name": "Projects"})
    (entry,) = an.get("/v1/audit").json["entries"]
    assert entry["person"] == "" and entry["who"]

"""What each role may: every operation of the API, three times."""

from __future__ import annotations

import re

import pytest

from backend.http import operation
from backend.http.description import operations
from backend.people.roles import ROLES, includes
from backend.store import tokens

MEMBER = {
    "GET /openapi.json",
    "POST /v1/checks",
    "POST /v1/attachments",
    "GET /v1/attachments/<id>",
    "DELETE /v1/attachments/<id>",
    "POST /v1/attachments/<id>/copy",
    "POST /v1/decisions",
    "POST /v1/frequencies",
    "GET /v1/pairings",
    "GET /v1/people/me",
    "PUT /v1/people/me/password",
    "POST /v1/people/me/second-factor",
    "PUT /v1/people/me/second-factor",
    "DELETE /v1/people/me/second-factor",
    "POST /v1/sign-in/links",
    "POST /v1/sign-out",
    "POST /v1/sign-out/everywhere",
    "POST /v1/pairings/<id>/approve",
    "POST /v1/pairings/<id>/refuse",
    "GET /v1/policy",
    "GET /v1/tokens",
    "DELETE /v1/tokens/<id>",
}
ADMINISTRATOR = re.compile(
    r"GET /metrics"
    r"|\w+ /v1/subscriptions.*"
    r"|\w+ /v1/(?!policy$)policy.*|PUT /v1/policy"
    r"|\w+ /v1/(audit|people|invitations|totals).*"
    r"|(GET|DELETE) /v1/decisions.*"
    r"|(POST|DELETE) /v1/folders.*"
)
"""Of what remains, the rest is for those who edit lists and documents."""
OWN = re.compile(r"\w+ /v1/(lists|imports)(?!.*sealed).*")
"""Of these a member may do with their own lists what an editor may do with everybody's."""


def role_of(name: str) -> str:
    if name in MEMBER or OWN.fullmatch(name):
        return "member"
    return "administrator" if ADMINISTRATOR.fullmatch(name) else "editor"


@pytest.fixture
def everything(app):
    """Every operation that is not open to anyone, by its name."""
    found = {f"{method.upper()} {rule.rule}": described for rule, method, described in operations(app)}
    return {name: one for name, one in found.items() if one.access != operation.OPEN}


def test_every_operation_is_for_the_roles_that_the_rules_of_a_team_say(everything):
    assert MEMBER <= set(everything)
    assert {name: one.role for name, one in everything.items()} == {name: role_of(name) for name in everything}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_exactly_where_it_may(app, store, everything, role):
    client = app.test_client()
    word = tokens.mint(store, "test", role=role)[0]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    for name, one in everything.items():
        method, _, rule = name.partition(" ")
        if one.access == operation.SESSION or rule == "/v1/attachments":
            continue
        answer = client.open(re.sub(r"<(?:\w+:)?\w+>", "none", rule), method=method)
        assert answer.status_code < 500, name
        refused = answer.status_code == 403 and answer.json["type"].endswith(":not_allowed")
        assert refused is not includes(role, one.role), name


def test_the_description_says_the_role(client):
    paths = client.get("/openapi.json").json["paths"]
    assert paths["/v1/lists"]["get"]["x-role"] == "member"
    assert paths["/v1/policy"]["put"]["x-role"] == "administrator"
    assert "x-role" not in paths["/v1/status"]["get"]


def test_what_does_not_say_its_role_is_for_administrators():
    assert operation.Operation("Something").role == "administrator"


def test_a_token_ends_by_the_clock_though_it_is_known_in_memory(app, store, clock):
    client = app.test_client()
    word = tokens.mint(store, "a script", expires=clock.now + 3600)[0]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    assert client.get("/v1/lists").status_code == 200
    clock.now += 3600
    assert client.get("/v1/lists").json["type"].endswith(":wrong_token")


def test_use_keeps_the_token_of_a_device_in_force_and_forgetting_it_ends_it(app, store, clock):
    client = app.test_client()
    day = tokens.DAY
    word = tokens.mint(store, "laptop", "chrome-extension://a", expires=clock.now + tokens.KEEP_DAYS * day)[0]
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    for _ in range(3):
        clock.now += 179 * day
        assert client.get("/v1/lists").status_code == 200
    clock.now += 181 * day
    assert client.get("/v1/lists").status_code == 401
    assert tokens.read_all(store) == []

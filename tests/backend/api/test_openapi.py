"""The description covers everything, and nothing that is not there."""

from __future__ import annotations

import json
import re

from jsonschema import Draft202012Validator

from backend.http import problems
from backend.model import LANGUAGES


def test_every_route_of_the_api_is_described(app, client):
    paths = client.get("/openapi.json").json["paths"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("web."):
            continue
        path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert method.lower() in paths[path], f"{method} {rule.rule} is not described"


def test_every_schema_is_a_schema_and_every_reference_leads_somewhere(client):
    document = client.get("/openapi.json").json
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for name in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
        assert name in document["components"]["schemas"]


def test_operations_have_names_of_their_own(client):
    names = [
        operation["operationId"]
        for path in client.get("/openapi.json").json["paths"].values()
        for operation in path.values()
    ]
    assert len(names) == len(set(names))


def test_it_speaks_the_words_of_the_contract(client):
    schemas = client.get("/openapi.json").json["components"]["schemas"]
    assert {"Verdict", "Finding", "Gap", "Place", "Problem", "CheckRequest"} <= set(schemas)
    assert schemas["CheckRequest"]["properties"]["channel"]["enum"] == sorted(
        ["post", "comment", "message", "mail", "ai", "upload"]
    )


def test_every_problem_has_its_words_in_every_language():
    for name, entry in problems.catalogue().items():
        assert 400 <= entry["status"] < 600
        assert all(entry[language] for language in LANGUAGES), name
        assert "violation" not in entry["en"].lower()

"""The examples hold: against the description, and against a live server."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from backend import create_app
from backend.config import Config
from backend.http import problems
from backend.jobs import Jobs
from backend.model import Level, Term
from backend.pipeline import Engine
from backend.policy import own
from backend.sealed import seal, shelf
from backend.store import (
    Store,
    decisions,
    folders,
    links,
    lists,
    open_store,
    pairings,
    policies,
    prepare_folder,
    subscriptions,
    terms,
    tokens,
)
from backend.store.decisions import Decision
from backend.store.imports import make_term
from backend.store.secrets import hash_of
from backend.subscriptions import following, parcel, signing
from tests.backend.api.checked import CheckedClient, document_of, template_of, validator
from tests.backend.api.conftest import EXTENSION, csrf_of
from tests.contract import team

FOLDER = Path(__file__).parent
EXAMPLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
MARKED = "机密★10年".encode()
WORD = "an-extensions-word-of-256-bits-as-43-letter"
"""What the extension of the examples has promised for the code."""


@pytest.fixture(scope="module")
def shared() -> Iterator[dict[str, Any]]:
    """What is slow to begin, and may serve all examples."""
    jobs = Jobs()
    yield {"engine": Engine.build(), "jobs": jobs}
    jobs.close()


@pytest.fixture
def is_team(request) -> bool:
    """Whether the server of an example is a team's."""
    call = getattr(request.node, "callspec", None)
    return call is not None and EXAMPLES[call.params["name"]].get("team", False)


@contextmanager
def running(folder: Path, shared: dict[str, Any], is_team: bool = False) -> Iterator[Flask]:
    """Return a server that keeps what it keeps in a folder."""
    config = Config(data=folder, open_browser=False, warm=False, subscriptions=True)
    if is_team:
        config = replace(config, team=True, public=team.SERVER)
    prepare_folder(config.data)
    store = open_store(config.database_url)
    app = create_app(config, store=store, extensions=(EXTENSION,), **shared)
    app.test_client_class = CheckedClient
    yield app
    app.extensions["secondlook"].registrar.close()
    store.close()


@pytest.fixture
def app(tmp_path, shared, is_team):
    with running(tmp_path, shared, is_team) as app:
        yield app


@pytest.fixture(scope="module")
def document(tmp_path_factory, shared) -> dict[str, Any]:
    """The description, which is the same for one person and for a team."""
    with running(tmp_path_factory.mktemp("described"), shared) as app:
        return document_of(app)


@pytest.fixture
def prepared(app, tmp_path, is_team) -> dict[str, str]:
    """What the examples' placeholders stand for."""
    store = app.extensions["store"]
    token, _ = tokens.mint(store, "test")
    _, other = tokens.mint(store, "zz other")
    entry = lists.create(store, "Projects")
    with store.write() as connection:
        terms.add_with(connection, entry.id, [make_term("Project Zephyr")])
    app.extensions["secondlook"].live.refresh()
    decisions.add(store, Decision("sent", "x.com", "post", "warn", ["cn.state-secret"]))
    approved, approved_secret = started(store, "Firefox on Linux")
    pairings.decide(store, approved.id, True)
    pairing, secret = started(store, "Chromium on Linux")
    begun, begun_secret = pairings.start(store, "Edge on Linux", "0.1.0", EXTENSION, hash_of(WORD))
    words = {"token": token, "other_token_id": other.id, "list": entry.id, "extension": EXTENSION}
    words |= {"pairing": pairing.id, "secret": secret, "begun_pairing": begun.id, "begun_secret": begun_secret}
    words |= {"document": registered(app), "folder": folders.add(store, str(tmp_path)).id, "papers": str(tmp_path)}
    sealed, _ = seal("Family", Level.STOP, (Term("Project Aurora"),))
    shelf.keep(tmp_path, sealed)
    words["sealed"] = sealed.id
    words |= {"approved_pairing": approved.id, "approved_secret": approved_secret}
    return words | (team.prepare(app, token) if is_team else {})


def started(store: Store, name: str) -> tuple[pairings.Pairing, str]:
    """Begin a pairing and tell its word."""
    pairing, secret = pairings.start(store, name, "0.1.0", EXTENSION, hash_of(WORD))
    pairings.reveal(store, pairing.id, secret, WORD, "http://127.0.0.1:8765")
    return pairing, secret


def registered(app) -> str:
    """Register a short document and return its id."""
    services = app.extensions["secondlook"]
    text = "The lid of the northern basin is painted pale green every third summer by the apprentices of the yard."
    entry = services.registrar.register.text("Minutes", text)
    services.live.refresh()
    return entry.id


def send(app, token: str, name: str) -> str:
    """Send the file that a placeholder stands for, and return its id when it is read."""
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(picture, "PNG")
    data = {"attachment": MARKED, "picture": picture.getvalue()}[name]
    id = client.post("/v1/attachments", data={"file": (io.BytesIO(data), name)}, headers=headers).json["id"]
    client.get(f"/v1/attachments/{id}?wait=30", headers=headers)
    return id


def sent_terms(app, token: str) -> str:
    """Send the file with terms of the examples, and return its id when it is read."""
    client, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    file = (io.BytesIO(b"Zephyr\nAurora\n...\nAurora"), "terms.txt")
    id = client.post("/v1/imports", data={"file": file}, headers=headers).json["id"]
    client.get(f"/v1/imports/{id}?wait=30", headers=headers)
    return id


def subscribed(app) -> str:
    """Subscribe to something of which a version waits, and to something else, and return the first one's id."""
    store, (secret, key) = app.extensions["store"], signing.new_key()
    one = following.subscribe(store, "https://127.0.0.1:9/birds.json", key)
    following.subscribe(store, "https://lists.example.org/other.json", key)
    content = {"level": "stop", "terms": [{"text": "Project Sunbird"}]}
    subscriptions.note(store, one.id, {"waiting": parcel.seal(secret, "list", "Birds", 3, content)})
    return one.id


def own_datum(app) -> str:
    """Add a telephone number of the person's own, and return its id."""
    policy, _ = policies.change(app.extensions["store"], lambda before: own.add(before, "my phone", "+84 90 123 4567"))
    return policy.own[0].id


def add_term(app, words: dict[str, str]) -> None:
    """Change the list of the examples, so that it has a history, by a device that has a name."""
    word, _ = tokens.mint(app.extensions["store"], "Firefox on Linux")
    path, headers = f"/v1/lists/{words['list']}/terms", {"Authorization": f"Bearer {word}"}
    app.test_client().post(path, json={"terms": ["Blue Heron"]}, headers=headers)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_live_server_answers_as_the_example_says(name, app, prepared):
    example = EXAMPLES[name]
    answer = ask(app, example, prepared)
    assert answer.status_code == example["answer"]["status"], answer.get_data(as_text=True)
    for header, value in example["answer"].get("headers", {}).items():
        assert answer.headers[header] == value
    for place in example["same"]:
        assert at(answer.json, place) == at(example["answer"]["json"], place), place


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_one_that_the_description_covers(name, document):
    example = EXAMPLES[name]
    request, answer = example["request"], example["answer"]
    template = template_of(document, request["path"].partition("?")[0])
    operation = document["paths"][template][request["method"].lower()]
    described = operation["responses"][str(answer["status"])]
    if "json" in answer:
        is_problem = answer["status"] >= 400
        media_type = problems.MEDIA_TYPE if is_problem else "application/json"
        schema = described["content"][media_type]["schema"]
        assert not [error.message for error in validator(document, schema).iter_errors(answer["json"])]
    if "json" in request and answer["status"] < 400:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert not [error.message for error in validator(document, schema).iter_errors(request["json"])]


def test_the_gap_of_the_example_is_a_gap_of_the_live_server(app, prepared):
    (gap,) = ask(app, EXAMPLES["check-gap"], prepared).json["gaps"]
    assert gap["reason"] and gap["message"]


def test_every_operation_has_an_example(document):
    shown = {
        (template_of(document, example["request"]["path"].partition("?")[0]), example["request"]["method"].lower())
        for example in EXAMPLES.values()
        if example["answer"]["status"] < 400
    }
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert described - shown == set()


def ask(app, example: dict, prepared: dict[str, str]):
    """Send the request of an example."""
    client, words = app.test_client(), dict(prepared)
    whose = {"page": None, "person": words.get("person")}
    if example["as"] in whose:
        word = links.mint(app.extensions["store"], person_id=whose[example["as"]])
        client.get(f"/welcome?once={word}")
        words["csrf"] = csrf_of(client)
    if example["request"]["path"] == "/v1/sign-in":
        team.give_password(app, words["person"])
    if "{sealed_key}" in json.dumps(example["request"]):
        words |= team.begin_factor(app, client, words["csrf"])
    if "{recovery_code}" in json.dumps(example["request"]):
        words |= team.take_factor(app, client, words["csrf"])
    if "{import}" in json.dumps(example["request"]):
        words["import"] = sent_terms(app, words["token"])
    if "/v1/subscriptions" in example["request"]["path"]:
        words["subscription"] = subscribed(app)
    if "{own}" in example["request"]["path"]:
        words["own"] = own_datum(app)
    if example["request"]["path"].endswith(("/undo", "/history")):
        add_term(app, words)
    for name in ("attachment", "picture"):
        if "{" + name + "}" in json.dumps(example["request"]):
            words[name] = send(app, words["token"], name)
    request = filled(example["request"], words)
    body: dict[str, Any] = {"json": request["json"]} if "json" in request else {}
    if "form" in request:
        body = {"data": {name: part_of(part) for name, part in request["form"].items()}}
    if "text" in request:
        body = {"data": request["text"]}
    return client.open(request["path"], method=request["method"], headers=request["headers"], **body)


def part_of(part: str | dict) -> Any:
    """Return a form's part: a field, or a file."""
    return part if isinstance(part, str) else (io.BytesIO(part["text"].encode()), part["name"])


def filled(value: Any, words: dict[str, str]) -> Any:
    """Return a request with its placeholders filled."""
    if isinstance(value, dict):
        return {name: filled(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, words) for one in value]
    if isinstance(value, str):
        for name, word in words.items():
            value = value.replace("{" + name + "}", word)
    return value


def at(value: Any, place: str) -> Any:
    """Return what stands at a place such as ``findings.0.rule``."""
    for step in place.split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value

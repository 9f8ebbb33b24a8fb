"""What the examples of a team stand for: An, a list editor with a browser, and an invitation for Bao."""

from __future__ import annotations

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from backend.people import passwords
from backend.store import people, sign_ins, tokens
from tests.backend.api.conftest import EXTENSION

SERVER = "http://localhost"
"""The address that the server of the examples is opened by."""
PASSWORD = "correct horse battery"


def prepare(app: Flask, token: str) -> dict[str, str]:
    """Add An and their browser, invite Bao as an administrator does, and return what their placeholders stand for."""
    store = app.extensions["store"]
    person = people.add(store, "An", "editor")
    end = store.clock() + tokens.KEEP_DAYS * tokens.DAY
    device, _ = tokens.mint(store, "Chromium on Linux", EXTENSION, person_id=person.id, role="editor", expires=end)
    headers = {"Authorization": f"Bearer {token}"}
    made = app.test_client().post("/v1/invitations", json={"name": "Bao"}, headers=headers).get_json()
    words = {"person": person.id, "device": device, "invitation": made["id"], "code": made["code"]}
    return words | {"server": SERVER, "password": PASSWORD}


def give_password(app: Flask, person: str) -> None:
    """Let somebody sign in as ``an``; apart, since a hash of a password takes long on purpose."""
    sign_ins.set_password(app.extensions["store"], person, "an", passwords.hash_of(PASSWORD))


def begin_factor(app: Flask, client: FlaskClient, csrf: str) -> dict[str, str]:
    """Begin with an authenticator app in somebody's session, and return what proves it."""
    begun = client.post("/v1/people/me/second-factor", headers={"X-CSRF-Token": csrf}).get_json()
    code = pyotp.TOTP(begun["key"]).at(int(app.extensions["store"].clock()))
    return {"sealed_key": begun["sealed"], "app_code": code}


def take_factor(app: Flask, client: FlaskClient, csrf: str) -> dict[str, str]:
    """Put an authenticator app in force, and return a recovery code."""
    begun = begin_factor(app, client, csrf)
    told = {"sealed": begun["sealed_key"], "code": begun["app_code"]}
    answer = client.put("/v1/people/me/second-factor", json=told, headers={"X-CSRF-Token": csrf})
    return {"recovery_code": answer.get_json()["recovery_codes"][0]}

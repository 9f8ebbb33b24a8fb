"""The settings pages of a team: what each role finds there, and whose lists open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined

from backend import create_app
from backend.config import Config
from backend.store import links, lists, people

MEMBER = ["lists", "bench", "account"]
EDITOR = ["lists", "bench", "documents", "account"]
ADMINISTRATOR = ["lists", "bench", "documents", "happened", "policy", "audit", "people", "account"]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Config(data=tmp_path, warm=False, open_browser=False, team=True))
    app.jinja_env.undefined = StrictUndefined
    yield app
    app.extensions["secondlook"].jobs.close()


@pytest.fixture
def come(app: Flask) -> Callable[[str], tuple[FlaskClient, str]]:
    """Let somebody of a role in, and return their browser and their id."""

    def come(role: str) -> tuple[FlaskClient, str]:
        store = app.extensions["store"]
        person = people.add(store, role.title(), role).id
        client = app.test_client()
        client.get(f"/welcome?once={links.mint(store, person_id=person)}")
        return client, person

    return come


def tabs(client: FlaskClient) -> list[str]:
    page = client.get("/settings").text.partition('class="sections"')[2].partition("</nav>")[0]
    return [link.partition('"')[0].rpartition("/")[2] or "lists" for link in page.split('href="')[1:]]


def test_each_role_finds_the_tabs_it_may_use(come: Callable[[str], tuple[FlaskClient, str]]) -> None:
    for role, wanted in (("member", MEMBER), ("editor", EDITOR), ("administrator", ADMINISTRATOR)):
        client, _ = come(role)
        assert [name.replace("settings", "lists") for name in tabs(client)] == wanted
        assert client.get("/settings/audit").status_code == (200 if role == "administrator" else 303)


def test_what_a_member_may_not_do_has_no_button(come: Callable[[str], tuple[FlaskClient, str]]) -> None:
    member, editor = come("member")[0].get("/settings").text, come("editor")[0].get("/settings").text
    assert 'id="sealed"' in editor and 'id="sealed"' not in member
    assert 'value="everybody"' in editor and 'value="everybody"' not in member
    assert 'value="me"' in editor and 'value="me"' in member


def test_a_list_opens_for_whom_it_is(app: Flask, come: Callable[[str], tuple[FlaskClient, str]]) -> None:
    store = app.extensions["store"]
    (bao, person), (chi, _), (an, _) = come("member"), come("editor"), come("administrator")
    own, shared = lists.create(store, "Mine", owner=person).id, lists.create(store, "Projects").id
    assert [one.get(f"/settings/lists/{own}").status_code for one in (bao, chi, an)] == [200, 404, 404]
    assert [one.get(f"/settings/lists/{shared}").status_code for one in (bao, chi, an)] == [404, 200, 200]
    assert an.get(f"/settings/lists/{own}").text.replace(own, "0") == an.get("/settings/lists/0").text
    assert 'id="seal"' not in bao.get(f"/settings/lists/{own}").text


def test_the_pages_say_over_how_many_people_a_number_is(come: Callable[[str], tuple[FlaskClient, str]]) -> None:
    assert "when at least ten people are in it" in come("administrator")[0].get("/settings/happened").text

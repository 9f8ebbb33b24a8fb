"""The pages of a team: each role sees its own tabs, and strangers see the way in."""

from __future__ import annotations

import re

import pytest
from jinja2 import StrictUndefined
from playwright.sync_api import expect

from backend import create_app
from backend.config import Config
from backend.http.services import services
from backend.store import links, people, tokens
from tests.backend.web.conftest import serving

TABS = {
    "member": ["lists", "bench", "account"],
    "editor": ["lists", "bench", "documents", "account"],
    "administrator": ["lists", "bench", "documents", "happened", "policy", "audit", "people", "account"],
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(Config(data=tmp_path_factory.mktemp("data"), warm=False, open_browser=False, team=True))
    app.jinja_env.undefined = StrictUndefined
    yield app
    with app.app_context():
        services().jobs.close()


@pytest.fixture
def inside(app):
    def make(role: str):
        store = app.extensions["store"]
        client = app.test_client()
        client.get(f"/settings?once={links.mint(store, person_id=people.add(store, role, role).id)}")
        return client

    return make


def tabs(page: str) -> list[str]:
    nav = page.partition('class="sections"')[2].partition("</nav>")[0]
    return [path.removeprefix("/settings").strip("/") or "lists" for path in re.findall(r'href="([^"]+)"', nav)]


@pytest.mark.parametrize("role", TABS)
def test_a_role_sees_its_own_tabs_and_is_led_away_from_others(inside, role):
    client = inside(role)
    assert tabs(client.get("/settings").text) == TABS[role]
    for name in TABS["administrator"]:
        answer = client.get(f"/settings/{name}" if name != "lists" else "/settings")
        assert answer.status_code == (200 if name in TABS[role] else 303), name


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_page_is_there_in_every_language(app, inside, language):
    told = {"Accept-Language": language}
    stranger, an = app.test_client(), inside("administrator")
    for path in ("/sign-in", "/join?once=7K3M", "/settings"):
        answer = stranger.get(path, headers=told)
        assert answer.status_code == 200 and "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert '<html lang="' + {"zh": "zh-CN"}.get(language, language) in answer.text
    for path in ("/settings/people", "/settings/account", "/sign-in"):
        assert an.get(path, headers=told).status_code == 200


def test_a_stranger_is_led_to_sign_in(app):
    assert 'href="/sign-in"' in app.test_client().get("/settings/people").text


def test_one_persons_own_server_has_no_tab_of_people(tmp_path):
    app = create_app(Config(data=tmp_path, warm=False, open_browser=False))
    client = app.test_client()
    client.get(f"/settings?once={links.mint(app.extensions['store'])}")
    assert tabs(client.get("/settings").text) == ["lists", "bench", "documents", "happened", "policy"]
    assert 'href="/sign-in"' not in app.test_client().get("/settings").text
    assert client.get("/settings/people").status_code == 303
    with app.app_context():
        services().jobs.close()


def test_an_administrators_own_page_shows_their_own_devices_and_the_people_page_all(page, tmp_path):
    with serving(tmp_path, team=True) as (address, store):
        an, bao = people.add(store, "An", "administrator"), people.add(store, "Bao", "member")
        for name, person in (("An's laptop", an.id), ("Bao's laptop", bao.id), ("monitoring", None)):
            tokens.mint(store, name, person_id=person)
        page.goto(f"{address}/settings?once={links.mint(store, person_id=an.id)}")
        page.goto(f"{address}/settings/account")
        expect(page.locator("#devices li")).to_have_count(1)
        expect(page.locator("#devices li")).to_contain_text("An's laptop")
        page.goto(f"{address}/settings/people")
        expect(page.locator("#devices li")).to_have_count(3)

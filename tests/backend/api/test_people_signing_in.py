"""Signing in to the pages: password, second factor, sessions, and what a wrong try learns (nothing)."""

from __future__ import annotations

from dataclasses import replace

import pyotp
import pytest

from backend import create_app
from backend.people import passwords
from backend.store import people
from tests.backend.api.conftest import csrf_of
from tests.backend.api.team import *  # noqa: F403
from tests.backend.api.team import HERE, PASSWORD


@pytest.fixture
def with_password(browser, bao):
    """Bao, who has a password."""
    answer = browser(bao.person).put("/v1/people/me/password", json={"sign_in": "bao", "password": PASSWORD})
    assert answer.status_code == 204
    return bao.person


def enrol(client, clock):
    """Take an authenticator app into use and return it with the recovery codes."""
    begun = client.post("/v1/people/me/second-factor").json
    assert begun["svg"].startswith("<?xml") and begun["key"] in begun["address"]
    app = pyotp.TOTP(begun["key"])
    told = {"sealed": begun["sealed"], "code": app.at(int(clock.now))}
    answer = client.put("/v1/people/me/second-factor", json=told)
    clock.now += 60
    return app, answer.json["recovery_codes"]


def test_a_password_opens_a_session_of_its_person(sign_in, with_password):
    client, answer = sign_in("BAO")
    assert answer.status_code == 204
    assert client.get("/v1/people/me").json["name"] == "Bao"
    assert client.get("/v1/people").status_code == 403
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_by_https_the_cookie_is_for_this_host_alone(config, store, engine, jobs, with_password):
    secure = replace(config, public="https://localhost")
    client = create_app(secure, store=store, engine=engine, jobs=jobs).test_client()
    told = {"sign_in": "bao", "password": PASSWORD}
    # The proxy before the server speaks https, and http to it.
    answer = client.post("/v1/sign-in", json=told, headers={"Origin": "https://localhost"})
    assert answer.status_code == 204
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-secondlook_session=") and "Secure" in cookie
    assert "Path=/" in cookie and "Domain" not in cookie
    assert client.post("/v1/sign-in", json=told, headers={"Origin": "http://localhost"}).status_code == 403


def test_nobody_a_person_without_password_one_shut_out_and_a_wrong_password_are_answered_alike(
    an, as_person, sign_in, with_password, store
):
    chi = as_person("Chi", "member")
    people.change(store, chi.person.id, sign_in="chi")
    told = [
        sign_in(*one)[1] for one in (("nobody",), ("chi",), ("bao", "wrong password"), ("", ""), ("bao", "x" * 500))
    ]
    an.patch(f"/v1/people/{with_password.id}", json={"disabled": True})
    told.append(sign_in("bao")[1])
    assert {one.get_data() for one in told} == {told[0].get_data()} and told[0].status_code == 403
    assert not any("Set-Cookie" in one.headers for one in told)


def test_each_of_these_costs_one_look_at_a_hash(monkeypatch, sign_in, with_password):
    looked = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda kept, word: looked.append(kept) or real(kept, word))
    sign_in("nobody")
    sign_in("bao", "wrong")
    assert len(looked) == 2 and looked[0] is None and looked[1].startswith("$argon2id$")


def test_whoever_guesses_waits_longer_each_time_and_others_do_not(sign_in, with_password, as_person, browser, clock):
    for _ in range(5):
        assert sign_in("bao", "wrong")[1].status_code == 403
    assert sign_in("bao")[1].status_code == 429
    clock.now += 1
    assert sign_in("bao", "wrong")[1].status_code == 403
    clock.now += 1
    assert sign_in("bao")[1].status_code == 429
    assert sign_in("somebody")[1].status_code == 403
    clock.now += 900
    assert sign_in("bao")[1].status_code == 204
    assert sign_in("bao", "wrong")[1].status_code == 403


def test_a_name_that_nobody_has_is_delayed_like_one_that_somebody_has(sign_in):
    assert [sign_in("nobody", "wrong")[1].status_code for _ in range(6)] == [403] * 5 + [429]


def test_only_a_page_of_this_server_can_sign_in(sign_in, with_password, stranger):
    for origin in ("http://127.0.0.1:8765", "https://evil.example", "null"):
        assert sign_in("bao", Origin=origin)[1].status_code == 403
    assert sign_in("bao", **{"Sec-Fetch-Site": "cross-site"})[1].status_code == 403
    assert stranger.post("/v1/sign-in", json={"sign_in": "bao", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "bao@example.org", ""])
def test_a_password_that_is_soon_guessed_is_not_taken(browser, bao, password):
    told = {"sign_in": "bao@example.org", "password": password}
    assert browser(bao.person).put("/v1/people/me/password", json=told).status_code == 422


def test_a_new_password_needs_the_present_one_and_ends_the_other_sessions(sign_in, with_password, browser):
    old, _ = sign_in("bao")
    new, _ = sign_in("bao")
    told = {"sign_in": "bao", "password": "another long password"}
    assert new.put("/v1/people/me/password", json=told).json["type"].endswith(":wrong_sign_in")
    answer = new.put("/v1/people/me/password", json={**told, "current": PASSWORD})
    assert answer.status_code == 204
    assert old.get("/v1/people/me").status_code == 401
    assert new.get("/v1/people/me").status_code == 200
    assert sign_in("bao")[1].status_code == 403
    assert sign_in("bao", "another long password")[1].status_code == 204


def test_a_token_cannot_change_how_its_person_signs_in(bao):
    assert bao.put("/v1/people/me/password", json={"sign_in": "x", "password": PASSWORD}).status_code == 401
    assert bao.post("/v1/people/me/second-factor").status_code == 401


def test_with_a_second_factor_the_password_alone_opens_nothing(sign_in, with_password, browser, clock):
    app, _ = enrol(browser(with_password), clock)
    client, answer = sign_in("bao")
    assert answer.json["type"].endswith(":second_factor_needed") and "Set-Cookie" not in answer.headers
    assert sign_in("bao", "wrong", app.at(int(clock.now)))[1].json["type"].endswith(":wrong_sign_in")
    assert sign_in("bao", code="000000")[1].json["type"].endswith(":wrong_sign_in")
    assert sign_in("bao", code=app.at(int(clock.now)))[1].status_code == 204


def test_a_code_works_once_and_no_earlier_one_after_it(sign_in, with_password, browser, clock):
    app, _ = enrol(browser(with_password), clock)
    now, before = app.at(int(clock.now)), app.at(int(clock.now) - 30)
    assert sign_in("bao", code=now)[1].status_code == 204
    assert sign_in("bao", code=now)[1].status_code == 403
    assert sign_in("bao", code=before)[1].status_code == 403
    clock.now += 30
    assert sign_in("bao", code=f" {app.at(int(clock.now))[:3]} {app.at(int(clock.now))[3:]}")[1].status_code == 204
    clock.now += 300
    assert sign_in("bao", code=app.at(int(clock.now) - 120))[1].status_code == 403


def test_a_recovery_code_works_once(sign_in, with_password, browser, clock):
    _, recovery = enrol(browser(with_password), clock)
    assert len(set(recovery)) == 10
    assert sign_in("bao", code=recovery[3].lower())[1].status_code == 204
    assert sign_in("bao", code=recovery[3])[1].status_code == 403
    assert sign_in("bao", code=recovery[4])[1].status_code == 204


def test_the_key_of_the_app_is_nowhere_in_the_database(browser, with_password, clock, store):
    app, recovery = enrol(browser(with_password), clock)
    file = store.engine.url.database
    from pathlib import Path

    held = b"".join(Path(path).read_bytes() for path in (file, f"{file}-wal"))
    assert with_password.id.encode() in held
    for secret in (app.secret, PASSWORD, *recovery, *(one.replace("-", "") for one in recovery)):
        assert secret.encode() not in held


def test_a_key_that_was_begun_for_one_person_is_of_no_use_to_another(browser, with_password, as_person, clock):
    begun = browser(with_password).post("/v1/people/me/second-factor").json
    chi = browser(as_person("Chi", "member").person)
    told = {"sealed": begun["sealed"], "code": pyotp.TOTP(begun["key"]).at(int(clock.now))}
    assert chi.put("/v1/people/me/second-factor", json=told).status_code == 403
    for sealed in ("", "é", "AAAA", "A" * 100):
        assert chi.put("/v1/people/me/second-factor", json={**told, "sealed": sealed}).status_code == 403


def test_to_take_the_app_away_it_or_a_recovery_code_is_needed(browser, with_password, sign_in, clock):
    client = browser(with_password)
    app, recovery = enrol(client, clock)
    assert client.post("/v1/people/me/second-factor").status_code == 409
    away = "/v1/people/me/second-factor"
    assert client.delete(away, json={"code": "123456"}).status_code == 403
    assert client.delete(away, json={"code": recovery[0]}).status_code == 204
    assert sign_in("bao")[1].status_code == 204


def test_an_administrator_with_a_password_alone_is_let_in_as_a_member(sign_in, browser, an, clock):
    inside = browser(an.person)
    inside.put("/v1/people/me/password", json={"sign_in": "an", "password": PASSWORD})
    assert sign_in("an")[0].get("/v1/people").status_code == 403
    app, _ = enrol(browser(an.person), clock)
    assert sign_in("an", code=app.at(int(clock.now)))[0].get("/v1/people").status_code == 200


def test_an_administrator_can_free_somebody_from_what_they_lost(an, browser, with_password, sign_in, clock):
    enrol(browser(with_password), clock)
    client = browser(with_password)
    assert an.delete(f"/v1/people/{with_password.id}/sign-in").status_code == 204
    assert client.get("/v1/people/me").status_code == 401
    assert sign_in("bao")[1].json["type"].endswith(":wrong_sign_in")


def test_a_session_ends_when_it_rests_or_is_old(browser, bao, clock):
    client = browser(bao.person)
    for _ in range(2):
        clock.now += 29 * 60
        assert client.get("/v1/people/me").status_code == 200
    clock.now += 30 * 60
    assert client.get("/v1/people/me").status_code == 401
    client = browser(bao.person)
    for _ in range(26):
        clock.now += 27 * 60
        assert client.get("/v1/people/me").status_code == 200
    clock.now += 27 * 60
    assert client.get("/v1/people/me").status_code == 401


def test_whoever_signs_out_is_out_and_everywhere_means_everywhere(browser, bao, an):
    one, two, other = browser(bao.person), browser(bao.person), browser(an.person)
    cookie = one.get_cookie("secondlook_session").value
    assert one.post("/v1/sign-out").status_code == 204
    one.set_cookie("secondlook_session", cookie)
    assert one.get("/v1/people/me").status_code == 401
    three = browser(bao.person)
    assert two.post("/v1/sign-out/everywhere").status_code == 204
    assert three.get("/v1/people/me").status_code == 401
    assert other.get("/v1/people/me").status_code == 200


def test_an_extension_opens_the_settings_as_its_person_once(app, bao, an):
    from urllib.parse import urlsplit

    link = urlsplit(bao.post("/v1/sign-in/links").json["link"])
    client = app.test_client()
    assert client.get(f"{link.path}?{link.query}").status_code == 303
    assert client.get("/v1/people/me").json["name"] == "Bao"
    assert app.test_client().get(f"{link.path}?{link.query}").status_code == 403


def test_a_token_that_is_nobodys_or_has_less_than_its_persons_role_makes_no_link(client, app, an, store):
    from backend.store import tokens

    assert client.post("/v1/sign-in/links").json["type"].endswith(":not_allowed")
    script = app.test_client()
    word = tokens.mint(store, "script", person_id=an.person.id, role="member")[0]
    script.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {word}"
    assert script.post("/v1/sign-in/links").json["type"].endswith(":not_allowed")


def test_another_web_process_knows_the_session(app, config, store, engine, jobs, browser, bao):
    cookie = browser(bao.person).get_cookie("secondlook_session").value
    second = create_app(config, store=store, engine=engine, jobs=jobs).test_client()
    second.set_cookie("secondlook_session", cookie)
    assert second.get("/v1/people/me").json["name"] == "Bao"
    second.set_cookie("secondlook_session", cookie[:-1])
    assert second.get("/v1/people/me").status_code == 401


def test_sessions_are_no_use_to_other_origins(browser, bao):
    client = browser(bao.person)
    assert client.get("/v1/people/me", headers={"Origin": "http://127.0.0.1:8765"}).status_code == 401
    assert client.get("/v1/people/me", headers=HERE).status_code in (200, 403)


def test_a_session_that_a_devices_token_opened_makes_no_other_way_in(app, bao):
    client = app.test_client()
    client.get(bao.post("/v1/sign-in/links").json["link"].removeprefix("http://localhost"))
    client.environ_base["HTTP_X_CSRF_TOKEN"] = csrf_of(client)
    told = {"sign_in": "bao", "password": PASSWORD}
    assert client.put("/v1/people/me/password", json=told).json["type"].endswith(":not_allowed")
    assert client.post("/v1/people/me/second-factor").json["type"].endswith(":not_allowed")
    assert client.post("/v1/pairings/x/approve").json["type"].endswith(":not_allowed")
    assert 'id="mine"' in client.get("/settings/account").text


def test_nobody_lists_an_address_for_themselves(an, bao, browser, sign_in):
    client, told = browser(bao.person), {"sign_in": "boss@example.org", "password": PASSWORD}
    answer = client.put("/v1/people/me/password", json=told)
    assert answer.status_code == 422 and answer.json["errors"][0]["pointer"] == "/sign_in"
    an.patch(f"/v1/people/{bao.person.id}", json={"sign_in": "bao@example.org"})
    assert client.put("/v1/people/me/password", json={**told, "sign_in": "Bao@Example.org"}).status_code == 204
    assert sign_in("bao@example.org")[1].status_code == 204

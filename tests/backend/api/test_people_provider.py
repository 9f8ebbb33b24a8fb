"""Signing in by OpenID Connect, against a provider on the loopback address, and those who would forge its word."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.store import people
from tests.backend.api.team import *  # noqa: F403
from tests.backend.people.provider import CLIENT, running

FORGED = [
    {"iss": "https://evil.example"},
    {"iss": None},
    {"aud": "another-client"},
    {"aud": [CLIENT, "another-client"]},
    {"aud": [CLIENT, "another-client"], "azp": "another-client"},
    {"aud": None},
    {"azp": "another-client"},
    {"nonce": "of-another-try"},
    {"nonce": None},
    {"exp": 1_000_000_000},
    {"exp": None},
    {"iat": None},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": "x" * 300},
    {"nbf": 99_999_999_999},
    {"exp": "later"},
]
UNLISTED = [
    {"email": "chi@example.org"},
    {"email": "chi@example.org", "email_verified": False},
    {"email": "chi@example.org", "email_verified": "true"},
    {"email": "nobody@example.org", "email_verified": True},
    {},
]


@pytest.fixture
def provider():
    with running() as provider:
        yield provider


@pytest.fixture
def config(tmp_path, provider):
    from backend.config import Config

    own = Config(data=tmp_path / "data", open_browser=False, warm=False, team=True, public="http://localhost")
    return replace(own, oidc_issuer=provider.address, oidc_client=CLIENT)


@pytest.fixture
def begin(app, provider):
    """Return a browser that was led to the provider, with the code and the state that it brings back."""

    def go(client=None):
        client = client or app.test_client()
        led = client.get("/sign-in/provider")
        assert led.status_code == 303 and led.location.startswith(f"{provider.address}/authorize?")
        return client, *provider.approve(led.location)

    return go


@pytest.fixture
def come(begin):
    """Return a browser that came back from the provider, and what it was answered."""

    def go(client=None):
        client, code, state = begin(client)
        return client, client.get(f"/sign-in/back?code={code}&state={state}")

    return go


@pytest.fixture
def listed(store, provider):
    """Chi, whose e-mail address an administrator has listed."""
    chi = people.add(store, "Chi", "editor")
    provider.claims = {"email": "Chi@example.org", "email_verified": True}
    return people.change(store, chi.id, sign_in="chi@example.org")


def is_inside(client) -> bool:
    return client.get("/v1/people/me").status_code == 200


def test_somebody_whose_verified_address_is_listed_comes_in_and_is_known_from_then_on(come, listed, provider):
    client, answer = come()
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert client.get("/v1/people/me").json["name"] == "Chi"
    provider.claims = {"email": "other@example.org", "email_verified": True}
    assert is_inside(come()[0])


def test_the_provider_is_asked_with_proof_of_the_same_try(come, listed, provider):
    come()
    come()
    first, second = provider.asked
    assert len(first["code_verifier"]) >= 43 and first["code_verifier"] != second["code_verifier"]
    assert first["redirect_uri"] == "http://localhost/sign-in/back"


def test_somebody_unknown_is_told_whom_to_ask_and_stays_outside(come, listed, provider):
    for claims in UNLISTED:
        provider.claims = claims
        client, answer = come()
        assert answer.status_code == 403 and "administrator" in answer.text, claims
        assert not is_inside(client), claims


def test_an_address_that_belongs_to_an_account_is_not_taken_over_by_another(come, listed, provider):
    come()
    provider.claims |= {"sub": "user-2"}
    assert not is_inside(come()[0])


def test_whoever_is_shut_out_stays_outside(come, listed, store):
    people.change(store, listed.id, disabled=True)
    client, answer = come()
    assert answer.status_code == 403 and not is_inside(client)


def test_whoever_is_inside_links_their_own_account(come, browser, store, provider):
    dung = people.add(store, "Dung", "administrator")
    come(browser(dung))
    client, _ = come()
    assert client.get("/v1/people/me").json["name"] == "Dung"
    assert client.get("/v1/people").status_code == 200


def test_a_session_that_a_devices_token_opened_links_no_account(app, come, as_person, provider):
    bao = as_person("Bao", "member")
    client = app.test_client()
    client.get(bao.post("/v1/sign-in/links").json["link"].removeprefix("http://localhost"))
    assert is_inside(client)
    assert come(client)[1].status_code == 403
    assert not is_inside(come()[0])


def test_a_statement_that_is_not_for_this_client_this_try_and_now_is_not_believed(come, listed, provider):
    right = provider.claims
    for claims in FORGED:
        provider.claims = {**right, **claims}
        client, answer = come()
        assert answer.status_code == 403 and not is_inside(client), claims
    provider.claims = right
    assert is_inside(come()[0])


def test_a_statement_that_nobody_signed_is_not_believed(come, listed, provider):
    provider.algorithm = "none"
    assert not is_inside(come()[0])


def test_the_published_key_does_not_pass_for_a_shared_secret(come, listed, provider):
    provider.sign_with_public_key()
    assert not is_inside(come()[0])


def test_a_key_that_the_provider_does_not_publish_is_not_believed(come, listed, provider):
    real = provider.key
    provider.change_key()
    provider.shown = [real]
    assert not is_inside(come()[0])


def test_a_new_key_of_the_provider_is_found(come, listed, provider):
    assert is_inside(come()[0])
    provider.change_key()
    assert is_inside(come()[0])


def test_an_answer_works_once(begin, listed):
    client, code, state = begin()
    back = f"/sign-in/back?code={code}&state={state}"
    cookie = client.get_cookie("secondlook_provider").value
    assert client.get(back).status_code == 303
    client.delete_cookie("secondlook_session")
    client.set_cookie("secondlook_provider", cookie)
    assert client.get(back).status_code == 403 and not is_inside(client)


def test_a_code_that_was_used_brings_nobody_in(begin, listed, provider):
    client, code, _ = begin()
    provider.codes.pop(code)
    _, _, state = begin(client)
    assert client.get(f"/sign-in/back?code={code}&state={state}").status_code == 403
    assert not is_inside(client)


def test_a_code_of_another_try_is_of_no_use(begin, listed):
    client, _, state = begin()
    _, stolen, _ = begin()
    assert client.get(f"/sign-in/back?code={stolen}&state={state}").status_code == 403
    assert not is_inside(client)


def test_an_answer_is_of_no_use_to_another_browser(app, begin, listed):
    _, code, state = begin()
    for client in (app.test_client(), begin()[0]):
        assert client.get(f"/sign-in/back?code={code}&state={state}").status_code == 403
        assert not is_inside(client)


def test_an_answer_that_comes_too_late_is_not_taken(begin, listed, clock):
    client, code, state = begin()
    clock.now += 3600
    assert client.get(f"/sign-in/back?code={code}&state={state}").status_code == 403


def test_an_answer_without_a_try_is_not_taken(app):
    for query in ("", "code=x", "state=x", "error=access_denied&state=x", "code=%00&state=%ff"):
        assert app.test_client().get(f"/sign-in/back?{query}").status_code == 403


def test_the_cookie_of_the_try_tells_nothing_and_is_gone_afterwards(begin, listed):
    client, code, state = begin()
    cookie = client.get_cookie("secondlook_provider")
    assert cookie.http_only and cookie.same_site == "Lax" and b"nonce" not in bytes.fromhex(cookie.value)
    client.get(f"/sign-in/back?code={code}&state={state}")
    assert client.get_cookie("secondlook_provider") is None


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://10.0.0.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": None},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_not_asked(app, provider, discovery):
    provider.discovery = discovery
    answer = app.test_client().get("/sign-in/provider")
    assert answer.status_code == 403 and "Location" not in answer.headers


def test_the_addresses_carry_nothing_that_opens_anything(app, begin, provider):
    client = app.test_client()
    asked = parse_qs(urlsplit(client.get("/sign-in/provider").location).query)
    assert set(asked) == {
        "response_type",
        "client_id",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
    }


def test_whoever_asks_for_the_provider_again_and_again_is_asked_to_wait(app, provider):
    client = app.test_client()
    assert [client.get("/sign-in/provider").status_code for _ in range(21)] == [303] * 20 + [429]

"""CSRF: another page makes the person's browser ask, cookie and all, and nothing changes."""

from __future__ import annotations

import json

import pytest

from tests.attacks.target import JSON, Target

FORMS = [
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/plain;charset=utf-8, application/json",
    "multipart/form-data; boundary=x",
    "",
]
"""What a form or a plain ``fetch`` may send without asking first, and what pretends to be JSON in such a dress."""
FOREIGN = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://localhost",
    "",
    "file://",
    "http://127.0.0.1:{port}.evil.example",
]
CHANGES = ("POST", "PUT", "PATCH", "DELETE")


def lists(target: Target) -> bytes:
    return target.owner("GET", "/v1/lists").body


def test_a_cookie_alone_changes_nothing(target: Target) -> None:
    before = lists(target)
    for method, path in target.operations:
        if method in CHANGES:
            answer = target.ask(method, path, cookie=target.cookie, body={"name": "forged"})
            assert answer.status in (401, 403, 404), (method, path, answer.status)
            assert answer.status != 404 or "pairings" in path, "an open operation alone may look for the thing first"
    assert lists(target) == before


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_of_another_page_changes_nothing(target: Target, kind: str) -> None:
    before = lists(target)
    body = json.dumps({"name": "forged"}).encode()
    for site in ("cross-site", "same-site", "none"):
        sent = [("Content-Type", kind), ("Sec-Fetch-Site", site), ("Origin", "https://evil.example")]
        assert target.ask("POST", "/v1/lists", *sent, cookie=target.cookie, body=body).status == 403
        assert target.ask("POST", "/v1/lists", *sent[:2], cookie=target.cookie, body=body).status == 401
    assert lists(target) == before


@pytest.mark.parametrize("kind", FORMS)
def test_json_in_another_dress_is_not_taken_even_from_the_owner(target: Target, kind: str) -> None:
    body = json.dumps({"name": "forged"}).encode()
    answer = target.ask("POST", "/v1/lists", ("Content-Type", kind), token=target.token, body=body)
    assert answer.status == 415


def test_the_csrf_word_does_not_help_from_another_origin(target: Target) -> None:
    word = ("X-CSRF-Token", target.csrf)
    for origin in FOREIGN:
        sent = ("Origin", origin.format(port=target.port))
        assert target.ask("POST", "/v1/lists", word, sent, cookie=target.cookie, body={"name": "x"}).status == 403, (
            origin
        )
    for site in ("cross-site", "same-site", "Same-Origin", "anything", ""):
        sent = ("Sec-Fetch-Site", site)
        assert target.ask("POST", "/v1/lists", word, sent, cookie=target.cookie, body={"name": "x"}).status == 401, site


def test_the_csrf_word_is_of_use_with_its_own_cookie_alone(target: Target) -> None:
    other = target.enter().header("Set-Cookie")
    assert other
    word = ("X-CSRF-Token", target.csrf)
    for cookie in ("", other.partition(";")[0]):
        assert target.ask("POST", "/v1/lists", word, cookie=cookie, body={"name": "x"}).status == 401
    for wrong in ("", target.csrf[:-1], target.csrf.swapcase(), f"{target.csrf} x", "null", "undefined"):
        answer = target.ask("POST", "/v1/lists", ("X-CSRF-Token", wrong), cookie=target.cookie, body={"name": "x"})
        assert answer.status == 401, wrong


def test_the_word_is_taken_in_its_header_alone(target: Target) -> None:
    word = target.csrf
    path = (
        f"/v1/lists?csrf={word}&csrf_token={word}&X-CSRF-Token={word}&access_token={target.token}&token={target.token}"
    )
    assert target.ask("POST", path, cookie=target.cookie, body={"name": "x", "csrf_token": word}).status == 401
    assert target.ask("GET", path).status == 401


def test_nothing_is_changed_by_reading(target: Target) -> None:
    made = target.owner("POST", "/v1/lists", {"name": "kept", "terms": ["Nightjar"]}).json["id"]
    before = lists(target)
    for _method, path in target.operations:
        for asked in ("GET", "HEAD"):
            target.owner(asked, path.replace("nothing", made) + "?name=forged&confirm=1&_method=DELETE&delete=1")
    assert lists(target) == before


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"])
def test_no_header_makes_another_method_of_it(target: Target, name: str) -> None:
    made = target.owner("POST", "/v1/lists", {"name": f"override {name}"}).json["id"]
    for method in ("GET", "POST"):
        target.owner(method, f"/v1/lists/{made}", None, (name, "DELETE"))
    assert target.owner("GET", f"/v1/lists/{made}").status == 200


def test_the_session_is_hidden_from_scripts_and_from_other_sites(target: Target) -> None:
    given = [one.lower() for one in target.enter().all("Set-Cookie")]
    assert given
    for one in given:
        assert "httponly" in one and "samesite=strict" in one and "path=/" in one and "domain" not in one


def test_a_link_is_used_up_by_one_and_not_by_a_browser_that_looks_ahead(target: Target) -> None:
    path = "/" + target.server.link().split("/", 3)[3]
    for sent in (("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender")):
        assert target.ask("GET", path, sent).status == 503
    assert not target.ask("HEAD", path).all("Set-Cookie")
    assert target.ask("GET", path).all("Set-Cookie")
    again = target.ask("GET", path)
    assert again.status == 403 and not again.all("Set-Cookie")


def test_a_cookie_that_was_planted_never_becomes_a_session(target: Target) -> None:
    """Session fixation: the value an attacker chose is not the one that is let in."""
    name = target.cookie.partition("=")[0]
    planted = f"{name}=chosen-by-the-attacker"
    fresh = target.enter(planted).all("Set-Cookie")
    assert fresh and "chosen" not in "".join(fresh)
    assert target.ask("GET", "/v1/lists", cookie=planted).status == 401


def test_cookies_that_others_toss_in_let_nobody_in(target: Target) -> None:
    """Another server of this machine, or of a neighbouring name, can set cookies here."""
    name, _, value = target.cookie.partition("=")
    tossed = [f"{name}=x", f"{name}=", f'{name}="x', f"{name}={value}x", f"{name}={value[:-1]}", f"__Host-{name}=x"]
    for one in tossed:
        assert target.ask("GET", "/v1/lists", cookie=one).status == 401, one
    for cookie in (f"{name}=x; {target.cookie}", f"{target.cookie}; {name}=x", f"a={'b' * 4000}; {target.cookie}"):
        assert target.ask("GET", "/v1/lists", cookie=cookie).status in (200, 401), cookie
    for junk in ("=;=;=", ";" * 500, "\x7f=1", f"{name}=%00%0d%0a", "a" * 5000):
        assert target.ask("GET", "/v1/lists", cookie=junk).status in (400, 401)
    assert target.ask("GET", "/v1/lists", JSON, cookie=target.cookie).status == 200

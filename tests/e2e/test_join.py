"""Two people join their team's server by a code each, over https; a shared list holds what both write."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.e2e import everywhere, front, opening, replicas
from tests.e2e.acting import UNCHECKED, await_state, go_back, is_held, sent
from tests.e2e.serving import Server

HOST = "team.example.org"
TEAM = f"https://{HOST}"
LASTING = """() => Promise.all([['POST', '/v1/pairings/x/approve'], ['PUT', '/v1/people/me/password'],
  ['POST', '/v1/people/me/second-factor']].map(async ([method, path]) => {
    const csrf = document.querySelector('meta[name="csrf-token"]').content;
    const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
    const body = JSON.stringify({ sign_in: 'minh', password: 'a long enough password' });
    return (await fetch(path, { method, headers, body })).status;
  }))"""
TOKENS = "async () => (await chrome.storage.local.get('tokens')).tokens"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A team's server on one machine, which knows its address behind the proxy."""
    settings = {"SECONDLOOK_TEAM": "1", "SECONDLOOK_ADDRESS": TEAM, "SECONDLOOK_PROXIES": "1"}
    started = Server(tmp_path_factory.mktemp("team"), None, **settings)
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def administrator(team: Server) -> str:
    return team.run("token", "--name", "the server's machine").strip()


@pytest.fixture(scope="module")
def line(team: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with front.serve(tmp_path_factory.mktemp("front"), HOST, team.port) as port:
        yield port


def ask(team: Server, token: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Ask the server as a program would."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(team.address + path, data, headers, method=method), timeout=30
        ) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.fixture(scope="module")
def shared(team: Server, administrator: str) -> str:
    """A list of everybody's."""
    made = {"name": "Projects", "level": "stop", "terms": ["Project Heronsgate"]}
    status, entry = ask(team, administrator, "POST", "/v1/lists", made)
    assert status == 201
    return str(entry["id"])


@pytest.fixture(scope="module")
def members(
    tools: Playwright, line: int, team: Server, administrator: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, BrowserContext]]:
    """The browsers of two people who have joined."""
    opened = {}
    for name in ("An", "Minh"):
        folder = tmp_path_factory.mktemp(name)
        extension = everywhere.copy(folder, [f"{TEAM}/*"])
        context = everywhere.open_browser(tools, folder, line, [*replicas.HOSTS, HOST], extension)
        _, invitation = ask(team, administrator, "POST", "/v1/invitations", {"name": name, "role": "member"})
        if name == "An":
            join(context, invitation["code"].lower().replace("-", " "))
        else:
            join_by_link(context, invitation["link"])
        opened[name] = context
    yield opened
    for context in opened.values():
        context.close()


def join(context: BrowserContext, code: str) -> None:
    """Type address and code into the settings, as the invitation says."""
    settings = opening.options_page(context)
    settings.locator("#join-address").fill(TEAM)
    settings.locator("#join-code").fill(code)
    settings.locator("#join button").click()
    expect(settings.locator("#join-told")).to_have_text("Joined.", timeout=15_000)
    settings.close()


def join_by_link(context: BrowserContext, link: str) -> None:
    """Open the link of the invitation, and press the extension's icon and the button there."""
    page, popup = context.new_page(), context.new_page()
    page.goto(link)
    page.bring_to_front()
    popup.goto(f"chrome-extension://{opening.extension_id()}/popup/popup.html")
    expect(popup.locator("#tab-add")).to_have_text("Connect to this server")
    popup.evaluate("document.querySelector('#tab-add').click()")
    expect(popup.locator("#tab-told")).to_have_text("Joined.", timeout=15_000)
    popup.close()
    page.close()


def token_of(context: BrowserContext) -> str:
    return str(opening.worker(context).evaluate(TOKENS)[TEAM])


def write(context: BrowserContext, text: str) -> Page:
    page = context.new_page()
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text(text)
    return page


def team_row(settings: Page) -> Any:
    return settings.locator("#servers li", has_text=HOST)


def test_a_shared_list_holds_what_both_write(members: dict[str, BrowserContext], shared: str) -> None:
    for context in members.values():
        page = write(context, "Project Heronsgate starts on Monday")
        await_state(page, "stop", 20)
        is_held(page, page.get_by_role("button", name="发送").click)
        go_back(page)
        assert sent(page) == []
        page.close()


def test_a_person_sees_who_they_are_there_and_what_is_checked(members: dict[str, BrowserContext]) -> None:
    settings = opening.options_page(members["An"])
    row = team_row(settings)
    expect(row).to_contain_text("You are An (member).")
    expect(row).to_contain_text("Chromium on Linux")
    expect(row).to_contain_text("In force until")
    expect(row).to_contain_text("Checks what you share on every site.")
    settings.locator("#sites select[aria-label='Server for 微博']").first.select_option(label="http://127.0.0.1:8765")
    settings.reload()
    expect(team_row(settings)).to_contain_text("Checks what you share on: ")
    own = settings.locator("#servers li", has_text="127.0.0.1:8765")
    expect(own).to_contain_text("Checks what you share on: ")
    settings.locator("#sites select[aria-label='Server for 微博']").first.select_option("")
    settings.close()


def test_a_members_token_changes_nothing_of_everybodys(
    members: dict[str, BrowserContext], team: Server, shared: str
) -> None:
    token = token_of(members["An"])
    tried = [
        ("PUT", "/v1/policy", {}),
        ("POST", f"/v1/lists/{shared}/terms", {"terms": ["x"]}),
        ("DELETE", f"/v1/lists/{shared}", None),
        ("GET", "/v1/people", None),
        ("POST", "/v1/invitations", {"name": "me", "role": "administrator"}),
        ("GET", "/v1/audit", None),
    ]
    assert [ask(team, token, *one)[0] for one in tried] == [403] * len(tried)
    assert ask(team, token, "GET", "/v1/pairings")[0] in (401, 403)


def test_the_settings_pages_open_as_the_person(members: dict[str, BrowserContext]) -> None:
    settings = opening.options_page(members["Minh"])
    expect(team_row(settings)).to_contain_text("You are Minh (member).")
    with members["Minh"].expect_page() as opened:
        settings.locator("#settings").click()
    page = opened.value
    page.wait_for_url(f"{TEAM}/settings**")
    assert "once=" not in page.url
    person = page.evaluate("fetch('/v1/people/me').then((answer) => answer.json())")
    assert (person["name"], person["role"]) == ("Minh", "member")
    assert page.evaluate("fetch('/v1/people').then((answer) => answer.status)") == 403
    assert page.evaluate(LASTING) == [403, 403, 403], "what a token has opened makes no way in that outlives it"
    page.close()
    settings.close()


def test_a_code_works_once_and_a_wrong_one_is_told(members: dict[str, BrowserContext]) -> None:
    settings = opening.options_page(members["Minh"])
    before = token_of(members["Minh"])
    for code in ("AAAA-BBBB-CCCC-DDDD", "?"):
        settings.locator("#join-address").fill(TEAM)
        settings.locator("#join-code").fill(code)
        settings.locator("#join button").click()
        expect(settings.locator("#join-told")).to_contain_text("not known there, was used already or is too old")
        settings.reload()
    assert token_of(members["Minh"]) == before
    settings.close()


def test_access_that_was_taken_back_is_told_with_what_to_do(
    members: dict[str, BrowserContext], team: Server, administrator: str
) -> None:
    _, found = ask(team, administrator, "GET", "/v1/tokens")
    [mine] = [one["id"] for one in found["tokens"] if one["person_name"] == "Minh"]
    ask(team, administrator, "DELETE", f"/v1/tokens/{mine}")
    page = write(members["Minh"], "A day at the lake")
    await_state(page, "fault")
    dialog = is_held(page, page.get_by_role("button", name="发送").click, UNCHECKED).dialog
    assert dialog and "join your team again with a new code" in dialog.text
    go_back(page)
    page.close()


def test_leaving_revokes_the_token_there_and_forgets_it_here(members: dict[str, BrowserContext], team: Server) -> None:
    context, token = members["An"], token_of(members["An"])
    assert ask(team, token, "GET", "/v1/people/me")[0] == 200
    settings = opening.options_page(context)
    settings.on("dialog", lambda dialog: dialog.accept())
    team_row(settings).get_by_role("button", name="Leave this team").click()
    expect(team_row(settings)).to_have_count(0)
    assert ask(team, token, "GET", "/v1/people/me")[0] == 401
    assert TEAM not in opening.worker(context).evaluate(TOKENS)
    settings.close()


def test_a_certificate_that_the_browser_does_not_trust_is_told_as_such(
    tools: Playwright, line: int, tmp_path: Path
) -> None:
    context = opening.open_browser(tools, tmp_path)
    settings = opening.options_page(context)
    server = f"https://127.0.0.1:{line}"
    opening.worker(context).evaluate(
        "async (server) => { await chrome.storage.local.set({ settings: { server }, tokens: { [server]: 'x' } }); }",
        server,
    )
    opening.put_to_sleep(context)
    settings.reload()
    expect(settings.locator("#server-state")).to_have_attribute("data-tone", "bad")
    expect(settings.locator("#server-help")).to_contain_text("certificate is not one that this browser trusts")
    context.close()

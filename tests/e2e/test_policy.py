"""A policy put in force on the server is what the browser does at the next send."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.acting import await_state, is_held, sent
from tests.e2e.inside import press, shown, until
from tests.e2e.serving import Server

WORDS = "TOP SECRET//SI//NOFORN"


Rule = Callable[[str], None]


@pytest.fixture
def stop(server: Server, tmp_path: Path) -> Iterator[Rule]:
    """Put in force what a stop does; afterwards the policy is as it was."""
    usual, other = tmp_path / "usual.toml", tmp_path / "other.toml"
    server.run("policy", "export", "--to", str(usual))

    def does(action: str) -> None:
        other.write_text(f'[does]\nstop = "{action}"\n', encoding="utf-8")
        server.run("policy", "import", str(other), "--yes")

    yield does
    server.run("policy", "import", str(usual), "--yes")


def test_where_the_policy_only_marks_it_goes_out_without_a_question(stop: Rule, page: Page) -> None:
    stop("mark")
    write(page)
    page.get_by_role("button", name="发送").click()
    assert len(sent(page)) == 1 and shown(page).dialog is None


def test_where_the_policy_only_asks_one_press_shares_it(stop: Rule, page: Page) -> None:
    stop("ask")
    write(page)
    is_held(page, page.get_by_role("button", name="发送").click)
    press(page, "Share anyway")
    until(page, lambda now: not now.dialog)
    assert len(sent(page)) == 1


def write(page: Page) -> None:
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    page.keyboard.insert_text(WORDS)
    await_state(page, "stop")


def test_what_is_stopped_cannot_be_shared_where_the_policy_refuses_it(stop: Rule, page: Page) -> None:
    stop("refuse")
    write(page)
    dialog = is_held(page, page.get_by_role("button", name="发送").click).dialog
    assert dialog and "Share anyway" not in dialog.buttons and "Your team has set" in dialog.text
    page.keyboard.press("Escape")
    until(page, lambda now: not now.dialog)
    assert sent(page) == []

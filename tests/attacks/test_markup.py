"""Names and words that are markup: every page shows them as they were written, and runs nothing."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.attacks.target import EXTENSION, Target
from tests.attacks.test_paths import MULTIPART, form
from tests.backend.web.test_pages import PAGES

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PAYLOADS = [
    "<x-hit><img src=x onerror=hit()>",
    '"><svg/onload=hit()><x-hit>',
    "'-hit()-'\"-hit()-\"",
    "</script><script>hit()</script><x-hit>",
    "</textarea></title></style><x-hit>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "{{hit()}}${hit()}<%=hit()%>#{hit()}",
    "&lt;x-hit&gt;&#60;img src=x onerror=hit()&#62;",
    "javascript:hit()//<x-hit>",
    "<math><mi xlink:href=data:x,<x-hit>>",
    "<template><x-hit></template><!-- <x-hit>",
    "\u202e<x-hit>\u2066",
]
ELEMENTS = "x-hit, iframe, math, svg[onload], img[src='x'], [onerror], [onload], [style*='hit'], a[href^='javascript']"


@pytest.fixture(scope="module")
def named(personal: Target, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Payloads wherever a person, a file or a device may give a name; returns the pages that show one list."""
    watched = tmp_path_factory.mktemp("watched")
    noted = [{"text": f"{one} term", "note": one} for one in PAYLOADS]
    pages = []
    for number, payload in enumerate(PAYLOADS):
        answer = personal.owner("POST", "/v1/lists", {"name": payload, "terms": [f"{payload} word"]})
        assert answer.status == 201, (payload, answer.body)
        pages.append(f"/settings/lists/{answer.json['id']}")
        if number < 2:
            personal.owner("POST", f"/v1/lists/{answer.json['id']}/terms", {"terms": noted})
        personal.owner("POST", "/v1/documents", {"name": payload, "text": f"some words {number} of a page " * 20})
        personal.owner("POST", "/v1/policy/own", {"name": payload, "text": f"0912 345 6{number:02}"})
        folder = watched / re.sub(r"[/\0]", "_", payload)
        folder.mkdir()
        word = ("X-CSRF-Token", personal.csrf)
        personal.ask("POST", "/v1/folders", word, cookie=personal.cookie, body={"path": str(folder)})
    personal.server.run("token", "--name", "".join(PAYLOADS)[:100])
    return pages[:2]


@pytest.fixture
def window(personal: Target, tools: Playwright) -> Iterator[Page]:
    """A browser that came in by a link; it asks nobody but the server, shows no dialog and runs nothing foreign."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    wrong: list[str] = []
    browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    page = browser.new_page(locale="en")
    page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    own = f"http://127.0.0.1:{personal.port}/"
    page.on("request", lambda asked: None if asked.url.startswith((own, "blob:")) else wrong.append(asked.url))
    page.goto(personal.server.link())
    yield page
    browser.close()
    assert wrong == []


def ask_to_be_let_in(personal: Target, name: str) -> None:
    """Do as the extension does until the page shows who asks."""
    origin, word = ("Origin", EXTENSION), secrets.token_urlsafe(32)
    body = {"name": name, "version": "1.0", "commitment": hashlib.sha256(word.encode()).hexdigest()}
    begun = personal.ask("POST", "/v1/pairings", origin, body=body)
    assert begun.status == 201, begun.body
    own = ("Authorization", f"Pairing {begun.json['secret']}")
    told = {"word": word, "address": personal.own}
    assert personal.ask("POST", f"/v1/pairings/{begun.json['id']}/code", origin, own, body=told).status == 204


def look(page: Page) -> str:
    """Return what is shown, once nothing is loading any more; nothing of it may have become an element."""
    page.wait_for_load_state("networkidle")
    found: Any = page.evaluate(
        """(elements) => {
          const roots = [document];
          for (const root of roots)
            for (const one of root.querySelectorAll('*')) if (one.shadowRoot) roots.push(one.shadowRoot);
          const values = [...document.querySelectorAll('input, textarea, option')].map((one) => one.value);
          return {
            hits: window.hits,
            elements: roots.flatMap((root) => [...root.querySelectorAll(elements)].map((one) => one.outerHTML)),
            text: [document.title, document.body.textContent, ...values].join('\\n'),
          };
        }""",
        ELEMENTS,
    )
    assert found["hits"] == 0 and found["elements"] == [], (page.url, found["elements"])
    return str(found["text"])


def test_every_page_shows_markup_as_it_was_written(personal: Target, named: list[str], window: Page) -> None:
    for payload in PAYLOADS[:4]:
        ask_to_be_let_in(personal, payload)
    shown = {}
    for path in (*PAGES, *named):
        window.goto(f"http://127.0.0.1:{personal.port}{path}")
        shown[path] = look(window)
    for payload in PAYLOADS:
        assert payload in shown["/settings"], payload
        assert payload in shown["/settings/documents"], payload
        assert payload in shown["/welcome"] or payload not in PAYLOADS[:4], payload
        assert all(shown[page].count(payload) > 1 for page in named), payload


def test_a_file_named_and_written_as_markup_is_shown_as_it_is(personal: Target, named: list[str], window: Page) -> None:
    assert named
    window.goto(f"http://127.0.0.1:{personal.port}/settings/bench")
    for payload in PAYLOADS:
        name = re.sub(r"[/\0]", "_", payload)
        file = {"name": f"{name}.txt", "mimeType": "text/html", "buffer": f"TOP SECRET//SI//NOFORN {payload}".encode()}
        window.locator("input[type='file']").first.set_input_files(file)  # type: ignore[arg-type]
        window.locator("textarea").first.fill(f"{payload} TOP SECRET//SI//NOFORN {payload} term")
        window.get_by_text(f"{name}.txt").first.wait_for()
        look(window)


def test_what_an_answer_says_of_markup_is_json_and_nothing_a_browser_would_show(
    personal: Target, named: list[str]
) -> None:
    for payload in PAYLOADS:
        for answer in (
            personal.owner("POST", "/v1/checks", {"text": f"{payload} term", "site": "x.com"}),
            personal.ask("POST", "/v1/attachments", MULTIPART, token=personal.token, body=form("x", payload.encode())),
            personal.owner("GET", "/v1/lists"),
        ):
            assert (answer.header("Content-Type") or "").partition(";")[0] == "application/json"
            assert answer.header("X-Content-Type-Options") == "nosniff"


SINKS = re.compile(
    r"\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|new Function\(|"
    r"set(Timeout|Interval)\(\s*['\"`]|\bsrcdoc\b|setHTMLUnsafe|parseHTMLUnsafe"
)


def test_no_script_of_ours_makes_markup_of_words() -> None:
    found = []
    for folder in ("backend/web/static", "extension"):
        for path in sorted((ROOT / folder).rglob("*.js")):
            found += [str(path) for line in path.read_text(encoding="utf-8").splitlines() if SINKS.search(line)]
    assert found == []


def test_no_template_of_ours_takes_words_for_markup() -> None:
    templates = sorted((ROOT / "backend/web/templates").rglob("*.html"))
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", text), f"{path}: the policy would refuse it"

"""Chromium with the real extension folder loaded, and the extension paired by a person's clicks."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, Worker, expect

from tests.e2e.inside import until
from tests.e2e.serving import ROOT, Server

EXTENSION = ROOT / "extension"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
WAITING = 30_000


def extension_id() -> str:
    """Return the id that the manifest's key gives the extension."""
    key = json.loads((EXTENSION / "manifest.json").read_text())["key"]
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def open_browser(
    tools: Playwright,
    profile: Path,
    *,
    hosts: Iterable[str] = (),
    port: int = 0,
    extension: bool = True,
    headless: bool = True,
    window: tuple[int, int] | None = None,
    **options: Any,
) -> BrowserContext:
    """Open Chromium; ``hosts`` are looked for on the local ``port``.  Wait until the extension is at its place."""
    arguments = [*QUIET, *([f"--window-size={window[0]},{window[1]}"] if window else [])]
    if hosts:
        mapped = ",".join(f"MAP {host} 127.0.0.1:{port}" for host in hosts)
        arguments += ["--ignore-certificate-errors", f"--host-resolver-rules={mapped}"]
    if extension:
        arguments += [f"--disable-extensions-except={EXTENSION}", f"--load-extension={EXTENSION}"]
    given = {"viewport": {"width": 1100, "height": 800}, "locale": "en-US", **options}
    context = tools.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, headless=headless, args=arguments, ignore_https_errors=bool(hosts), **given
    )
    if extension:
        _await_scripts(worker(context))
    return context


def worker(context: BrowserContext) -> Worker:
    """Return the extension's worker."""
    running = [one for one in context.service_workers if extension_id() in one.url]
    return running[0] if running else context.wait_for_event("serviceworker")


def _await_scripts(of: Worker) -> None:
    """Come back when the content scripts of the sites are registered."""
    of.evaluate(
        """async () => {
          const registered = () => chrome.scripting.getRegisteredContentScripts();
          while (!(await registered()).length) await new Promise((go) => setTimeout(go, 20));
        }"""
    )


def put_to_sleep(context: BrowserContext) -> None:
    """Stop the extension's worker, as the browser does after half a minute; come back when it is gone."""
    assert context.browser
    session = context.browser.new_browser_cdp_session()

    def workers() -> list[str]:
        targets = session.send("Target.getTargets")["targetInfos"]
        return [one["targetId"] for one in targets if one["type"] == "service_worker" and extension_id() in one["url"]]

    [running] = workers()
    session.send("Target.closeTarget", {"targetId": running})
    while running in workers():
        context.pages[0].evaluate("new Promise((go) => setTimeout(go, 10))")
    session.detach()


def options_page(context: BrowserContext) -> Page:
    """Open the extension's settings."""
    page = context.new_page()
    page.goto(f"chrome-extension://{extension_id()}/options/options.html")
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    return page


def set_server(context: BrowserContext, address: str, language: str = "") -> None:
    """Write the server's address into the settings, as a person whose server has another port does."""
    page = options_page(context)
    page.locator("#server").fill(address)
    page.locator("#address button").click()
    expect(page.locator("#address-told")).not_to_be_empty(timeout=WAITING)
    expect(page.locator("#server-state")).to_have_attribute("data-tone", re.compile("good|open"), timeout=WAITING)
    if language:
        page.locator("#language").select_option(language)
        expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
    page.close()


def pair(context: BrowserContext, server: Server, page: Page | None = None) -> Page:
    """Open the one-time link, compare the two codes, and say that they match."""
    page = page or context.new_page()
    page.goto(server.link())
    banner = until(page, lambda now: now.banner).banner
    code = re.search(r"\d{3}\s\d{3}", banner.text if banner else "")
    assert code, banner
    page.locator("[data-pairing]").filter(has_text=code.group()).locator("[data-approve]").click()
    page.wait_for_selector("html[data-secondlook-paired='true']")
    return page

"""The person's own Firefox with the real extension, driven over WebDriver BiDi."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e import tunnel
from tests.e2e.bidi import Bidi, Refused
from tests.e2e.tab import Tab

PROGRAM = shutil.which("firefox-esr") or shutil.which("firefox")
HOST = str(uuid.uuid4())
"""The name that the extension's own pages get in this run; Firefox would make one up."""

REGISTERED = """async () => {
  const registered = () => browser.scripting.getRegisteredContentScripts();
  while (!(await registered()).length) await new Promise((go) => setTimeout(go, 20));
}"""


def preferences(extension_id: str, proxy: int) -> dict[str, Any]:
    """Return what differs from a newcomer's Firefox: no first pages, no calls home, names that lead here."""
    return {
        "extensions.webextensions.uuids": json.dumps({extension_id: HOST}),
        "network.proxy.type": 1,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": proxy,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": proxy,
        "network.proxy.no_proxies_on": "127.0.0.1,localhost",
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.homepage_override.mstone": "ignore",
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.enabled": False,
        "app.update.disabledForTesting": True,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "extensions.update.enabled": False,
        "services.settings.server": "data:,#remote-settings-dummy/v1",
        "intl.locale.requested": "en-US",
        "intl.accept_languages": "en-US",
        "dom.disable_open_during_load": False,
        "browser.tabs.remote.separatePrivilegedContentProcess": False,
    }


class Firefox:
    """A running Firefox with the extension in it.  ``console`` is a page of the extension's own, kept open."""

    def __init__(self, folder: Path, extension: Path, proxy: int) -> None:
        manifest = json.loads((extension / "manifest.json").read_text(encoding="utf-8"))
        profile = folder / "firefox"
        profile.mkdir()
        given = preferences(manifest["browser_specific_settings"]["gecko"]["id"], proxy)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in given.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.process = _start(profile)
        try:
            self.bidi = Bidi(_address(self.process))
            self.console = self._begin(extension)
        except BaseException:
            self.process.kill()
            self._end()
            raise

    def _begin(self, extension: Path) -> str:
        """Begin the session and install the extension; return the context of its own page."""
        self.bidi.send("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.bidi.send("webExtension.install", extensionData={"type": "path", "path": str(extension)})
        context: str = self.bidi.send("browsingContext.create", type="tab")["context"]
        self._go(context, f"moz-extension://{HOST}/options/options.html")
        self.bidi.call(context, REGISTERED)
        return context

    def _go(self, context: str, address: str) -> None:
        self.bidi.send("browsingContext.navigate", context=context, url=address, wait="complete")

    def ask(self, type: str, **data: Any) -> Any:
        """Say to the extension what its own settings page would."""
        said = json.dumps({"type": type, "data": data})
        return self.bidi.call(self.console, f"() => browser.runtime.sendMessage({said})")

    def new_page(self) -> Tab:
        """Open a tab at the right, and learn the number that the extension knows it by."""
        tabs = "async () => (await browser.tabs.query({})).map(({ id }) => id)"
        before = self.bidi.call(self.console, tabs)
        context = self.bidi.send("browsingContext.create", type="tab")["context"]
        [tab] = set(self.bidi.call(self.console, tabs)) - set(before)
        self.bidi.send("browsingContext.setViewport", context=context, viewport={"width": 1100, "height": 800})
        return Tab(self.bidi, context, self.console, tab)

    def close(self) -> None:
        """Close it as a person does, and wait for its end."""
        try:
            self.bidi.send("browser.close")
        except (Refused, OSError, EOFError):
            self.process.terminate()
        self.bidi.close()
        self._end()

    def _end(self) -> None:
        self.process.wait(timeout=30)
        if self.process.stderr:
            self.process.stderr.close()


def _start(profile: Path) -> subprocess.Popen[str]:
    options = ["--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    command = [str(PROGRAM), *options, "--remote-allow-system-access", "about:blank"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found.group(1)
    raise RuntimeError(f"Firefox did not start: {''.join(said)}")


@contextmanager
def open_browser(folder: Path, extension: Path, port: int) -> Iterator[Firefox]:
    """Open Firefox with a copy of the extension; all names are looked for on the local ``port``."""
    with tunnel.dig(port) as proxy:
        browser = Firefox(folder, extension, proxy)
        try:
            yield browser
        finally:
            browser.close()

"""Chromium with every site of the list switched on.

A newcomer is asked for few sites; the others are permitted by the browser's own question,
which no driver can answer.  So a copy of the extension is loaded whose manifest asks for
them at once.  All else is the very same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.e2e import opening


def copy(folder: Path, more: Iterable[str] = ()) -> Path:
    """Copy the extension and let it read every site that it knows, and ``more`` match patterns."""
    target = folder / "extension"
    shutil.copytree(opening.EXTENSION, target)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    sites = json.loads((target / "sites.json").read_text(encoding="utf-8"))
    patterns = [*manifest["host_permissions"], *(match for site in sites for match in site["matches"]), *more]
    manifest["host_permissions"] = list(dict.fromkeys(patterns))
    (target / "manifest.json").write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    return target


def open_browser(tools: Playwright, folder: Path, port: int, hosts: Iterable[str], extension: Path) -> BrowserContext:
    """Open Chromium with that copy; ``hosts`` are looked for on the local ``port``."""
    mapped = ",".join(f"MAP {host} 127.0.0.1:{port}" for host in sorted(hosts))
    arguments = [
        *opening.QUIET,
        "--ignore-certificate-errors",
        f"--host-resolver-rules={mapped}",
        f"--disable-extensions-except={extension}",
        f"--load-extension={extension}",
    ]
    context = tools.chromium.launch_persistent_context(
        folder / "profile",
        executable_path=opening.CHROMIUM,
        headless=True,
        args=arguments,
        ignore_https_errors=True,
        viewport={"width": 1100, "height": 800},
        locale="en-US",
    )
    opening._await_scripts(opening.worker(context))
    return context

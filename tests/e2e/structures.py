"""Pages built from ``structures.json``: each composer of each site as it stands in its page, with its real editor.

Only the chains of elements, the editor, the button and what Enter does are said there;
``pages/structures/build.js`` builds the page in the browser.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.e2e import replicas

HERE = Path(__file__).parent
PARTS = HERE / "pages" / "structures"
EDITORS = PARTS / "editors"
BUILD = PARTS / ".build"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/app.css"><script src="/early.js"></script></head>
<body><header>{title}</header><main id="page" class="panel"></main>
<script type="application/json" id="structure">{structure}</script><script type="module" src="/build.js"></script>
</body></html>
"""


@dataclass(frozen=True)
class Box:
    """One composer of a site, by its number in the site's list."""

    site: str
    number: int
    about: dict[str, Any]

    @property
    def address(self) -> str:
        mark = "&" if "?" in self.about["at"] else "?"
        return f"{self.about['at']}{mark}site={self.site}&box={self.number}"

    @property
    def key(self) -> str:
        """The key that sends, or nothing."""
        return {"send": "Enter", "ctrl": "Control+Enter", "newline": ""}[self.about["enter"]]


def load(path: Path = HERE / "structures.json") -> dict[str, list[Box]]:
    """Return the boxes of each site."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return {site: [Box(site, number, about) for number, about in enumerate(all)] for site, all in table.items()}


def hosts(table: dict[str, list[Box]]) -> set[str]:
    """Return the names under which the pages are served."""
    return {urlsplit(box.about["at"]).hostname or "" for boxes in table.values() for box in boxes}


def bundle() -> Path:
    """Bundle each editor from its real packages; what has not changed is kept."""
    sources = [*sorted(EDITORS.glob("*.js")), replicas.PAGES / "lexical.js"]
    state = hashlib.sha256((replicas.TOOLS.parent / "package-lock.json").read_bytes())
    for source in sources:
        state.update(source.read_bytes())
    folder = BUILD / state.hexdigest()[:16]
    if not folder.is_dir():
        shutil.rmtree(BUILD, ignore_errors=True)
        _run_esbuild(sorted(EDITORS.glob("*.js")), folder)
    return folder


def _run_esbuild(entries: list[Path], folder: Path) -> None:
    options = ["--bundle", "--minify", "--define:process.env.NODE_ENV='production'", "--define:global=window"]
    command = [str(replicas.TOOLS / ".bin" / "esbuild"), *map(str, entries), *options, f"--outdir={folder}.new"]
    place = {"NODE_PATH": str(replicas.TOOLS), "PATH": str(Path(shutil.which("node") or "node").parent)}
    done = subprocess.run([*command, "--log-level=error"], capture_output=True, text=True, env=place, check=False)
    if done.returncode:
        raise RuntimeError(f"esbuild: {done.stderr}")
    Path(f"{folder}.new").rename(folder)


@contextmanager
def serve(folder: Path, table: dict[str, list[Box]]) -> Iterator[int]:
    """Serve the pages over https; yield the port."""
    bundles = bundle()

    class Handler(_Structured):
        scripts = bundles
        boxes = table

    with replicas.over_https(Handler, folder) as port:
        yield port


class _Structured(replicas._Page):
    boxes: dict[str, list[Box]] = {}

    def do_GET(self) -> None:
        """Answer with the page of a site, a script of it, or the files that all pages share."""
        split = urlsplit(self.path)
        body, kind = self._answer(split.path, parse_qs(split.query))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", replicas.TYPES.get(kind, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", replicas.POLICY)
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, path: str, query: dict[str, list[str]]) -> tuple[bytes, str]:
        files = {"/build.js": PARTS / "build.js"} | {f"/{name}": replicas.PAGES / name for name in replicas.SHARED}
        if path.startswith("/editor/"):
            files[path] = self.scripts / Path(path).name
        if found := files.get(path):
            return (found.read_bytes() if found.is_file() else b""), found.suffix
        boxes = [box.about for box in self.boxes.get(query.get("site", [""])[0], [])]
        structure = json.dumps(boxes, ensure_ascii=False).replace("<", "\\u003c")
        return PAGE.format(title="A replica", structure=structure).encode(), ".html"

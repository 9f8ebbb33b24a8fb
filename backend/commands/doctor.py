"""``doctor``: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from backend.config import ROOT, SETTINGS, Config, StartError, from_environment
from backend.program import spoken

HELP = "say what works on this machine, and what to do about the rest"
OK, MISSING, BROKEN = "ok", "missing", "broken"
PACKAGES = ("flask", "flask_cors", "regex", "waitress", "sqlalchemy", "alembic", "platformdirs", "msgspec")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "msedge", "chrome", "brave-browser")
BROWSER_FILES = (
    "/Applications/Google Chrome.app",
    "/Applications/Microsoft Edge.app",
    "/Applications/Chromium.app",
    "{PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)
PICTURE_SECONDS = 60
PROBE = "TOP SECRET"


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was looked at; ``missing`` leaves the product usable, ``broken`` does not."""

    name: str
    state: str
    found: str
    advice: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Look at everything; exit status 1 when something essential is broken."""
    settings, config = _settings()
    results = []
    for result in chain([settings], (_look(look, config) for look in LOOKS)):
        results.append(result)
        if not args.json:
            _print(result)
    if args.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False))
    return 1 if any(result.state == BROKEN for result in results) else 0


def _print(result: Result) -> None:
    print(f"{result.state:8} {result.name}: {result.found}", flush=True)
    if result.advice:
        print(f"{'':8} -> {result.advice}", flush=True)


def _settings() -> tuple[Result, Config]:
    """Read the settings; where one is wrong, the rest is looked at with the defaults."""
    try:
        config = from_environment()
    except StartError as error:
        return Result("settings", BROKEN, str(error), "change it, or leave it out"), Config()
    changed = [setting.name for setting in SETTINGS if os.environ.get(setting.name)]
    return Result("settings", OK, ", ".join(changed) or "the defaults"), config


def _look(look: Callable[[Config], Result], config: Config) -> Result:
    """Look at one thing; whatever it throws is a finding about this machine, not an end of the visit."""
    try:
        return look(config)
    except Exception as error:
        return Result(look.__name__, BROKEN, f"{type(error).__name__} while looking", "install the release again")


def python(_config: Config) -> Result:
    """Tell which Python this is; one that is too old would not have come this far."""
    return Result("python", OK, f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def packages(_config: Config) -> Result:
    """Look at what the server is made of."""
    lacking = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if lacking:
        return Result("packages", BROKEN, "lacking " + ", ".join(lacking), "pip install -r requirements.txt")
    return Result("packages", OK, f"all {len(PACKAGES)} are here")


def database(config: Config) -> Result:
    """Open the database and bring it up to date, as the server does at start."""
    from backend.store import lists
    from backend.store.in_force import open_for

    try:
        store = open_for(config)
    except StartError as error:
        return Result("database", BROKEN, str(error), "free the folder, or set SECONDLOOK_DATA to another one")
    try:
        found = lists.read_all(store)
    finally:
        store.close()
    where = "SECONDLOOK_DATABASE" if config.database else str(config.data)
    return Result("database", OK, f"{where}, {len(found)} lists with {sum(entry.terms for entry in found)} terms")


def port(config: Config) -> Result:
    """Look whether the server runs, or could."""
    from backend.http import running

    if running.answers(config.address):
        return Result("port", OK, f"Second Look answers at {config.address}")
    if running.is_taken(config):
        advice = f"end it, or choose another port: SECONDLOOK_PORT={config.port % 65535 + 1}"
        return Result("port", BROKEN, f"{config.port} is used by another program", advice)
    return Result("port", OK, spoken(f"{config.port} is free; start the server with: python -m backend serve"))


def rules(_config: Config) -> Result:
    """Load the packs and check a text that they must hold."""
    from backend.model import Draft, Level
    from backend.pipeline import Engine

    verdict = Engine.build().check(Draft(text="TOP SECRET//SI//NOFORN"))
    if verdict.level is not Level.STOP:
        return Result("rules", BROKEN, "a marked text was not held", "load the release again; its packs have changed")
    return Result("rules", OK, "packs load, and a marked text is held")


def pictures(_config: Config) -> Result:
    """Draw a few words and have the worker process read them back."""
    from backend.jobs import Jobs

    advice = "texts are checked all the same; pip install -r requirements.txt brings the models"
    jobs = Jobs()
    try:
        job = jobs.status(jobs.submit("probe.png", "image/png", _drawn(PROBE)), wait=PICTURE_SECONDS)
    finally:
        jobs.close()
    text = " ".join(part.text for part in job.reading.parts).upper()
    if "SECRET" in text:
        return Result("pictures", OK, "the models read a drawn text")
    reasons = ", ".join(gap.reason for gap in job.reading.gaps) or "no words were found"
    return Result("pictures", MISSING, f"a drawn text was not read ({reasons})", advice)


def scripts(_config: Config) -> Result:
    """Tell which scripts beside Chinese, Japanese and Latin letters are read in pictures."""
    from backend.readers.pictures.engines import tesseract
    from backend.readers.pictures.scripts import LANGUAGES, installed

    here = installed()
    lacking = [script for script in LANGUAGES if script not in here]
    found = ", ".join(here) or "only Chinese, Japanese and Latin letters"
    if not lacking:
        return Result("scripts", OK, found)
    advice = "pip install tesserocr" if not tesseract.languages() else "add"
    packages = " ".join(f"tesseract-ocr-{LANGUAGES[script][0]}" for script in lacking)
    return Result("scripts", MISSING, found, f"{advice} the language files: {packages} (Debian names)")


def browser(_config: Config) -> Result:
    """Look for a browser that the extension runs in."""
    found = next((path for path in map(shutil.which, BROWSERS) if path), None) or _installed()
    if found is None:
        return Result("browser", MISSING, "no Chrome, Edge or Chromium was found", "install one for the extension")
    return Result("browser", OK, found)


def extension(_config: Config) -> Result:
    """Look at the folder that the browser loads."""
    from backend.http.origins import MANIFEST, extension_origins

    try:
        version = json.loads(MANIFEST.read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError):
        return Result("extension", MISSING, f"{ROOT / 'extension'} has no manifest", "get the whole release")
    return Result("extension", OK, f"{version} in {MANIFEST.parent}, as {extension_origins()[0]}")


LOOKS: tuple[Callable[[Config], Result], ...] = (
    python,
    packages,
    database,
    port,
    rules,
    pictures,
    scripts,
    browser,
    extension,
)


def _installed() -> str | None:
    for pattern in BROWSER_FILES:
        path = pattern
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
            path = path.replace("{" + name + "}", os.environ.get(name, "/nowhere"))
        if Path(path).exists():
            return path
    return None


def _drawn(words: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(picture).text((90, 90), words, fill="black", font=ImageFont.load_default(90))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()

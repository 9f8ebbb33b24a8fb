"""The OCR engines beside each other, on the same drawn photos in the same run.

    python -m benchmarks.ocr [--photos 2] [--json FILE]

Each engine runs in a process of its own, so that its memory can be told.  Tesseract gets
its lines from the default engine and the right language for each page; in page mode it
misses stamps.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from backend.readers.pictures import ocr
from backend.readers.pictures.cut import cut_line
from backend.readers.pictures.decode import Pixels, open_picture
from backend.readers.pictures.engines import tesseract
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.turn import Turned
from backend.text.normalise import normalise
from tests.photos.draw import FATES
from tests.photos.paper import papers

ENGINES = ("paddle", "rapid", "tesseract")
LONGEST = 1600
LANGUAGES = {
    "de": "deu",
    "en": "eng",
    "fr": "fra",
    "ja": "jpn",
    "ko": "kor",
    "ru": "rus",
    "vi": "vie",
    "zh": "chi_sim",
}


def main() -> None:
    """Run every engine and print a table."""
    parser = argparse.ArgumentParser(description="Compare OCR engines.")
    parser.add_argument("--photos", type=int, default=4, help="photos of each script, one for each fate")
    parser.add_argument("--scripts", nargs="+", default=sorted(papers()), choices=sorted(papers()))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        print(json.dumps(measure(given.engine, given.photos, given.scripts)))
        return
    figures = {}
    for name in ENGINES:
        figures[name] = _run(name, given.photos, given.scripts)
        print(_row(name, figures[name]), flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _run(name: str, photos: int, scripts: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.ocr", "--engine", name, "--photos", str(photos)]
    command += ["--scripts", *scripts]
    setting = {} if name == "tesseract" else {ocr.SETTING: name}
    done = subprocess.run(command, env={**os.environ, **setting}, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"missing": done.stderr.strip().splitlines()[-1]}
    figure: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figure


def _row(name: str, figure: dict[str, Any]) -> str:
    if "missing" in figure:
        return f"{name:10} {figure['missing']}"
    read = "  ".join(f"{script} {share}" for script, share in figure["read"].items())
    cost = f"{figure['seconds']:.2f} s and {figure['processor']:.2f} s of processor a page, {figure['memory']:.0f} MB"
    return f"{name:10} {cost}   markings read: {read}"


def measure(name: str, photos: int, scripts: list[str]) -> dict[str, Any]:
    """Return seconds a page, megabytes at most, and markings read of each script."""
    read: dict[str, str] = {}
    taken, busy = [], []
    for script in scripts:
        paper = papers()[script]
        language = LANGUAGES[script]
        if name == "tesseract" and language not in tesseract.languages():
            read[script] = "-"
            continue
        right = 0
        for number, fate in enumerate(FATES[:photos]):
            marking = paper["markings"][number % len(paper["markings"])]
            pixels = open_picture(_drawn(script, fate, number, marking)).pixels(LONGEST)
            begin, used = time.perf_counter(), time.process_time()
            text = _tesseract(pixels, language) if name == "tesseract" else _engine(pixels)
            taken.append(time.perf_counter() - begin)
            busy.append(time.process_time() - used)
            right += _folded(marking) in _folded(text)
        read[script] = f"{right}/{min(photos, len(FATES))}"
    return {
        "seconds": statistics.median(taken),
        "processor": statistics.median(busy),
        "memory": _most_memory(),
        "read": read,
    }


def _drawn(script: str, fate: str, seed: int, marking: str) -> bytes:
    """Return a photo drawn in another process, since drawing takes more memory than reading."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "photo.jpg"
        command = [sys.executable, "-m", "tests.photos.draw", str(file), "--script", script, "--fate", fate]
        subprocess.run([*command, "--seed", str(seed), "--marking", marking], check=True)
        return file.read_bytes()


def _engine(pixels: Pixels) -> str:
    return "\n".join(line.text for line in ocr.engine(ocr.FULL).read(pixels))


def _tesseract(pixels: Pixels, language: str) -> str:
    sheet = Sheet(Turned(0, pixels, ocr.engine(ocr.FULL).read(pixels)))
    lines = [cut_line(pixels, line, sheet.slope_of(line), sheet.stamped(line)) for line in sheet.turned.found]
    return "\n".join(text for text, _ in tesseract.read_lines(lines, language))


def _folded(text: str) -> str:
    return "".join(ch for ch in normalise(text).plain if ch.isalnum())


def _most_memory() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

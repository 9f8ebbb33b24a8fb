"""Registered documents at scale: registration, memory, start, lookups, and what is found of quotations.

    python -m benchmarks.documents [--documents 1000] [--pages 50] [--keep FOLDER] [--json]

Documents are invented: sentences over a vocabulary of twenty thousand words (or three thousand
characters of Chinese) that come as often as words do, three languages in turn.  They go the whole
way, through the reader into the store.  Everything after that is measured in a fresh process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np

from backend.config import Config
from backend.documents import Library
from backend.model import Draft
from backend.pipeline import Engine
from backend.registration import Register, Shelves
from backend.store import open_store, prepare_folder
from backend.text.normalise import normalise

PAGE = {"en": 3000, "vi": 3000, "zh": 1000}
"""Characters of a page."""
LANGUAGES = ("en", "vi", "zh")
SYLLABLES = {
    "en": "ba be bi bo bu ca co da de di do fa fe ga go ha he la le li lo ma me mi mo na ne no pa pe ra re ri "
    "ro sa se si so sta stre ta te ti to tra tion ment ing er ed ly al est",
    "vi": " ".join(
        first + rest
        for first in "b c ch d đ g h kh l m n ng nh ph qu s t th tr v x".split()
        for rest in "án ạt ấu ình ương ự iều ồng á ành ợp ế oản ượng ục ăm ày ân ước át uyết ài ông".split()
    ),
}
DRAFTS = 300
EDITS = (
    "as it is",
    "one word changed in twenty",
    "one word changed in eight",
    "sentences in another order",
    "without tones",
)


class Writer:
    """Writes invented text."""

    def __init__(self, language: str, seed: int) -> None:
        """Draw a vocabulary; the same arguments write the same."""
        self._rng = np.random.default_rng(seed)
        self._words, self._steps = vocabulary(language)
        self._space, self._end = ("", "。") if language == "zh" else (" ", ". ")

    def text(self, length: int) -> str:
        """Return about ``length`` characters."""
        pieces: list[str] = []
        size = 0
        while size < length:
            picked = np.searchsorted(self._steps, self._rng.random(int(self._rng.integers(8, 26))))
            words = [self._words[min(at, len(self._words) - 1)] for at in picked.tolist()]
            pieces.append(self._space.join(words).capitalize() + self._end)
            size += len(pieces[-1])
        return "".join(pieces)[:length]


@cache
def vocabulary(language: str) -> tuple[list[str], Any]:
    """Return the words of a language and, added up, how often they come."""
    if language == "zh":
        words = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
    else:
        rng, syllables = random.Random(language), SYLLABLES[language].split()
        join = "" if language == "en" else " "
        words = [join.join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3)))) for _ in range(20_000)]
    weights = 1 / (np.arange(len(words)) + 8.0)
    return words, np.cumsum(weights / weights.sum())


def document(number: int, pages: int) -> str:
    """Return the text of a document; the same number is the same text."""
    language = LANGUAGES[number % 3]
    return Writer(language, number).text(PAGE[language] * pages)


def register(folder: Path, count: int, pages: int) -> dict[str, Any]:
    """Register all documents and return what that took."""
    prepare_folder(folder)
    store = open_store(Config(data=folder).database_url)
    maker, shelves = Register(store, folder), Shelves(store, folder)
    size, seconds = 0, 0.0
    for number in range(count):
        data = document(number, pages).encode()
        size += len(data)
        before = time.perf_counter()
        maker.file(f"document {number}", data)
        if number % 50 == 49 or number == count - 1:
            shelves.tidy()
        seconds += time.perf_counter() - before
        if number % 10 == 9 and sys.stderr.isatty():
            sys.stderr.write(f"\r{number + 1} of {count} registered")
    maker.close()
    store.close()
    sys.stderr.write("\r\x1b[K" if sys.stderr.isatty() else "")
    files = {path.name: path.stat().st_size for path in folder.iterdir()}
    return {
        "documents": count,
        "text_mb": round(size / 1e6, 1),
        "ms_a_document": round(1000 * seconds / count, 1),
        "memory_while_registering_mb": memory(),
        "database_mb": round(sum(one for name, one in files.items() if "sqlite" in name) / 1e6, 1),
        "file_mb": round(sum(one for name, one in files.items() if name.endswith(".index")) / 1e6, 1),
    }


def memory() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def resident() -> dict[str, float]:
    """Return the memory of this process now: its own, and pages of files that it shares and can give back."""
    lines = Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else []
    found = {
        line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("RssAnon", "RssFile"))
    }
    return {"own": round(found.get("RssAnon", 0.0), 1), "of_files": round(found.get("RssFile", 0.0), 1)}


def measure(folder: Path, count: int, pages: int) -> dict[str, Any]:
    """Return the figures of lookups, in a process that has registered nothing."""
    engine = Engine.build()
    engine.warm()
    before = resident()
    store = open_store(Config(data=folder).database_url)
    opened = time.perf_counter()
    library = Shelves(store, folder).library()
    found: dict[str, Any] = {"start_ms": round(1000 * (time.perf_counter() - opened), 1)}
    assert library is not None
    with_documents = engine.with_documents(library)
    writers = [Writer(language, 10_000_000 + at) for at, language in enumerate(LANGUAGES)]
    drafts = [Draft(text=writers[at % 3].text(5000)) for at in range(DRAFTS)]
    quoting = [
        Draft(text=draft.text[:2500] + document(at % count, pages)[700:1200] + draft.text[2500:4500])
        for at, draft in enumerate(drafts[:60])
    ]
    for name, some, one in (
        ("bare", drafts, engine),
        ("ordinary", drafts, with_documents),
        ("quoting", quoting, with_documents),
    ):
        for draft in some[:20]:
            one.check(draft)
        found[name] = summary([timed(one, draft) for draft in some])
    plain = [normalise(draft.text).plain for draft in drafts]
    found["lookup"] = summary([lookup(library, text, time.perf_counter) for text in plain])
    found["lookup_of_processor"] = summary([lookup(library, text, time.thread_time) for text in plain])
    found["false_alarms"] = sum(bool(library.quotes(draft.text)) for draft in drafts)
    found["found"] = recall(with_documents, writers, count, pages)
    after = resident()
    found["memory"] = {name: round(after[name] - before[name], 1) for name in after}
    return found


def timed(engine: Engine, draft: Draft) -> float:
    """Return the milliseconds of one check."""
    before = time.perf_counter()
    engine.check(draft)
    return (time.perf_counter() - before) * 1000


def lookup(library: Library, plain: str, clock: Callable[[], float]) -> float:
    """Return the milliseconds of one lookup alone, as the detector asks for it."""
    before = clock()
    library.quotes(plain)
    return (clock() - before) * 1000


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 95th percentile."""
    return {"p50": round(median(times), 2), "p95": round(quantiles(times, n=20)[18], 2)}


def recall(engine: Engine, writers: list[Writer], count: int, pages: int) -> dict[str, str]:
    """Return how many quotations are found, by language, length and what was done to them."""
    rng = random.Random(7)
    told = {}
    texts = {number: document(number, pages) for number in range(min(30, count))}
    for language in LANGUAGES:
        own = [number for number in texts if LANGUAGES[number % 3] == language]
        for length in (40, 80, 200) if language == "zh" else (100, 200, 500):
            for edit in EDITS if language == "vi" else EDITS[:4]:
                hits = 0
                for _ in range(100):
                    number = rng.choice(own)
                    at = rng.randrange(len(texts[number]) - length)
                    words = edited(texts[number][at : at + length], edit, language, rng)
                    around = writers[LANGUAGES.index(language)].text(300)
                    verdict = engine.check(Draft(text=around[:150] + "\n" + words + "\n" + around[150:]))
                    hits += any(one.values.get("document") == f"document {number}" for one in verdict.findings)
                told[f"{language} {length} {edit}"] = f"{hits} %"
    return told


def edited(text: str, edit: str, language: str, rng: random.Random) -> str:
    """Return a quotation with what people do to it."""
    space = "" if language == "zh" else " "
    if edit == "without tones":
        return normalise(text).plain
    if edit.startswith("sentences"):
        mark = "。" if language == "zh" else ". "
        parts = text.split(mark)
        rng.shuffle(parts)
        return mark.join(parts)
    every = {"one word changed in twenty": 20, "one word changed in eight": 8}.get(edit)
    words = list(text) if language == "zh" else text.split(" ")
    if every:
        for at in range(rng.randrange(every), len(words), every):
            words[at] = "另" if language == "zh" else "other"
    return space.join(words)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=50)
    parser.add_argument("--keep", type=Path, help="a folder for the data, used again if it is there")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure, args.documents, args.pages)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary) / "data"
        found: dict[str, Any] = {}
        if not (folder / "documents.key").exists():
            found = register(folder, args.documents, args.pages)
        options = ["--measure", str(folder), "--documents", str(args.documents), "--pages", str(args.pages)]
        done = subprocess.run([sys.executable, "-m", "benchmarks.documents", *options], capture_output=True, text=True)
        found |= json.loads(done.stdout) if done.returncode == 0 else {"failed": done.stderr[-2000:]}
    print(json.dumps(found, ensure_ascii=False) if args.json else "\n".join(f"{k:28} {v}" for k, v in flat(found)))


def flat(found: dict[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Return the figures one a line."""
    lines: list[tuple[str, Any]] = []
    for name, value in found.items():
        lines += flat(value, f"{above}{name} ") if isinstance(value, dict) else [(above + name, value)]
    return lines


if __name__ == "__main__":
    main()

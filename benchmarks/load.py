"""Load a whole team's server over loopback, and watch its memory.

    python -m benchmarks.load [--seconds 20] [--only checks attachments memory] [--json FILE]
    python -m benchmarks.load --soak 3600

It starts everything itself: PostgreSQL and Redis (tests/team/machines.py), web processes, workers.  Checks have
280 characters against a list of 100,000 terms.  The most that is answered is found by wrk (``apt-get install wrk``;
without it by a client in Python, which takes more of the machine for itself), latencies at half of that by a
client that keeps to its rate whatever the server does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.engine import draft, terms
from benchmarks.rates import Load, fastest, steady
from tests.team.machines import LOOPBACK, Postgres, Redis
from tests.team.team import Program, Team, children

TERMS, LENGTH, BODIES = 100_000, 280, 300
GOAL, GOAL_P99 = 1500, 50.0
FILES = {"text, 3 kB": 60, "PDF, 5 pages": 30, "photo of a page, 12 megapixels": 12}
KINDS = {"text, 3 kB": "text/plain", "PDF, 5 pages": "application/pdf", "photo of a page, 12 megapixels": "image/jpeg"}
MEGABYTE = 1024


@contextmanager
def team(*, processes: int = 2, workers: int = 0, listed: int = TERMS) -> Iterator[Team]:
    """Give a running team with a list of so many terms and so many workers."""
    postgres, redis = Postgres(), Redis()
    postgres.start()
    redis.start()
    whole = Team(postgres, redis, web_processes=processes)
    try:
        fill(whole, listed)
        whole.start(workers=workers)
        yield whole
    finally:
        whole.remove()
        redis.remove()
        postgres.remove()


def fill(whole: Team, count: int) -> None:
    """Write the list into the empty database, before anything is started."""
    from backend.store import lists, open_store
    from backend.store import terms as stored

    store = open_store(whole.database)
    made = lists.create(store, "bench")
    stored.change(store, made.id, terms(count, random.Random(1)).terms)
    store.close()


def load_of(whole: Team, length: int = LENGTH) -> Load:
    """Return ordinary drafts of one length, three languages in turn."""
    rng = random.Random(length)
    drafts = [draft(length, ("en", "vi", "zh")[number % 3], rng).text for number in range(BODIES)]
    bodies = [json.dumps({"text": text, "site": "x.com"}, ensure_ascii=False).encode() for text in drafts]
    return Load(LOOPBACK, whole.port, whole.token, bodies)


def checks(seconds: float) -> dict[str, Any]:
    """Return the most checks a second of one and of two processes, and latencies at steady rates."""
    found: dict[str, Any] = {"terms": TERMS, "characters": LENGTH}
    for processes in (1, 2):
        with team(processes=processes) as whole:
            load = load_of(whole)
            fastest(load, min(5.0, seconds))  # lists are in force and pages of memory are there by now
            before = used(whole)
            rate, failed = fastest(load, seconds)
            cost = (used(whole) - before) / max(1.0, rate * seconds)
            own: dict[str, Any] = {"a_second": round(rate), "failed": failed, "cpu_ms_each": round(cost * 1000, 2)}
            for name, steady_rate in {"half": rate / 2, "goal_half": GOAL / 2}.items():
                outcome = steady(load, max(1.0, steady_rate), seconds)
                own[name] = {"a_second": round(steady_rate), "failed": outcome.failed} | {
                    f"p{share}_ms": round(outcome.percentile(float(share) / 100), 1) for share in (50, 90, 99, 99.9)
                }
            found[f"{processes} processes"] = own
    return found


def used(whole: Team) -> float:
    """Return the seconds of processor time that the web processes have had."""
    ticks = 0
    assert whole.web.process is not None
    for pid in (whole.web.process.pid, *whole.web.children()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def attachments(scale: float) -> dict[str, Any]:
    """Return files a minute of one and of two workers, by kind."""
    found: dict[str, Any] = {}
    for workers in (1, 2):
        with team(processes=1, workers=workers, listed=100) as whole:
            read(whole, [photo(99), pdf(99)], "warm")  # models are loaded by now
            found[f"{workers} workers"] = {
                kind: round(a_minute(whole, kind, max(2, int(count * scale)))) for kind, count in FILES.items()
            }
    one, two = found["1 workers"], found["2 workers"]
    found["two over one"] = {kind: round(two[kind] / one[kind], 2) for kind in FILES}
    return found


def a_minute(whole: Team, kind: str, count: int) -> float:
    """Return how many files of a kind are read a minute; each differs, since equal bytes are read once."""
    made: Callable[[int], bytes] = {"t": text, "P": pdf, "p": photo}[kind[0]]
    files = [made(number) for number in range(count)]
    began = time.monotonic()
    read(whole, files, KINDS[kind])
    return count / (time.monotonic() - began) * 60


def read(whole: Team, files: list[bytes], kind: str) -> None:
    """Send files, a few at a time, and wait for the reading of each."""

    def one(data: bytes) -> None:
        answer = whole.attach(data, media_type=kind)
        while answer.status == 503:  # the queue is full
            time.sleep(0.2)
            answer = whole.attach(data, media_type=kind)
        seen = whole.read(answer.json["id"], 300.0)
        if seen["state"] != "done" or any(gap["reason"] in ("crashed", "away", "timeout") for gap in seen["gaps"]):
            raise SystemExit(f"a file was not read: {seen['state']} {seen['gaps']}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, files))


def text(number: int) -> bytes:
    """Return an ordinary text of about 3 kB."""
    return f"{number}\n{draft(2500, ('en', 'vi', 'zh')[number % 3], random.Random(number)).text}".encode()


def pdf(number: int) -> bytes:
    """Return a PDF of five pages with text."""
    from tests.files import pdfs

    pages = [draft(1500, "en", random.Random(number * 10 + page)).text for page in range(5)]
    return pdfs.pdf(["\n".join(page[at : at + 60] for at in range(0, 1500, 60)) for page in pages])


def photo(number: int) -> bytes:
    """Return a phone's photo of a page."""
    from tests.photos.draw import draw

    return draw("zh", "held", number)


def megabytes(pid: int) -> float:
    """Return what a process takes of the machine, its share of what it has in common with others included (PSS)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / MEGABYTE
    return 0.0


def memory_of(program: Program) -> float:
    """Return the same of a command and all processes below it."""
    assert program.process is not None
    waiting, total = [program.process.pid], 0.0
    while waiting:
        pid = waiting.pop()
        try:
            total += megabytes(pid)
            waiting.extend(children(pid))
        except OSError:
            continue  # it has ended meanwhile
    return total


def memory() -> dict[str, Any]:
    """Return megabytes after some work: of the web processes together, of one of them more, and of a worker."""
    found: dict[str, Any] = {}
    for processes in (1, 2):
        with team(processes=processes, workers=1) as whole:
            fastest(load_of(whole), 5.0)
            read(whole, [text(1), pdf(1)], "warm")
            found[f"{processes} web processes"] = round(memory_of(whole.web))
            found["a worker, texts and PDF"] = round(memory_of(whole.workers[0]))
            read(whole, [photo(number) for number in range(3)], "warm")
            found["a worker, pictures too"] = round(memory_of(whole.workers[0]))
    return found


def main() -> None:
    """Measure and print; nothing here fails when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each rate is kept up")
    parser.add_argument("--only", nargs="+", choices=("checks", "attachments", "memory"))
    parser.add_argument("--soak", type=float, metavar="SECONDS", help="work steadily and watch the memory instead")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.soak:
        from benchmarks import soak

        figures: dict[str, Any] = {"soak": soak.run(given.soak)}
    else:
        measured: dict[str, Callable[[], dict[str, Any]]] = {
            "checks": lambda: checks(given.seconds),
            "attachments": lambda: attachments(given.seconds / 20),
            "memory": memory,
        }
        figures = {name: measure() for name, measure in measured.items() if not given.only or name in given.only}
    print(f"goal: {GOAL} checks a second on two cores, p99 <= {GOAL_P99:.0f} ms at half of that", file=sys.stderr)
    print(json.dumps(figures, indent=1))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

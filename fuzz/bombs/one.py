"""Read one file, or do one thing of ``words``, and print what it cost: ``python -m fuzz.bombs.one NAME [FILE]``."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from backend import readers
from backend.jobs.worker import MEMORY


def main() -> None:
    """Measure and print."""
    name, *file = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    work = _reading(Path(file[0]).read_bytes()) if file else _words(name)
    before = _peak()
    start = time.process_time()
    outcome = work()
    took = time.process_time() - start
    print(json.dumps({"seconds": took, "megabytes": _peak(), "before": before, "outcome": outcome}))


def _peak() -> int:
    """Return the megabytes that the process has held at most; ``getrusage`` would count its parent's too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def _reading(data: bytes) -> Callable[[], str]:
    readers.modules()

    def work() -> str:
        reading = readers.read("a1", "", data)
        typed = sum(len(part.text) for part in reading.parts)
        told = Counter(gap.reason for gap in reading.gaps)
        return ", ".join(told) or f"read, {typed:,} characters"

    return work


def _words(name: str) -> Callable[[], str]:
    from fuzz.bombs.words import WORDS, ready

    ready()
    return WORDS[name]


if __name__ == "__main__":
    main()

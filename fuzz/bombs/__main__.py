"""``python -m fuzz.bombs [WORD...]``: measure what is built to cost too much, or those whose name has a word in it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from fuzz.bombs import BOMBS
from fuzz.bombs.words import WORDS

ROOT = Path(__file__).parents[2]
PATIENCE = 200
"""Seconds until a process counts as one that hangs; the server ends a worker that says nothing for 60."""


def main() -> int:
    """Print a row for each; return 1 where one hung or died."""
    wanted = sys.argv[1:]
    bad = 0
    print(f"{'what':44}{'bytes':>12}{'seconds':>9}{'peak MB':>9}  what comes of it", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bomb")
        for name in [*BOMBS, *WORDS]:
            if wanted and not any(word in name for word in wanted):
                continue
            row = _row(name, BOMBS.get(name), file)
            bad += row.endswith("!")
            print(row, flush=True)
    return int(bad > 0)


def _row(name: str, build: Callable[[], bytes] | None, file: Path) -> str:
    arguments, size = [name], ""
    if build is not None:
        data = build()
        file.write_bytes(data)
        arguments, size = [name, str(file)], f"{len(data):,}"
    command = [sys.executable, "-m", "fuzz.bombs.one", *arguments]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return f"{name:44}{size:>12}{PATIENCE:>9}{'':9}  hangs!"
    if done.returncode < 0:
        return f"{name:44}{size:>12}{'':18}  the worker ends ({-done.returncode}), which is a gap"
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        return f"{name:44}{size:>12}{'':18}  ends with {done.returncode}: {last[:80]}!"
    told = json.loads(done.stdout)
    return f"{name:44}{size:>12}{told['seconds']:>9.2f}{told['megabytes']:>9}  {told['outcome']}"


if __name__ == "__main__":
    sys.exit(main())

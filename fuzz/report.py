"""Run targets in turn, each in a process of its own, and say what was tried and what came of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".fuzz"
"""What reached something new, and what broke something: the next run begins with it.  Not part of the repository."""
MEMORY = 1500
"""Megabytes a target may use; a worker may use 2,000."""
SLOWEST = 30
"""Seconds that one small input may take before it counts as one that hangs."""
ADDRESS = r"#(\d+)\s.*?cov: (\d+) .*?corp: (\d+)/"
HEAD = f"{'target':14}{'cases':>12}{'edges':>8}{'kept':>7}{'crashes':>9}{'hangs':>7}{'slowest s':>11}{'peak MB':>9}"


@dataclass
class Tally:
    """What came of one target."""

    name: str
    cases: int = 0
    edges: int = 0
    kept: int = 0
    crashes: int = 0
    hangs: int = 0
    slowest: int = 0
    peak: int = 0
    last: str = ""
    found: list[Path] = field(default_factory=list)

    def line(self) -> str:
        """Return the row of the table."""
        counts = f"{self.cases:>12,}{self.edges:>8,}{self.kept:>7,}{self.crashes:>9}{self.hangs:>7}"
        return f"{self.name:14}{counts}{self.slowest:>11}{self.peak:>9}"


def run(name: str, seconds: float) -> Tally:
    """Run a target for so long; where it ends early, that is a finding, and it begins anew."""
    corpus, found = KEPT / "corpus" / name, KEPT / "found" / name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    tally, until = Tally(name), time.monotonic() + seconds
    while (left := int(until - time.monotonic())) > 0:
        if not _once(name, corpus, found, left, tally) and tally.cases == 0:
            break
    tally.found = sorted(set(found.iterdir()) - before)
    tally.hangs = sum(path.name.startswith("timeout") for path in tally.found)
    tally.crashes = sum(path.name.startswith(("crash", "oom", "leak")) for path in tally.found)
    return tally


def _once(name: str, corpus: Path, found: Path, seconds: int, tally: Tally) -> bool:
    """Run once until the time is over or something breaks; return whether nothing broke."""
    options = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1",
        f"-artifact_prefix={found}/", "-reload=0", "-verbosity=1",
    ]  # fmt: skip
    scratch = tempfile.mkdtemp(prefix="second-look-fuzz-")
    command = [sys.executable, "-m", "fuzz.child", name, str(corpus), *options]
    environment = {"TMPDIR": scratch, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"}
    try:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            errors="replace",
        ) as child:  # fmt: skip
            assert child.stderr is not None
            cases = _follow(child.stderr.readlines(), tally)
        tally.cases += cases
        return child.returncode == 0
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _follow(lines: list[str], tally: Tally) -> int:
    """Take the figures out of what libFuzzer says; return how many cases it tried."""
    cases = 0
    for number, line in enumerate(lines):
        if told := re.match(ADDRESS, line):
            cases, tally.edges, tally.kept = int(told[1]), max(tally.edges, int(told[2])), int(told[3])
        elif told := re.match(r"stat::number_of_executed_units:\s+(\d+)", line):
            cases = int(told[1])
        elif told := re.match(r"stat::slowest_unit_time_sec:\s+(\d+)", line):
            tally.slowest = max(tally.slowest, int(told[1]))
        elif told := re.match(r"stat::peak_rss_mb:\s+(\d+)", line):
            tally.peak = max(tally.peak, int(told[1]))
        elif "ncaught Python exception" in line or line.startswith("Traceback"):
            tally.last = "".join(lines[number : number + 40])
        elif "ERROR: libFuzzer" in line and not tally.last:
            tally.last = "".join(lines[number : number + 40])
    if not cases and not tally.last:
        tally.last = "".join(lines[-15:])
    return cases

"""Carry the figures of ``benchmarks.load`` to many people, and write them into docs/scaling.md.

python -m benchmarks.load --json load.json
python -m benchmarks.scaling load.json
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "scaling.md"
PEOPLE = (1_000, 10_000, 100_000, 1_000_000)
DRAFTS, CHECKS_A_DRAFT, FILES_A_DAY, PEAK, DAY = 40, 6, 3, 3, 8 * 3600
SHARES = {"photo of a page, 12 megapixels": 0.5, "PDF, 5 pages": 0.3, "text, 3 kB": 0.2}
CORES, USED = 8, 0.5
A_CELL = 25_000


def measured(figures: dict[str, Any]) -> str:
    """Return the table of what was measured."""
    rows = ["| | one | two |", "|---|---|---|"]
    one, two = (figures["checks"][f"{count} processes"] for count in (1, 2))
    rows.append(f"| web processes: checks a second, at most | {one['a_second']:,} | {two['a_second']:,} |")
    rows.append(f"| processor time a check | {one['cpu_ms_each']} ms | {two['cpu_ms_each']} ms |")
    for name, title in (("half", "at half of that"), ("goal_half", "at 750 a second")):
        told = [f"{own[name]['p50_ms']} / {own[name]['p99_ms']} ms" for own in (one, two)]
        rows.append(f"| latency {title}: half of them / 99 in 100 | {told[0]} | {told[1]} |")
    for kind in SHARES:
        minute = [figures["attachments"][f"{count} workers"][kind] for count in (1, 2)]
        rows.append(f"| workers: files a minute, {kind} | {minute[0]:,} | {minute[1]:,} |")
    memory = figures["memory"]
    rows.append(f"| memory of all web processes | {memory['1 web processes']} MB | {memory['2 web processes']} MB |")
    rows.append(f"| memory of a worker, with pictures | {memory['a worker, pictures too']} MB | |")
    return "\n".join(rows)


def machines(figures: dict[str, Any]) -> str:
    """Return the table of what so many people need."""
    a_core = 1000 / figures["checks"]["2 processes"]["cpu_ms_each"]
    minute = figures["attachments"]["1 workers"]
    seconds = sum(share * 60 / minute[kind] for kind, share in SHARES.items())
    rows = [
        "| people | checks a second | web processes | files a second | workers | machines of 8 cores | cells |",
        "|---|---|---|---|---|---|---|",
    ]
    for people in PEOPLE:
        checks = people * DRAFTS * CHECKS_A_DRAFT / DAY * PEAK
        files = people * FILES_A_DAY / DAY * PEAK
        web = max(2, math.ceil(checks / a_core / USED))
        workers = max(2, math.ceil(files * seconds / USED))
        boxes = max(2, math.ceil((web + workers) / CORES))
        numbers = (people, round(checks), web, round(files, 1), workers, boxes, math.ceil(people / A_CELL))
        rows.append("| " + " | ".join(f"{number:,}" for number in numbers) + " |")
    return "\n".join(rows)


def main() -> None:
    """Write both tables into the page."""
    figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    page = PAGE.read_text(encoding="utf-8")
    for name, table in (("measured", measured(figures)), ("machines", machines(figures))):
        before, rest = page.split(f"<!-- {name} -->", 1)
        after = rest.split(f"<!-- /{name} -->", 1)[1]
        page = f"{before}<!-- {name} -->\n{table}\n<!-- /{name} -->{after}"
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()

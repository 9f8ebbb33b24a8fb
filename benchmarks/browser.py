"""Time the whole way in a real browser: from the box through the extension and the server, and back to a verdict.

    python -m benchmarks.browser [--json]

Each run writes a new draft into the box of a replica, then reads the box, asks the
worker, which asks the server over HTTP, and has the verdict in the content script.
The pause of the extension for the next key (150 ms) is no part of the way.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from benchmarks.engine import draft
from tests.e2e import opening, replicas
from tests.e2e.inside import world
from tests.e2e.serving import Server

RUNS, WARM_UP = 300, 30
LENGTHS = (280, 5000)
BUDGET = {"p50": 10.0, "p99": 40.0}
TIME_ONE = """async (texts) => {
  const box = document.querySelector('textarea');
  const times = [];
  for (const text of texts) {
    box.value = text;
    const before = performance.now();
    const judged = await watch.check(watch.draftOf(site.composerAt(box)));
    times.push(performance.now() - before);
    if (!judged.verdict) throw new Error(judged.fault.kind);
  }
  return times;
}"""


def measure(page: Page, length: int) -> list[float]:
    """Return the milliseconds of each run for ordinary drafts of a length, the languages in turn."""
    rng = random.Random(length)
    texts = [draft(length, ("en", "zh", "vi")[run % 3], rng).text for run in range(RUNS + WARM_UP)]
    times: list[float] = world(page).evaluate(f"({TIME_ONE})({json.dumps(texts)})")
    return times[WARM_UP:]


def summary(times: list[float]) -> dict[str, float]:
    """Return the median and the 99th percentile."""
    return {"p50": round(median(times), 2), "p99": round(quantiles(times, n=100)[98], 2)}


def run() -> dict[str, dict[str, float]]:
    """Open everything, measure, and close it again."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tools, replicas.serve(Path(folder)) as port:
        server = Server(Path(folder) / "data")
        server.start()
        context = opening.open_browser(tools, Path(folder) / "profile", hosts=replicas.HOSTS, port=port)
        try:
            opening.set_server(context, server.address)
            page = opening.pair(context, server)
            page.goto("https://weibo.com/")
            page.locator("textarea").click()
            return {f"{length} characters": summary(measure(page, length)) for length in LENGTHS}
        finally:
            context.close()
            server.stop()


def main() -> None:
    """Print the figures beside the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    found = run()
    if as_json:
        print(json.dumps(found))
        return
    print(f"box to verdict through the extension, {RUNS} drafts each, milliseconds")
    for name, figures in found.items():
        told = "  ".join(f"{key} {value:6.2f}" for key, value in figures.items())
        budget = "  budget: p50 <= {p50:.0f}, p99 <= {p99:.0f}".format(**BUDGET) if name == "280 characters" else ""
        print(f"  {name:16} {told}{budget}")


if __name__ == "__main__":
    main()

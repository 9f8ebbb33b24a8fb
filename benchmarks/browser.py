"""Time the whole way in a real browser: from the box through the extension and the server, and back to a verdict.

    python -m benchmarks.browser [--json]

Each run writes a new draft into the box of a replica, then reads the box, asks the
worker, which asks the server over HTTP, and has the verdict in the content script.
The pause of the extension for the next key (150 ms) is no part of the way.

Then keys are pressed at the end of a draft of 50,000 characters, and the browser's own
trace tells what of its main thread the extension took: at each key, and in the reading
that follows a pause.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.engine import draft
from tests.e2e import grounds
from tests.e2e.inside import until, world
from tests.e2e.serving import Server

RUNS, WARM_UP = 300, 30
LENGTHS = (280, 5000)
BUDGET = {"p50": 10.0, "p99": 40.0}
LONG, KEYS = 50_000, 60
KEY_BUDGET = 1.0
BOXES = {"textarea": "textarea", "plain": "contenteditable"}
KEY_EVENTS = ("keydown", "keypress", "beforeinput", "input", "keyup", "textInput")
FILL = """(text) => {
  const found = box();
  const lines = text.match(/[^]{1,200}/g);
  if (found.tagName === 'TEXTAREA') found.value = lines.join('\\n');
  else {
    const block = (textContent) => Object.assign(document.createElement('div'), { textContent });
    found.replaceChildren(...lines.map(block));
  }
  found.focus();
  found.scrollIntoView({ block: 'end' });
}"""
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


def trace(context: BrowserContext, page: Page) -> list[dict[str, Any]]:
    """Press keys one after the other and return what the browser's trace says of it."""
    assert context.browser
    session = context.browser.new_browser_cdp_session()
    events: list[dict[str, Any]] = []
    over: list[bool] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Tracing.tracingComplete", lambda _: over.append(True))
    session.send("Tracing.start", {"traceConfig": {"includedCategories": ["devtools.timeline"]}})
    for key in range(KEYS):
        page.keyboard.press("abcdefghij"[key % 10])
    until(page, lambda _: world(page).evaluate("watch.known(watch.draftOf(site.last())) !== undefined"))
    session.send("Tracing.end")
    while not over:
        page.evaluate("new Promise((go) => setTimeout(go, 20))")
    session.detach()
    return events


def spans(events: list[dict[str, Any]], name: str, mine: Any) -> list[tuple[int, int, int, float]]:
    """Return thread, begin, length and time on the processor (microseconds) of the trace's events of a name."""
    chosen = [
        one for one in events if one["name"] == name and "dur" in one and mine(one.get("args", {}).get("data", {}))
    ]
    return [(one["tid"], one["ts"], one["dur"], one.get("tdur", one["dur"])) for one in chosen]


def keystrokes(events: list[dict[str, Any]]) -> dict[str, float]:
    """Return the milliseconds of the extension at each key, and in the longest piece of work after it."""
    keys = spans(events, "EventDispatch", lambda data: data.get("type") in KEY_EVENTS)
    begins = sorted(
        begin for _, begin, _, _ in spans(events, "EventDispatch", lambda data: data.get("type") == "keydown")
    )
    work = spans(
        events, "FunctionCall", lambda data: "/content/" in str(data.get("url")) and "extension" in data["url"]
    )
    at_key = [0.0] * len(begins)
    after = [0.0]
    for thread, begin, _, length in work:
        if any(thread == one and start <= begin < start + long for one, start, long, _ in keys):
            at_key[max(0, sum(start <= begin for start in begins) - 1)] += length / 1000
        else:
            after.append(length / 1000)
    return {**summary(at_key), "most": round(max(at_key), 2), "reading": round(max(after), 2)}


def type_into(context: BrowserContext, editor: str) -> dict[str, float]:
    """Type at the end of a long draft in one kind of box."""
    [box] = [one for one in grounds.editors() if one.about["editor"] == editor]
    page = context.new_page()
    page.goto(box.address)
    page.wait_for_selector("html[data-built]")
    page.evaluate(FILL, draft(LONG, "en", random.Random(1)).text)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(".")
    until(page, lambda now: now.chip and now.chip["state"] not in ("checking", "ready"))
    found = keystrokes(trace(context, page))
    page.close()
    return found


def run() -> dict[str, dict[str, float]]:
    """Open everything, measure, and close it again."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as tools, grounds.serve(Path(name)) as port:
        server = Server(Path(name) / "data")
        server.start()
        try:
            with grounds.chromium(tools, Path(name), port, server) as browser:
                return measure_all(browser.inner)
        finally:
            server.stop()


def measure_all(context: Any) -> dict[str, dict[str, float]]:
    """Return the figures of a paired Chromium."""
    page = context.new_page()
    page.goto("https://weibo.com/")
    page.locator("textarea").click()
    found = {f"{length} characters": summary(measure(page, length)) for length in LENGTHS}
    page.close()
    return found | {f"key in a {editor} of 50 kB": type_into(context, kind) for kind, editor in BOXES.items()}


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
        budget = f"  budget: {KEY_BUDGET:.0f} a key" if name.startswith("key") else budget
        print(f"  {name:32} {told}{budget}")


if __name__ == "__main__":
    main()

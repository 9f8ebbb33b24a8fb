"""Time texts of 10,000 characters that are made to be slow, against the budget of 50 ms.

python -m benchmarks.stress [--json]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from statistics import median

from backend.model import Draft
from backend.pipeline import Engine
from backend.rules.proof import stress_texts

LENGTH = 10_000
BUDGET = 50.0
SEED = 3


def texts(engine: Engine) -> dict[str, str]:
    """Return the stress texts: runs of one thing, and every anchor of every rule, once each and repeated."""
    found = {name: (text[:-1] * (LENGTH // len(text) + 1))[:LENGTH] for name, text in stress_texts().items()}
    anchors = sorted({anchor for rule in engine.rules for anchor in rule.folded_anchors})
    rng = random.Random(SEED)
    rng.shuffle(anchors)
    found["all anchors"] = " ".join(anchors)[:LENGTH]
    found["all anchors in a row"] = "".join(anchors)[:LENGTH]
    found["one anchor repeated"] = ("secret " * LENGTH)[:LENGTH]
    found["mails"] = ("a.b@c.de, " * LENGTH)[:LENGTH]
    found["telephones"] = ("13812345678 " * LENGTH)[:LENGTH]
    found["markings"] = ("机密★10年 " * LENGTH)[:LENGTH]
    found["signs at random"] = "".join(rng.choices("aA1 .-_/:@=★密\n\"'(){}[]<>", k=LENGTH))
    return found


def main() -> None:
    """Print the median of five checks of each text, slowest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    engine = Engine.build()
    engine.warm()
    times = {}
    for name, text in texts(engine).items():
        runs = []
        for _ in range(5):
            before = time.perf_counter()
            engine.check(Draft(text=text, channel="ai"))
            runs.append((time.perf_counter() - before) * 1000)
        times[name] = round(median(runs), 1)
    ordered = dict(sorted(times.items(), key=lambda one: -one[1]))
    if args.json:
        print(json.dumps(ordered, indent=1))
        return
    for name, value in ordered.items():
        print(f"{name:24} {value:8.1f} ms{'   over the budget' if value > BUDGET else ''}")


if __name__ == "__main__":
    main()

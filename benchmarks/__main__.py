"""``python -m benchmarks``: every figure, one after the other.

Quality needs the open test sets beside the checkout, peers need ``benchmarks/requirements.txt``,
the browser needs Chromium; what is missing is named and left out.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
ORDINARY = ("ordinary-en", "ordinary-zh", "ordinary-vi", "credentials", "marked-capco-en")


def run(title: str, *arguments: str) -> None:
    """Run one benchmark in a process of its own, so that none warms up another."""
    print(f"\n== {title}", flush=True)
    subprocess.run([sys.executable, "-W", "ignore", *arguments], cwd=ROOT, check=False)


def main() -> None:
    """Run what can be run here."""
    run("engine: words", "-m", "benchmarks.engine")
    run("engine: texts made to be slow", "-m", "benchmarks.stress")
    run("registered documents", "-m", "benchmarks.documents")
    texts = sorted((CORPORA / "text").glob("*.jsonl")) + sorted(CORPORA.glob("situations.jsonl"))
    if texts:
        run("quality: words", "-m", "backend", "evaluate", *map(str, texts))
        present = [str(path) for path in texts if path.stem in ORDINARY]
        run("beside other tools", "-m", "benchmarks.peers", *present)
    else:
        print("\n== quality: the open test sets are not beside the checkout; left out")
    run("pictures", "-m", "benchmarks.pictures")
    run("pictures beside another tool", "-m", "benchmarks.peer_pictures")
    run("engines for pictures beside each other", "-m", "benchmarks.ocr")
    if importlib.util.find_spec("celery") and shutil.which("redis-server"):
        run("a team's server under load", "-m", "benchmarks.load")
    if importlib.util.find_spec("playwright"):
        run("the whole way, through the browser", "-m", "benchmarks.browser")


if __name__ == "__main__":
    main()

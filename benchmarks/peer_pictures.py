"""Second Look beside presidio-image-redactor with Tesseract, on the same pictures in the same run.

    python -m benchmarks.peer_pictures [--corpora ../shared/corpora] [--each 6] [--json]

Presidio's analyzer runs without a language model, as in :mod:`benchmarks.peers`: its patterns alone, on the
words that Tesseract reads.  A picture counts as flagged where Presidio finds anything at 0.5 or above, and where
Second Look's verdict is ``warn`` or above.  Without the open set, drawn photos of papers are taken.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PIL import Image

from backend import readers
from backend.model import Attachment, Draft, Level
from backend.pipeline import Engine
from benchmarks.peers import presidio_analyzer
from benchmarks.pictures import scene
from tests.photos.draw import FATES, draw

Pictures = dict[str, list[bytes]]
Looks = Callable[[bytes], bool]


def second_look() -> Looks:
    """Return our own reading and check, in this process."""
    engine = Engine.build()
    readers.warm()

    def look(data: bytes) -> bool:
        reading = readers.read("a", "", data)
        return engine.check(Draft(attachments=(Attachment("a", reading=reading),))).level >= Level.WARN

    return look


def presidio() -> Looks:
    """Return Presidio's image analyzer over Tesseract with English, its default."""
    from presidio_image_redactor import ImageAnalyzerEngine

    engine = ImageAnalyzerEngine(analyzer_engine=presidio_analyzer())

    def look(data: bytes) -> bool:
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        return bool(engine.analyze(picture, language="en", score_threshold=0.5))

    return look


TOOLS: dict[str, Callable[[], Looks]] = {"Second Look": second_look, "Presidio with Tesseract": presidio}


def pictures(corpora: Path, each: int) -> Pictures:
    """Return some pictures of each kind, spread over the open set, or drawn ones."""
    if not (corpora / "images.jsonl").exists():
        papers = [draw(script, fate, seed) for seed, script in enumerate(("en", "zh", "vi")) for fate in FATES]
        return {"doc_photo": papers, "natural_negative": [scene(seed) for seed in range(4)]}
    kinds: dict[str, list[Path]] = defaultdict(list)
    for line in (corpora / "images.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kinds[row["kind"]].append(corpora / row["file"])
    return {kind: [path.read_bytes() for path in paths[:: -(-len(paths) // each)]] for kind, paths in kinds.items()}


def measure(look: Looks, shown: Pictures) -> tuple[dict[str, float], dict[str, float]]:
    """Return median seconds of each group and of all, and the percentage flagged of each kind and group."""
    seconds: dict[str, list[float]] = defaultdict(list)
    flagged: dict[str, list[bool]] = defaultdict(list)
    for kind, datas in shown.items():
        group = "all ordinary" if kind.endswith("_negative") else "all documents"
        for data in datas:
            began = time.perf_counter()
            seen = look(data)
            taken = time.perf_counter() - began
            for name in (kind, group):
                flagged[name].append(seen)
            for name in ("all", group):
                seconds[name].append(taken)
    shares = {kind: round(100 * sum(seen) / len(seen), 1) for kind, seen in sorted(flagged.items())}
    return {name: round(median(taken), 3) for name, taken in seconds.items()}, shares


def main() -> None:
    """Print a row for each tool and the ratio of their times."""
    parser = argparse.ArgumentParser(description="Compare with presidio-image-redactor.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    shown = pictures(given.corpora, given.each)
    figures: dict[str, dict[str, object]] = {}
    times: dict[str, dict[str, float]] = {}
    for name, build in TOOLS.items():
        try:
            times[name], flagged = measure(build(), shown)
        except ImportError:
            print(f"{name}: not installed, left out")
            continue
        figures[name] = {"p50_s": times[name], "flagged_percent": flagged}
    if given.json:
        print(json.dumps(figures, indent=1))
        return
    print(f"{sum(map(len, shown.values()))} pictures")
    for name, row in figures.items():
        print(f"  {name:24} seconds, p50: {row['p50_s']}   flagged, percent: {row['flagged_percent']}")
    if len(times) == len(TOOLS):
        ours, theirs = times.values()
        ratios = ", ".join(f"{name} {theirs[name] / ours[name]:.1f}" for name in ours)
        print(f"  times the speed (goal 5): {ratios}")


if __name__ == "__main__":
    main()

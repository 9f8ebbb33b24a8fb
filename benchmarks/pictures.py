"""Time, memory and quality of reading pictures, against the budgets of the design.

    python -m benchmarks.pictures [--corpora ../shared/corpora] [--rounds 7] [--json FILE]

Photos are drawn; with the open test set beside the checkout, finding documents is
measured on it too.  Times go through the worker process, as a server's do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backend import readers
from backend.jobs import Jobs
from backend.model import Attachment, Draft, Level, Reading
from backend.pipeline import Engine
from backend.text.normalise import normalise
from tests.photos.draw import FATES, draw
from tests.photos.paper import papers

QUIET = ("natural_negative", "meme_negative")
SHOWN = ("doc_photo", "doc_scan", "id_doc", "receipt", "screen")
MEGABYTE = 1024


def main() -> None:
    """Measure and print; nothing here fails when a budget is missed."""
    parser = argparse.ArgumentParser(description="Benchmark the picture reader.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[str, Any] = {"times": times(given.rounds), "markings": markings(given.seeds)}
    if (given.corpora / "images.jsonl").exists():
        figures["documents"] = documents(given.corpora)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


def times(rounds: int) -> dict[str, float]:
    """Print and return seconds at the median, and megabytes, beside the budgets."""
    jobs = Jobs()
    jobs.warm()
    upright = [draw("zh", fate, seed) for seed, fate in enumerate(FATES[:2])]
    turned = [draw("zh", "held", 5, turn=turn) for turn in (90, 180, 270)]
    photos = [scene(seed) for seed in range(2)]
    _timed(jobs, upright, 1, since=None)  # the models are loaded by now
    rows = {
        "a document, 12 megapixels": (_timed(jobs, upright, rounds, since=0), 0.3),
        "full page, upright": (_timed(jobs, upright, rounds), 1.0),
        "full page, turned": (_timed(jobs, turned, rounds), 1.8),
        "ordinary photo, 12 megapixels": (_timed(jobs, photos, rounds), 0.12),
    }
    for name, (seconds, budget) in rows.items():
        print(f"{name:32} p50 {seconds:6.3f} s   budget {budget:.2f} s")
    now, most = _memory(jobs.worker)
    print(f"{'memory of the worker':32} {now:7.0f} MB, at most {most:.0f} MB   budget 600 MB with the server")
    jobs.close()
    return {**{name: seconds for name, (seconds, _) in rows.items()}, "memory": now, "memory_most": most}


def scene(seed: int) -> bytes:
    """Return a drawn landscape of 12 megapixels without any writing."""
    import io

    import cv2
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(seed)
    picture = cv2.resize(
        rng.integers(40, 220, (9, 12, 3)).astype(np.uint8), (4000, 3000), interpolation=cv2.INTER_CUBIC
    )
    for _ in range(60):
        centre = tuple(int(n) for n in rng.integers((0, 0), (4000, 3000)))
        axes = tuple(int(n) for n in rng.integers(40, 500, 2))
        cv2.ellipse(picture, centre, axes, float(rng.uniform(0, 180)), 0, 360, rng.integers(20, 230, 3).tolist(), -1)
    noisy = picture + rng.normal(0, 9, picture.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def _timed(jobs: Jobs, pictures: list[bytes], rounds: int, since: int | None = None) -> float:
    """Return the median time from handing a picture over to its answer; each is new to the desk."""
    taken = []
    for number in range(rounds * len(pictures)):
        data = pictures[number % len(pictures)] + number.to_bytes(4) + repr(since).encode()
        begin = time.perf_counter()
        id = jobs.submit("photo.jpg", "image/jpeg", data)
        jobs.status(id, wait=60, since=since)
        taken.append(time.perf_counter() - begin)
        jobs.status(id, wait=60)
        jobs.cancel(id)
    return statistics.median(taken)


def _memory(pid: int | None) -> tuple[float, float]:
    """Return a process's resident megabytes now and at most, where the platform tells."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan"), float("nan")
    found = dict(line.split(":", 1) for line in lines)
    return tuple(int(found[key].split()[0]) / MEGABYTE for key in ("VmRSS", "VmHWM"))  # type: ignore[return-value]


def markings(seeds: int) -> dict[str, dict[str, float]]:
    """Print and return the share of drawn photos whose marking is read, and found by the engine, by script."""
    engine = Engine.build()
    figures = {}
    print("\nmarkings on drawn photos: read letter by letter (diacritics folded) / found by the engine at `stop`")
    for script, paper in sorted(papers().items()):
        read, found, missed = 0, 0, Counter[str]()
        cases = list(_cases(paper["markings"], seeds))
        for marking, fate, seed, turn in cases:
            size = (3000, 4000) if seed == 0 else (2250, 3000)
            reading = readers.read("a", "", draw(script, fate, seed, marking=marking, turn=turn, size=size))
            text = " ".join(part.text for part in reading.parts)
            was_read = _folded(marking) in _folded(text)
            read += was_read
            verdict = engine.check(Draft(attachments=(Attachment("a", reading=reading),)))
            was_found = any(one.category == "marking" and one.level >= Level.STOP for one in verdict.findings)
            found += was_found
            missed[marking] += not was_found
        share = {"read": read / len(cases), "found": found / len(cases)}
        figures[script] = share
        worst = ", ".join(f"{marking} {count}" for marking, count in missed.most_common(3) if count)
        print(f"  {script}  {share['read']:6.1%} / {share['found']:6.1%} of {len(cases)}   not found: {worst or '-'}")
    return figures


def _cases(markings: list[str], seeds: int) -> Iterable[tuple[str, str, int, int]]:
    for number, marking in enumerate(markings):
        for fate in FATES:
            for seed in range(seeds):
                turn = 90 * ((number + seed) % 4) if fate == "held" else 0
                yield marking, fate, seed + 10 * number, turn


def _folded(text: str) -> str:
    return "".join(ch for ch in normalise(text).plain if ch.isalnum())


def documents(folder: Path) -> dict[str, float]:
    """Print and return the share of each kind at `warn` or above as a document, and by any finding."""
    engine = Engine.build()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (folder / "images.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reading = readers.read("a", "", (folder / row["file"]).read_bytes())
        counts[row["kind"]].update(_seen(engine, reading))
    print(
        "\nopen test set, which taught the classifier (training/documents/train.py prints figures for unseen sources)"
    )
    print("at `warn` as a document / by any finding:")
    for kind, count in sorted(counts.items()):
        print(f"  {kind:26} {_share(count, 'document'):6.1%} / {_share(count, 'any'):6.1%} of {count['all']}")
    figures = {name: _together(counts, kinds) for name, kinds in (("documents", SHOWN), ("ordinary", QUIET))}
    print(
        f"  all documents {figures['documents']:.1%} (goal 95 %), ordinary photos {figures['ordinary']:.2%} (goal 1 %)"
    )
    return figures


def _seen(engine: Engine, reading: Reading) -> Counter[str]:
    verdict = engine.check(Draft(attachments=(Attachment("a", reading=reading),)))
    loud = [finding for finding in verdict.findings if finding.level >= Level.WARN]
    return Counter({"all": 1, "any": bool(loud), "document": any(one.category == "document" for one in loud)})


def _share(count: Counter[str], key: str) -> float:
    return count[key] / max(1, count["all"])


def _together(counts: dict[str, Counter[str]], kinds: Iterable[str]) -> float:
    total: Counter[str] = Counter()
    for kind in kinds:
        total += counts[kind]
    return _share(total, "any")


if __name__ == "__main__":
    main()

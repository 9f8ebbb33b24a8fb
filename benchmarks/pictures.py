"""Time, memory and quality of reading pictures, against the budgets of the design.

    python -m benchmarks.pictures [--corpora ../shared/corpora] [--rounds 7] [--many 500] [--json FILE]

Photos are drawn; with the open test set beside the checkout, finding documents is
measured on it too.  Times go through the worker process, as a server's do.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
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
    parser.add_argument("--scripts", nargs="+", default=sorted(papers()), choices=sorted(papers()))
    parser.add_argument("--many", type=int, default=0, help="read so many pictures in a row and watch the memory")
    parser.add_argument("--only", choices=("times", "markings", "documents", "many"), help="measure this alone")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    measured: dict[str, Callable[[], Any]] = {
        "times": lambda: times(given.rounds),
        "markings": lambda: markings(given.seeds, given.scripts),
    }
    if given.many:
        measured["many"] = lambda: many(given.many)
    if (given.corpora / "images.jsonl").exists():
        measured["documents"] = lambda: documents(given.corpora)
    figures = {name: measure() for name, measure in measured.items() if given.only in (None, name)}
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
        "its marking, upright": (_timed(jobs, upright, rounds, since=1), 0.5),
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


def many(count: int) -> dict[str, float]:
    """Print and return the worker's megabytes as so many different pictures are read one after another."""
    jobs = Jobs()
    kinds = [(script, fate) for script in sorted(papers()) for fate in FATES]
    figures = {}
    print(f"\nmemory of the worker over {count} pictures")
    for number in range(count):
        script, fate = kinds[number % len(kinds)]
        data = draw(script, fate, number // len(kinds) % 3, size=(1500, 2000)) + number.to_bytes(4)
        id = jobs.submit("photo.jpg", "image/jpeg", data)
        jobs.status(id, wait=120)
        jobs.cancel(id)
        if number + 1 in (len(kinds), count // 2, count):
            now, most = _memory(jobs.worker)
            figures[str(number + 1)] = now
            print(f"  after {number + 1:4} pictures {now:6.0f} MB, at most {most:.0f} MB", flush=True)
    jobs.close()
    return figures


ODD: dict[str, dict[str, Any]] = {
    "top third": {"top_third": True},
    "thumb": {"thumb": True},
    "on its side": {"turn": 90},
    "upside down": {"turn": 180},
    "by EXIF": {"exif_turn": 270},
}
"""Other ways in which a paper comes to be photographed, beside the four fates."""


def markings(seeds: int, scripts: list[str]) -> dict[str, dict[str, float]]:
    """Print and return the share of drawn photos whose marking is read, and found at ``stop``, by script and fate."""
    engine = Engine.build()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    for script in scripts:
        for marking, fate, seed, more in _cases(papers()[script]["markings"], seeds):
            size = (3000, 4000) if seed == 0 else (2250, 3000)
            data = draw(script, fate, seed, marking=marking, size=size, **more)
            was_read, was_found = _marked(engine, data, marking)
            way = next((name for name, how in ODD.items() if how == more), fate)
            for key in (script, way):
                counts[key].update({"all": 1, "read": was_read, "found": was_found})
            missed[script][f"{marking} {way}"] += not was_found
    print("\nmarkings on drawn photos: read letter by letter (diacritics folded) / found by the engine at `stop`")
    for key in [*scripts, *FATES, *ODD]:
        count = counts[key]
        worst = ", ".join(f"{name} {times}" for name, times in missed[key].most_common(3) if times)
        print(f"  {key:12} {_share(count, 'read'):6.1%} / {_share(count, 'found'):6.1%} of {count['all']:3}   {worst}")
    return {key: {name: _share(count, name) for name in ("read", "found")} for key, count in counts.items()}


def _marked(engine: Engine, data: bytes, marking: str) -> tuple[bool, bool]:
    reading = readers.read("a", "", data)
    text = " ".join(part.text for part in reading.parts)
    verdict = engine.check(Draft(attachments=(Attachment("a", reading=reading),)))
    found = any(one.category == "marking" and one.level >= Level.STOP for one in verdict.findings)
    return _folded(marking) in _folded(text), found


def _cases(markings: list[str], seeds: int) -> Iterable[tuple[str, str, int, dict[str, Any]]]:
    for number, marking in enumerate(markings):
        for seed in range(seeds):
            yield from ((marking, fate, seed + 10 * number, {}) for fate in FATES)
        yield from ((marking, FATES[number % 4], 10 * number + 5, how) for how in ODD.values())


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

"""Teach which script a badly read page is in, by what the main engine mistakes its letters for.

    python -m training.scripts.train [--keep]

Sentences of ``words.toml`` are drawn, read, and the characters that come out are counted.
Prints how many pages of sentences left out are told, and with ``--keep`` writes
``backend/readers/pictures/guess.json``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from backend.readers.pictures import guess, ocr
from backend.readers.pictures.ocr import Found
from tests.photos.paper import _find as find_font

WORDS = Path(__file__).parent / "words.toml"
SIZES = (22, 26, 32, 40)
PAGES = 10
MOST = 250
"""Characters kept of each script."""
RARE = 0.5
Reading = list[Found]


def page(words: dict[str, Any], lines: list[str], rng: random.Random) -> np.ndarray[Any, Any]:
    """Return RGB pixels of a page of lines in one of the script's faces."""
    face = rng.choice(words["fonts"])
    weight = rng.choice(("Regular", "Regular", "Bold"))
    name = find_font(f"{face}-{weight}.tt{'c' if 'CJK' in face else 'f'}")
    size = rng.choice(SIZES) // (2 if words.get("blurred") else 1)
    font = ImageFont.truetype(name, size, index=words.get("index", 0))
    image = Image.new("RGB", (1200, 1600), (245, 243, 238))
    draw = ImageDraw.Draw(image)
    for number in range(1500 // (2 * size)):
        draw.text((80, 60 + 2 * size * number), rng.choice(lines), font=font, fill=(30, 30, 34))
    matrix = cv2.getRotationMatrix2D((600, 800), rng.uniform(-3, 3), 1.0)
    pixels = cv2.warpAffine(np.asarray(image), matrix, (1200, 1600), borderMode=cv2.BORDER_REPLICATE)
    blur = rng.uniform(1.6, 2.6) if words.get("blurred") else rng.uniform(0.4, 1.2)
    noisy = cv2.GaussianBlur(pixels, (0, 0), blur) + np.random.default_rng(rng.getrandbits(32)).normal(
        0, 4, (1600, 1200, 3)
    )
    return np.clip(noisy, 0, 255).astype(np.uint8)


def readings(fold: int, rng: random.Random) -> Iterator[tuple[str, bool, Reading]]:
    """Yield script, whether its sentences are left out of teaching, and what was read, page by page."""
    engine = ocr.engine(ocr.FULL)
    for script, words in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        for out in (False, True):
            lines = [line for number, line in enumerate(words["lines"]) if (number % 3 == fold) == out]
            for _ in range(PAGES):
                yield script.partition("-")[0], out, engine.read(page(words, lines, rng))


def tables(read: list[tuple[str, Reading]]) -> dict[str, dict[str, float]]:
    """Return the logarithm of how often each character stands for a script."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for script, found in read:
        counts[script].update(ch for line in found for ch in line.text if not ch.isspace())
    learned = {}
    for script, count in counts.items():
        total = sum(count.values()) + RARE * 1000
        learned[script] = {ch: round(math.log((n + RARE) / total), 3) for ch, n in sorted(count.most_common(MOST))}
    return learned


def main() -> None:
    """Read, teach, and print what sentences left out gave."""
    parser = argparse.ArgumentParser(description="Teach which script a page is in.")
    parser.add_argument("--keep", action="store_true", help="write the tables")
    keep = parser.parse_args().keep
    everything = list(readings(0, random.Random(1)))
    text = json.dumps(tables([(script, found) for script, out, found in everything if not out]), ensure_ascii=False)
    guess._tables.cache_clear()
    guess.FILE.write_text(text + "\n", encoding="utf-8")
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for script, out, found in everything:
        if out:
            told[script][guess.guess(found) or "-"] += 1
    for script, count in told.items():
        print(f"{script:10} told as {dict(count)}")
    if keep:
        learned = tables([(script, found) for script, _, found in everything])
        guess.FILE.write_text(json.dumps(learned, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

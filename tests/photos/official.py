"""Draw pages that bear official marks, and red or round things that are none.

python -m tests.photos.official OUT --mark round_seal --fate desk --seed 3
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.photos.draw import FATES, developed, photograph
from tests.photos.paper import HEIGHT, MARGIN, RED, WIDTH, Page, draw_paper, papers
from tests.photos.things import PALE, Sheet, font

Draw = Callable[[random.Random], Image.Image]


def _plain(script: str = "zh") -> Page:
    """Return a page of print without a head."""
    page = Page({**papers()[script], "layout": "plain"})
    page.y = 560
    body = list(page.paper["body"])
    while page.y < HEIGHT - 480:
        page.paragraph(body[0], 36)
        body.append(body.pop(0))
    return page


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, ink: Any) -> None:
    turns = [(radius if n % 2 == 0 else radius * 0.39, math.pi * (n / 5 - 0.5)) for n in range(10)]
    draw.polygon([(x + r * math.cos(t), y + r * math.sin(t)) for r, t in turns], fill=ink)


def _pressed(page: Page, patch: Image.Image, rng: random.Random, most: float = 12) -> Image.Image:
    """Press a stamp on the lower right of a page, a little askew, and in places too lightly."""
    wear = Image.effect_noise((patch.width // 3, patch.height // 3), 90).resize(patch.size)
    alpha = np.asarray(patch.getchannel("A"), np.int16) - (np.asarray(wear, np.int16) > 210) * 90
    patch.putalpha(Image.fromarray(alpha.clip(0, 255).astype(np.uint8)))
    patch = patch.rotate(rng.uniform(-most, most), expand=True, resample=Image.Resampling.BICUBIC)
    at = (WIDTH - MARGIN - patch.width - rng.randint(0, 200), HEIGHT - 330 - patch.height // 2)
    page.image.paste(patch, at, patch)
    return page.image


def _patch(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    patch = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    return patch, ImageDraw.Draw(patch)


def red_header(rng: random.Random, star: bool = False) -> Image.Image:
    """Return a page with a red head and a red line, which a star may break."""
    page = _plain()
    page.y = 200
    page.line(papers()["zh"]["header"], rng.choice((80, 92, 104)), bold=True, align="centre", ink=RED)
    y, middle = 460, WIDTH // 2
    for x0, x1 in ((MARGIN, middle - 45), (middle + 45, WIDTH - MARGIN)) if star else ((MARGIN, WIDTH - MARGIN),):
        page.draw.rectangle((x0, y, x1, y + 7), fill=RED)
    if star:
        _star(page.draw, middle, y + 3, 34, RED)
    return page.image


def red_star_line(rng: random.Random) -> Image.Image:
    """Return the head of a party's paper: a star breaks the line."""
    return red_header(rng, star=True)


def round_seal(rng: random.Random) -> Image.Image:
    """Return a page under a round seal: a star, and a name around it."""
    r = rng.choice((150, 170, 190))
    patch, draw = _patch(2 * r, 2 * r)
    ink = (*RED, 205)
    draw.ellipse((4, 4, 2 * r - 5, 2 * r - 5), outline=ink, width=9)
    _star(draw, r, r, 0.3 * r, ink)
    name = "海州市发展规划委员会"
    for number, letter in enumerate(name):
        one, pen = _patch(60, 60)
        pen.text((30, 30), letter, font=font(44, letter, True), fill=ink, anchor="mm")
        turn = math.pi * (0.8 + 1.4 * number / (len(name) - 1))
        one = one.rotate(-math.degrees(turn) - 90, resample=Image.Resampling.BICUBIC)
        x, y = r + 0.74 * r * math.cos(turn), r + 0.74 * r * math.sin(turn)
        patch.paste(one, (round(x) - 30, round(y) - 30), one)
    return _pressed(_plain(), patch, rng)


def square_seal(rng: random.Random) -> Image.Image:
    """Return a page under a square seal with four signs."""
    patch, draw = _patch(230, 230)
    draw.rectangle((4, 4, 225, 225), outline=(*RED, 210), width=9)
    for number, letter in enumerate("海州之印"):
        place = (65 + 100 * (number % 2), 65 + 100 * (number // 2))
        draw.text(place, letter, font=font(84, letter, True), fill=(*RED, 210), anchor="mm")
    return _pressed(_plain(), patch, rng)


def stamp(rng: random.Random) -> Image.Image:
    """Return a page with a stamped word in a red frame."""
    word = rng.choice(("RECEIVED 20.08.2025", "COPY No 3", "ORIGINAL", "已归档", "SAO Y BẢN CHÍNH"))
    face = font(72, word, True)
    patch, draw = _patch(round(face.getlength(word)) + 80, 150)
    draw.rectangle((4, 4, patch.width - 5, 145), outline=(*RED, 225), width=8)
    draw.text((40, 72), word, font=face, fill=(*RED, 225), anchor="lm")
    return _pressed(_plain("en"), patch, rng)


def watermark(rng: random.Random, tiled: bool = False) -> Image.Image:
    """Return a page with pale words running up behind the print."""
    word = rng.choice(("CONFIDENTIAL", "INTERNAL", "内部资料", "机密文件", "TÀI LIỆU MẬT"))
    size = 90 if tiled else 240
    grey, face = rng.randint(205, 222), font(size, word, True)
    layer = Image.new("L", (3200, 3200), 255)
    draw = ImageDraw.Draw(layer)
    places = [(x, y) for y in range(200, 3200, 420) for x in range(100, 3200, 1000)] if tiled else [(1600, 1600)]
    for place in places:
        draw.text(place, word, font=face, fill=grey, anchor="mm")
    layer = layer.rotate(rng.choice((35, 45, 55)), fillcolor=255, resample=Image.Resampling.BICUBIC)
    left, top = (3200 - WIDTH) // 2, (3200 - HEIGHT) // 2
    layer = layer.crop((left, top, left + WIDTH, top + HEIGHT))
    page = np.asarray(_plain("en").image).astype(np.float32) * (np.asarray(layer)[:, :, None] / 255)
    return Image.fromarray(page.astype(np.uint8))


def tiled_watermark(rng: random.Random) -> Image.Image:
    """Return a page with the same pale words all over."""
    return watermark(rng, tiled=True)


def advert(rng: random.Random) -> Image.Image:
    """Return a leaflet that shouts in red."""
    sheet = Sheet(1654, 2339)
    sheet.draw.rectangle((0, 0, 1654, 420), fill=RED)
    sheet.centre(90, "SUMMER SALE", 170, PALE, bold=True)
    sheet.centre(560, "UP TO 50% OFF", 150, RED, bold=True)
    sheet.centre(820, "GARDEN CHAIRS AND TABLES", 70)
    sheet.draw.ellipse((420, 1000, 1240, 1820), fill=RED)
    sheet.centre(1290, "-50%", 230, PALE, bold=True)
    sheet.centre(1980, "ONLY THIS WEEKEND", 100, RED, bold=True)
    return sheet.image


def logo(rng: random.Random) -> Image.Image:
    """Return a letter with a red logo at its head."""
    page = _plain("en")
    page.draw.ellipse((MARGIN, 140, MARGIN + 240, 380), fill=RED)
    page.draw.ellipse((MARGIN + 60, 200, MARGIN + 180, 320), fill=(250, 249, 245))
    page.draw.rectangle((MARGIN + 270, 180, MARGIN + 420, 330), fill=RED)
    page.draw.text((MARGIN + 460, 215), "Harbour", font=font(90, "", True), fill=(60, 60, 66))
    return page.image


def coffee(rng: random.Random) -> Image.Image:
    """Return a page on which a cup stood."""
    page = _plain("en")
    patch, draw = _patch(420, 420)
    draw.ellipse((20, 20, 400, 400), outline=(130, 84, 48, 150), width=14)
    draw.ellipse((24, 30, 408, 396), outline=(130, 84, 48, 70), width=5)
    patch = patch.filter(ImageFilter.GaussianBlur(2))
    page.image.paste(patch, (900, 1500), patch)
    return page.image


def red_pen(rng: random.Random) -> Image.Image:
    """Return a page that a teacher has corrected: underlined words, a ring, a mark."""
    page = _plain("en")
    for y in (700, 1010, 1290):
        points = [(MARGIN + 40 * n, y + rng.randint(-5, 5)) for n in range(rng.randint(6, 14))]
        page.draw.line(points, fill=RED, width=6)
    page.draw.arc((700, 1400, 1120, 1520), 20, 350, fill=RED, width=6)
    page.draw.text((1250, 220), "B+", font=font(120, "", False), fill=RED)
    return page.image


def plain(rng: random.Random) -> Image.Image:
    """Return a page without any mark."""
    return draw_paper("en", "", rng.randint(0, 99))


MARKS: dict[str, Draw] = {
    "red_header": red_header,
    "red_star_line": red_star_line,
    "round_seal": round_seal,
    "square_seal": square_seal,
    "stamp": stamp,
    "watermark": watermark,
    "tiled_watermark": tiled_watermark,
}
NONE: dict[str, Draw] = {"advert": advert, "logo": logo, "coffee": coffee, "red_pen": red_pen, "plain": plain}
ALL = {**MARKS, **NONE}


def draw(mark: str, fate: str = "held", seed: int = 0, turn: int = 0) -> bytes:
    """Return a JPEG photo of three megapixels; the same arguments give the same bytes."""
    flat = np.asarray(ALL[mark](random.Random(seed)))
    rng = np.random.default_rng([seed, FATES.index(fate), sorted(ALL).index(mark)])
    picture = np.rot90(photograph(flat, fate, (1500, 2000), rng), -(turn // 90))
    return developed(picture, fate)


marked = cache(draw)
"""The same, remembered."""


def main() -> None:
    """Write one photo to a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--mark", choices=sorted(ALL), default="round_seal")
    parser.add_argument("--fate", choices=FATES, default="held")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--turn", type=int, choices=(0, 90, 180, 270), default=0)
    given = parser.parse_args()
    given.out.write_bytes(draw(given.mark, given.fate, given.seed, given.turn))


if __name__ == "__main__":
    main()

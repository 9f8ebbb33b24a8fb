"""Draw the other things that get photographed: forms, cards, receipts, tickets, screens, boards, drawings.

Each is drawn flat from words in ``things.toml`` and then photographed by ``draw.photograph``.

    python -m tests.photos.things OUT --kind badge --language zh --fate desk --seed 3
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.photos.draw import FATES, developed, photograph
from tests.photos.paper import INK, Font, _find

Words = dict[str, Any]
PALE, BLUE, GREY = (248, 248, 246), (28, 62, 140), (120, 122, 126)
LANGUAGES = ("en", "vi", "zh")


@cache
def words() -> dict[str, dict[str, Words]]:
    """Return the words of all things by kind and language."""
    with (Path(__file__).parent / "things.toml").open("rb") as file:
        return tomllib.load(file)


def font(size: int, text: str = "", bold: bool = False) -> Font:
    """Return a plain face that has the letters of a text."""
    weight = "Bold" if bold else "Regular"
    if any(ord(letter) > 0x2E80 for letter in text):
        return ImageFont.truetype(_find(f"NotoSansCJK-{weight}.ttc"), size, index=2)
    return ImageFont.truetype(_find(f"NotoSans-{weight}.ttf"), size)


class Sheet:
    """Something flat that is being printed."""

    def __init__(self, width: int, height: int, colour: tuple[int, int, int] = PALE) -> None:
        """Take an empty one."""
        self.image = Image.new("RGB", (width, height), colour)
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = width, height

    def text(self, x: float, y: float, text: str, size: int, ink: Any = INK, bold: bool = False) -> None:
        """Print one line; ``x`` below zero counts from the right edge to the text's end."""
        face = font(size, text, bold)
        left = x if x >= 0 else self.width + x - face.getlength(text)
        self.draw.text((left, y), text, font=face, fill=ink)

    def centre(self, y: float, text: str, size: int, ink: Any = INK, bold: bool = False) -> None:
        """Print one line in the middle."""
        self.text((self.width - font(size, text, bold).getlength(text)) / 2, y, text, size, ink, bold)

    def portrait(self, x: int, y: int, width: int, height: int) -> None:
        """Put a photograph of nobody."""
        self.draw.rectangle((x, y, x + width, y + height), fill=(196, 208, 218))
        middle, skin = x + width // 2, (205, 165, 140)
        self.draw.ellipse((x + width // 8, y + height * 0.62, x + width * 7 // 8, y + height * 1.3), fill=(60, 66, 84))
        self.draw.rectangle((x, y + height, x + width, y + height * 1.31), fill=self.image.getpixel((x - 2, y)))
        r = width // 4
        self.draw.ellipse((middle - r, y + height * 0.15, middle + r, y + height * 0.68), fill=skin)
        self.draw.pieslice((middle - r, y + height * 0.12, middle + r, y + height * 0.55), 180, 360, fill=(50, 40, 36))

    def bars(self, x: int, y: int, width: int, height: int, rng: random.Random) -> None:
        """Print something like a bar code."""
        at = x
        while at < x + width:
            step = rng.choice((3, 6, 9))
            self.draw.rectangle((at, y, at + step - 1, y + height), fill=INK)
            at += step + rng.choice((3, 6))


def _form(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(1654, 2339)
    sheet.centre(170, given["title"], 62, bold=True)
    y = 340
    for field, value in zip(given["fields"], given["filled"], strict=True):
        sheet.text(170, y, field, 38)
        sheet.draw.line((760, y + 52, 1480, y + 52), fill=GREY, width=3)
        sheet.text(790, y - 2, value, 40, BLUE)
        y += 150
    for number, box in enumerate(given["boxes"]):
        sheet.draw.rectangle((180, y, 220, y + 40), outline=INK, width=4)
        if number == 0:
            sheet.text(184, y - 10, "x", 44, BLUE)
        sheet.text(250, y - 6, box, 36)
        y += 90
    for text in given["foot"]:
        sheet.text(170, y + 130, text, 36)
        y += 130
    return sheet.image


def _id(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(1712, 1080, (214, 228, 232))
    for x in range(-1080, 1712, 24):
        sheet.draw.line((x, 1080, x + 1080, 0), fill=(204, 220, 226), width=2)
    sheet.centre(50, given["title"], 62, (20, 60, 110), bold=True)
    sheet.centre(130, given["subtitle"], 42, (20, 60, 110))
    sheet.portrait(90, 240, 400, 420)
    y = 220
    for field, value in zip(given["fields"], given["values"], strict=True):
        sheet.text(560, y, field, 28, (60, 80, 110))
        sheet.text(560, y + 36, value, 46)
        y += 112 if given["coded"] else 150
    for number, line in enumerate(given["coded"]):
        for place, letter in enumerate(line):
            sheet.text(90 + 51 * place, 815 + 78 * number, letter, 58)
    return sheet.image


def _badge(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(1000, 1500, (250, 250, 250))
    sheet.draw.rectangle((0, 0, 1000, 230), fill=BLUE)
    sheet.draw.rounded_rectangle((400, 30, 600, 65), 16, fill=(30, 30, 34))
    sheet.centre(100, given["company"], 64, (255, 255, 255), bold=True)
    sheet.portrait(300, 300, 400, 440)
    sheet.draw.rectangle((280, 741, 720, 890), fill=(250, 250, 250))
    sheet.centre(800, given["name"], 74, bold=True)
    sheet.centre(920, given["role"], 60, BLUE, bold=True)
    for number, line in enumerate(given["lines"]):
        sheet.centre(1040 + 80 * number, line, 46)
    sheet.bars(250, 1320, 500, 110, rng)
    return sheet.image


def _card(given: Words, rng: random.Random) -> Image.Image:
    colour = rng.choice(((24, 54, 110), (110, 24, 44), (34, 90, 74)))
    sheet = Sheet(1712, 1080, colour)
    for r in range(900, 200, -90):
        lighter = tuple(min(255, c + (900 - r) // 40) for c in colour)
        sheet.draw.ellipse((1712 - r, 1080 - r, 1712 + r, 1080 + r), fill=lighter)
    sheet.text(110, 90, given["bank"], 72, PALE, bold=True)
    sheet.draw.rounded_rectangle((130, 330, 360, 500), 24, fill=(214, 184, 110))
    sheet.text(130, 560, given["number"], 108, PALE)
    for number, line in enumerate(given["lines"]):
        sheet.text(130, 740 + 110 * number, line, 58, PALE)
    sheet.text(-110, 920, given["scheme"], 80, PALE, bold=True)
    return sheet.image


def _receipt(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(900, 2000)
    sheet.centre(80, given["shop"], 62, bold=True)
    y = 200
    for line in given["lines"]:
        sheet.centre(y, line, 40)
        y += 64
    y += 40
    for item in given["items"] * 2:
        sheet.text(70, y, f"{rng.randint(1, 3)} x {item}", 40)
        sheet.text(-70, y, f"{rng.randint(100, 9900) / 100:.2f}", 40)
        y += 66
    y += 40
    for number, line in enumerate(given["total"]):
        sheet.text(70, y, line, 52 if number == 2 else 40, bold=number == 2)
        sheet.text(-70, y, f"{rng.randint(1000, 9900) / 100:.2f}", 52 if number == 2 else 40)
        y += 78
    sheet.centre(y + 60, given["thanks"], 42)
    sheet.bars(200, y + 150, 500, 110, rng)
    return sheet.image


def _ticket(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(2000, 800, (236, 242, 248))
    sheet.draw.rectangle((0, 0, 2000, 120), fill=(40, 96, 150))
    sheet.text(80, 24, given["title"], 64, PALE, bold=True)
    for number, line in enumerate(given["lines"]):
        sheet.text(80, 170 + 98 * number, line, 52)
    for y in range(0, 800, 30):
        sheet.draw.line((1420, y, 1420, y + 14), fill=GREY, width=4)
    for x in range(26):
        for y in range(26):
            if rng.random() < 0.5:
                sheet.draw.rectangle((1500 + 15 * x, 250 + 15 * y, 1514 + 15 * x, 264 + 15 * y), fill=INK)
    return sheet.image


def _screen(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(1920, 1200, (255, 255, 255))
    sheet.draw.rectangle((0, 0, 1920, 60), fill=(32, 110, 66))
    sheet.text(40, 8, given["title"], 32, PALE)
    sheet.draw.rectangle((0, 60, 1920, 120), fill=(238, 240, 242))
    sheet.text(40, 68, given["menu"], 30)
    for y in range(180, 1140, 60):
        sheet.draw.line((0, y, 1920, y), fill=(212, 214, 218), width=2)
    for x in range(80, 1920, 230):
        sheet.draw.line((x, 120, x, 1140), fill=(212, 214, 218), width=2)
    for row in range(16):
        sheet.text(24, 186 + 60 * row, str(row + 1), 28, GREY)
        sheet.text(96, 186 + 60 * row, given["rows"][row % len(given["rows"])], 30)
        for column in range(1, 8):
            sheet.text(96 + 230 * column, 186 + 60 * row, f"{rng.randint(100, 99_000):,}", 30)
    sheet.draw.rectangle((0, 1140, 1920, 1200), fill=(44, 48, 56))
    return sheet.image


def _by_hand(sheet: Sheet, x: float, y: float, text: str, ink: Any, rng: random.Random) -> None:
    """Write with a marker: no two letters level, nor of one size."""
    for letter in text:
        face = font(rng.randint(84, 100), letter)
        patch = Image.new("RGBA", (160, 180), (0, 0, 0, 0))
        ImageDraw.Draw(patch).text((20, 10), letter, font=face, fill=(*ink, 225), stroke_width=2, stroke_fill=ink)
        patch = patch.rotate(rng.uniform(-7, 7), resample=Image.Resampling.BICUBIC)
        sheet.image.paste(patch, (round(x) - 20, round(y + rng.uniform(-7, 7))), patch)
        x += face.getlength(letter) * 1.04


def _whiteboard(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(2400, 1600, (238, 240, 241))
    sheet.draw.rectangle((0, 0, 2399, 1599), outline=(150, 152, 156), width=36)
    inks = ((26, 60, 170), (190, 30, 40), (20, 120, 60), (30, 30, 34))
    for number, line in enumerate(given["lines"]):
        x, y = 140 + 1150 * (number % 2), 150 + 420 * (number // 2)
        ink = inks[number % 4]
        _by_hand(sheet, x, y, line, ink, rng)
        if number % 3 == 1:
            sheet.draw.arc((x - 50, y - 30, x + 1000, y + 220), 4, 352, fill=ink, width=9)
        else:
            sheet.draw.line((x, y + 165, x + 620, y + 150 + rng.randint(0, 30)), fill=ink, width=9)
    for _ in range(2):
        x, y = rng.randint(700, 1200), rng.randint(300, 1200)
        sheet.draw.line(
            (x, y, x + 160, y + 120, x + 120, y + 120, x + 160, y + 120, x + 160, y + 70), fill=inks[3], width=9
        )
    return sheet.image


def _drawing(given: Words, rng: random.Random) -> Image.Image:
    sheet = Sheet(3300, 2330, (252, 252, 250))
    pen: dict[str, Any] = {"outline": INK, "width": 5}
    sheet.draw.rectangle((60, 60, 3240, 2270), **pen)
    sheet.draw.rectangle((360, 420, 1500, 1100), **pen)
    for r in (300, 210, 60):
        sheet.draw.ellipse((930 - r, 760 - r, 930 + r, 760 + r), **pen)
    sheet.draw.rectangle((1850, 420, 2500, 1100), **pen)
    for y in range(440, 1100, 44):
        sheet.draw.line((1850, y, 1850 + 30, y - 30), fill=INK, width=3)
    for x in (930, 2175):
        sheet.draw.line((x, 360, x, 1160), fill=GREY, width=3)
    for y, x0, x1 in ((1240, 360, 1500), (1240, 1850, 2500)):
        sheet.draw.line((x0, y, x1, y), fill=INK, width=3)
        sheet.text((x0 + x1) / 2 - 50, y - 64, str(x1 - x0), 48)
    sheet.text(140, 2170, given["note"], 48)
    x0, x1, y = 2140, 3240, 1650
    for left, right in given["cells"]:
        sheet.draw.rectangle((x0, y, x1, y + 88), **pen)
        sheet.text(x0 + 20, y + 14, left, 46)
        if right:
            sheet.draw.line((x0 + 560, y, x0 + 560, y + 88), fill=INK, width=5)
            sheet.text(x0 + 580, y + 14, right, 46)
        y += 88
    return sheet.image


THINGS: dict[str, Callable[[Words, random.Random], Image.Image]] = {
    "form": _form,
    "id": _id,
    "badge": _badge,
    "card": _card,
    "receipt": _receipt,
    "ticket": _ticket,
    "screen": _screen,
    "whiteboard": _whiteboard,
    "drawing": _drawing,
}


def draw_thing(kind: str, language: str = "en", seed: int = 0) -> Image.Image:
    """Return a thing of a kind, flat and clean."""
    return THINGS[kind](words()[kind][language], random.Random(seed))


def draw(kind: str, language: str = "en", fate: str = "held", seed: int = 0, *, turn: int = 0) -> bytes:
    """Return a JPEG photo of a thing, about three megapixels; the same arguments give the same bytes."""
    flat = np.asarray(draw_thing(kind, language, seed))
    rng = np.random.default_rng([seed, FATES.index(fate), sorted(THINGS).index(kind), LANGUAGES.index(language)])
    wide = flat.shape[1] > flat.shape[0]
    picture = np.rot90(photograph(flat, fate, (2000, 1500) if wide else (1500, 2000), rng), -(turn // 90))
    return developed(picture, fate)


thing = cache(draw)
"""The same, remembered."""


def main() -> None:
    """Write one photo to a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("out", type=Path)
    parser.add_argument("--kind", choices=sorted(THINGS), default="badge")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--fate", choices=FATES, default="held")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    given.out.write_bytes(draw(given.kind, given.language, given.fate, given.seed))


if __name__ == "__main__":
    main()

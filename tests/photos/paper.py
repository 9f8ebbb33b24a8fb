"""Draw one A4 page at 200 dots an inch, flat and clean."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1654, 2339, 170
INK, RED = (25, 25, 30), (200, 25, 30)
PLACES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
FACES = {
    ("serif-cjk", False): "NotoSerifCJK-Regular.ttc",
    ("serif-cjk", True): "NotoSerifCJK-Bold.ttc",
    ("serif", False): "NotoSerif-Regular.ttf",
    ("serif", True): "NotoSerif-Bold.ttf",
}
Font = ImageFont.FreeTypeFont


@cache
def papers() -> dict[str, dict[str, Any]]:
    """Return the words of all papers by script."""
    with (Path(__file__).parent / "papers.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _find(name: str) -> str:
    for place in PLACES:
        for path in sorted(place.rglob(name)):
            return str(path)
    raise FileNotFoundError(f"font {name}: install fonts-noto-core and fonts-noto-cjk")


class Page:
    """A sheet being printed from top to bottom."""

    def __init__(self, paper: dict[str, Any]) -> None:
        """Take an empty sheet for a paper's face."""
        self.paper = paper
        self.image = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
        self.draw = ImageDraw.Draw(self.image)
        self.y = 150

    def font(self, size: int, bold: bool = False) -> Font:
        """Return the paper's face at a size in pixels."""
        name = _find(FACES[self.paper["font"], bold])
        return ImageFont.truetype(name, size, index=self.paper.get("index", 0))

    def line(self, text: str, size: int, *, bold: bool = False, align: str = "left", ink: Any = INK) -> None:
        """Print one line and move down."""
        font = self.font(size, bold)
        width = font.getlength(text)
        x = {"left": MARGIN, "centre": (WIDTH - width) / 2, "right": WIDTH - MARGIN - width}[align]
        self.draw.text((x, self.y), text, font=font, fill=ink)
        self.y += round(size * 1.62)

    def paragraph(self, text: str, size: int) -> None:
        """Print a text wrapped at the right margin, by words or, without spaces, by characters."""
        font, spaced = self.font(size), " " in text
        pieces, line = (text.split(" ") if spaced else list(text)), ""
        for piece in pieces:
            longer = f"{line} {piece}" if spaced and line else line + piece
            if line and font.getlength(longer) > WIDTH - 2 * MARGIN:
                self.line(line, size)
                longer = piece
            line = longer
        self.line(line, size)

    def stamp(self, text: str, rng: random.Random) -> None:
        """Put a boxed red stamp at the top, a little tilted, over what is there."""
        font = self.font(62, True)
        width, height = round(font.getlength(text)) + 60, 130
        patch = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        draw = ImageDraw.Draw(patch)
        draw.rectangle((4, 4, width - 5, height - 5), outline=(*RED, 235), width=6)
        draw.text((30, 14), text, font=font, fill=(*RED, 235))
        patch = patch.rotate(rng.uniform(-5, 5), expand=True, resample=Image.Resampling.BICUBIC)
        self.image.paste(patch, (MARGIN, 95), patch)
        self.y = max(self.y, 95 + patch.height + 10)

    def seal(self, text: str) -> None:
        """Put a round red seal over the signature."""
        x, y, r = WIDTH - MARGIN - 330, min(self.y - 60, HEIGHT - 420), 165
        patch = Image.new("RGBA", (2 * r, 2 * r), (0, 0, 0, 0))
        draw = ImageDraw.Draw(patch)
        draw.ellipse((4, 4, 2 * r - 5, 2 * r - 5), outline=(*RED, 190), width=8)
        draw.text((r, r), "★", font=self.font(90), fill=(*RED, 190), anchor="mm")
        draw.text((r, r + 90), text[:6], font=self.font(34), fill=(*RED, 190), anchor="mm")
        self.image.paste(patch, (x, y - r), patch)


def _head(page: Page, marking: str, rng: random.Random) -> None:
    paper, layout = page.paper, page.paper["layout"]
    if layout == "red":
        page.line("000012", 40)
        page.line(marking, 42, bold=True)
        page.y += 60
        page.line(paper["header"], 92, bold=True, align="centre", ink=RED)
        page.line(paper["number"], 40, align="centre")
        page.draw.rectangle((MARGIN, page.y, WIDTH - MARGIN, page.y + 6), fill=RED)
        page.y += 40
        return
    if layout == "stamp" and marking:
        page.stamp(marking, rng)
    elif marking:
        page.line(marking, 48, bold=True, align="centre")
    page.line(paper["header"], 40, bold=True)
    page.line(paper["number"], 36)
    page.y += 30


def draw_paper(script: str, marking: str, seed: int) -> Image.Image:
    """Return a printed page; an empty marking gives an unmarked one."""
    paper, rng = papers()[script], random.Random(seed)
    page = Page(paper)
    _head(page, marking, rng)
    page.line(paper["title"], 46, bold=True, align="centre")
    page.y += 20
    body = list(paper["body"])
    while page.y < HEIGHT - 480:
        page.paragraph(body[0], 36)
        body.append(body.pop(0))
    page.y += 20
    for text in paper["signature"]:
        page.line(text, 36, align="right")
    if paper["layout"] == "red":
        page.seal(paper["signature"][0])
    if paper["layout"] == "banner" and marking:
        page.y = HEIGHT - 120
        page.line(marking, 48, bold=True, align="centre")
    return page.image

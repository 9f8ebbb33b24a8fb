"""Scripts that the main engine does not know: told, and read line by line where Tesseract can.

The main engine reads Cyrillic, Hangul and Arabic as look-alikes, with little certainty.
A few lines read with each installed language settle which it is: a wrong one reads with
a confidence of 0.4 and less, the right one with 0.85 and more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from backend.readers.pictures.cut import cut_line
from backend.readers.pictures.engines import tesseract
from backend.readers.pictures.guess import guess
from backend.readers.pictures.ocr import Found, certainty
from backend.readers.pictures.sheet import Sheet
from backend.readers.pictures.turn import SURE

LANGUAGES = {"cyrillic": ("rus", "ukr", "bul", "srp"), "hangul": ("kor",), "arabic": ("ara", "fas")}
"""Languages of each script; the first that is installed reads it."""
VIETNAMESE = "vie"
FEWEST = 2
"""Lines from which on a page is tried in other scripts."""
SAMPLE, SAMPLE_LENGTH = 3, 14
"""Lines that settle it, of about so many characters: enough to tell, and read quickly."""
READS = 0.7
"""Mean confidence of a sample in the right language."""
LEGIBLE = 0.5
"""A line read with less confidence stays as the main engine read it, if that was surer."""
TONED, ACCENTED = 0.75, 0.08
"""Confidence from which tones are believed; share of letters with marks in Vietnamese as the main engine reads it."""
FIRST, BATCH = 8, 12
MOST = 150
"""Lines of one page that are read again; a page made to hold thousands shall not take minutes."""
NUMERAL = re.compile("^[ⅠⅡⅢⅣⅤ]")
NO_NUMERAL = re.compile(r"^[^급]{0,3}(?=급)|^[ⅠⅡⅢⅣⅤ0-9A-Za-z|ㅣ｜Ｌ.\[\s]+")
"""A Roman numeral and what Tesseract's Korean makes of it: strokes, before a grade a few letters."""
Tell = Callable[[Sheet], None]


@dataclass(frozen=True, slots=True)
class Other:
    """A language whose script the main engine does not know, and how surely it is one."""

    script: str
    language: str
    confidence: float


def unknown(found: Sequence[Found]) -> bool:
    """Return whether the main engine was too unsure for the writing to be in a script it knows."""
    return len(found) >= FEWEST and certainty(list(found)) < SURE


def installed() -> dict[str, str]:
    """Return the language that reads each script on this machine."""
    here = tesseract.languages()
    first = {script: next((one for one in names if one in here), "") for script, names in LANGUAGES.items()}
    return {script: name for script, name in first.items() if name}


def missing(found: Sequence[Found]) -> str:
    """Return the script that a badly read page is in, where that can be told and nothing here reads it."""
    if not unknown(found):
        return ""
    script = guess(found)
    return script if script not in installed() else ""


def recognise(sheet: Sheet) -> Other | None:
    """Return the installed language that a few lines of a page are surely written in."""
    lines = sorted(sheet.turned.found, key=lambda line: abs(len(line.text) - SAMPLE_LENGTH))[:SAMPLE]
    cuts = [_cut(sheet, line) for line in lines]
    likely, here = guess(sheet.turned.found), installed()
    for script in sorted(here, key=lambda script: script != likely):
        read = tesseract.read_lines(cuts, here[script])
        sure = sum(confidence * len(text) for text, confidence in read) / max(1, sum(len(text) for text, _ in read))
        if sure >= READS:
            return Other(script, here[script], sure)
    return None


def read_other(sheet: Sheet, other: Other, tell: Tell) -> Sheet:
    """Return a page read in its own language: likely markings first, told as they come."""
    first = sheet.promising()
    rest = [line for line in sheet.turned.found if line not in first]
    read: dict[Found, Found] = {}
    for batch in _batches([*first, *rest][:MOST]):
        cuts = [_cut(sheet, line) for line in batch]
        texts = tesseract.read_lines(cuts, other.language)
        read |= {line: _better(line, *one) for line, one in zip(batch, texts, strict=True)}
        known = [read[line] for line in sheet.turned.found if line in read]
        tell(sheet.reading(known))
    return sheet.reading([read.get(line, line) for line in sheet.turned.found])


def with_tones(sheet: Sheet) -> Sheet:
    """Return a page with the tones of its likely markings, where it is Vietnamese and that is installed.

    Only marks are added: a line is taken when its letters are those the main engine read.
    """
    if VIETNAMESE not in tesseract.languages() or not _vietnamese(sheet.turned.found):
        return sheet
    lines = sheet.promising()[:FIRST]
    texts = tesseract.read_lines([_cut(sheet, line) for line in lines], VIETNAMESE)
    toned = {line: replace(line, text=text) for line, (text, sure) in zip(lines, texts, strict=True) if sure >= TONED}
    same = {line: new for line, new in toned.items() if _letters(line.text) == _letters(new.text)}
    return sheet.reading([same.get(line, line) for line in sheet.turned.found])


def _batches(lines: list[Found]) -> Iterator[list[Found]]:
    yield lines[:FIRST]
    for start in range(FIRST, len(lines), BATCH):
        yield lines[start : start + BATCH]


def _cut(sheet: Sheet, line: Found) -> tesseract.Grey:
    return cut_line(sheet.turned.pixels, line, sheet.slope_of(line), framed=sheet.stamped(line))


def _better(line: Found, text: str, confidence: float) -> Found:
    """Return a line as the surer of both engines read it; figures and Latin names come out of either."""
    if confidence < LEGIBLE and line.confidence > SURE:
        return line
    numeral = NUMERAL.match(text) or NUMERAL.match(line.text)
    if numeral and text:
        text = numeral[0] + NO_NUMERAL.sub("", text, count=1)
    return replace(line, text=text or line.text, confidence=confidence if text else min(line.confidence, LEGIBLE))


def _vietnamese(found: Sequence[Found]) -> bool:
    letters = [ch for line in found for ch in line.text if ch.isalpha()]
    marked = sum(unicodedata.decomposition(ch) != "" or ch in "đĐ" for ch in letters if ch < "\u2000")
    return bool(letters) and marked > ACCENTED * len(letters)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(ch for ch in plain if ch.isalnum())

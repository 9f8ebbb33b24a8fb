"""The coded lines of passports, visas and identity cards, on pictures.

Source: ICAO Doc 9303, parts 3 to 7: two lines of 44 (TD3, MRV-A) or 36 characters (TD2, MRV-B), three of 30
(TD1).  Typed lines are a pack's; OCR mixes up O and 0, I and 1, and takes the filler ``<`` for other marks, so
here each character is read as what its position allows, and the check digits decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.case import Case, Resources
from backend.model import Finding, Line, Part, Place
from backend.text.icao import check_digit

SCORES = {3: 92, 2: 88, 1: 74}
"""By how many of number, birth and expiry bear out their check digit."""
UNSURE = 68
"""Names and fillers in the form of a first line, the second one cut off or unread."""
QUIET = {"message": 22, "mail": 22}
"""Points off where people send a passport to an agency or a hotel: they are asked, not held."""
FILLERS = str.maketrans(dict.fromkeys("≤＜‹«〈《^Λ∧Λ˂ᐸ", "<"))
LETTERS = str.maketrans("0123568", "OIZSSGB")
DIGITS = str.maketrans("OQDIJLZASGTB", "000111245678")
NUMBER, DATE, CHECK = "[A-Z0-9<]{9}", "[0-9OQDILZASGTBJ]{6}", "[0-9OQDILZASGTBJ<]"
SECOND = re.compile(f"({NUMBER})({CHECK})[A-Z0-9<]{{3}}({DATE})({CHECK})[MFXHNK<]({DATE})({CHECK})[A-Z0-9<]{{6,18}}$")
CARD_FIRST = re.compile(f"[I1ACV][A-Z0-9<][A-Z0-9<]{{3}}({NUMBER})({CHECK})[A-Z0-9<]{{13,17}}$")
CARD_SECOND = re.compile(f"({DATE})({CHECK})[MFXHNK<]({DATE})({CHECK})[A-Z0-9<]{{3}}[A-Z0-9<]{{10,14}}$")
NAMES = re.compile("[PVIAC][A-Z<][A-Z0-9<]{3}[A-Z0-9]{1,30}<<?[A-Z0-9<]{4,34}<<<[A-Z<]{0,30}$")
SHORTEST, LONGEST = 26, 48


@dataclass(frozen=True)
class Coded:
    """What one line of a picture looks like once its fillers are put right."""

    text: str
    line: Line


def build(_resources: Resources) -> Travel:
    """Return the detector."""
    return Travel()


class Travel:
    """One finding for each page with coded lines."""

    def literals(self) -> Sequence[str]:
        """Return none: misread lines hold no literal to rely on."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each read picture with the coded lines of a travel document."""
        for part in case.pages():
            score, lines = coded_lines(part)
            if lines:
                score -= QUIET.get(case.draft.channel, 0)
                places = tuple(Place(part.id, page=part.page, box=line.box) for line in lines)
                yield Finding("travel.mrz", "identifier", score, places, ("cover_boxes",))


def coded_lines(part: Part) -> tuple[int, list[Line]]:
    """Return the score of a page's coded lines, 0 where there are none, and the lines."""
    rows = [Coded(readable(part.text[line.start : line.end]), line) for line in part.lines]
    rows = [row for row in rows if SHORTEST <= len(row.text) <= LONGEST]
    borne_out = max((valid(row.text, after) for row, after in _pairs(rows)), default=0)
    named = any(NAMES.match(row.text) for row in rows)
    if not borne_out and not named:
        return 0, []
    score = SCORES[borne_out] if borne_out else UNSURE
    return score, [row.line for row in rows if _of_a_kind(row.text)]


def _pairs(rows: list[Coded]) -> Iterator[tuple[Coded, str]]:
    """Yield each row with the text of the row after it."""
    for number, row in enumerate(rows):
        yield row, rows[number + 1].text if number + 1 < len(rows) else ""


def readable(text: str) -> str:
    """Return a line as the coded zone is set: capitals, no spaces, one filler.

    >>> readable("l898902C36 UTO≤7408122")
    'L898902C36UTO<7408122'
    """
    return "".join(text.upper().translate(FILLERS).split())


def valid(text: str, after: str = "") -> int:
    """Return how many of number, birth and expiry a line (or, on cards, two) bears out.

    >>> valid("L898902C36UT07408122F1204159ZE184226B<<<<<10")
    3
    >>> valid("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F12O4159UTO<<<<<<<<<<<6")
    3
    """
    if second := SECOND.match(text):
        return _borne_out(second.groups())
    dates = CARD_SECOND.match(text)
    first = CARD_FIRST.match(text)
    if first and (dates := CARD_SECOND.match(after)):
        return _borne_out(first.groups() + dates.groups())
    # A card's number alone proves nothing, its two dates together do.
    return 2 if dates and _borne_out(dates.groups()) == 2 else 0


def _borne_out(groups: Sequence[str]) -> int:
    fields = list(zip(groups[::2], groups[1::2], strict=True))
    return sum(_agrees(field, check, dated=len(field) == 6) for field, check in fields)


def _agrees(field: str, check: str, *, dated: bool) -> bool:
    wanted = check.translate(DIGITS).replace("<", "0")
    if dated:
        return check_digit(field.translate(DIGITS)) == wanted
    # Numbers may hold letters: as read, or with each letter that looks like a digit taken for one, or the first kept.
    readings = {field, field.translate(DIGITS), field[:2].translate(LETTERS) + field[2:].translate(DIGITS)}
    return any(check_digit(one) == wanted for one in readings) and field.strip("<") != ""


def _of_a_kind(text: str) -> bool:
    """Return whether a line belongs to the coded zone: by its fillers, or by the form of a data line."""
    return text.count("<") >= 2 or bool(SECOND.match(text) or CARD_FIRST.match(text) or CARD_SECOND.match(text))

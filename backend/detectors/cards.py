"""Bank cards on pictures: the number, embossed in groups or printed in a row.

A card's digits come from OCR in one line or four, with O for 0 and I for 1; the issuer's range, Luhn's check
digit (ISO/IEC 7812-1) and what else stands on a card tell it from other numbers.  Typed numbers are a pack's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backend.case import Case, Resources
from backend.model import Finding, Part, Place
from backend.text.layout import Layout
from backend.text.validators.numbers import card

GROUPED, BARE, PROVEN = 72, 66, 88
"""In groups of four; without groups and with a card's words; in groups and with a card's words."""
D = "[0-9OoQDIlZSBG]"
GAP = r"(?:[ \-.·]{1,3}|\n)"
FOURS = rf"{D}{{4}}{GAP}{D}{{4}}{GAP}{D}{{4}}{GAP}{D}{{4}}(?:{GAP}\d{{3}})?"
AMEX = rf"{D}{{4}}[ \-]{D}{{6}}[ \-]{D}{{5}}"
BEFORE, AFTER = r"(?<![\w.+\-/])", r"(?![\w\-/])"
NUMBER = re.compile(rf"{BEFORE}(?:(?P<groups>{FOURS}|{AMEX})|(?P<bare>\d{{15,19}})){AFTER}")
DIGITS = str.maketrans("OoQDIlZSBG", "0000112586")
MISREAD = 3
"""Letters for digits that one number may hold; a word has more."""
WORDS = re.compile(
    r"valid\s?(?:thru|from|until)|good\s?thru|month/year|expires?\s?end|\bexp(?:iry|\.)|\bvisa\b|master\s?card|maestro|american\s?express"
    r"|union\s?pay|银联|储蓄卡|信用卡|借记卡|贷记卡|\bnapas\b|\bjcb\b|debit|\bcredit\b|cardholder|\bkarte\b|\bcarte\s(?:bleue|bancaire)"
    r"|有效期|ngân\s?hàng|hiệu\s?lực|\b(?:0[1-9]|1[0-2])\s?/\s?(?:2\d|3\d|20[2-4]\d)\b",
    re.I,
)


def build(_resources: Resources) -> Cards:
    """Return the detector."""
    return Cards()


class Cards:
    """One finding for each page with card numbers."""

    def literals(self) -> Sequence[str]:
        """Return none: misread digits hold no literal to rely on."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each read picture that shows a bank card's number."""
        for part in case.pages():
            score, places = numbers(part)
            if places:
                yield Finding("card.photo", "identifier", score, tuple(places), ("cover_boxes",))


def numbers(part: Part) -> tuple[int, list[Place]]:
    """Return the score of the card numbers on a page, 0 where there are none, and their places."""
    with_words = WORDS.search(part.text) is not None
    best, places, layout = 0, dict[Place, None](), Layout(part)
    for match in NUMBER.finditer(part.text):
        grouped = match.group("groups") is not None
        if (grouped or with_words) and is_number(match.group()):
            best = max(best, PROVEN if grouped and with_words else GROUPED if grouped else BARE)
            places.update(dict.fromkeys(layout.places(*match.span())))
    return best, list(places)


def is_number(text: str) -> bool:
    """Return whether a text, once its misread digits are put right, is a payment card's number.

    >>> is_number("4539 1488 O343 6467"), is_number("BOOB GOOD LOOS DIBS")
    (True, False)
    """
    return sum(map(str.isalpha, text)) <= MISREAD and card(text.translate(DIGITS))

"""Which group of languages a draft belongs to, by its letters: thresholds differ between them."""

from __future__ import annotations

import re

GROUPS = ("han", "viet", "latin")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_VIET = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_OTHER = re.compile(r"[\u0370-\u1dff\u3040-\u30ff\uac00-\ud7a3]")


def group(text: str) -> str:
    """Return ``han``, ``viet``, ``latin``, or ``other`` for a script that the model was not taught.

    >>> group("下周二出发"), group("tối nay đi"), group("toi nay di"), group("завтра"), group("ひみつ")
    ('han', 'viet', 'latin', 'other', 'other')
    """
    if text.isascii():
        return "latin"
    counts = {"han": 2 * len(_HAN.findall(text)), "latin": len(_LATIN.findall(text))}
    if len(_OTHER.findall(text)) > max(counts.values()):
        return "other"
    if counts["han"] > counts["latin"]:
        return "han"
    return "viet" if len(_VIET.findall(text)) * 12 > counts["latin"] else "latin"

"""Which group of languages a draft belongs to, by its letters: thresholds differ between them."""

from __future__ import annotations

import re

GROUPS = ("han", "viet", "latin")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_VIET = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_OTHER = re.compile(r"[\u0370-\u1dff\u3040-\u30ff\uac00-\ud7a3]")
_WORD = re.compile(r"[a-z]+")
_TONELESS = frozenset(
    "khong duoc dc chua cua minh nhung nguoi anh em roi voi nay vay tui moi nghe noi biet lam viec gio ngay mai hom "
    "toi tren trong ngoai truoc dang cung nhieu thoi nha chieu sang dem cho cong bao nhan bo qua doi dung dau bi hoi "
    "dong thang xe tau viet tinh vien dan phong sau dien chuyen xong ke chu mat lo gui hop ben ngan bai trang gia tuan "
    "doan giup ly hinh mot truong cai bien giam thanh san nuoc thay giay cuoi trung vao danh don xin tien luong hoa "
    "nhe duong nghi mua nhu hoc chup oi toan ghi nao sao chay ra ve cau ho quan".split()
)
"""Common words of Vietnamese as it is typed without tones, few of them words of other languages."""
LETTERS_READ, TONELESS_WORDS, TONELESS_SHARE = 400, 3, 0.34


def group(text: str) -> str:
    """Return ``han``, ``viet``, ``latin``, or ``other`` for a script that the model was not taught.

    >>> group("下周二出发"), group("tối nay đi"), group("toi nay dc noi nha"), group("завтра"), group("ひみつ")
    ('han', 'viet', 'viet', 'other', 'other')
    """
    if text.isascii():
        return _spoken(text)
    counts = {"han": 2 * len(_HAN.findall(text)), "latin": len(_LATIN.findall(text))}
    if len(_OTHER.findall(text)) > max(counts.values()):
        return "other"
    if counts["han"] > counts["latin"]:
        return "han"
    return "viet" if len(_VIET.findall(text)) * 12 > counts["latin"] else _spoken(text)


def _spoken(text: str) -> str:
    """Return ``viet`` for Vietnamese without tones, else ``latin``."""
    words = _WORD.findall(text[:LETTERS_READ].lower())
    known = [word for word in words if word in _TONELESS]
    return "viet" if len(set(known)) >= TONELESS_WORDS and len(known) >= TONELESS_SHARE * len(words) else "latin"

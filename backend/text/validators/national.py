"""National numbers that python-stdnum does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date


def cn_resident(text: str) -> bool:
    """Tell whether ``text`` is a Chinese resident number: province, date of birth, check digit (GB 11643-1999).

    >>> cn_resident("11010519491231002X"), cn_resident("110105194912310020")
    (True, False)
    """
    if not re.fullmatch(r"\d{17}[\dXx]", text) or text[:2] not in _PROVINCES:
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(one) * pow(2, 17 - at, 11) for at, one in enumerate(text[:17]))
    return "10X98765432"[total % 11] == text[17].upper()


_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)


def cccd(text: str) -> bool:
    """Tell whether ``text`` can be a Vietnamese citizen's number (CCCD): province, century and sex, year, serial.

    Source: Decree 137/2015/ND-CP and Circular 59/2021/TT-BCA.

    >>> cccd("001090012345"), cccd("099990012345")
    (True, False)
    """
    digits = "".join(one for one in text if one.isdigit())
    provinces = (
        "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
    )
    provinces += (
        "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
    )
    provinces += "083 084 086 087 089 091 092 093 094 095 096"
    return len(digits) == 12 and digits[:3] in provinces.split() and digits[3] in "0123"


def cmnd(text: str) -> bool:
    """Tell whether ``text`` can be the nine digits of a Vietnamese identity card of before 2016 (province 01 to 38)."""
    return len(text) == 9 and text.isdigit() and 1 <= int(text[:2]) <= 38


def hkid(text: str) -> bool:
    """Tell whether ``text`` is a Hong Kong identity number: one letter or two, six digits, a check digit.

    >>> hkid("A123456(3)"), hkid("A123456(4)")
    (True, False)
    """
    bare = "".join(one for one in text.upper() if one.isalnum())
    letters = " " * (9 - len(bare)) + bare
    values = [36 if one == " " else int(one, 36) for one in letters[:8]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=False))
    return len(letters) == 9 and "0A987654321"[total % 11] == letters[8]


def tw_identity(text: str) -> bool:
    """Tell whether ``text`` is a Taiwanese identity number: area letter, sex or kind of resident, check digit.

    >>> tw_identity("A123456789"), tw_identity("A123456788")
    (True, False)
    """
    area = 10 + "ABCDEFGHJKLMNPQRSTUVXYWZIO".index(text[0]) if text[0] in "ABCDEFGHJKLMNPQRSTUVXYWZIO" else 0
    digits = [area // 10, area % 10, *map(int, text[1:])]
    return area > 0 and _weighed(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0


def sg_nric(text: str) -> bool:
    """Tell whether ``text`` is a Singaporean NRIC or FIN, by its check letter.

    >>> sg_nric("S1234567D"), sg_nric("M1234567K"), sg_nric("S1234567E")
    (True, True, False)
    """
    total = _weighed(list(map(int, text[1:8])), (2, 7, 6, 5, 4, 3, 2))
    total += {"S": 0, "F": 0, "T": 4, "G": 4, "M": 3}[text[0]]
    letters = {"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}
    return letters[text[0]][total % 11] == text[8]


def gb_nino(text: str) -> bool:
    """Tell whether ``text`` can be a British National Insurance number: it has no check digit, but barred prefixes."""
    return text[:2] not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")


def ru_snils(text: str) -> bool:
    """Tell whether ``text`` is a Russian insurance number (SNILS), by its check number.

    >>> ru_snils("112-233-445 95"), ru_snils("112-233-445 96")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    total = _weighed(digits[:9], range(9, 0, -1)) % 101
    return len(digits) == 11 and total % 100 == digits[9] * 10 + digits[10]


def kz_iin(text: str) -> bool:
    """Tell whether ``text`` is a Kazakh identity number (IIN): date of birth, century and sex, check digit."""
    digits = [int(one) for one in text]
    total = _weighed(digits[:11], range(1, 12)) % 11
    if total == 10:
        total = _weighed(digits[:11], (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return len(digits) == 12 and total == digits[11]


def jmbg(text: str) -> bool:
    """Tell whether ``text`` is a personal number of former Yugoslavia's states (JMBG), by its check digit.

    >>> jmbg("0101006500006"), jmbg("0101006500007")
    (True, False)
    """
    digits = [int(one) for one in text]
    total = _weighed(digits[:12], (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return len(digits) == 13 and total != 1 and (11 - total) % 11 == digits[12]


def lv_person(text: str) -> bool:
    """Tell whether ``text`` is a Latvian personal code with a date of birth, by its check digit."""
    digits = [int(one) for one in text if one.isdigit()]
    total = _weighed(digits[:10], (1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
    return len(digits) == 11 and (1101 - total) % 11 % 10 == digits[10]


def _weighed(digits: Sequence[int], weights: Iterable[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))

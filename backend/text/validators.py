"""Named checks of a matched text, by which a rule tells a real number from a random one.

A validator is a function of this module whose name a pack's ``validator`` gives; it takes
the matched text and tells whether it can be what the rule looks for.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec


def luhn(text: str) -> bool:
    """Tell whether the digits of ``text`` end in a Luhn check digit (ISO/IEC 7812-1).

    >>> luhn("4111 1111 1111 1111"), luhn("4111 1111 1111 1112")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(digits) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


_PLACEHOLDER = re.compile(
    r"example|x{4,}|your|placeholder|changeme|change_me|replace|dummy|fake|sample|redacted|secret_?here|token_?here|"
    r"\*{3,}|\.{3,}|abcdef|123456|qwerty|insert|foobar|notreal|todo|test_?key|00000000|ffffffff",
    re.IGNORECASE,
)


def random_enough(text: str) -> bool:
    """Tell whether ``text`` looks drawn at random, as keys are, and not written by hand as an example.

    Shannon entropy of its characters, against what its length allows, and no placeholder in it.

    >>> random_enough("q8Zt3LmW0vBx7RyK"), random_enough("your-api-key-here"), random_enough("aaaaaaaaaaaaaaaa")
    (True, False, False)
    """
    length = len(text)
    if length < 6 or _PLACEHOLDER.search(text):
        return False
    counts = Counter(text)
    entropy = -sum(count / length * math.log2(count / length) for count in counts.values())
    return entropy >= min(3.0, math.log2(length) - 0.9)


_PLAIN_PLACEHOLDER = re.compile(
    r"example|x{4,}|your|placeholder|changeme|replace|redacted|\*{3,}|\.{3,}|insert|abcdefgh", re.IGNORECASE
)


def token_like(text: str) -> bool:
    """Tell whether ``text``, which has the very form of a vendor's token, can be one: no placeholder, no one letter.

    >>> token_like("ghp_q8Zt3LmW0vBx7RyK"), token_like("ghp_xxxxxxxxxxxxxxxx"), token_like("ghp_aaaaaaaaaaaaaaaa")
    (True, False, False)
    """
    secret = text.rpartition("_")[2] if len(text.rpartition("_")[2]) >= 16 else text
    counts = Counter(secret)
    common = max(counts.values(), default=1) / max(len(secret), 1)
    # A long token holds every short word by chance.
    written = len(text) < 120 and _PLAIN_PLACEHOLDER.search(text)
    return len(counts) >= 6 and common < 0.6 and not written


def token_mixed(text: str) -> bool:
    """Tell whether ``text``, assigned to a vendor's name, can be a key: a token, not letters of one case alone.

    >>> token_mixed("12345678-ABCD-ABCD-ABCD-1234567890AB"), token_mixed("getelementsbytagname")
    (True, False)
    """
    digits = any(one.isdigit() for one in text)
    both = any(one.islower() for one in text) and any(one.isupper() for one in text)
    return (digits or both or ":" in text) and token_like(text)


def random_mixed(text: str) -> bool:
    """Tell whether ``text`` looks drawn at random and holds both letters and digits, as few words do.

    >>> random_mixed("q8Zt3LmW0vBx7RyK"), random_mixed("getElementsByTagName")
    (True, False)
    """
    digits = sum(one.isdigit() for one in text)
    letters = sum(one.isalpha() for one in text)
    return digits >= 1 and letters >= 2 and random_enough(text)


_COMMON_PASSWORDS = frozenset(
    "password passwd pass pwd secret token admin root user test guest demo default none null true false key string "
    "hunter2 letmein welcome changeme password1 password123 passw0rd p@ssw0rd p@ssword admin123 test123 mysecret "
    "mypassword".split()
)
_REFERENCE = re.compile(r"[$<{}>()\[\]]|process\.env|os\.environ|getenv|\bconfig\.|%s|\*{2,}")


def real_password(text: str) -> bool:
    """Tell whether ``text`` can be a password in use: no placeholder, no variable, no word of examples.

    >>> real_password("vB7q2Zt9Lm"), real_password("password"), real_password("${DB_PASS}"), real_password("pass")
    (True, False, False, False)
    """
    bare = text.strip("\"'`,;.").lower()
    if len(bare) < 4 or bare in _COMMON_PASSWORDS or _REFERENCE.search(text) or _PLACEHOLDER.search(text):
        return False
    return len(set(bare)) >= 4


def random_secret(text: str) -> bool:
    """Tell whether ``text`` in code is a secret and not a name, a path, a call or a placeholder.

    >>> random_secret("q8Zt3LmW0vBx7RyKd2Hf"), random_secret("public_key_from_file"), random_secret("v1.2.3-beta4")
    (True, False, False)
    """
    if not real_password(text) or not random_mixed(text):
        return False
    # Names are words put together: few digits, and runs of letters that can be said.
    words = re.findall(r"[a-z]{4,}|[A-Z][a-z]{3,}", text)
    if sum(map(len, words)) > 0.6 * len(text):
        return False
    return not re.fullmatch(r"v?\d+(?:\.\d+)+[\w.-]*|\d{4}-\d\d-\d\d\S*|[\d.,:/-]+", text)


def card(text: str) -> bool:
    """Tell whether ``text`` is the number of a payment card: a known issuer's range, and Luhn's check digit.

    >>> card("4111 1111 1111 1111"), card("9999 9999 9999 9995")
    (True, False)
    """
    digits = "".join(one for one in text if one.isdigit())
    known = re.match(
        r"4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|3(?:0[0-5]|[68])|6(?:011|4[4-9]|5|2)|35", digits
    )
    return 13 <= len(digits) <= 19 and known is not None and len(set(digits)) > 1 and luhn(digits)


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


def mrz(text: str) -> bool:
    """Tell whether ``text`` is the second line of a passport's machine readable zone, by its check digits (ICAO 9303).

    >>> mrz("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    True
    """
    line = "".join(text.split())
    fields = ((0, 9), (13, 19), (21, 27))
    return len(line) == 44 and all(_icao(line[start:end]) == line[end] for start, end in fields)


def _icao(field: str) -> str:
    values = (0 if one == "<" else int(one, 36) for one in field)
    return str(sum(value * (7, 3, 1)[at % 3] for at, value in enumerate(values)) % 10)


def phone(text: str) -> bool:
    """Tell whether ``text``, written with its country code, is a possible telephone number (libphonenumber's data)."""
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


def personal_mailbox(text: str) -> bool:
    """Tell whether an e-mail address is that of a person: ``info@`` and its like are meant to be seen."""
    name, _, domain = text.lower().partition("@")
    shared = (
        "info sales support contact hello office admin noreply no-reply press jobs hr help service user example test"
    )
    return name not in shared.split() and not domain.startswith(
        ("example.", "test.", "domain.", "email.", "mail.example")
    )


def position(text: str) -> bool:
    """Tell whether two decimal numbers can be a latitude and a longitude.

    >>> position("21.02851, 105.80482"), position("95.12345, 10.12345"), position("0.0000, 0.0000")
    (True, False, False)
    """
    numbers = [float(one) for one in re.findall(r"-?\d{1,3}\.\d+", text)]
    return len(numbers) == 2 and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180 and any(numbers)


def _stdnum(name: str) -> Callable[[str], bool] | None:
    """Return the check of python-stdnum called ``name`` (``cn.ric``), loaded when it is first asked."""
    if find_spec(f"stdnum.{name}") is None:
        return None

    def check(text: str) -> bool:
        try:
            return bool(import_module(f"stdnum.{name}").is_valid(text))
        except (KeyError, IndexError):
            # Some of its tables have holes.
            return False

    return check


def named(name: str) -> Callable[[str], bool] | None:
    """Return the validator called ``name``, or ``None``; ``stdnum:cn.ric`` is python-stdnum's check of that name."""
    if name.startswith("stdnum:"):
        return _stdnum(name.removeprefix("stdnum:"))
    found = None if name.startswith("_") or name == "named" else globals().get(name)
    return found if callable(found) and getattr(found, "__module__", "") == __name__ else None

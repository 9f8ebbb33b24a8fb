"""Tell a secret in use from a name, a reference or an example."""

from __future__ import annotations

import math
import re
from collections import Counter

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


_ONE_LETTER = re.compile(r"([A-Za-z])\1{5}")


def token_like(text: str) -> bool:
    """Tell whether ``text``, which has the very form of a vendor's token, can be one: no placeholder, no one letter.

    >>> token_like("ghp_q8Zt3LmW0vBx7RyK"), token_like("ghp_xxxxxxxxxxxxxxxx"), token_like("ghp_aaaaaaaaaaaaaaaa")
    (True, False, False)
    """
    secret = text.rpartition("_")[2] if len(text.rpartition("_")[2]) >= 16 else text
    counts = Counter(secret)
    common = max(counts.values(), default=1) / max(len(secret), 1)
    # A long token holds every short word by chance.
    written = len(text) < 120 and (_PLAIN_PLACEHOLDER.search(text) or _ONE_LETTER.search(text))
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

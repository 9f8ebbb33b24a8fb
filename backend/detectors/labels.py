"""Sensitivity labels that an organisation's own tools put into files: the owner has said who may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from backend.case import Case, Resources
from backend.model import Finding, Place
from backend.wording import quoted


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


OPEN = _any(
    r"\bnon?[- ]?confidential|\bnot confidential|\bunclassified|\bunrestricted|\bdeclassified",
    r"公开|無密級|无密级|非密|不涉密|解密|非機密|công khai|giải mật|không mật",
    r"öffentlich|non classifié|не\s?секретно",
)
SECRET = _any(
    r"secret|highly|strictly|\brestricted|绝密|絕密|机密|機密|秘密|核心商密|極秘",
    r"(?<!bảo )\bmật\b|geheim|streng|très|секрет|극비|비밀",
)
CONFIDENTIAL = _any(
    r"confiden|vertraulich|sensitiv|sensitive|proprietary|privileged|保密|商密|敏感",
    r"bảo mật|nhạy cảm|конфиденц|社外秘|取扱注意|대외비",
)
INTERNAL = _any(r"\bintern|\bemployees?\b|\bstaff\b|内部|內部|nội bộ|внутрен|사내|社内")
PUBLIC = _any(
    r"\bpublic|\bgeneral\b|\bpersonal\b|\bnon[- ]?business",
    r"公共|一般|普通|个人|thông thường|cá nhân|общедоступ",
)
LEVELS = (
    (OPEN, "", 0),
    (SECRET, "labels.secret", 80),
    (CONFIDENTIAL, "labels.confidential", 70),
    (INTERNAL, "labels.internal", 45),
    (PUBLIC, "", 0),
)
UNKNOWN = ("labels.other", 35)
"""A name that only its organisation understands."""


def build(resources: Resources) -> Labels:
    """Return the detector."""
    return Labels()


class Labels:
    """One finding for each attachment, for the gravest of its labels."""

    def literals(self) -> Sequence[str]:
        """Return none: this detector looks at signals, not words."""
        return ()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield a finding for each attachment whose label does not say that anyone may see it."""
        for attachment in case.draft.attachments:
            signals = [one for one in attachment.reading.signals if one.kind == "sensitivity_label"]
            told = [(*judged(one.details.get("name", "")), one) for one in signals]
            rule, score, signal = max(told, key=lambda one: one[1], default=("", 0, None))
            if signal is not None and score:
                name = signal.details.get("name", "")
                place = Place(signal.part, page=signal.page)
                yield Finding(rule, "marking", score, (place,), (), {"words": quoted([name or "?"])})


def judged(name: str) -> tuple[str, int]:
    """Return the rule and score of a label's name.

    >>> judged("Highly Confidential"), judged("Public"), judged("Blue 3")
    (('labels.secret', 80), ('', 0), ('labels.other', 35))
    """
    for pattern, rule, score in LEVELS:
        if pattern.search(name):
            return rule, score
    return UNKNOWN

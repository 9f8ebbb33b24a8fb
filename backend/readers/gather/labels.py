"""Sensitivity labels: what an organisation's own tools wrote into a file's properties.

Microsoft Purview writes ``MSIP_Label_<id>_Enabled``, ``_Name``, ``_SiteId`` and more as custom
properties of Office files, keys of a PDF's information, and in one mail header; other
tools write a property called classification or sensitivity.
Source: Microsoft Information Protection SDK, "Label metadata".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

KEY = re.compile(r"MSIP_Label_([0-9A-Fa-f-]{8,40})_(Name|Enabled)\b")
OTHERS = re.compile(r"classification|sensitivity|documentsecurity|vertraulichkeit", re.I)
HEADER = re.compile(r"(MSIP_Label_[0-9A-Fa-f-]{8,40}_(?:Name|Enabled))\s*=\s*([^;\r\n]{0,200})")
LONGEST = 80


def label_names(properties: Mapping[str, str]) -> list[str]:
    """Return the names of the labels that are on.

    >>> label_names({"MSIP_Label_0f5a2b1c-1111_Enabled": "true", "MSIP_Label_0f5a2b1c-1111_Name": "Secret"})
    ['Secret']
    >>> label_names({"MSIP_Label_0f5a2b1c-1111_Enabled": "false", "MSIP_Label_0f5a2b1c-1111_Name": "Secret"})
    []
    """
    names, off, others = dict[str, str](), set[str](), list[str]()
    for key, value in properties.items():
        value = " ".join(value.split())[:LONGEST]
        found = KEY.fullmatch(key.strip())
        if found and found[2] == "Name":
            names[found[1].lower()] = value
        elif found:
            names.setdefault(found[1].lower(), "")
            off |= {found[1].lower()} if value.lower() == "false" else set()
        elif value and OTHERS.search(key):
            others.append(value)
    on = [name for id, name in names.items() if id not in off]
    return list(dict.fromkeys([*on, *others]))


def header_labels(header: str) -> list[str]:
    """Return the names of labels in a mail's ``msip_labels`` header."""
    return label_names({key: value for key, value in HEADER.findall(header)})

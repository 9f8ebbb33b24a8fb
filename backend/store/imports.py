"""Terms out of a file that a person has: TXT, CSV, TSV or JSON.  Nothing is lost silently."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from backend.model import FORMS, Level, Term

LONGEST_TERM = 200
SHORTEST_NEAR = 6
"""Characters: a shorter word is too near to others."""
LEVELS = ("note", "warn", "stop")
ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")


@dataclass(frozen=True, slots=True)
class Imported:
    """What was understood of a file, and the numbers of the lines that were not."""

    terms: tuple[Term, ...]
    faults: tuple[int, ...]


def is_usable(text: str) -> bool:
    r"""Return whether a term can be found in a text: it has something to see, and nothing that breaks lines.

    >>> is_usable("Project Zephyr"), is_usable("..."), is_usable("\u200b"), is_usable("a\nb")
    (True, False, False, False)
    """
    if text.isprintable() and any(map(str.isalnum, text)):
        return len(text) <= LONGEST_TERM
    kinds = {unicodedata.category(character) for character in text}
    return 0 < len(text) <= LONGEST_TERM and not kinds & {"Cc", "Cs", "Zl", "Zp"} and any(k[0] in "LNS" for k in kinds)


def is_expression(text: str) -> bool:
    """Return whether a text is a regular expression that finds something, and not an empty text everywhere.

    >>> is_expression("XK-[0-9]{3}"), is_expression("(open"), is_expression("a*")
    (True, False, False)
    """
    try:
        return regex.compile(text).search("", timeout=0.1) is None
    except (regex.error, TimeoutError):
        return False


def make_term(text: str, form: str = "word", level: str | None = None) -> Term | None:
    """Return a term as the store keeps it, ``None`` when it cannot be used."""
    clean = unicodedata.normalize("NFC", text.strip())
    if not is_usable(clean) or form not in FORMS or (level is not None and level not in LEVELS):
        return None
    if (form == "regex" and not is_expression(clean)) or (form == "near" and len(clean) < SHORTEST_NEAR):
        return None
    return Term(clean, form, Level.named(level) if level else None)


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 by its mark, else Chinese GB18030, else Windows Latin."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def read(name: str, data: bytes) -> Imported:
    """Return the terms of a file by the ending of its name; raises :class:`ValueError` for broken JSON."""
    text = decode(data)
    ending = name.lower().rpartition(".")[2]
    if ending == "json":
        return _collect(enumerate(_of_json(json.loads(text)), 1))
    if ending in ("csv", "tsv"):
        return _collect(_of_table(text, "\t" if ending == "tsv" else ","))
    return _collect((number, {"text": line}) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _collect(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> Imported:
    terms: list[Term] = []
    faults: list[int] = []
    for number, row in rows:
        text, form, level = (row.get(name) for name in ("text", "form", "level"))
        term = make_term(text, form or "word", level or None) if isinstance(text, str) else None
        if term is None:
            faults.append(number)
        else:
            terms.append(term)
    return Imported(tuple(terms), tuple(faults))


def _of_table(text: str, separator: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield rows; the first names the columns if it has ``text`` or ``term``, else the first column counts."""
    rows = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    columns: list[str] | None = None
    for cells in rows:
        if columns is None:
            names = ["text" if name.strip().lower() == "term" else name.strip().lower() for name in cells]
            columns = names if "text" in names else ["text"]
            if columns is names:
                continue
        if any(cell.strip() for cell in cells):
            yield rows.line_num, {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}


def _of_json(value: Any) -> list[Mapping[str, Any]]:
    """Return entries of a plain array, or of what the API and ``lists show --json`` give."""
    entries = value.get("terms") if isinstance(value, dict) else value
    if not isinstance(entries, list):
        raise ValueError("an array of terms is expected")
    return [entry if isinstance(entry, dict) else {"text": entry} for entry in entries]

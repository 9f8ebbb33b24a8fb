"""Line ends and formulas where they mean something: in headers, in the log, in the cells of a table."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote

import pytest

from tests.attacks import wire
from tests.attacks.target import EXTENSION, Target

BREAKS = [
    "\r\nX-Evil: 1",
    "\nX-Evil: 1",
    "\rX-Evil: 1",
    "\r\n\r\n<html>",
    "\x00",
    "\x0b",
    "\x85X-Evil: 1",
    "\u2028X-Evil: 1",
    "\u560d\u560aX-Evil: 1",
    "%0d%0aX-Evil: 1",
    '"; filename=evil.html',
    "\x1b[2J",
]
PLACES = [
    "/",
    "/settings/lists/{}",
    "/v1/lists/{}",
    "/welcome?lang={}",
    "/welcome?once={}",
    "/settings?lang=en&x={}",
    "/settings/lists/{}?lang=en",
    "/settings/lists/{}?once=x",
    "/v1/attachments/x?wait={}",
    "/v1/lists?after={}",
    "/{}",
    "/web/static/{}",
    "/web/static/logo.svg?{}",
    "/v1/lists/x/export?format={}",
    "/v1/decisions/weeks?since={}",
]
SENT = [
    "Accept-Language",
    "Origin",
    "If-Match",
    "If-None-Match",
    "Range",
    "Referer",
    "User-Agent",
    "X-Request-Id",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
    "Cookie",
    "Authorization",
    "Accept",
    "If-Range",
    "If-Modified-Since",
    "Content-Type",
    "Sec-Purpose",
    "X-CSRF-Token",
]


def is_whole(answer: wire.Answer) -> bool:
    """Tell whether every line of a head is a header of printable ASCII, and none is the attacker's."""
    _, *lines = answer.head.decode("latin-1").split("\r\n")
    return all(re.fullmatch(r"[A-Za-z-]+: [ -~]*", line) and not line.startswith("X-Evil") for line in lines)


def test_no_path_or_query_breaks_out_into_the_head(target: Target) -> None:
    for place in PLACES:
        for one in BREAKS:
            answer = target.ask("GET", place.format(quote(one)), token=target.token, cookie=target.cookie)
            assert is_whole(answer), (place, one, answer.head)
            assert answer.status < 500, (place, one)


def test_no_header_is_repeated_into_the_head(target: Target) -> None:
    for name in SENT:
        for one in (
            "evil\tX-Evil: 1",
            "%0d%0aX-Evil: 1",
            "evil\x85",
            "é\u560d\u560a",
            "a" * 2000,
            "\xff\xfe",
            "bytes=0-1,2-3",
            "*",
        ):
            for path in ("/v1/status", "/welcome", "/v1/lists", "/web/static/logo.svg"):
                method = "OPTIONS" if name.startswith("Access") else "GET"
                answer = target.ask(method, path, (name, one), ("Origin", EXTENSION))
                assert is_whole(answer), (name, one, answer.head)
                assert answer.status < 500, (name, one, path)


def test_what_people_name_things_stays_out_of_heads(target: Target) -> None:
    """Names of lists come back in bodies alone; what a download is called is the product's own word."""
    for one in BREAKS:
        made = target.owner("POST", "/v1/lists", {"name": f"list {one}"[:100], "terms": ["Fieldfare"]})
        assert is_whole(made) and made.status < 500
        if made.status != 201:
            continue
        for path in ("", "/export?format=csv", "/export?format=json", "/terms", "/history"):
            answer = target.owner("GET", f"/v1/lists/{made.json['id']}{path}")
            assert is_whole(answer) and answer.status == 200, (one, path, answer.status)
            named = answer.header("Content-Disposition")
            assert named is None or re.fullmatch(r'attachment; filename="[a-z]+\.[a-z]+"', named)


def test_a_line_of_the_log_is_one_line(target: Target) -> None:
    forged = '\r\n{"event": "error", "kind": "forged"}\r\n'
    target.ask("GET", f"/v1/lists/{quote(forged)}?x={quote(forged)}", token=target.token)
    target.ask("GET", f"/{quote(forged)}", ("User-Agent", "forged"), ("X-Request-Id", "forged"))
    target.ask("FORGED", "/v1/lists", token=target.token)
    target.owner("POST", "/v1/pairings", {"name": forged})
    target.owner("POST", "/v1/lists", {"name": forged, "terms": [forged]})
    logged = target.server.logged()
    assert "forged" not in logged.lower()
    for line in logged.splitlines():
        assert line.startswith(SAID) or line[:1] == "{" and json.loads(line), line


SAID = ("Second Look answers", "1. ", "2. ", "3. ", "A worker reads")
"""What a team's server says at its start, which goes where its log goes."""
CELLS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    "''=1",
    "＝1+1",
    "﹦1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\xa0=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example")',
    "\x00=1+1",
    ";=1+1",
    "|=1",
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦")


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_no_cell_of_an_export_is_a_formula(target: Target, kind: str) -> None:
    """What a spreadsheet skips before a formula, such as blanks and marks without a width, hides none either."""
    made = target.owner("POST", "/v1/lists", {"name": f"cells {kind}"}).json["id"]
    terms = [{"text": cell, "note": cell, "exceptions": [f"{cell} x"]} for cell in CELLS]
    for term in terms:
        answer = target.owner("POST", f"/v1/lists/{made}/terms", {"terms": [term]})
        if answer.status == 422:
            target.owner("POST", f"/v1/lists/{made}/terms", {"terms": [term["text"]]})
    text = target.owner("GET", f"/v1/lists/{made}/export?format={kind}").body.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="\t" if kind == "tsv" else ","))
    # Those that differ in blanks alone are one term, and one with a NUL is none.
    assert rows[0][0] == "text" and len(rows) >= 15
    for cell in (cell for row in rows for cell in row):
        visible = cell.lstrip(" \xa0\u200b\ufeff\u2060\u3000\x00")
        assert not visible.startswith(FORMULA), repr(cell)

"""Words that are SQL, and numbers that no column holds, in every field and parameter that the API describes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tests.attacks.generated import bodies, leaves, queries, with_one
from tests.attacks.target import Target
from tests.attacks.wire import Answer

SQL = [
    "'",
    "\"'`;--",
    "' OR '1'='1' --",
    "x'; DROP TABLE lists; --",
    "x') UNION SELECT hash, id, name FROM tokens --",
    "1; SELECT pg_sleep(30) --",
    "' || (SELECT randomblob(1000000000)) || '",
    "\\'; ATTACH DATABASE '/tmp/escaped.db' AS x; --",
    "%' ESCAPE '%",
    "_%_%_%_%",
    "{{7*7}}${7*7}%(7)s%s:x",
    "\x00'",
]
NUMBERS = [2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 5e-324]
TELLTALE = re.compile(
    rb"sqlite|psycopg|sqlalchemy|syntax error|traceback|near \"|unterminated|SELECT |operationalerror|file \"/",
    re.IGNORECASE,
)
SLOW = 10.0
FRAGILE = {("DELETE", "/v1/tokens/{id}"), ("POST", "/v1/subscriptions")}
"""What would end the sweep itself, or wants to go out."""


def places(target: Target) -> dict[str, str]:
    """Something real for every id of a path."""
    made = target.owner("POST", "/v1/lists", {"name": "swept", "terms": ["Kittiwake", "Sanderling"]}).json["id"]
    document = target.owner("POST", "/v1/documents", {"name": "swept", "text": "words of a page enough " * 20})
    return {"/v1/lists": made, "/v1/documents": document.json.get("id", "x"), "": "x"}


def filled(path: str, ids: dict[str, str]) -> str:
    found = next(id for start, id in ids.items() if path.startswith(start))
    return re.sub(r"\{\w+\}", found, path)


def attempts(target: Target) -> Iterator[tuple[str, str, Any]]:
    ids = places(target)
    for method, path, name in queries(target.document):
        for one in SQL:
            yield method, f"{filled(path, ids)}?{name}={quote(one)}", None
    for method, path, body in bodies(target.document):
        if (method, path) in FRAGILE:
            continue
        for place, value in leaves(body):
            for one in SQL if isinstance(value, str) else NUMBERS:
                yield method, filled(path, ids), with_one(body, place, one)
    for method, path in target.operations:
        if "nothing" in path:
            for one in SQL:
                yield method, path.replace("nothing", quote(one, safe="")), {} if method in ("POST", "PUT") else None


def test_words_that_are_sql_are_words(target: Target) -> None:
    marked = target.owner("POST", "/v1/lists", {"name": "untouched", "terms": ["Turnstone"]}).json["id"]
    tokens = len(target.owner("GET", "/v1/tokens").json["tokens"])
    tried = 0
    for method, path, body in attempts(target):
        began = time.monotonic()
        answer = target.owner(method, path, body)
        tried += 1
        assert answer.status < 500, (method, path, body, answer.body)
        assert not (answer.status >= 400 and TELLTALE.search(answer.body)), (method, path, answer.body)
        assert time.monotonic() - began < SLOW, (method, path, body)
    assert tried > 500
    kept = target.owner("GET", f"/v1/lists/{marked}/terms")
    assert [one["text"] for one in kept.json["terms"]] == ["Turnstone"]
    assert len(target.owner("GET", "/v1/tokens").json["tokens"]) == tokens


def test_a_search_takes_its_wild_cards_for_letters(target: Target) -> None:
    made = target.owner("POST", "/v1/lists", {"name": "wild", "terms": ["Whinchat", "100% sure", "a_b", "a\\b"]}).json[
        "id"
    ]

    def found(search: str) -> Answer:
        return target.owner("GET", f"/v1/lists/{made}/terms?search={quote(search)}")

    for search, hits in (("%", ["100% sure"]), ("_", ["a_b"]), ("\\", ["a\\b"]), ("%%", []), ("hin", ["Whinchat"])):
        assert [one["text"] for one in found(search).json["terms"]] == hits, search

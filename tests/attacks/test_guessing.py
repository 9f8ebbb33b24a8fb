"""Guessing secrets: a comparison takes the same way whatever was guessed, and nobody guesses for long."""

from __future__ import annotations

import ast
import secrets
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from backend.store import Store, links, open_store, tokens
from backend.store.secrets import hash_of, new_secret
from tests.attacks.target import Target

BACKEND = Path(__file__).parents[2] / "backend"
SECRET = {"csrf", "secret", "digest", "promised", "commitment", "signature", "mac", "proof", "code_hash"}
"""Names of what must never be compared by ``==``, which stops at the first difference."""


def test_no_secret_is_compared_by_a_comparison_that_stops_early() -> None:
    found = []
    for path in sorted(BACKEND.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = [node.left, *node.comparators]
                if not any(map(is_harmless, sides)) and any(map(is_secret, sides)):
                    found.append(f"{path.relative_to(BACKEND)}:{node.lineno} {ast.unparse(node)}")
    assert [one for one in found if not one.startswith(NO_SECRETS)] == []


NO_SECRETS = (
    "sealed/",
    "rules/",
    "documents/",
    "subscriptions/",
    "text/",
    "store/documents",
    "store/making",
    "readers/",
    "registration/",
    "commands/restore",
)
"""Where such a word names a check sum of what lies open on this machine, which nobody guesses at."""


def is_secret(node: ast.expr) -> bool:
    """Tell whether an operand is a variable or a field that is called like a secret."""
    return getattr(node, "attr", getattr(node, "id", "")) in SECRET


def is_harmless(node: ast.expr) -> bool:
    """Tell whether an operand is a constant, or a column of a query: that is looked up in an index, by its hash."""
    is_column = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "c"
    return isinstance(node, ast.Constant) or is_column


@pytest.fixture
def store(tmp_path: Path) -> Any:
    store = open_store(f"sqlite:///{tmp_path / 'guessed.sqlite3'}")
    yield store
    store.close()


def lines_of(call: Callable[[], object]) -> list[tuple[str, int]]:
    """Return every line of our own code that a call goes through."""
    gone: list[tuple[str, int]] = []

    def trace(frame: Any, event: str, _argument: object) -> Any:
        if str(BACKEND) not in frame.f_code.co_filename:
            return None
        if event == "line":
            gone.append((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(None)
    return gone


def test_a_guess_that_begins_right_takes_the_same_way_as_one_that_does_not(store: Store) -> None:
    word, _ = tokens.mint(store, "guessed")
    link = links.mint(store)
    for true, look in ((word, lambda one: tokens.find(store, one)), (link, lambda one: links.redeem(store, one))):
        near = true[:-1] + ("A" if true[-1] != "A" else "B")
        ways = [lines_of(partial(look, one)) for one in (near, new_secret(), "", "x" * 5000)]
        assert ways[0] and all(way == ways[0] for way in ways)


def test_a_token_is_looked_up_by_its_hash_alone() -> None:
    """Nothing of the word itself is compared: what time tells is of a hash that nobody chose."""
    near, far = "a" * 42 + "b", "c" * 43
    assert hash_of("a" * 43)[:8] not in (hash_of(near)[:8], hash_of(far)[:8])
    assert len(hash_of("")) == 64 and len({len(new_secret()) for _ in range(100)}) == 1
    assert len({new_secret()[:6] for _ in range(1000)}) == 1000


def test_the_time_of_an_answer_does_not_tell_a_near_guess_from_a_far_one(store: Store) -> None:
    """Coarse: the medians of a thousand tries of each, taken in turn, differ by less than half."""
    word, _ = tokens.mint(store, "timed")
    near, far = word[:-1] + "_", secrets.token_urlsafe(32)
    taken: dict[str, list[float]] = {near: [], far: []}
    for number in range(1000):
        for guess in (near, far) if number % 2 else (far, near):
            began = time.perf_counter()
            tokens.find(store, guess)
            taken[guess].append(time.perf_counter() - began)
    one, other = statistics.median(taken[near]), statistics.median(taken[far])
    assert abs(one - other) < 0.5 * max(one, other)


def test_who_guesses_is_slowed_down_and_the_owner_is_not(personal: Target) -> None:
    statuses = [personal.ask("GET", "/v1/lists", token=f"guess-{number}").status for number in range(45)]
    assert set(statuses) == {401, 429} and statuses[-1] == 429
    assert personal.owner("GET", "/v1/lists").status == 200


def test_a_wrong_token_and_one_that_was_revoked_have_one_answer(target: Target) -> None:
    revoked = target.server.run("token", "--name", "revoked").strip().splitlines()[-1]
    known = {one["name"]: one["id"] for one in target.owner("GET", "/v1/tokens").json["tokens"]}
    assert target.owner("DELETE", f"/v1/tokens/{known['revoked']}").status == 204
    answers = [target.ask("GET", "/v1/lists", token=one) for one in (revoked, secrets.token_urlsafe(32))]
    assert len({(one.status, one.body) for one in answers}) == 1

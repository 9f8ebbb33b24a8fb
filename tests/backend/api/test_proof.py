"""The server proves itself to who knows a token, and tells nobody else which tokens there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from backend.config import Config
from backend.http import addresses
from backend.store import proofs, tokens
from backend.store.secrets import hash_of, new_secret
from tests.backend.api.conftest import EXTENSION

HERE = "http://127.0.0.1:8765"
FROM_EXTENSION = {"Origin": EXTENSION}
VECTORS = json.loads((Path(__file__).parents[2] / "contract" / "vectors" / "proofs.json").read_text(encoding="utf-8"))


def ask(caller, token: str, word: str, address: str = HERE, **headers: str):
    asked = {"token": hash_of(token)[: proofs.SELECTOR], "word": word, "address": address}
    return caller.post("/v1/proofs", json=asked, headers={**FROM_EXTENSION, **headers})


def is_proven(answer, token: str, word: str, address: str = HERE) -> bool:
    """Look at an answer as the extension does."""
    return answer.json["proof"] == proofs.prove(hash_of(token), word, answer.json["word"], address)


def test_it_proves_that_it_knows_a_token(stranger, token):
    word = new_secret()
    answer = ask(stranger, token, word)
    assert is_proven(answer, token, word)
    assert not is_proven(answer, "another token", word)
    assert not is_proven(answer, token, new_secret()), "it was made for one word"
    assert not is_proven(answer, token, word, "http://localhost:8765"), "and for one address"


def test_no_two_proofs_are_alike(stranger, token):
    word = new_secret()
    first, second = ask(stranger, token, word).json, ask(stranger, token, word).json
    assert first["word"] != second["word"] and first["proof"] != second["proof"]


def test_neither_the_token_nor_its_hash_is_told(stranger, token):
    told = ask(stranger, token, new_secret()).get_data(as_text=True)
    assert token not in told and hash_of(token)[:12] not in told


def test_a_token_that_nobody_has_is_answered_in_the_same_form(stranger):
    word = new_secret()
    answer = ask(stranger, "nobody's", word)
    assert answer.status_code == 200
    assert [len(answer.json[name]) for name in ("word", "proof")] == [43, 43]
    assert not is_proven(answer, "nobody's", word)


def test_a_revoked_token_still_tells_the_server(stranger, store, token):
    """Else the person would be told that something else answers, where the device was shut out."""
    [entry] = tokens.read_all(store)
    tokens.revoke(store, entry.id)
    word = new_secret()
    assert is_proven(ask(stranger, token, word), token, word)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8766", "https://127.0.0.1:8765", "https://team.example.org"])
def test_it_proves_nothing_under_another_servers_address(stranger, token, address):
    answer = ask(stranger, token, new_secret(), address)
    assert (answer.status_code, answer.json["type"]) == (403, "urn:secondlook:problem:wrong_address")


@pytest.mark.parametrize("origin", ["https://evil.example", HERE, "null"])
def test_only_the_extension_may_ask(stranger, token, origin):
    assert ask(stranger, token, new_secret(), Origin=origin).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("token", "0123"), ("token", "Z" * 16), ("word", ""), ("word", "a" * 44), ("word", "a\n" * 22), ("address", "x")],
)
def test_it_refuses_what_has_another_form(stranger, field, value):
    asked = {"token": "0" * 16, "word": new_secret(), "address": HERE, field: value}
    assert stranger.post("/v1/proofs", json=asked, headers=FROM_EXTENSION).status_code == 422


def test_it_lets_nobody_ask_too_often_about_one_token(stranger, token):
    answers = [ask(stranger, token, new_secret()).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert ask(stranger, "another", new_secret()).status_code == 200


def test_a_public_address_and_the_hosts_of_a_proxy_are_its_own():
    config = Config(public="https://look.example.org/team", hosts=("inner.example.org",))
    assert addresses.is_own(config, "https://look.example.org")
    assert addresses.is_own(config, "https://inner.example.org:8443")
    for other in (
        "http://inner.example.org",
        "https://example.org",
        "https://look.example.org.evil.example",
        "https://[",
    ):
        assert not addresses.is_own(config, other), other


@pytest.mark.parametrize("vector", VECTORS["proofs"])
def test_both_halves_prove_alike(vector):
    assert hash_of(vector["token"])[: proofs.SELECTOR] == vector["selector"]
    made = proofs.prove(hash_of(vector["token"]), vector["theirs"], vector["ours"], vector["address"])
    assert made == vector["proof"]


@pytest.mark.parametrize("vector", VECTORS["codes"])
def test_both_halves_make_the_same_code(vector):
    assert proofs.keeps(vector["commitment"], vector["theirs"])
    assert proofs.code_of(vector["theirs"], vector["ours"], vector["address"]) == vector["code"]

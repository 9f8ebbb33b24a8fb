"""Tokens and links: kept as hashes, used up, put out of force."""

from __future__ import annotations

import pytest

from backend.store import NotFound, links, tokens
from tests.at_once import all_at_once


def all_bytes(config) -> bytes:
    return b"".join(path.read_bytes() for path in config.data.iterdir())


def test_a_token_is_found_by_its_word_and_kept_only_as_a_hash(store, config):
    word, token = tokens.mint(store, "Chromium", "chrome-extension://x")
    assert tokens.find(store, word) == token
    assert tokens.find(store, word + "x") is None
    assert tokens.find(store, "\ud800") is None
    assert len(word) >= 43
    assert word.encode() not in all_bytes(config)


def test_a_revoked_token_is_found_no_more(store):
    word, token = tokens.mint(store, "x")
    tokens.revoke(store, token.id)
    assert tokens.find(store, word) is None
    assert tokens.read_all(store) == []
    with pytest.raises(NotFound):
        tokens.revoke(store, token.id)


def test_a_link_works_once(store, config):
    word = links.mint(store)
    assert word.encode() not in all_bytes(config)
    assert links.redeem(store, word)
    assert not links.redeem(store, word)


def test_a_link_works_for_fifteen_minutes(store, clock):
    early, late = links.mint(store), links.mint(store)
    clock.now += 15 * 60 - 1
    assert links.redeem(store, early)
    clock.now += 1
    assert not links.redeem(store, late)


def test_a_link_is_for_one_purpose(store):
    word = links.mint(store, "settings")
    assert not links.redeem(store, word)
    assert links.redeem(store, word, "settings")


def test_of_many_who_redeem_a_link_at_once_one_gets_in(store):
    word = links.mint(store)
    got_in = all_at_once(*[lambda: links.redeem(store, word)] * 6)
    assert sorted(got_in) == [False] * 5 + [True]


def test_old_links_are_swept(store, clock):
    links.mint(store)
    clock.now += 15 * 60
    links.mint(store)
    from sqlalchemy import func, select

    from backend.store.tables import links as table

    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar() == 1

"""People on a real PostgreSQL: what two do at once, and what several servers see."""

from __future__ import annotations

import pytest

from backend.store import invitations, links, open_store, people, sessions, sign_ins, tokens
from tests.at_once import at_once

ORIGIN = "chrome-extension://a"


@pytest.fixture
def store(database):
    store = open_store(database)
    yield store
    store.close()


def test_of_several_who_use_one_code_at_once_one_gets_in(store):
    code, _ = invitations.make(store, "Chi", "member", "An")
    came = at_once(*[lambda: invitations.join(store, code, "laptop", ORIGIN)] * 4)
    assert len([one for one in came if isinstance(one, tuple)]) == 1
    assert len([one for one in came if isinstance(one, invitations.WrongCode)]) == 3
    assert len(people.read_all(store)) == len(tokens.read_all(store)) == 1


def test_two_administrators_cannot_remove_each_other(store):
    an, bao = people.add(store, "An", "administrator"), people.add(store, "Bao", "administrator")
    came = at_once(lambda: people.remove(store, an.id), lambda: people.change(store, bao.id, role="member"))
    assert len([one for one in came if isinstance(one, people.LastAdministrator)]) == 1
    left = [one for one in people.read_all(store) if one.role == "administrator" and not one.disabled]
    assert len(left) == 1


def test_a_one_time_link_a_code_of_the_app_and_a_recovery_code_work_once(store):
    an = people.add(store, "An", "administrator")
    word = links.mint(store, person_id=an.id)
    assert len([one for one in at_once(*[lambda: links.use(store, word)] * 4) if one]) == 1
    sign_ins.set_totp(store, an.id, b"sealed", 5)
    assert at_once(*[lambda: sign_ins.use_step(store, an.id, 6)] * 4).count(True) == 1
    assert at_once(*[lambda: sign_ins.swap_totp(store, an.id, b"sealed", b"other")] * 4).count(True) == 1


def test_another_server_sees_a_session_end_and_a_person_go(store, database):
    other = open_store(database)
    an = people.add(store, "An", "member")
    cookie = sessions.start(store, an.id, "administrator")
    assert sessions.find(other, cookie).role == "member"
    word = tokens.mint(store, "laptop", ORIGIN, person_id=an.id, role="member")[0]
    people.change(other, an.id, disabled=True)
    assert sessions.find(store, cookie) is None and tokens.find(store, word) is None
    people.change(other, an.id, disabled=False)
    assert tokens.find(store, word).person == "An"
    people.add(store, "Bao", "administrator")
    people.remove(other, an.id)
    assert tokens.find(store, word) is None
    other.close()


def test_two_cannot_sign_in_by_one_name_or_one_account(store):
    from backend.store.stale import NameTaken

    an, bao = people.add(store, "An", "member"), people.add(store, "Bao", "member")
    came = at_once(
        lambda: sign_ins.set_subject(store, an.id, "https://sso x"),
        lambda: sign_ins.set_subject(store, bao.id, "https://sso x"),
    )
    assert len([one for one in came if isinstance(one, NameTaken)]) == 1

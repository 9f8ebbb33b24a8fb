"""Lists and terms in the store."""

from __future__ import annotations

import pytest

from backend.model import Level, Policy, Term
from backend.store import NotFound, lists, lists_in_force, policies, policy_in_force, terms, versions
from backend.store.lists import NameTaken
from backend.store.stale import Stale


def test_a_list_keeps_its_terms_in_the_order_in_which_they_came(store):
    entry = lists.create(store, "Projects", Level.WARN)
    wanted = (Term("zephyr"), Term("Aurora", "exact", Level.STOP), Term("风筝", "anywhere"))
    terms.change(store, entry.id, add=wanted)
    found = lists.term_list(store, lists.read(store, entry.id))
    assert (found.name, found.level, found.enabled, found.terms) == ("Projects", Level.WARN, True, wanted)


def test_a_list_is_found_by_its_name_and_by_its_id(store):
    entry = lists.create(store, "Projects")
    assert lists.find(store, "Projects") == lists.find(store, entry.id) == entry
    with pytest.raises(NotFound):
        lists.find(store, "projects")


def test_every_change_raises_the_version_of_the_list_and_tells_other_processes(store):
    entry = lists.create(store, "Projects")
    for number, change in enumerate(
        (
            lambda: terms.change(store, entry.id, add=[Term("a")]),
            lambda: terms.replace(store, entry.id, [Term("b")]),
            lambda: lists.change(store, entry.id, {"enabled": False}),
        ),
        start=2,
    ):
        before = versions.read(store)["lists"]
        change()
        assert lists.read(store, entry.id).version == number
        assert versions.read(store)["lists"] == before + 1


def test_a_change_on_top_of_an_old_version_is_refused_and_changes_nothing(store):
    entry = lists.create(store, "Projects")
    terms.change(store, entry.id, add=[Term("a")], seen=entry.version)
    for change in (
        lambda: terms.change(store, entry.id, add=[Term("b")], seen=entry.version),
        lambda: terms.replace(store, entry.id, [], seen=entry.version),
        lambda: lists.change(store, entry.id, {"name": "x"}, seen=entry.version),
        lambda: lists.remove(store, entry.id, seen=entry.version),
    ):
        with pytest.raises(Stale):
            change()
    assert [term.text for term in lists.term_list(store, lists.read(store, entry.id)).terms] == ["a"]


def test_a_name_belongs_to_one_list(store):
    lists.create(store, "a")
    second = lists.create(store, "b")
    with pytest.raises(NameTaken):
        lists.create(store, "a")
    with pytest.raises(NameTaken):
        lists.change(store, second.id, {"name": "a"})


def test_a_deleted_list_takes_its_terms_with_it(store):
    entry = lists.create(store, "a")
    terms.change(store, entry.id, add=[Term("x")])
    lists.remove(store, entry.id)
    again = lists.create(store, "a")
    assert again.terms == 0
    from sqlalchemy import func, select

    from backend.store.tables import terms as table

    with store.read() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_it_removes_more_terms_than_one_statement_takes(store):
    entry = lists.create(store, "a")
    wanted = [f"t{n}" for n in range(1234)]
    terms.change(store, entry.id, add=map(Term, wanted))
    assert terms.change(store, entry.id, remove=wanted).removed == 1234


def test_callers_outside_the_server_read_what_is_in_force(store, config):
    entry = lists.create(store, "a")
    terms.change(store, entry.id, add=[Term("x")])
    policies.write(store, Policy(stop_at=101))
    assert [found.terms for found in lists_in_force(config)] == [(Term("x"),)]
    assert policy_in_force(config) == Policy(stop_at=101)

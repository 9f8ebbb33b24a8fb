"""Every change of a list is noted, and can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.model import Details, Level, Term
from backend.store import history, lists, terms
from backend.store.search import Filter
from backend.store.stale import NothingToUndo


def held(store, id):
    return list(lists.term_list(store, lists.read(store, id)).terms)


def test_it_notes_who_changed_what_and_when(store):
    entry = lists.create(store, "P", who="phone")
    terms.change(store, entry.id, add=[Term("a"), Term("b")], who="laptop")
    terms.change(store, entry.id, remove=["a"], who="laptop")
    found = [(one.version, one.who, one.action, one.added, one.removed) for one in history.read(store, entry.id)]
    assert found == [(3, "laptop", "terms", 0, 1), (2, "laptop", "terms", 2, 0), (1, "phone", "created", 0, 0)]
    assert history.read(store, entry.id)[0].at == "2027-01-15T08:00:00Z"


def test_changes_are_undone_one_after_the_other(store):
    entry = lists.create(store, "P")
    terms.change(store, entry.id, add=[Term("a"), Term("b"), Term("c")])
    terms.change(store, entry.id, add=[Term("b", "exact", Level.WARN, Details(note="x"))], remove=["a"])
    lists.change(store, entry.id, {"name": "Q", "level": Level.NOTE})
    terms.replace(store, entry.id, [Term("z")])
    lists.undo(store, entry.id)
    assert held(store, entry.id) == [Term("b", "exact", Level.WARN, Details(note="x")), Term("c")]
    lists.undo(store, entry.id)
    assert (lists.read(store, entry.id).name, lists.read(store, entry.id).level) == ("P", Level.STOP)
    lists.undo(store, entry.id)
    assert held(store, entry.id) == [Term("a"), Term("b"), Term("c")]
    lists.undo(store, entry.id)
    assert held(store, entry.id) == []
    with pytest.raises(NothingToUndo):
        lists.undo(store, entry.id)


def test_terms_come_back_though_another_list_took_their_number(store):
    one, two = lists.create(store, "one"), lists.create(store, "two")
    terms.change(store, one.id, add=[Term("a")])
    terms.change(store, one.id, remove=["a"])
    terms.change(store, two.id, add=[Term("b")])
    lists.undo(store, one.id)
    assert (held(store, one.id), held(store, two.id)) == ([Term("a")], [Term("b")])


words = st.sampled_from(["a", "b", "c", "d"])
steps = st.one_of(
    st.tuples(st.just("add"), st.lists(words, max_size=3)),
    st.tuples(st.just("warn"), st.lists(words, max_size=2)),
    st.tuples(st.just("remove"), st.lists(words, max_size=3)),
    st.tuples(st.just("replace"), st.lists(words, max_size=3)),
    st.tuples(st.just("edit"), st.lists(words, min_size=1, max_size=2)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(done=st.lists(steps, max_size=5))
def test_whatever_was_done_undoing_all_of_it_leads_back(store, done):
    entry = lists.create(store, f"list {len(lists.read_all(store))}")
    states = []
    for kind, texts in done:
        before = lists.read(store, entry.id).version, set(held(store, entry.id))
        if kind == "remove":
            terms.change(store, entry.id, remove=texts)
        elif kind == "replace":
            terms.replace(store, entry.id, map(Term, texts))
        elif kind == "edit":
            terms.edit(store, entry.id, Filter(texts=tuple(texts)), {"note": "n"})
        else:
            level = Level.WARN if kind == "warn" else None
            terms.change(store, entry.id, add=[Term(text, level=level) for text in texts])
        if lists.read(store, entry.id).version > before[0]:
            states.append(before[1])
        else:
            assert set(held(store, entry.id)) == before[1]
    for state in reversed(states):
        lists.undo(store, entry.id)
        assert set(held(store, entry.id)) == state


def test_a_change_that_changes_nothing_is_no_version(store):
    entry = lists.create(store, "P")
    terms.change(store, entry.id, add=[Term("a")])
    before = lists.read(store, entry.id)
    done = [
        terms.edit(store, entry.id, Filter(texts=("b",)), {"note": "n"}),
        terms.edit(store, entry.id, Filter(texts=("a",)), {"note": None}),
        terms.edit(store, entry.id, Filter(texts=("b",)), None),
        terms.change(store, entry.id, add=[Term("a")], remove=["b"]),
    ]
    assert [(one.added, one.changed, one.removed) for one in done] == [(0, 0, 0)] * 4
    assert lists.read(store, entry.id) == before
    lists.undo(store, entry.id)
    assert held(store, entry.id) == []


def test_old_versions_lose_their_words(store):
    entry = lists.create(store, "P")
    for number in range(history.KEPT + 5):
        terms.replace(store, entry.id, [Term(f"t{number}")])
    found = history.read(store, entry.id)
    assert sum(one.can_undo for one in found) == history.KEPT
    for _ in range(history.KEPT):
        lists.undo(store, entry.id)
    with pytest.raises(NothingToUndo):
        lists.undo(store, entry.id)


def test_a_history_that_is_forgotten_keeps_no_words(config, store):
    entry = lists.create(store, "P")
    terms.change(store, entry.id, add=[Term("Zanarivogel")])
    terms.change(store, entry.id, remove=["Zanarivogel"])
    history.forget(store, entry.id)
    store.close()
    assert not [path for path in config.data.iterdir() if b"Zanarivogel" in path.read_bytes()]

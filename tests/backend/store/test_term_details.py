"""What terms say of themselves, in the store: kept, searched, changed, and judged by the day."""

from __future__ import annotations

import pytest

from backend.model import Details, Level, Term
from backend.store import editing, lists, lists_in_force, making, observations, open_store, terms
from backend.store.database import prepare_folder
from backend.store.search import Filter

FULL = Details(("en", "zh"), ("post",), ("x.com",), "2026-11-24", "2027-01-31", 70, "launch", "Ask Kim.", ("a b", "c"))


@pytest.fixture
def entry(store):
    entry = lists.create(store, "P")
    terms.change(
        store,
        entry.id,
        add=[Term("Full", details=FULL), Term("Über Plan", "exact", Level.WARN), Term("风筝"), Term("50%_a")],
    )
    return entry


def found(store, entry, **wanted):
    return [term.text for term in terms.matching(store, entry.id, Filter(**wanted))]


def test_details_are_kept(store, entry):
    assert lists.term_list(store, entry).terms[0] == Term("Full", details=FULL)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ({"search": "über"}, ["Über Plan"]),
        ({"search": "KIM"}, ["Full"]),
        ({"search": "%_"}, ["50%_a"]),
        ({"form": "exact"}, ["Über Plan"]),
        ({"level": "warn"}, ["Über Plan"]),
        ({"level": "list"}, ["风筝", "50%_a"]),
        ({"category": "launch"}, ["Full"]),
        ({"language": "vi"}, ["Über Plan", "风筝", "50%_a"]),
        ({"site": "x.com", "category": "launch"}, ["Full"]),
        ({"valid_on": "2027-02-01"}, ["Über Plan", "风筝", "50%_a"]),
        ({"ended_before": "2027-02-01"}, ["Full"]),
    ],
)
def test_a_filter_finds_what_it_says(store, entry, wanted, texts):
    assert found(store, entry, **wanted) == texts
    page = terms.read_page(store, entry.id, 0, 1, Filter(**wanted))
    assert (page.found, page.terms[0].text) == (len(texts), texts[0])


def test_many_terms_are_changed_by_a_filter(store, entry):
    wanted = Filter(level="list")
    columns = editing.columns_of(store, entry.id, wanted, {"score": 40, "category": "quiet"})
    assert terms.edit(store, entry.id, wanted, columns).changed == 2
    assert terms.matching(store, entry.id, Filter(category="quiet"))[0] == Term(
        "风筝", details=Details(score=40, category="quiet")
    )
    columns = editing.columns_of(store, entry.id, Filter(), {"level": "note"})
    terms.edit(store, entry.id, Filter(), columns)
    assert {(term.level, term.details.score) for term in terms.matching(store, entry.id, Filter())} == {
        (Level.NOTE, None)
    }


def test_a_change_that_some_term_does_not_allow_is_refused(store, entry):
    with pytest.raises(editing.BadEdit) as refused:
        editing.columns_of(store, entry.id, Filter(), {"form": "near"})
    assert (refused.value.field, refused.value.reason) == ("form", "too_short")


def test_an_embargo_begins_and_ends_by_itself(config, store, clock):
    entry = lists.create(store, "E", defaults=Details(valid_until="2027-01-16"))
    terms.change(store, entry.id, add=[Term("Heron"), Term("Later", details=Details(valid_from="2027-01-16"))])
    days = {
        "2027-01-15": ["Heron"],
        "2027-01-16": ["Heron", "Later"],
        "2027-01-17": [],
    }
    for day, texts in days.items():
        (one,) = lists_in_force(config, day)
        assert [term.text for term in one.terms] == texts
    assert store.day() == "2027-01-15" and lists.is_dated(store)


def test_old_lists_are_kept_by_the_migration(tmp_path):
    from sqlalchemy import create_engine, event, text

    from backend.store import migrate

    folder = tmp_path / "data"
    prepare_folder(folder)
    url = f"sqlite:///{folder / 'secondlook.sqlite3'}"
    before = create_engine(url)
    event.listen(before, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    migrate.upgrade(before, "0002")
    with before.begin() as connection:
        connection.execute(text("INSERT INTO lists VALUES ('1', 'Old', 'warn', 1, 7)"))
        connection.execute(text("INSERT INTO terms VALUES (1, '1', 'Zephyr', 'word', NULL)"))
    before.dispose()
    store = open_store(url)
    with store.read() as connection:
        assert migrate.revision(connection) == migrate.HEAD
    entry = lists.find(store, "Old")
    assert (entry.level, entry.version, entry.observe, entry.position) == (Level.WARN, 7, False, 0)
    assert lists.term_list(store, entry).terms == (Term("Zephyr"),)
    terms.change(store, entry.id, remove=["Zephyr"])
    lists.undo(store, entry.id)
    assert lists.term_list(store, entry).terms == (Term("Zephyr"),)
    store.close()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"languages": ["english"]}, "languages"),
        ({"channels": ["fax"]}, "channels"),
        ({"sites": ["not a host"]}, "sites"),
        ({"valid_from": "24.11.2026"}, "date"),
        ({"valid_from": "2026-11-31"}, "date"),
        ({"valid_from": "2026-11-24", "valid_until": "2026-11-23"}, "dates"),
        ({"score": 101}, "score"),
        ({"score": True}, "score"),
        ({"score": 5, "level": "warn"}, "level_and_score"),
        ({"exceptions": ["..."]}, "exceptions"),
        ({"category": "x" * 61}, "category"),
        ({"languages": ["aa", "bb"] + [f"{a}{b}" for a in "abcde" for b in "abcde"]}, "many"),
    ],
)
def test_details_that_make_no_sense_are_refused_with_the_reason(fields, reason):
    with pytest.raises(making.BadTerm) as refused:
        making.term_of({"text": "Zephyr", **fields})
    assert refused.value.reason == reason


def test_details_are_brought_into_one_form():
    fields = {"languages": "EN, zh-CN", "sites": "https://X.com/home *.weibo.com", "exceptions": "a b | c"}
    found = making.term_of({"text": "Zephyr", **fields, "valid_from": "46350"}).details
    assert (found.languages, found.sites, found.exceptions) == (("en", "zh"), ("x.com", "weibo.com"), ("a b", "c"))
    assert found.valid_from == "2026-11-24"


def test_what_is_observed_is_counted_by_week(store, clock):
    entry = lists.create(store, "P", observe=True)
    for level in (Level.STOP, Level.STOP, Level.WARN, Level.NOTE):
        observations.add(store, entry.id, level)
    clock.now += 7 * 86400
    observations.add(store, entry.id, Level.STOP)
    assert [(week.week, week.asked, week.note) for week in observations.read(store, entry.id)] == [
        ("2027-01-18", 1, 0),
        ("2027-01-11", 3, 1),
    ]
    lists.remove(store, entry.id)
    observations.add(store, entry.id, Level.STOP)

"""The life of a subscription, with a real publisher."""

from __future__ import annotations

import json

import pytest

from backend.model import Draft, Level, Term
from backend.pipeline import Engine
from backend.sealed import dumps, seal, shelf
from backend.store import NotFound, lists, open_store, prepare_folder, subscriptions
from backend.store.stale import NameTaken, Stale
from backend.subscriptions import following, packs, signing
from backend.subscriptions.parcel import BadParcel, opened
from backend.subscriptions.parcel import seal as sealed_parcel
from tests.backend.subscriptions.conftest import PACK


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    prepare_folder(folder)
    return folder


@pytest.fixture
def store(data):
    store = open_store(f"sqlite:///{data / 'secondlook.sqlite3'}")
    yield store
    store.close()


@pytest.fixture
def follow(store, data, publisher):
    """Ask the publisher again, and return the subscription as it is now."""
    one = following.subscribe(store, f"{publisher.url}#{publisher.key}")
    return lambda: following.ask(store, data, subscriptions.read(store, one.id), private=True)


def texts(store, id: str) -> set[str]:
    return {term.text for term in lists.term_list(store, lists.read(store, id)).terms}


def test_a_version_waits_until_it_was_looked_at(store, data, publisher, follow):
    publisher.publish(1, ["Project Sunbird", "Blue Heron"])
    one = follow()
    assert (one.version, lists.read_all(store)) == (0, [])
    parcel, changes = following.waiting(one)
    assert (parcel.version, changes.added, changes.samples[0]) == (1, 2, ("+", "Project Sunbird"))
    one = following.take(store, data, one, 1)
    assert texts(store, one.target) == {"Project Sunbird", "Blue Heron"}
    assert following.waiting(one) is None
    with pytest.raises(Stale):
        following.take(store, data, one, 1)


def test_the_next_version_shows_what_it_changes(store, data, publisher, follow):
    publisher.publish(1, ["Project Sunbird", "Blue Heron"])
    one = following.take(store, data, follow(), 1)
    assert following.waiting(follow()) is None
    publisher.publish(2, ["Blue Heron", "Grey Wren"])
    parcel, changes = following.waiting(follow())
    assert (changes.added, changes.changed, changes.removed) == (1, 0, 1)
    assert set(changes.samples) == {("+", "Grey Wren"), ("-", "Project Sunbird")}
    publisher.publish(3, ["Blue Heron"])
    newest = follow()
    with pytest.raises(Stale):
        following.take(store, data, newest, 2)
    assert texts(store, following.take(store, data, newest, 3).target) == {"Blue Heron"}
    assert one.target == subscriptions.read(store, one.id).target


def bad(publisher) -> None:
    publisher.files["/list.json"] = b"<html>gone</html>"


def others(publisher) -> None:
    publisher.publish(2, secret=signing.new_key()[0])


def altered(publisher) -> None:
    publisher.publish(2, ["Blue Heron"])
    publisher.files["/list.json"] = publisher.files["/list.json"].replace(b"Heron", b"Raven")


def older(publisher) -> None:
    publisher.publish(1, ["Blue Heron"])


def of_another_kind(publisher) -> None:
    publisher.put("pack", 3, PACK)


def unusable(publisher) -> None:
    publisher.publish(3, ["..."])


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (bad, "not_signed"),
        (others, "wrong_signature"),
        (altered, "wrong_signature"),
        (older, "older"),
        (of_another_kind, "other_kind"),
        (unusable, "bad_content"),
    ],
)
def test_the_last_good_version_stays(store, data, publisher, follow, wrong, problem):
    publisher.publish(2, ["Project Sunbird"])
    one = following.take(store, data, follow(), 2)
    wrong(publisher)
    asked = follow()
    assert (asked.problem, asked.version, asked.waiting) == (problem, 2, None)
    assert texts(store, one.target) == {"Project Sunbird"}
    publisher.publish(4, ["Grey Wren"])
    assert follow().problem == "" and following.waiting(follow())[0].version == 4


def test_what_others_signed_for_something_else_means_nothing(publisher):
    payload = json.loads(publisher_file(publisher))["payload"]
    assert signing.is_signed(publisher.key, payload, json.loads(publisher_file(publisher))["signature"])
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    plain = Ed25519PrivateKey.from_private_bytes(signing.raw(publisher.secret)).sign(payload.encode())
    assert not signing.is_signed(publisher.key, payload, signing._text(plain))


def publisher_file(publisher) -> bytes:
    if "/list.json" not in publisher.files:
        publisher.publish(1)
    return publisher.files["/list.json"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"payload": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_file_of_ours_is_not_signed(data):
    with pytest.raises(BadParcel) as caught:
        opened(data, signing.new_key()[1])
    assert caught.value.reason == "not_signed"


@pytest.mark.parametrize(
    ("kind", "version", "content"),
    [
        ("list", 0, {"level": "stop", "terms": []}),
        ("list", True, {"level": "stop", "terms": []}),
        ("list", 1, {"level": "loud", "terms": []}),
        ("list", 1, {"level": "clear", "terms": []}),
        ("list", 1, {"level": "stop"}),
        ("list", 1, []),
        ("riddle", 1, {}),
        ("sealed", 1, {"format": "no"}),
        ("pack", 1, "not = toml = at all"),
        ("pack", 1, '[pack]\nid = "../../evil"'),
        ("pack", 1, {"pack": {}}),
        ("pack", 1, ".".join("a" * 100_000) + " = 1"),
        ("sealed", 1, {"format": "second-look-sealed-1", "room": float("inf")}),
    ],
)
def test_what_is_signed_and_no_use_is_not_taken(kind, version, content):
    secret, key = signing.new_key()
    with pytest.raises(BadParcel) as caught:
        opened(sealed_parcel(secret, kind, "x", version, content), key)
    assert caught.value.reason == "bad_content"


def test_a_sealed_list_is_followed(store, data, publisher, follow):
    made, _ = seal("Family", Level.STOP, (Term("Project Aurora"),))
    publisher.put("sealed", 1, json.loads(dumps(made)))
    one = following.take(store, data, follow(), 1)
    (kept,) = shelf.read_all(data)
    assert (kept.id, kept.name) == (one.id, "Family")
    assert following.waiting(follow()) is None
    following.end(store, data, one)
    assert shelf.read_all(data) == []


def test_a_pack_is_followed_and_speaks(store, data, publisher, follow):
    publisher.put("pack", 1, PACK)
    one = follow()
    assert following.waiting(one)[1].samples == (("+", "birds.hide"),)
    following.take(store, data, one, 1)
    engine = Engine.build().with_packs(packs.folders(data))
    found = engine.check(Draft(text="HIDE ONLY: nest at the mill")).findings
    assert [one.rule for one in found] == ["birds.hide"]
    assert engine.catalogue.finding(found[0], "en")["title"] == "For the hide only"
    assert engine.with_packs(()).check(Draft(text="HIDE ONLY: nest at the mill")).findings == ()
    following.end(store, data, subscriptions.read(store, one.id))
    assert packs.folders(data) == ()


@pytest.mark.parametrize(
    "change",
    [
        ("HIDE ONLY: nest at the mill", "nothing of the kind"),
        ('id = "birds.hide"', 'id = "cn.state-secret"'),
        ('match = "HIDE ONLY"', 'match = "(HIDE|HID.)*(a+)+ONLY"'),
        ("score = 70", "score = 700"),
        ('match = "HIDE ONLY"', 'match = "HIDE ONLY|(?:(?:x{9999}){9999}){9999}"'),
        ('id = "birds"', 'id = "markings-zh"'),
        ('patterns = [{ match = "HIDE ONLY" }]', "patterns = 7"),
    ],
)
def test_a_pack_that_does_not_do_what_it_says_is_not_taken(data, store, publisher, follow, change):
    assert change[0] in PACK
    publisher.put("pack", 1, PACK.replace(*change))
    assert follow().problem == "bad_content"
    assert packs.folders(data) == () and not list((data / "packs").rglob("*.toml"))


def test_a_pack_takes_the_place_of_none_that_came_from_elsewhere(data, store, publisher, follow):
    (data / "packs").mkdir()
    other = data / "packs" / "birds.toml"
    other.write_text(PACK.replace("birds.hide", "birds.nest"), encoding="utf-8")
    publisher.put("pack", 1, PACK)
    assert follow().problem == "bad_content"
    other.unlink()
    waiting = follow()
    other.write_text(PACK.replace("birds.hide", "birds.nest"), encoding="utf-8")
    with pytest.raises(Stale):
        following.take(store, data, waiting, 1)
    assert "birds.nest" in other.read_text(encoding="utf-8")


def test_ending_it_takes_away_what_it_brought(store, data, publisher, follow):
    publisher.publish(1)
    one = following.take(store, data, follow(), 1)
    following.end(store, data, one)
    assert lists.read_all(store) == [] and subscriptions.read_all(store) == []
    with pytest.raises(NotFound):
        subscriptions.read(store, one.id)


def test_a_list_that_has_the_name_already_is_left_alone(store, data, publisher, follow):
    mine = lists.create(store, "Birds")
    publisher.publish(1)
    one = following.take(store, data, follow(), 1)
    assert one.target != mine.id and lists.read(store, one.target).name == "Birds (2)"


def test_the_same_address_is_subscribed_to_once(store, publisher):
    following.subscribe(store, publisher.url, publisher.key)
    with pytest.raises(NameTaken):
        following.subscribe(store, publisher.url, publisher.key)


@pytest.mark.parametrize("key", ["", "short", "A" * 44, "=" * 44, "é"])
def test_a_key_that_is_none_is_refused(store, key):
    with pytest.raises(signing.BadKey):
        following.subscribe(store, "https://x.org/list.json", key)


def test_nothing_is_fetched_by_subscribing(store, publisher):
    following.subscribe(store, publisher.url, publisher.key)
    assert publisher.asked == []

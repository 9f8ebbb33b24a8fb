"""The life of a subscription: ask for it, look at what has changed, put it in force, end it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from backend import sealed
from backend.sealed import shelf
from backend.store import NotFound, Store, lists, shared, subscriptions, terms
from backend.store.stale import NameTaken, Stale
from backend.store.subscriptions import Subscription
from backend.subscriptions import changes, packs
from backend.subscriptions.changes import Changes
from backend.subscriptions.fetching import fetch, parts
from backend.subscriptions.parcel import BadParcel, Parcel, opened
from backend.subscriptions.signing import raw

WHO = "subscription"


def subscribe(store: Store, address: str, key: str = "") -> Subscription:
    """Note a subscription; the key may stand behind the address (``https://…#key``).

    Nothing is fetched.  Raises :class:`BadParcel` and :class:`backend.subscriptions.signing.BadKey`.
    """
    url, _, behind = address.strip().partition("#")
    parts(url)
    public = (key or behind).strip()
    raw(public)
    return subscriptions.add(store, url, public)


def ask(store: Store, data: Path, one: Subscription, *, private: bool = False) -> Subscription:
    """Ask for a newer version; what is good waits to be looked at, what is not is noted with the reason."""
    known = one.waiting or one.content
    try:
        answer = fetch(one.url, one.etag if known else "", private=private)
        if answer.data is None:
            return subscriptions.note(store, one.id, {"checked": store.now(), "problem": ""})
        parcel = _newer(data, one, answer.data)
    except BadParcel as error:
        return subscriptions.note(store, one.id, {"checked": store.now(), "problem": error.reason})
    found = {"checked": store.now(), "problem": "", "etag": answer.etag}
    is_news = parcel is not None and answer.data != one.content
    return subscriptions.note(store, one.id, {**found, "waiting": answer.data if is_news else None})


def _newer(data: Path, one: Subscription, file: bytes) -> Parcel | None:
    """Return what a file holds, ``None`` for what is in force already; raises :class:`BadParcel`."""
    parcel = opened(file, one.key)
    if one.kind and parcel.kind != one.kind:
        raise BadParcel("other_kind")
    if parcel.version < one.version or (parcel.version == one.version and file != one.content):
        # An old file is signed too: without this, whoever stands between could bring it back.
        raise BadParcel("older")
    if parcel.version == one.version:
        return None
    if parcel.kind == "pack":
        if _is_of_others(data, one, parcel):
            raise BadParcel("bad_content")
        packs.proven(data, parcel.pack_id, parcel.content)
    return parcel


def waiting(one: Subscription) -> tuple[Parcel, Changes] | None:
    """Return the version that waits, and what it would change."""
    if one.waiting is None:
        return None
    after = opened(one.waiting, one.key)
    return after, changes.between(opened(one.content, one.key) if one.content else None, after)


def take(store: Store, data: Path, one: Subscription, version: int) -> Subscription:
    """Put the version that waits in force; raises :class:`Stale` unless it is the one that was looked at."""
    if one.waiting is None:
        raise Stale("subscription")
    parcel = opened(one.waiting, one.key)
    if parcel.version != version:
        raise Stale("subscription")
    target = {"list": _take_list, "sealed": _take_sealed, "pack": _take_pack}[parcel.kind](store, data, one, parcel)
    facts = {name: getattr(parcel, name) for name in ("kind", "name", "version")}
    return subscriptions.note(store, one.id, {**facts, "target": target, "content": one.waiting, "waiting": None})


def end(store: Store, data: Path, one: Subscription) -> None:
    """End a subscription, and take away what it brought."""
    if one.target:
        if one.kind == "list":
            try:
                lists.remove(store, one.target)
            except NotFound:
                pass
        elif one.kind == "sealed":
            shelf.remove(shared.files(store, data), one.target)
        else:
            packs.remove(shared.files(store, data), one.target)
    subscriptions.remove(store, one.id)


def _take_list(store: Store, _data: Path, one: Subscription, parcel: Parcel) -> str:
    try:
        entry = lists.read(store, one.target)
    except NotFound:
        entry = _made(store, parcel)
    if entry.level != parcel.level:
        lists.change(store, entry.id, {"level": parcel.level}, who=WHO)
    terms.replace(store, entry.id, parcel.terms(), who=WHO, action="imported")
    return entry.id


def _made(store: Store, parcel: Parcel) -> lists.Entry:
    """Make the list of a parcel; its name may be taken already."""
    for number in range(1, 1000):
        name = parcel.name if number == 1 else f"{parcel.name[:90]} ({number})"
        try:
            return lists.create(store, name, parcel.level, who=WHO)
        except NameTaken:
            continue
    raise NameTaken


def _take_sealed(store: Store, data: Path, one: Subscription, parcel: Parcel) -> str:
    made = replace(sealed.loads(json.dumps(parcel.content).encode()), id=one.id)
    shelf.keep(shared.files(store, data), made)
    return made.id


def _take_pack(store: Store, data: Path, one: Subscription, parcel: Parcel) -> str:
    id = parcel.pack_id
    if _is_of_others(data, one, parcel):
        raise Stale("subscription")
    files = shared.files(store, data)
    packs.keep(files, id, parcel.content)
    if one.target and one.target != id:
        packs.remove(files, one.target)
    return id


def _is_of_others(data: Path, one: Subscription, parcel: Parcel) -> bool:
    """Tell whether a pack would take the place of one that came from elsewhere: its id is the publisher's to choose."""
    return parcel.pack_id != one.target and packs.is_there(data, parcel.pack_id)

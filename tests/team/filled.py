"""An installation in which there is something of everything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from backend.files import Files
from backend.model import Details, Level, Policy, Term
from backend.registration import Register
from backend.sealed import seal, shelf
from backend.store import Store, audit, dumping, folders, links, lists, policies, subscriptions, terms, tokens
from backend.store.tables import metadata
from backend.subscriptions import packs
from tests.backend.subscriptions.conftest import PACK

DOCUMENT = "The nesting sites along the northern ridge are closed to all visitors until the end of the season. " * 4
ROWS: Mapping[str, Mapping[str, Any]] = {
    "people": {
        "id": "p1",
        "name": "Đặng Thị Ánh",
        "role": "editor",
        "created": "2026-11-24",
        "disabled": False,
        "sign_in": "anh@example.org",
        "password": "$argon2id$x",
        "totp": b"\x00\xff sealed",
        "totp_used": 58_000_000,
        "subject": "https://id.example.org 7",
    },
    "invitations": {
        "id": "i1",
        "hash": "a" * 64,
        "name": "新人",
        "role": "member",
        "person_id": "p1",
        "created_by": "Ana",
        "created": "2026-11-24T12:00:00Z",
        "expires": 1_900_000_000.5,
    },
    "decisions": {
        "id": 7,
        "day": "2026-11-24",
        "outcome": "edited",
        "site": "x.com",
        "channel": "post",
        "level": "stop",
        "who": "w1",
    },
    "decision_rules": {"decision_id": 7, "rule": "cn.state-secret"},
}


def fill(store: Store, files: Files) -> str:
    """Put something of everything there, and return a token."""
    entry = lists.create(store, "Chim chóc 鸟", Level.WARN, observe=True)
    wanted = [Term("Project Sunbird"), Term("金乌工程", "exact", Level.STOP, Details(sites=("x.com",), note="ghi chú"))]
    terms.change(store, entry.id, add=wanted, who="laptop")
    terms.change(store, entry.id, add=[Term("Blue Heron")], remove=["Project Sunbird"], who="laptop")
    lists.change(store, entry.id, {"level": Level.STOP})
    policies.write(store, Policy(stop_at=91))
    subscriptions.add(store, "https://lists.example.org/birds.json", "k" * 43)
    Register(store, files.folder).text("Ridge", DOCUMENT)
    folder = folders.add(store, "/srv/papers", public=True)
    folders.note(store, folder.id, folders.File("a.pdf", 2**40, 2**62, "d" * 32, None, "encrypted"))
    links.mint(store)
    with store.write() as connection:
        for name, row in ROWS.items():
            connection.execute(insert(metadata.tables[name]).values(row))
        seen = {"list_id": entry.id, "week": "2026-11-23", "level": "warn", "who": "", "count": 3}
        connection.execute(insert(metadata.tables["observations"]).values(seen))
        for number in range(3):
            audit.add(connection, store.now(), "Ana", "p1", "list.made", f"List {number}", terms=number)
    shelf.keep(files, seal("Sealed", Level.STOP, [Term("Hidden Valley")])[0])
    packs.keep(files, "birds", PACK)
    return tokens.mint(store, "laptop")[0]


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables of a backup."""
    with dumping.one_state(store) as connection:
        return {table.name: [dict(row) for row in dumping.rows(connection, table)] for table in dumping.tables()}

"""The embedded default: the canary goes in by every way, and is in no place that outlives it; nothing goes out."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from backend.http import problems
from tests.privacy.conftest import LISTED, Sung
from tests.privacy.needles import files_with, stands_in
from tests.privacy.ways import CANARY
from tests.team.machines import await_


def test_it_is_in_no_file_though_a_term_of_a_list_is(alone: Sung) -> None:
    """All that lies below: data, home, temporary files, the folder it stands in, what it said and logged."""
    place: Path = alone.watched.place
    assert files_with(CANARY, [place]) == []
    assert any("sqlite3" in path for path in files_with(LISTED, [place])), "what is looked for like this is found"
    requests = (place / "err.txt").read_text()
    assert requests.count('"route"') > 100, "the log of requests was on"


def test_it_is_in_no_error_and_no_metric(alone: Sung) -> None:
    errors = [answer for answer in alone.answers if answer.mimetype == problems.MEDIA_TYPE]
    others = [
        answer for answer in alone.answers if answer.mimetype.startswith("text/plain") or b"openapi" in answer.data
    ]
    assert len(errors) > 30 and others
    for answer in [*errors, *others]:
        assert not stands_in(CANARY, answer.data + repr(list(answer.headers)).encode()), answer.data


def test_no_file_was_written_anywhere_else(alone: Sung) -> None:
    """Also none that is gone again: every call that opens a file to write is known."""
    written = alone.watched.written()
    data = str(alone.watched.place / "data")
    assert any(path.startswith(data) for path in written)
    others = {path for path in written if not path.startswith(data)}
    assert {path for path in others if not ALLOWED.fullmatch(path)} == set()


ALLOWED = re.compile(r"/dev/(null|tty|pts/\d+)")


def test_no_connection_was_opened(alone: Sung) -> None:
    """Neither the server nor what reads files asked anybody: no name was looked up and nothing was sent."""
    own = f'sin_port=htons({alone.watched.port}), sin_addr=inet_addr("127.0.0.1")'
    assert [line for line in alone.watched.connections() if own not in line] == []


def test_the_watch_would_have_seen_a_connection(alone: Sung) -> None:
    """That the test above can fail: the look whether the port is free is in the record."""
    assert alone.watched.connections() != []


def is_over(pid: int) -> bool:
    """Tell whether a process has ended, though its owner may not know it yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def test_crashes_leave_nothing_of_it(alone: Sung) -> None:
    """What reads files, and then the server itself, end by a fault of memory; cores are allowed here."""
    server = alone.watched
    readers = server.readers()
    assert readers
    for number, pid in zip((signal.SIGSEGV, signal.SIGABRT), readers * 2, strict=False):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
    await_(lambda: all(map(is_over, readers)), "the readers have ended")
    server.crash(signal.SIGSEGV)
    assert files_with(CANARY, [server.place]) == []
    assert [path for path in server.place.rglob("core*") if path.is_file()] == []

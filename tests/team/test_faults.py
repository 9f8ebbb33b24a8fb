"""Parts of a team's server are killed in the middle of their work: nothing acknowledged is lost, nothing that was
not read is called clear, and all recovers without a hand."""

from __future__ import annotations

import threading
import time
from urllib.error import URLError

import pytest

from tests.at_once import all_at_once
from tests.files import pdfs
from tests.team.machines import await_
from tests.team.team import end
from tests.team.typing_people import HARMLESS, MARKED, Typing

NOT_READ = {"pending", "no_workers", "crashed", "timeout"}


def recovered(typing: Typing) -> None:
    """Wait until a check that began after this moment has its verdict."""
    moment = time.monotonic()
    await_(lambda: typing.answered_since(moment), "checks are answered again")


def long_pdf(marked_page: int = 250, pages: int = 260) -> bytes:
    """A file that takes some seconds to read, whose marking stands near its end."""
    plain = "\n".join(f"A line about nothing in particular, number {line}" for line in range(30))
    return pdfs.pdf([MARKED if page == marked_page else f"Page {page}\n{plain}" for page in range(pages)])


@pytest.fixture
def a_list(team):
    made = team.call("POST", "/v1/lists", {"name": f"Faults {time.monotonic_ns()}", "level": "stop"})
    assert made.status == 201
    yield made.json["id"]
    assert team.call("DELETE", f"/v1/lists/{made.json['id']}").status == 204


def test_a_killed_web_process_is_replaced_while_the_other_goes_on(team):
    before = team.web.children()
    with Typing(team) as typing:
        recovered(typing)
        end(before[0])
        await_(lambda: len(set(team.web.children()) - {before[0]}) == 2, "two web processes")
        recovered(typing)
    assert typing.wrong == []
    assert typing.answers["200"] > typing.answers["no answer"]


def test_web_processes_do_not_outlive_the_one_that_keeps_them(team):
    orphans = team.web.children()
    process, team.web.process = team.web.process, None
    end(process.pid)
    process.wait()
    for pid in orphans:
        await_(lambda pid=pid: not _lives(pid), "the processes of a killed server end")
    team.web.start()
    assert team.check(MARKED).json["level"] == "stop"


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_whose_worker_is_killed_in_its_middle_is_read_by_the_next(team):
    id = team.attach(long_pdf(), "long.pdf", "application/pdf").json["id"]
    await_(lambda: team.call("GET", f"/v1/attachments/{id}").json["state"] == "reading", "a worker has begun")
    team.worker.kill()
    during = team.check(HARMLESS, attachments=[id]).json
    assert during["level"] != "clear" or {gap["reason"] for gap in during["gaps"]} & NOT_READ
    team.worker.start()
    seen = team.read(id)
    assert seen["level"] == "stop", seen


def test_what_was_acknowledged_is_kept_when_the_database_is_killed(team, a_list):
    acknowledged: list[str] = []
    ends = threading.Event()

    def write() -> None:
        number = 0
        while not ends.is_set():
            number += 1
            try:
                answer = team.call("POST", f"/v1/lists/{a_list}/terms", {"terms": [f"kestrel plan {number}"]})
            except (URLError, OSError):
                continue
            if answer.status == 200:
                acknowledged.append(f"kestrel plan {number}")
            else:
                assert answer.status == 503

    editor = threading.Thread(target=write)
    with Typing(team) as typing:
        editor.start()
        await_(lambda: len(acknowledged) > 5, "terms are being added")
        team.postgres.kill()
        before = len(acknowledged)
        team.postgres.start()
        await_(lambda: len(acknowledged) > before + 5, "terms are being added again")
        recovered(typing)
    ends.set()
    editor.join()
    kept = {term["text"] for term in team.call("GET", f"/v1/lists/{a_list}/terms?limit=1000").json["terms"]}
    assert set(acknowledged) <= kept
    assert typing.wrong == []
    await_(lambda: team.check(acknowledged[-1]).json["level"] == "stop", "the last term counts")


def test_texts_go_on_and_files_are_gaps_while_the_broker_is_away(team):
    taken = team.attach(MARKED.encode()).json["id"]
    with Typing(team) as typing:
        recovered(typing)
        team.redis.kill()
        recovered(typing)
        sent = team.attach(MARKED.encode())
        assert sent.status in (202, 503)
        ids = [taken, *([sent.json["id"]] if sent.status == 202 else [])]
        for id in ids:
            during = team.check(HARMLESS, attachments=[id])
            assert during.status == 422 or during.json["gaps"] or during.json["level"] == "stop"
        team.redis.start()
        recovered(typing)
        await_(lambda: _reads(team), "files are read again")
        for id in ids:  # Redis keeps nothing: what it held is unknown, or a gap, and the extension sends it again
            after = team.check(HARMLESS, attachments=[id])
            assert after.status == 422 or after.json["gaps"] or after.json["level"] == "stop"
    assert typing.wrong == []
    assert typing.answers["no answer"] == 0


def _reads(team) -> bool:
    sent = team.attach(f"{MARKED} {time.monotonic_ns()}".encode())
    return sent.status == 202 and team.read(sent.json["id"])["level"] == "stop"


def test_two_editors_of_one_list_lose_nothing(team, a_list):
    version = team.call("GET", f"/v1/lists/{a_list}").headers["ETag"]
    answers = []

    def replace(term: str) -> None:
        answers.append(team.call("PUT", f"/v1/lists/{a_list}/terms", {"terms": [term]}, If_Match=version).status)

    all_at_once(lambda: replace("heron plan"), lambda: replace("osprey plan"))
    assert sorted(answers)[0] == 200 and sorted(answers)[1] in (409, 412)

    def add(name: str) -> None:
        for number in range(10):
            answer = team.call("POST", f"/v1/lists/{a_list}/terms", {"terms": [f"{name} {number}"]})
            assert answer.status == 200

    all_at_once(lambda: add("linnet"), lambda: add("siskin"))
    assert team.call("GET", f"/v1/lists/{a_list}").json["terms"] == 21

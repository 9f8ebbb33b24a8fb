import io
import os
import signal
import sys
import threading
import time

import pytest
from PIL import Image

from backend.jobs import Jobs, QueueFull
from tests.photos.draw import photo

PLENTY = 60


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def shared():
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def own(request):
    made = []

    def make(**given):
        made.append(Jobs(**given))
        return made[-1]

    yield make
    for jobs in made:
        jobs.close()


def reasons(job):
    return [gap.reason for gap in job.reading.gaps]


def slow():
    """A picture that keeps the reader busy for a while: a large page to look at in every turn."""
    return photo("ru", "held", 5, turn=180)


def test_a_file_is_read_and_every_part_of_it_bears_its_id(shared):
    id = shared.submit("page.jpg", "image/jpeg", photo("zh", "social", 7))
    job = shared.status(id, wait=PLENTY)
    assert (job.id, job.state, job.name, job.media_type) == (id, "done", "page.jpg", "image/jpeg")
    assert job.done == job.total and "机密★10年" in job.reading.parts[0].text
    assert {part.id for part in job.reading.parts} == {signal.part for signal in job.reading.signals} == {id}


def test_a_document_and_its_marking_are_told_before_the_page_is_read(shared):
    id = shared.submit("page.jpg", "image/jpeg", photo("en", "held", 11))
    first = shared.status(id, wait=PLENTY, since=0)
    assert first.state == "reading" and "document" in [signal.kind for signal in first.reading.signals]
    second = shared.status(id, wait=PLENTY, since=1)
    assert second.state == "reading" and "TOP SECRET" in second.reading.parts[0].text
    assert shared.status(id, wait=PLENTY).state == "done"


def test_an_answer_comes_at_once_without_waiting(shared):
    shared.submit("page.jpg", "image/jpeg", slow())
    id = shared.submit("page.jpg", "image/jpeg", photo("vi", "social", 8))
    job = shared.status(id)
    assert job.state in ("queued", "reading") and job.reading.parts == ()
    assert shared.status(id, wait=PLENTY).state == "done"


def test_only_the_owner_may_ask(shared):
    id = shared.submit("a.txt", "text/plain", b"words", owner="ann")
    assert shared.status(id, owner="ann", wait=PLENTY).state == "done"
    for call in (shared.status, shared.cancel):
        with pytest.raises(LookupError):
            call(id, owner="bob")
    with pytest.raises(LookupError):
        shared.copy(id, owner="bob", boxes=[], strip_metadata=True)
    with pytest.raises(LookupError):
        shared.status("unknown")


def test_equal_files_are_read_once_under_ids_of_their_own(shared):
    data = photo("fr", "social", 4)
    first = shared.submit("a.jpg", "image/jpeg", data, owner="ann")
    done = shared.status(first, owner="ann", wait=PLENTY)
    again = shared.submit("b.jpg", "image/jpeg", data, owner="bob")
    job = shared.status(again, owner="bob")
    assert job.state == "done" and job.id != first and job.reading.parts[0].id == again
    assert job.reading.parts[0].text == done.reading.parts[0].text
    shared.cancel(first, owner="ann")
    assert shared.status(again, owner="bob").reading.parts


def test_a_cancelled_file_is_forgotten(shared):
    before = shared.held()
    id = shared.submit("page.jpg", "image/jpeg", photo("de", "held", 3))
    assert shared.held() > before
    shared.cancel(id)
    assert shared.held() == before
    with pytest.raises(LookupError):
        shared.status(id)


def test_files_are_forgotten_after_their_time(own):
    clock = Clock()
    jobs = own(keep_seconds=600, clock=clock)
    id = jobs.submit("a.txt", "text/plain", b"words")
    assert jobs.status(id, wait=PLENTY).state == "done"
    clock.now = 599
    assert jobs.status(id).reading.parts
    clock.now = 600
    with pytest.raises(LookupError):
        jobs.status(id)
    assert jobs.held() == 0


def test_a_worker_that_dies_leaves_a_gap_and_is_replaced(own):
    jobs = own()
    id = jobs.submit("page.jpg", "image/jpeg", slow())
    assert jobs.status(id, wait=PLENTY, since=0).state == "reading"
    dead = jobs.worker
    os.kill(dead, signal.SIGKILL)
    job = jobs.status(id, wait=PLENTY)
    assert (job.state, reasons(job)) == ("done", ["crashed"])
    assert [signal.kind for signal in job.reading.signals] == ["document"], "what was seen before stays"
    again = jobs.submit("page.jpg", "image/jpeg", slow())
    assert reasons(jobs.status(again, wait=PLENTY)) == [] and jobs.worker != dead


def test_a_worker_that_dies_while_idle_is_not_missed(own):
    jobs = own()
    jobs.status(jobs.submit("a.txt", "text/plain", b"words"), wait=PLENTY)
    os.kill(jobs.worker, signal.SIGKILL)
    job = jobs.status(jobs.submit("b.txt", "text/plain", b"more words"), wait=PLENTY)
    assert (reasons(job), job.reading.parts[0].text) == ([], "more words")


def test_a_file_that_takes_too_long_is_a_gap(own):
    jobs = own(limit_seconds=0.01)
    job = jobs.status(jobs.submit("page.jpg", "image/jpeg", slow()), wait=PLENTY)
    assert (job.state, reasons(job)) == ("done", ["timeout"])


def test_too_many_waiting_files_are_refused_and_the_rest_is_read(own):
    jobs = own(max_waiting=2)
    jobs.submit("page.jpg", "image/jpeg", slow())
    with pytest.raises(QueueFull):
        for number in range(4):
            last = jobs.submit(f"{number}.txt", "text/plain", b"words %d" % number)
    assert jobs.status(last, wait=PLENTY).state == "done"


def test_the_oldest_bytes_make_room_but_their_reading_stays(own):
    jobs = own(max_bytes=1000)
    old = jobs.submit("a.txt", "text/plain", b"a" * 600)
    jobs.status(old, wait=PLENTY)
    new = jobs.submit("b.txt", "text/plain", b"b" * 600)
    assert jobs.status(new, wait=PLENTY).reading.parts and jobs.status(old).reading.parts
    assert jobs.held() == 600
    with pytest.raises(ValueError, match="forgotten"):
        jobs.copy(old, boxes=[], strip_metadata=True)
    with pytest.raises(QueueFull):
        jobs.submit("c.txt", "text/plain", b"c" * 1001)


def test_a_safe_copy_is_made_by_the_worker(shared):
    id = shared.submit("page.jpg", "image/jpeg", photo("en", "social", 1))
    shared.status(id, wait=PLENTY)
    data, media_type = shared.copy(id, boxes=[(None, (0, 0, 100, 100))], strip_metadata=True)
    assert media_type == "image/jpeg" and Image.open(io.BytesIO(data)).getpixel((50, 50)) == (0, 0, 0)


def test_no_safe_copy_is_a_value_error_with_the_reason(shared):
    id = shared.submit("a.txt", "text/plain", b"words")
    with pytest.raises(ValueError, match="unsupported"):
        shared.copy(id, boxes=[], strip_metadata=True)


def test_many_threads_may_wait_for_one_file(shared):
    id = shared.submit("page.jpg", "image/jpeg", photo("ja", "social", 6))
    found = []
    threads = [threading.Thread(target=lambda: found.append(shared.status(id, wait=PLENTY).state)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PLENTY)
    assert found == ["done"] * 8


def test_closing_ends_the_worker_and_whoever_waits(own):
    jobs = own()
    id = jobs.submit("page.jpg", "image/jpeg", slow())
    jobs.status(id, wait=PLENTY, since=0)
    pid = jobs.worker
    jobs.close()
    assert jobs.worker is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(QueueFull):
        jobs.submit("a.txt", "text/plain", b"words")


def test_models_are_loaded_in_the_worker_and_not_in_the_server(own):
    jobs = own()
    jobs.warm()
    assert jobs.status(jobs.submit("a.txt", "text/plain", b"words"), wait=PLENTY).state == "done"
    maps = f"/proc/{jobs.worker}/maps"
    if not os.path.exists(maps):
        assert sys.platform != "linux"
        return
    with open(maps) as file:
        assert "faster_paddle" in file.read()
    import subprocess

    code = "import sys, backend.jobs; print([m for m in ('cv2', 'faster_paddle', 'PIL', 'numpy') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def test_the_worker_may_write_no_file_and_leave_no_core(own):
    jobs = own()
    jobs.status(jobs.submit("a.txt", "text/plain", b"words"), wait=PLENTY)
    if not os.path.exists(f"/proc/{jobs.worker}/limits"):
        assert sys.platform != "linux"
        return
    with open(f"/proc/{jobs.worker}/limits") as file:
        limits = {line[:25].strip(): line[26:46].strip() for line in file}
    assert (limits["Max file size"], limits["Max core file size"]) == ("0", "0")
    assert int(limits["Max data size"]) <= 2_000_000_000


def test_bytes_do_not_reach_the_disk(own, tmp_path, monkeypatch):
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    jobs = own()
    id = jobs.submit("page.jpg", "image/jpeg", photo("zh", "social", 7))
    jobs.status(id, wait=PLENTY)
    jobs.copy(id, boxes=[(None, (0, 0, 9, 9))], strip_metadata=True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_waiting_ends_when_its_time_is_over(own):
    jobs = own()
    id = jobs.submit("page.jpg", "image/jpeg", slow())
    begin = time.monotonic()
    assert jobs.status(id, wait=0.05).state != "done"
    assert time.monotonic() - begin < 1

"""Files, lists, packs and settings that are broken, or built to cost too much: a gap or a clean refusal."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from pathlib import Path

import pytest

from backend.jobs import wire
from backend.jobs.process import Failed, Process
from backend.wording import gap_json
from fuzz import shapes
from fuzz.bombs import BOMBS
from fuzz.targets import TARGETS
from tests.bad_input.requests import TIMES

SLOW = ("picture", "frames", "heif", "pdf")
NATIVE = ("video",)
"""A decoder that may take its process with it; what it says of a broken file is not for this process to hear."""
CASES, FEW = 25, 4
MOST_MEGABYTES = 1000
SURE = (
    *("zip: members that are one run", "zip: 60,000 empty members", "zip: a boast of 4 GB", "gzip: 200 MB of zeros"),
    *("docx: a billion laughs", "docx: one entity of 100 kB, 10,000 times", "docx: entities from outside"),
    *("xlsx: one long string, 300,000 times", "ods: one cell, 17 billion times", "odt: two billion spaces"),
    *("png: 60,000 pixels a side", "png: 2 billion pixels a side", "png: 100 MB of words", "png: 100 MB of colours"),
    *("gif: 65,535 pixels a side", "tiff: a table that leads to itself", "tiff: three tables in a circle"),
    *("tiff: 4 billion pixels a side", "tiff: a strip of 4 GB", "jpeg: 65,500 pixels a side"),
    *("bmp: 2 billion pixels a side", "webp: 16,384 pixels a side", "jpeg 2000: 2 billion pixels a side"),
    *("heif: 2 billion pixels a side", "mp4: weeks that are not there", "mp4: boxes in boxes"),
    *("pdf: pages in a circle", "pdf: tables in a circle", "pdf: a form that draws itself"),
    *("mail: 3,000 mails in mails", "mail: 300,000 addressees", "mail: 200,000 coded words", "mail: 100,000 groups"),
    *("msg: a directory that is its own table", "msg: a table of 4 billion sectors", "msg: tables in a circle"),
    *("xls: a sheet of 140 trillion cells", "rtf: bytes that are not there", "html: 300,000 open comments"),
    *("html: a million open attributes", "xhtml: a billion laughs", "text: 21 MB", "text: NUL bytes"),
)
"""Those that are over in a moment; `python -m fuzz.bombs` measures all."""
DEADLY = ("pdf: a form that draws itself",)
HARMLESS = (
    *("zip: a boast of 4 GB", "ods: one cell, 17 billion times", "odt: two billion spaces"),
    *("tiff: a table that leads to itself", "tiff: three tables in a circle", "html: 300,000 open comments"),
    *("xhtml: a billion laughs", "xls: a sheet of 140 trillion cells", "rtf: bytes that are not there"),
    *("mail: 100,000 groups", "mail: 300,000 addressees", "pdf: tables in a circle"),
    *("mail: 200,000 coded words", "msg: a table of 4 billion sectors", "msg: tables in a circle"),
)
"""Those that are read to their end, since what is built into them is never followed."""


@pytest.mark.filterwarnings("ignore")  # libraries complain of what is broken; nothing is made of it
@pytest.mark.parametrize("name", [name for name in TARGETS if name not in NATIVE])
def test_what_is_broken_is_told_or_refused(name):
    target, rng = TARGETS[name], random.Random(name)
    raw = shapes.chance(rng)
    for seed in target.seeds():
        target.run(seed)
        for _ in range((FEW if name in SLOW else CASES) * TIMES):
            seed = target.mutate(seed, rng, raw)[: target.most] if rng.random() < 0.3 else seed
            target.run(target.mutate(seed, rng, raw)[: target.most])


@pytest.mark.parametrize("name", NATIVE)
def test_what_breaks_the_decoder_itself_is_a_gap_and_the_next_file_is_read(name):
    target, rng = TARGETS[name], random.Random(name)
    worker = Process(60)
    for _ in range(12 * TIMES):
        with suppress(Failed):  # which the owner makes a gap of: `test_jobs.py`
            broken = target.mutate(rng.choice(target.seeds()), rng, shapes.chance(rng))
            answer, _ = worker.ask(wire.Ask("read"), broken)
            assert answer.reading is not None and (answer.reading.gaps or answer.reading.parts)
    answer, _ = worker.ask(wire.Ask("read"), b"words")
    worker.end()
    assert answer.reading is not None and answer.reading.parts[0].text == "words"


@pytest.fixture(scope="module")
def worker():
    """The process in which files are read, with its limits."""
    worker = Process(60)
    yield worker
    worker.end()


@pytest.mark.parametrize("name", SURE)
def test_what_is_built_to_cost_too_much_ends_in_a_gap(worker, name):
    try:
        answer, _ = worker.ask(wire.Ask("read"), BOMBS[name]())
    except Failed as failure:  # some end the decoder's process with them, which is a gap as well
        assert failure.reason == "crashed" and name in DEADLY
        return
    reading = answer.reading
    assert reading is not None and (reading.gaps or name in HARMLESS), name
    assert sum(len(part.text) for part in reading.parts) <= 4_000_000
    assert all(gap_json(gap, "en")["message"] for gap in reading.gaps)


def test_the_worker_that_read_them_all_has_kept_to_its_memory(worker):
    status = Path(f"/proc/{worker.pid}/status")
    if not status.exists():
        worker.ask(wire.Ask("read"), b"words")
        assert worker.pid
        return
    peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    assert peak and int(peak[1]) / 1024 < MOST_MEGABYTES

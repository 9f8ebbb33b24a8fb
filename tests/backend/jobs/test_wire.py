import io

import pytest

from backend.jobs import wire
from backend.model import Gap, Line, Part, Reading, Signal

READING = Reading(
    (Part("", "words", "ocr", 1, (10, 20), (Line(0, 5, (1, 2, 3, 4), 0.5, 0.2, True, 1.5, 9.0),), 2),),
    (Signal("position", 1.0, "", details={"latitude": "1"}), Signal("seal", 0.5, "", box=(1, 2, 3, 4))),
    (Gap("", "damaged", 3),),
)


def test_a_reading_arrives_as_it_was_sent():
    pipe = io.BytesIO()
    wire.send(pipe, wire.Answer(last=True, done=1, total=2, unit="pages", reading=READING), b"bytes behind")
    pipe.seek(0)
    answer, data = wire.receive_answer(pipe)
    assert (answer.reading, answer.total, answer.unit, data) == (READING, 2, "pages", b"bytes behind")


def test_a_reading_gets_the_id_of_its_attachment():
    labelled = wire.labelled(READING, "a1")
    assert [one.id for one in labelled.parts] == ["a1"]
    assert {one.part for one in (*labelled.signals, *labelled.gaps)} == {"a1"}


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00\x00",
        wire.HEAD.pack(10, 0) + b"{}",
        wire.HEAD.pack(9, 0) + b"nonsense!",
        wire.HEAD.pack(12, 0) + b'{"done": "x"',
        wire.HEAD.pack(13, 0) + b'{"done": "x"}',
        wire.HEAD.pack(2**31, 0) + b"{}",
        wire.HEAD.pack(2, 2**60) + b"{}",
    ],
)
def test_nonsense_from_a_worker_is_noticed(frame):
    with pytest.raises(wire.Broken):
        wire.receive_answer(io.BytesIO(frame))

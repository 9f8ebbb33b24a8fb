"""The optional sentence model: asked in doubt only, and a draft it speaks for is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from backend.config import Config, StartError
from backend.detectors.situations import Situations
from backend.http.application import build_engine
from backend.model import Draft, Level
from backend.pipeline import Engine
from backend.situations import model, sentences
from backend.situations.sentences import BAND, Encoder, Sentences, Vector

LEAK = "my husband's regiment ships out of the north dock thursday before dawn, about 300 of them, nobody's been told"
ORDINARY = "Lunch by the lake, the ducks wanted all of my sandwich again"


@pytest.fixture(scope="module")
def half() -> Sentences:
    if not sentences.available():
        pytest.skip(f"the sentence model is not installed: {sentences.INSTALL}")
    return sentences.load()


@pytest.fixture(scope="module")
def engine(half: Sentences) -> Iterator[Engine]:
    yield Engine.build(sentences=True)


@dataclass
class Listening:
    """The real encoder, and what it was asked."""

    encoder: Encoder
    asked: list[str] = field(default_factory=list)

    def encode(self, texts: str) -> Vector:
        self.asked.append(texts)
        return self.encoder.encode(texts)


def test_near_the_border_and_only_there_a_draft_is_in_doubt(half: Sentences) -> None:
    assert half.doubts("latin", 1.0, 1.0)
    assert half.doubts("latin", 1.0 - BAND + 0.1, 1.0)
    assert not half.doubts("latin", 1.0 + BAND, 1.0)
    assert not half.doubts("latin", 1.0 - BAND, 1.0)


def test_vietnamese_is_left_to_the_ngrams(half: Sentences) -> None:
    assert not half.doubts("viet", 1.0, 1.0)


def test_at_the_same_margin_a_telling_sentence_weighs_more_than_an_ordinary_one(half: Sentences) -> None:
    told, lunch = (half.margin("latin", text, 0.5, 0.7) for text in (LEAK, ORDINARY))
    assert told > lunch


def test_an_ordinary_post_never_reaches_the_encoder(half: Sentences) -> None:
    listening = Listening(half.encoder)
    engine = Engine.build()
    engine._detectors["situations"] = Situations(model.load(model.DATA), Sentences(listening, half.model))
    engine.check(Draft(text=ORDINARY, channel="post"))
    assert listening.asked == []


def test_the_engine_judges_with_it(engine: Engine) -> None:
    assert engine.check(Draft(text=LEAK, channel="post")).level >= Level.WARN
    assert engine.check(Draft(text=ORDINARY, channel="post")).level is Level.CLEAR


def test_equal_weights_give_equal_files_and_come_back(half: Sentences, tmp_path: object) -> None:
    from pathlib import Path

    first, second = (Path(str(tmp_path)) / name for name in ("one.bin", "two.bin"))
    sentences.save(half.model, first)
    sentences.save(half.model, second)
    assert first.read_bytes() == second.read_bytes() == sentences.DATA.read_bytes()


def test_a_server_that_wants_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(StartError, match=r"requirements-sentences\.txt"):
        build_engine(Config(sentences=True))


def test_without_being_asked_for_it_is_not_used() -> None:
    [detector] = [one for one in Engine.build()._detectors.values() if isinstance(one, Situations)]
    assert detector.sentences is None

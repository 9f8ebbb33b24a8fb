import tomllib

import pytest

from backend.situations import cues
from backend.text.index import LiteralIndex
from backend.text.normalise import normalise

FILES = sorted(cues.FOLDER.glob("*.toml"))
INDEX = LiteralIndex(cues.literals())


def found(text):
    folded = normalise(text).folded
    return cues.named(INDEX.find(folded)[0], folded)


def test_there_are_cues_in_three_languages_under_the_same_names():
    names = {path.stem: set(tomllib.loads(path.read_text(encoding="utf-8"))["cue"]) for path in FILES}
    assert set(names) == {"en", "vi", "zh"}
    assert names["en"] == names["vi"] == names["zh"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cue_says_what_it_is_about_and_holds_a_phrase_once(path):
    for cue in tomllib.loads(path.read_text(encoding="utf-8"))["cue"].values():
        phrases = [normalise(words).folded for words in cue["words"]]
        assert cue["about"]
        assert len(phrases) == len(set(phrases))


def test_cues_are_whole_words():
    assert "speaker_relative" in found("my husband's unit is away")
    assert found("xmy husband's unitx") == set()


def test_vietnamese_cues_are_found_without_tones():
    assert found("đừng nói ai nhé") == found("dung noi ai nhe") != set()

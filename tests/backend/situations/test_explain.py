import numpy as np

from backend.situations.explain import LONGEST, MOST_PHRASES, phrases


def told(text, heavy):
    weights = np.zeros(len(text), dtype=np.float32)
    for words in heavy:
        at = text.index(words)
        weights[at : at + len(words)] = 1.0
    return [text[start:end] for start, end in phrases(text, weights)]


def test_neighbouring_words_are_joined_into_a_phrase():
    assert told("he said his unit sails on tuesday", ["unit", "sails", "on"]) == ["unit sails on"]


def test_ideographs_are_joined_too():
    assert told("听说他们下周二出发去演习", ["下周二出发"]) == ["下周二出发"]


def test_a_phrase_is_short_and_there_are_few():
    text = "word " * 60
    found = phrases(text, np.ones(len(text), dtype=np.float32))
    assert len(found) == MOST_PHRASES
    assert all(end - start <= LONGEST for start, end in found)


def test_nothing_is_told_where_nothing_speaks_for_it():
    assert phrases("quiet words", np.full(11, -1.0, dtype=np.float32)) == []
    assert phrases("!!!", np.ones(3, dtype=np.float32)) == []

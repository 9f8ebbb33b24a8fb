import numpy as np

from backend.situations.explain import LONGEST, MOST_PHRASES, phrases


def told(text, heavy):
    weights = np.zeros(len(text), dtype=np.float32)
    for words in heavy:
        at = text.index(words)
        weights[at : at + len(words)] = 1.0
    return [text[start:end] for start, end in phrases(text, weights)]


def test_a_clause_is_told_from_its_first_heavy_word_to_its_last():
    assert told("he said his unit sails on tuesday", ["unit", "tuesday"]) == ["unit sails on tuesday"]


def test_clauses_are_told_apart():
    found = told("his unit sails, mum is fine, tuesday at five", ["unit sails", "tuesday at five"])
    assert set(found) == {"unit sails", "tuesday at five"}


def test_ideographs_are_joined_too():
    assert told("听说他们，下周二出发去演习。", ["下周二出发"]) == ["下周二出发"]


def test_a_light_clause_is_left_out():
    text = "the convoy leaves at dawn, ok"
    weights = np.zeros(len(text), dtype=np.float32)
    weights[4:25] = 1.0
    weights[27:29] = 0.9
    assert [text[start:end] for start, end in phrases(text, weights)] == ["convoy leaves at dawn"]


def test_a_phrase_is_short_and_there_are_few():
    text = "word " * 20 + ". " + "word " * 20 + ". " + "word " * 20 + ". " + "word " * 20
    found = phrases(text, np.ones(len(text), dtype=np.float32))
    assert len(found) == MOST_PHRASES
    assert all(end - start <= LONGEST for start, end in found)


def test_nothing_is_told_where_nothing_speaks_for_it():
    assert phrases("quiet words", np.full(11, -1.0, dtype=np.float32)) == []
    assert phrases("!!!", np.ones(3, dtype=np.float32)) == []

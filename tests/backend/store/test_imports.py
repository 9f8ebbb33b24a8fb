"""Terms out of files as people have them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.model import Level, Term
from backend.store import imports


@pytest.mark.parametrize(
    ("name", "content", "texts", "faults"),
    [
        ("a.txt", "Zephyr\n\n风筝计划\r\n...\nBlue Heron", ["Zephyr", "风筝计划", "Blue Heron"], (4,)),
        ("a.txt", "\ufeffZephyr", ["Zephyr"], ()),
        ("noending", "one, two\n# three", ["one, two", "# three"], ()),
        ("a.csv", "Zephyr,internal\nAurora\n", ["Zephyr", "Aurora"], ()),
        ("a.csv", '"with, comma"\n"with ""quotes"""', ["with, comma", 'with "quotes"'], ()),
        ("a.csv", "note,term\nx,Zephyr\ny,\n", ["Zephyr"], (3,)),
        ("a.TSV", "Zephyr\tx\nAurora\ty", ["Zephyr", "Aurora"], ()),
        ("a.json", '["Zephyr", {"text": "Aurora"}, 7, ""]', ["Zephyr", "Aurora"], (3, 4)),
        ("a.json", '{"name": "x", "terms": ["Zephyr"]}', ["Zephyr"], ()),
        ("a.txt", "", [], ()),
    ],
)
def test_it_understands_a_file_and_says_which_lines_it_does_not(name, content, texts, faults):
    found = imports.read(name, content.encode())
    assert [term.text for term in found.terms] == texts
    assert found.faults == faults


def test_a_table_may_say_form_and_level():
    found = imports.read("a.csv", b"text,form,level\nZephyr,exact,warn\nAurora,,\nBad,fuzzy,\nBad,,loud\n")
    assert found.terms == (Term("Zephyr", "exact", Level.WARN), Term("Aurora"))
    assert found.faults == (4, 5)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_it_reads_the_encodings_that_people_have(encoding):
    found = imports.read("a.txt", "风筝计划\n机密项目".encode(encoding))
    assert [term.text for term in found.terms] == ["风筝计划", "机密项目"]


@pytest.mark.parametrize("content", ["{", '{"a": 1}', "7", '"text"'])
def test_json_without_terms_is_an_error_and_not_an_empty_list(content):
    with pytest.raises(ValueError):
        imports.read("a.json", content.encode())


@given(data=st.binary(max_size=200), name=st.sampled_from(["a.txt", "a.csv", "a.tsv"]))
def test_no_file_makes_it_stumble(data, name):
    found = imports.read(name, data)
    assert all(imports.is_usable(term.text) for term in found.terms)


def test_what_it_exports_it_reads_again():
    terms = [{"text": "Zephyr", "form": "anywhere", "level": "note"}, {"text": "风筝", "form": "word", "level": None}]
    found = imports.read("a.json", json.dumps({"terms": terms}).encode())
    assert found.terms == (Term("Zephyr", "anywhere", Level.NOTE), Term("风筝"))


@pytest.mark.parametrize(("text", "form"), [("(open", "regex"), ("a*", "regex"), ("near", "near"), ("x", "fuzzy")])
def test_a_term_that_could_not_be_looked_for_is_refused(text, form):
    assert imports.make_term(text, form) is None
    assert imports.make_term("sunbird", "near") == Term("sunbird", "near")

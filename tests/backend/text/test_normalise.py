import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.text.normalise import STRANGE, normalise, respaced


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ＴＯＰ　ＳＥＣＲＥＴ", "TOP SECRET"),
        ("機密文件", "机密文件"),
        ("se\u200bcret", "secret"),
        ("\ufeffMật", "Mật"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "TUYỆT MẬT"),
        ("Straße", "Strasse"),
        ("ﬁnal", "final"),
        ("㊙", "秘"),
        ("İstanbul", "Istanbul"),
    ],
)
def test_it_makes_ways_of_writing_equal(raw, clean):
    assert normalise(raw).clean == clean


def test_it_takes_vietnamese_diacritics_off_in_the_plain_view_only():
    view = normalise("Dự án Đại Dương")
    assert (view.folded, view.plain) == ("dự án đại dương", "du an dai duong")


@pytest.mark.parametrize("kept", ["가나다", "がぎ", "йод", "สวัสดี"])
def test_it_leaves_other_scripts_whole_in_the_plain_view(kept):
    assert normalise(kept).plain == kept


@pytest.mark.parametrize(
    ("raw", "word", "original"),
    [
        ("xx 機\u200b密 yy", "机密", "機\u200b密"),
        ("😀 ﬁnal 😀", "final", "ﬁnal"),
        (unicodedata.normalize("NFD", "bản mật đó"), "mật", unicodedata.normalize("NFD", "mật")),
        ("Groß!", "gross", "Groß"),
        ("e\u0301te\u0301", "été", "e\u0301te\u0301"),
    ],
)
def test_a_span_leads_back_to_what_was_typed(raw, word, original):
    view = normalise(raw)
    start = view.folded.index(word)
    assert raw[slice(*view.span(start, start + len(word)))] == original


@given(st.text(max_size=80))
def test_all_views_are_of_one_length_and_every_span_lies_inside_the_text(raw):
    view = normalise(raw)
    assert len(view.clean) == len(view.folded) == len(view.plain)
    for start in range(len(view.clean)):
        low, high = view.span(start, start + 1)
        assert 0 <= low < high <= len(raw)


@given(st.text(max_size=80))
def test_a_wider_span_never_leads_back_to_a_narrower_one(raw):
    view = normalise(raw)
    length = len(view.clean)
    for middle in range(1, length):
        assert view.span(0, middle)[1] <= view.span(0, length)[1]


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_more(raw):
    once = normalise(raw).clean
    assert normalise(once).clean == once


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("S E C R E T", "SECRET"),
        ("T O P   S E C R E T", "TOP SECRET"),
        ("S.E.C.R.E.T", "SECRET"),
        ("绝 密 ★ 10 年", "绝密 ★ 10 年"),
        ("M Ậ T  M Ã", "MẬT MÃ"),
    ],
)
def test_it_closes_up_spaced_out_words(spaced, closed):
    view = respaced(normalise(spaced))
    assert view is not None
    assert view.clean == closed


@pytest.mark.parametrize("ordinary", ["I am a fan of B", "今天 我们 一起 去", "plan A or B", "", "C D"])
def test_it_leaves_ordinary_text_as_it_is(ordinary):
    assert respaced(normalise(ordinary)) is None


def test_a_span_of_closed_up_text_covers_the_spaces_too():
    raw = "see: S E C R E T!"
    view = respaced(normalise(raw))
    assert view is not None
    start = view.folded.index("secret")
    assert raw[slice(*view.span(start, start + 6))] == "S E C R E T"


def test_characters_that_are_passed_over_change_nothing():
    passed = [one for one in map(chr, range(0xD800)) if not STRANGE.match(one)]
    assert len(passed) > 30_000
    assert [one for one in passed if normalise(f"a{one}").clean != f"a{one}"] == []
    assert [one for one in passed if unicodedata.normalize("NFKC", one) != one or unicodedata.combining(one)] == []


def test_many_kinds_of_changing_characters_are_all_changed():
    wide = "".join(chr(code) for code in range(0xFF21, 0xFF3B))
    assert normalise(f"é{wide}機密").clean == "éABCDEFGHIJKLMNOPQRSTUVWXYZ机密"


def test_closed_up_words_are_told_apart_from_the_rest():
    view = respaced(normalise("see S E C R E T and 机 密 there"))
    assert view is not None
    assert [view.clean[slice(*span)] for span in view.closed or ()] == ["SECRET", "机密"]

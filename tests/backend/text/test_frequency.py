"""How common words are."""

import pytest

from backend.model import Details, Term
from backend.text.frequency import everyday, of_terms


@pytest.mark.parametrize("text", ["project", "meeting", "Apple", "公司", "mật"])
def test_everyday_words_are_known(text):
    assert [one.text for one in everyday([Term(text)])] == [text]


@pytest.mark.parametrize(
    "text", ["Zephyr", "Project Zephyr", "Blue Heron", "Falcon", "风筝计划", "C++", "Dự án Sao Mai", "☂"]
)
def test_names_of_projects_are_not_everyday(text):
    assert everyday([Term(text)]) == []


def test_more_posts_mean_more_alarms():
    few, many = (of_terms([Term("meeting")], posts)[0].alarms for posts in (10, 100))
    assert many == pytest.approx(10 * few, rel=0.05)


def test_a_term_that_counts_in_one_language_is_judged_by_it():
    assert everyday([Term("meeting", details=Details(languages=("zh",)))]) == []


def test_what_cannot_be_told_is_not_told():
    assert of_terms([Term("a+b", "regex")])[0].frequency is None
    assert of_terms([Term("hello", details=Details(languages=("ru",)))])[0].alarms is None


def test_a_term_met_inside_words_is_as_common_as_all_of_them():
    inside, whole = of_terms([Term("art", "anywhere"), Term("art")])
    assert inside.frequency > 10 * whole.frequency

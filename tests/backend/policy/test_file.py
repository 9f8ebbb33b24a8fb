"""The policy as a file: read, written, compared; profiles and questions."""

from __future__ import annotations

import itertools
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.model import ACTIONS, ANY, CATEGORIES, CHANGES, CHANNELS, LANGUAGES, Policy
from backend.policy import assistant, file, own, profiles
from backend.policy.differences import differences
from backend.policy.table import BadPolicy, from_table, to_table

RULES = some.frozensets(some.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True), max_size=30)
HOSTS = some.frozensets(some.from_regex(r"[a-z0-9-]{1,9}(\.[a-z]{2,4}){0,2}", fullmatch=True), max_size=5)
PLACES = some.tuples(some.sampled_from((*CATEGORIES, ANY)), some.sampled_from((*CHANNELS, ANY)))


@some.composite
def policies(draw) -> Policy:
    note, warn, stop = sorted(draw(some.lists(some.integers(1, 101), min_size=3, max_size=3)))
    levels = draw(some.dictionaries(PLACES, some.sampled_from(CHANGES), max_size=6))
    return Policy(
        note,
        warn,
        stop,
        disabled_rules=draw(RULES),
        quiet_rules=draw(RULES),
        levels=frozenset((*place, change) for place, change in levels.items()),
        does=frozenset({("stop", draw(some.sampled_from([one for one in ACTIONS if one != "hold"])))}),
        sites_off=draw(HOSTS),
        sites_quiet=draw(HOSTS),
        languages=draw(some.frozensets(some.sampled_from(("en", "vi", "zh", "de")))),
    )


@given(policies(), some.text(some.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20))
def test_what_is_written_is_read_again(policy, name):
    policy = own.add(policy, name, "+84 90 123 4567")
    text = file.dumps(policy)
    assert file.loads(text, policy) == (policy, [])
    assert file.dumps(file.loads(text, policy)[0]) == text
    tomllib.loads(text)


def test_an_empty_file_is_the_usual_policy():
    assert file.loads("") == (Policy(), [])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("note_at = 0", "note_at"),
        ("warn_at = true", "warn_at"),
        ("note_at = 70", "warn_at"),
        ('disabled_rules = ["fine", "Not a rule"]', "disabled_rules.1"),
        ('[levels.situation]\nai = "loud"', "levels.situation.ai"),
        ('[levels.situation]\ntelepathy = "raise"', "levels.situation"),
        ('[levels.everything]\nany = "raise"', "levels"),
        ('[does]\nstop = "explode"', "does.stop"),
        ('[does]\nclear = "ask"', "does"),
        ('[sites]\noff = ["x y"]', "sites.off.0"),
        ('sites = "x.com"', "sites"),
        ('languages = ["english"]', "languages.0"),
        ("format = 2", "format"),
        ("mystery = 1", ""),
        ('[[own]]\nid = "ff"\nname = "x"\nkey = ""\nhashes = ["a phone"]\nlengths = [9]', "own.0.hashes.0"),
        ("note_at = ", ""),
    ],
)
def test_what_is_wrong_is_named_by_its_key(text, key):
    with pytest.raises(BadPolicy) as caught:
        file.loads(text)
    assert caught.value.key == key
    assert caught.value.wanted


@pytest.mark.parametrize("text", ['x = "Zanarivogel', 'profile = "Zanarivogel"', "Zanarivogel = 1", "\x00Zanarivogel"])
def test_an_error_repeats_nothing_of_the_file(text):
    with pytest.raises(BadPolicy) as caught:
        file.loads(text)
    assert "Zanarivogel" not in str(caught.value)


def test_broken_toml_is_told_by_its_line():
    with pytest.raises(BadPolicy, match="line 2"):
        file.loads("note_at = 30\nwarn_at = = 2")


def test_the_file_gives_own_data_away_to_nobody():
    policy = own.add(Policy(), "my phone", "0901234567")
    other = own.add(Policy(), "my phone", "0901234567")
    text = file.dumps(policy)
    assert "0901234567" not in text and policy.own_key.hex() not in text
    assert not set(policy.own[0].hashes) & set(other.own[0].hashes)


def test_own_data_of_another_installation_mean_nothing_and_are_named():
    theirs = file.dumps(own.add(Policy(), "office", "+44 20 7946 0958"))
    mine = own.add(Policy(), "my phone", "0901234567")
    policy, not_usable = file.loads(theirs, mine)
    assert (policy.own, not_usable) == ((), ["office"])
    assert policy.own_key == mine.own_key


def test_addresses_that_were_copied_whole_are_taken():
    assert from_table({"sites": {"off": ["https://X.com/home"]}}).sites_off == {"x.com"}


def test_differences_name_each_key_before_and_after():
    before = Policy(disabled_rules=frozenset({"a"}))
    after = own.add(replace(profiles.of("public-service"), stop_at=90), "office", "+44 20 7946 0958")
    told = {one.key: (one.before, one.after) for one in differences(before, after)}
    assert told["stop_at"] == (85, 90)
    assert told["disabled_rules"] == (["a"], None)
    assert told["does.stop"] == ("hold", "refuse")
    assert told["levels.marking.any"] == (None, "stop")
    assert told["own"] == (None, ["office"])
    assert differences(after, after) == []


def test_the_profiles_are_those_that_were_promised_and_explain_themselves():
    expected = ("person", "family", "public-service", "company", "hospital", "laboratory", "newsroom")
    assert profiles.ids() == expected
    assert replace(profiles.of("person"), profile="") == Policy()
    for one in profiles.read_all():
        assert from_table(to_table(one.policy)) == one.policy
        assert all(one.name[language] and one.explanation[language] for language in LANGUAGES)
    assert len({replace(one.policy, profile="") for one in profiles.read_all()}) == len(expected)


def test_a_profile_leaves_what_is_personal():
    mine = replace(own.add(Policy(), "x", "0901234567"), sites_off=frozenset({"x.com"}), quiet_rules=frozenset({"a"}))
    policy = profiles.of("company", mine)
    assert (policy.own, policy.own_key, policy.sites_off) == (mine.own, mine.own_key, mine.sites_off)
    assert policy.quiet_rules == {"a"}


def test_every_answer_of_the_four_questions_makes_a_policy():
    questions = assistant.questions()
    assert len(questions) == 4
    assert assistant.policy({}) == profiles.of("person")
    for chosen in itertools.product(*[[[answer.id] for answer in one.answers] for one in questions]):
        answers = dict(zip((one.id for one in questions), chosen, strict=True))
        assert assistant.policy(answers).profile == answers["who"][0]
    for question in questions:
        for language in LANGUAGES:
            told = question.told(language)
            assert told["text"] and all(answer["text"] for answer in told["answers"])


def test_several_answers_are_put_together():
    policy = assistant.policy({"who": ["company"], "what": ["people", "keys"], "languages": ["vi", "en"]})
    assert policy.languages == {"vi", "en"}
    assert {("identifier", "any", "raise"), ("identifier", "ai", "raise")} <= policy.levels


@pytest.mark.parametrize(
    ("answers", "key"), [({"who": ["nobody"]}, "who"), ({"who": []}, "who"), ({"often": ["usual", "often"]}, "often")]
)
def test_an_answer_that_is_none_is_named_by_its_question(answers, key):
    with pytest.raises(BadPolicy) as caught:
        assistant.policy(answers)
    assert caught.value.key == key


@pytest.mark.parametrize("parts", ["a", '"a"', "'a'", '"\\""', "a "])
def test_a_key_of_endless_parts_is_refused_before_it_is_parsed(parts):
    with pytest.raises(BadPolicy, match="more parts"):
        file.loads(".".join([parts] * 100_000) + "=1")
    with pytest.raises(BadPolicy, match="more parts"):
        file.loads("[" + ".".join([parts] * 100_000) + "]")


def test_looking_for_endless_keys_takes_no_endless_time():
    for text in (
        "a" * 900_000,
        "a " * 400_000,
        "'" * 900_000,
        "a" + " " * 900_000,
        '"' + "\\" * 900_000,
        "a.a " * 200_000,
    ):
        with pytest.raises(BadPolicy, match="TOML"):
            file.loads(text)


def test_a_number_of_thousands_of_digits_is_no_policy():
    with pytest.raises(BadPolicy, match="TOML"):
        file.loads("note_at = " + "1" * 5000)


def test_sites_with_many_dots_are_no_endless_keys():
    sites = [f"{number}.a.b.c.example.org" for number in range(2000)]
    policy = replace(Policy(), sites_off=frozenset(sites))
    assert file.loads(file.dumps(policy))[0] == policy

import pytest

from backend.rules.loader import PackError, load_packs, read_pack, read_rule, with_defaults

WORDS = {"en": "x", "vi": "x", "zh": "x"}


def rule(**changes):
    table = {
        "id": "try.marking",
        "category": "marking",
        "score": 90,
        "anchors": ["sunbird"],
        "title": WORDS,
        "reason": WORDS,
        "advice": WORDS,
        "patterns": [{"match": "SUNBIRD"}],
        "hits": ["SUNBIRD"],
        "misses": ["sunbird"],
    }
    return {**table, **changes}


def test_it_reads_a_rule():
    found = read_rule(rule(channels={"ai": 10}, many=[{"at": 3, "score": 95}]))
    assert (found.id, found.score, found.channels["ai"], found.many) == ("try.marking", 90, 10, ((3, 95),))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"anchors": []}, "at least one anchor"),
        ({"anchors": [""]}, "at least one anchor"),
        ({"patterns": []}, "at least one pattern"),
        ({"hits": []}, "at least one hit"),
        ({"misses": []}, "at least one hit and one miss"),
        ({"score": 101}, "score must lie between 0 and 100"),
        ({"score": True}, "score must be int"),
        ({"category": "gossip"}, "category must be one of"),
        ({"validator": "nothing_such"}, "unknown validator 'nothing_such'"),
        ({"validator": "named"}, "unknown validator"),
        ({"title": {"en": "x"}}, "title is missing in vi, zh"),
        ({"remedies": ["burn"]}, "remedies must be of"),
        ({"channels": {"telegraph": 3}}, "channels: telegraph"),
        ({"colour": "red"}, "unknown key colour"),
        ({"patterns": [{"match": "x", "confidence": 0}]}, "confidence must lie between"),
        ({"patterns": [{"match": "x", "view": "raw"}]}, "view must be one of"),
    ],
)
def test_it_says_which_rule_is_wrong_and_why(changes, complaint):
    with pytest.raises(PackError, match="rule try.marking") as error:
        read_rule(rule(**changes))
    assert complaint in str(error.value)


def test_a_pack_is_named_after_its_file(tmp_path):
    path = tmp_path / "birds.toml"
    path.write_text('[pack]\nid = "fish"\ndescription = "x"\n', encoding="utf-8")
    with pytest.raises(PackError, match="a pack is named after its file"):
        read_pack(path)


def test_broken_toml_is_named(tmp_path):
    path = tmp_path / "birds.toml"
    path.write_text("[pack", encoding="utf-8")
    with pytest.raises(PackError, match="birds.toml"):
        read_pack(path)


def test_every_built_in_pack_loads_and_no_rule_stands_twice():
    packs = load_packs()
    assert len(packs) >= 10


def test_a_rule_may_stand_in_one_pack_only(tmp_path):
    text = """
[pack]
id = "{name}"
description = "x"
[[rule]]
id = "try.twice"
category = "marking"
score = 90
anchors = ["sunbird"]
title = {{en = "x", vi = "x", zh = "x"}}
reason = {{en = "x", vi = "x", zh = "x"}}
advice = {{en = "x", vi = "x", zh = "x"}}
hits = ["SUNBIRD"]
misses = ["x"]
[[rule.patterns]]
match = "SUNBIRD"
"""
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(text.format(name=name), encoding="utf-8")
    with pytest.raises(PackError, match=r"try\.twice: stands in one and in two"):
        load_packs([tmp_path])


def test_a_pack_may_say_once_what_holds_for_all_its_rules():
    defaults = {"category": "credential", "score": 80, "title": {"en": "A {name}"}}
    merged = with_defaults({"id": "a.b", "name": "key of the birds", "score": 90}, defaults)
    assert merged == {"id": "a.b", "category": "credential", "score": 90, "title": {"en": "A key of the birds"}} | {
        "reason": {},
        "advice": {},
    }


def test_a_name_may_be_said_in_each_language():
    defaults = {"title": {"en": "A {name}", "zh": "一个{name}", "vi": "Một {name}"}}
    merged = with_defaults({"name": {"en": "key", "zh": "密钥"}}, defaults)
    assert merged["title"] == {"en": "A key", "zh": "一个密钥", "vi": ""}


@pytest.mark.parametrize(
    "broken", ['rule = "x"', "rule = [1]", 'defaults = "x"\nrule = [{}]', "pack = 1", "a = " + "[" * 5000]
)
def test_a_file_of_another_make_is_told_and_never_breaks_the_start(tmp_path, broken):
    path = tmp_path / "birds.toml"
    path.write_text(broken if "pack" in broken else f'{broken}\n[pack]\nid = "birds"\n', encoding="utf-8")
    with pytest.raises(PackError, match="birds.toml"):
        read_pack(path)

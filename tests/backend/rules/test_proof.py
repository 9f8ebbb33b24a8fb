import pytest

from backend.pipeline import Engine
from backend.rules.loader import BUILT_IN, PackError, load_packs, read_rule
from backend.rules.proof import PROVEN, problems, require_proven
from tests.backend.rules.test_loader import rule

PACKS = load_packs()


def told(**changes):
    return list(problems(read_rule(rule(**changes))))


def test_a_sound_rule_has_no_problems():
    assert told() == []


def test_a_hit_that_is_missed_is_named():
    assert told(hits=["SUNBIRD", "moonbird"]) == ["misses its hit 'moonbird'"]


def test_a_miss_that_is_hit_is_named():
    assert told(misses=["the SUNBIRD sings"]) == ["hits its miss 'the SUNBIRD sings'"]


def test_a_hit_may_demand_a_level():
    assert told(score=50, hits=[{"text": "SUNBIRD", "level": "stop"}]) == ["misses its hit 'SUNBIRD'"]


def test_a_miss_may_allow_a_note():
    assert told(score=40, misses=[{"text": "SUNBIRD", "below": "warn"}]) == []


def test_a_bad_pattern_is_named():
    assert "bad pattern" in told(patterns=[{"match": "(SUNBIRD"}])[0]


@pytest.mark.parametrize("slow", [r"(?:a|aa)+$|SUNBIRD", r"(?:\d+)+x|SUNBIRD"])
def test_a_pattern_that_can_be_made_slow_is_named(slow):
    assert any("too slow" in problem for problem in told(patterns=[{"match": slow}]))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_every_rule_of_every_built_in_pack_does_what_it_says(pack):
    found = [f"{one.id}: {problem}" for one in pack.rules for problem in problems(one)]
    assert found == []


def test_the_record_of_proven_packs_is_up_to_date():
    known = PROVEN.read_text(encoding="ascii").split()
    assert sorted(known[::2]) == sorted(pack.digest for pack in PACKS), "run: make packs"


def test_an_engine_does_not_start_with_a_pack_that_lies(tmp_path):
    source = (BUILT_IN / "markings-nato.toml").read_text(encoding="utf-8")
    assert 'hits = ["' in source or "hits = [" in source
    lying = source.replace("hits = [", 'hits = ["nothing of the kind", ', 1)
    lying = lying.replace('id = "markings-nato"', 'id = "other"').replace('id = "nato.', 'id = "other.')
    (tmp_path / "other.toml").write_text(lying, encoding="utf-8")
    with pytest.raises(PackError, match="rule other.*misses its hit 'nothing of the kind'"):
        Engine.build(pack_folders=[tmp_path])


def test_a_pack_that_is_not_on_record_is_proven_when_it_loads(tmp_path):
    empty = tmp_path / "proven.txt"
    require_proven(PACKS[:1], record=empty)
    assert not empty.exists()

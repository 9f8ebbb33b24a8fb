import pytest

from backend.model import Draft, Level
from backend.pipeline import Engine
from backend.rules.loader import load_packs

ENGINE = Engine.build()
NATIONAL = [rule.id for pack in load_packs() for rule in pack.rules if pack.id == "identifiers-national"]


def level(text, channel="post"):
    found = [one for one in ENGINE.check(Draft(text=text, channel=channel)).findings if one.category == "identifier"]
    return max((one.level for one in found), default=Level.CLEAR)


def test_numbers_of_at_least_forty_countries_are_known():
    assert len({name.split(".")[1] for name in NATIONAL}) >= 40


@pytest.mark.parametrize(
    "text",
    [
        "my number is 110105199003070033",
        "身份证 110105199003070033",
        "CCCD: 001090012345",
        "call me on +44 20 7946 0958",
        "we are camping at 21.028511, 105.804817",
        "mira.kovacs@northgate.net",
        "booking reference QW3RT8",
        "ssh admin@10.24.3.117",
    ],
)
def test_one_number_gets_a_note_for_it_may_be_ones_own(text):
    assert level(text) is Level.NOTE


TABLE = """姓名,手机,邮箱
周岚,13812345670,lan.zhou@northgate.net
吴磊,13912345671,lei.wu@northgate.net
郑一,13712345672,yi.zheng@northgate.net
冯青,15012345673,qing.feng@northgate.net
陈默,18812345674,mo.chen@northgate.net
"""


def test_a_table_of_people_is_asked_about_with_the_count():
    verdict = ENGINE.check(Draft(text="帮我按部门整理：\n" + TABLE, channel="ai"))
    counts = {one.rule: one.values["count"] for one in verdict.findings if one.category == "identifier"}
    assert counts["identifier.phone"] == counts["identifier.email"] == "5"
    assert verdict.level >= Level.WARN


def test_a_long_table_is_stopped_however_far_its_rows_are_from_its_head():
    rows = "\n".join(f"row {number}, 1380000{number:04d}, note {'x' * 40}" for number in range(40))
    assert level("customers\n" + rows, "ai") is Level.STOP


def test_a_card_number_is_asked_about():
    assert level("pay with 4539 1488 0343 6467") is Level.WARN


@pytest.mark.parametrize(
    "text",
    [
        "4539 1488 0343 6468",
        "110105199003070039",
        "order 202411240001 arrives 2024-11-26",
        "we sold 1,250,000,000 of them",
        "info@northgate.net",
        "user@example.com",
        "pi is 3.14159265358979",
        "ISBN 978-7-111-54493-7",
        "score 21-19 21-17",
        "10.5 km in 52:30",
        "快递单号 773012345678901",
        "bare 123-45-6789 and nothing else",
    ],
)
def test_a_bare_number_without_strength_is_silent(text):
    assert level(text) is Level.CLEAR

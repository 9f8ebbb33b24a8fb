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


@pytest.mark.parametrize(
    "text",
    [
        "rodné číslo 785101/8714",
        "rodne cislo: 095212/2996",
        "nik 3171016201552297",
        "pesel 04252685794",
        "personnummer 900331-4839",
        "cnp 5040519409726",
        "ЕГН 0542194005",
        "curp GALR070617HDFNPNC7",
        "henkilötunnus 311052-2053",
    ],
)
def test_numbers_of_women_of_the_young_and_of_those_born_at_a_months_end_are_known(text):
    assert level(text) is Level.NOTE


@pytest.mark.parametrize(
    "text",
    [
        "HKID A123456(3)",
        "台湾身份证字号 A123456789",
        "NRIC M1234567K",
        "СНИЛС 112-233-445 95",
        "ИИН 900101300017",
        "ЈМБГ 0101006500006",
        "my national insurance number is AB 12 34 56 C",
        "CMND 012345678",
        "паспорт серия 4509 номер 123456",
        "tọa độ 21.0285, 105.8542",
        "坐标：116.3974, 39.9092",
        '{"lat": 21.028511, "lng": 105.804817}',
        "N 21° 01.710' E 105° 51.252'",
        "41°24′12.2″N 2°10′26.5″E",
        "北纬39°54′26″ 东经116°23′29″",
        "plus code 7PH82RH3+F8",
        "MGRS 48QWJ8853125871",
        "https://waze.com/ul?ll=21.0285,105.8048",
        "京A·12345 停在门口",
        "call me on 020 7946 0958",
        "座机 010-62345678",
        "тел. 8 (912) 345-67-89",
        "ssh root@jenkins.corp",
        "sort code 20-00-00 account 55779911",
    ],
)
def test_the_words_beside_a_number_may_be_of_any_country(text):
    assert level(text) is Level.NOTE


def test_a_card_number_without_groups_or_words_is_a_note_and_of_a_parcel_it_is_none():
    assert level("4539148803436467") is Level.NOTE
    assert level("my card 4539148803436467") is level("卡号 4539148803436467") is Level.WARN
    assert level("tracking no 4539148803436467") is Level.CLEAR


@pytest.mark.parametrize(
    "lines",
    [
        "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ],
)
def test_the_coded_lines_of_passports_visas_and_identity_cards_are_read(lines):
    assert level(lines) is Level.WARN
    assert level(lines.replace("1", "2")) is Level.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "电话 110",
        "the hotline is 1900 1234",
        "iphone 15 for 1,250,000,000",
        "phone screen 1080 1920",
        "北纬30度是条神秘的线",
        "it is 30° outside, 20° inside",
        "buy local. lan party",
        "cat <<<EOF",
        "C++11 and 2+2=4",
    ],
)
def test_words_without_a_number_of_theirs_are_silent(text):
    assert level(text) is Level.CLEAR


def test_every_identifier_is_called_something_in_each_language():
    rules = [rule for pack in load_packs() for rule in pack.rules if rule.category == "identifier"]
    assert not [rule.id for rule in rules if rule.title["zh"].isascii() or len(set(rule.title.values())) < 3]
    assert not [rule.id for rule in rules if rule.title["en"] in rule.title["zh"] + rule.title["vi"]]

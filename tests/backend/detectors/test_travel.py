import pytest

from backend.detectors.travel import readable, valid
from backend.model import Attachment, Draft, Level, Line, Part, Reading
from backend.pipeline import Engine
from backend.text.icao import check_digit
from backend.wording import verdict_json

ENGINE = Engine.build()
PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
SMALL = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def picture(*rows, origin="ocr"):
    lines, position = [], 0
    for number, row in enumerate(rows):
        lines.append(Line(position, position + len(row), (10, 40 * number, 600, 30)))
        position += len(row) + 1
    part = Part("a1", "\n".join(rows), origin, size=(800, 600), lines=tuple(lines) if origin == "ocr" else ())
    return Attachment("a1", reading=Reading((part,)))


def check(*rows, channel="post", origin="ocr"):
    return ENGINE.check(Draft(channel=channel, attachments=(picture(*rows, origin=origin),)))


def told(verdict):
    return [finding for finding in verdict.findings if finding.rule == "travel.mrz"]


@pytest.mark.parametrize("rows", [PASSPORT, VISA, SMALL, CARD])
def test_each_kind_of_coded_lines_is_held_and_every_line_can_be_covered(rows):
    (finding,) = told(check("REPUBLIC OF UTOPIA", *rows))
    assert (finding.level, finding.category, finding.remedies) == (Level.STOP, "identifier", ("cover_boxes",))
    assert [place.box[1] for place in finding.places] == [40 * n for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    "rows",
    [
        ("P≤UTOERIKSSON≤≤ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UT07408122F12O4159ZE184226B<<<<<10"),
        ("PΛUTOERIKSSONΛΛANNAΛMARIA<ΛΛΛΛ<<ΛΛ<ΛΛΛΛΛΛΛΛΛ", "L898902C36UTO74O8I22F1204I59ZE184226B<<<<10"),
        ("I<UTOD23145890T<<<<<<<<<<<<<<<", "74O8122F1204159UT0<<<<<<<<<<<6"),
        ("p<UTOERIKSSON<<ANNA MARIA", "L898902C36 UTO 7408122F1204159 ZE184226B<<<<<10"),
    ],
)
def test_what_ocr_mixes_up_is_put_right_by_its_position(rows):
    assert told(check(*rows))[0].level is Level.STOP


def test_a_zone_cut_off_after_the_names_is_still_a_question():
    assert told(check(PASSPORT[0]))[0].level is Level.WARN


@pytest.mark.parametrize("channel", ["message", "mail"])
def test_sending_a_passport_to_someone_is_asked_about_and_not_held(channel):
    assert told(check(*PASSPORT, channel=channel))[0].level is Level.WARN


def test_typed_lines_are_left_to_the_packs():
    assert not told(check(*PASSPORT, origin="file"))


def test_nothing_is_told_twice_of_the_same_lines():
    assert [one.rule for one in check(*PASSPORT).findings if one.category == "identifier"] == ["travel.mrz"]


@pytest.mark.parametrize(
    "row",
    [
        "<<<<<<< HEAD of the branch that we merged",
        "L898902C37UTO7408123F1204150ZE184226B<<<<<10",
        "std::vector<std::pair<int,int>>values<<<",
        "THEQUICKBROWNFOXJUMPSOVERTHELAZYDOG",
        "00012345678905 74081200000000000000000000000",
    ],
)
def test_other_long_lines_say_nothing(row):
    assert not told(check(row))


def test_the_examples_of_the_standard_agree():
    assert (check_digit("520727"), check_digit("AB2134<<<"), check_digit("D23145890734")) == ("3", "5", "9")
    assert valid(PASSPORT[1]) == valid(VISA[1]) == valid(SMALL[1]) == valid(*CARD[:2]) == 3
    assert readable("p ≤ u") == "P<U"


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_it_has_words(language):
    found = verdict_json(check(*PASSPORT), language)["findings"]
    (finding,) = [one for one in found if one["rule"] == "travel.mrz"]
    assert all(finding[key] for key in ("title", "reason", "advice"))

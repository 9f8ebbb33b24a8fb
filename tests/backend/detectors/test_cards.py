import pytest

from backend.model import Attachment, Draft, Level, Line, Part, Reading
from backend.pipeline import Engine
from backend.wording import verdict_json

ENGINE = Engine.build()
CARD = ("BANK OF UTOPIA", "4539 1488 0343 6467", "VALID THRU 09/27", "ANNA ERIKSSON")


def check(*rows, origin="ocr"):
    lines, position = [], 0
    for number, row in enumerate(rows):
        lines.append(Line(position, position + len(row), (10, 40 * number, 600, 30)))
        position += len(row) + 1
    part = Part("a1", "\n".join(rows), origin, size=(800, 600), lines=tuple(lines) if origin == "ocr" else ())
    return ENGINE.check(Draft(attachments=(Attachment("a1", reading=Reading((part,))),)))


def told(verdict):
    return [finding for finding in verdict.findings if finding.rule == "card.photo"]


def test_a_photographed_card_is_held_and_its_number_can_be_covered():
    (finding,) = told(check(*CARD))
    assert (finding.level, finding.category, finding.remedies) == (Level.STOP, "identifier", ("cover_boxes",))
    assert [place.box for place in finding.places] == [(10, 40, 600, 30)]


def test_groups_that_were_read_one_by_one_are_one_number():
    (finding,) = told(check("VISA", "4539", "1488", "0343", "6467", "09/27"))
    assert [place.box[1] for place in finding.places] == [40, 80, 120, 160]


@pytest.mark.parametrize(
    "number", ["4539 I488 O343 6467", "4539-1488-0343-6467", "3714 496353 98431", "6222 0212 3456 7894 "]
)
def test_misread_digits_and_other_issuers_are_known(number):
    assert told(check("银联 UnionPay", number.strip()))


def test_a_number_without_the_rest_of_a_card_is_a_question():
    assert told(check("4539 1488 0343 6467"))[0].level is Level.WARN


@pytest.mark.parametrize(
    "rows",
    [
        ("VISA", "4539 1488 0343 6468"),
        ("1234 5678 9012 3456", "VALID THRU 09/27"),
        ("Order 4539148803436467",),
        ("BOOB GOOD LOOS DIBS", "VISA"),
        ("tel. 0800 1234 5678",),
    ],
)
def test_other_numbers_say_nothing(rows):
    assert not told(check(*rows))


def test_typed_numbers_are_left_to_the_packs_and_nothing_is_told_twice():
    assert not told(check(*CARD, origin="file"))
    assert [finding.rule for finding in check(*CARD).findings].count("identifier.card") == 0


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_it_has_words(language):
    finding = next(one for one in verdict_json(check(*CARD), language)["findings"] if one["rule"] == "card.photo")
    assert all(finding[key] for key in ("title", "reason", "advice"))

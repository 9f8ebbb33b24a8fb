import pytest

from backend.detectors.document import SCORES
from backend.model import Attachment, Draft, Level, Line, Part, Reading, Signal
from backend.pipeline import Engine
from backend.wording import verdict_json

ENGINE = Engine.build()


BADGE = "Harbour Dynamics\nImelda Harrow\nEMPLOYEE\nEmployee ID: 041788\nValid until 12/2027"
LETTER = "To all teams\nThis note sets out the arrangements\nfor the second phase"


def check(*signals, words="", page=None):
    lines = (Line(0, len(words), (10, 10, 300, 30)),)
    parts = (Part("a1", words, "ocr", page, size=(800, 600), lines=lines),) if words else ()
    return ENGINE.check(Draft(attachments=(Attachment("a1", reading=Reading(parts, signals)),)))


def document(strength, kind="page", page=None):
    return Signal("document", strength, "a1", page, (0, 10, 700, 500), {"kind": kind})


def mark(kind, page=None):
    return Signal(kind, 0.9, "a1", page, (50, 60, 200, 40))


def rules(verdict):
    return {finding.rule: finding for finding in verdict.findings if finding.category == "document"}


@pytest.mark.parametrize("strength", [0.5, 0.7, 1.0])
@pytest.mark.parametrize(
    ("kind", "rule"),
    [("page", "photo"), ("id", "id"), ("receipt", "receipt"), ("screen", "screen"), ("other", "photo")],
)
def test_a_picture_of_a_document_is_a_warning_of_its_kind(strength, kind, rule):
    (finding,) = check(document(strength, kind)).findings
    assert (finding.rule, finding.category, finding.level) == (f"document.{rule}", "document", Level.WARN)
    assert finding.remedies == ("cover_boxes",)
    assert (finding.places[0].part, finding.places[0].box) == ("a1", (0, 10, 700, 500))


def test_what_is_covered_is_the_paper_with_all_of_its_writing():
    (finding,) = check(Signal("document", 0.9, "a1", box=(50, 50, 100, 100)), words=LETTER).findings
    assert finding.places[0].box == (10, 10, 300, 140), "the line of the letter begins left of the paper and above"


def test_no_copy_is_offered_where_it_is_not_known_what_to_cover():
    (finding,) = check(Signal("document", 0.9, "a1")).findings
    assert finding.remedies == () and finding.level is Level.WARN
    one, other = document(0.9, page=1), Signal("document", 0.9, "a1", 2)
    (finding,) = check(one, other).findings
    assert len(finding.places) == 2 and finding.remedies == (), "one page would stay as it is"


@pytest.mark.parametrize("kind", ["red_header", "star", "seal", "stamp", "watermark"])
def test_official_marks_raise_the_score_of_a_page_but_do_not_stop_by_themselves(kind):
    plain, official = check(document(0.9)), check(document(0.9), mark(kind))
    photo = rules(plain)["document.photo"].score
    assert photo < rules(official)["document.photo"].score < 85
    assert max(finding.score for finding in official.findings) < 85 and official.level is Level.WARN


@pytest.mark.parametrize(
    "number", ["海发规〔2025〕17号", "Số: 05/BC-UBKH", "Az. 17-2025/0417", "№ 17/0417", "HPO/2025/0417"]
)
def test_a_number_of_the_files_weighs_in_where_there_are_official_marks(number):
    without, numbered = LETTER, f"{LETTER}\n{number}"
    plain = [rules(check(document(0.9), words=words))["document.photo"].score for words in (without, numbered)]
    sealed = [
        rules(check(document(0.9), mark("seal"), words=words))["document.photo"].score for words in (without, numbered)
    ]
    assert plain[0] == plain[1] < sealed[0] < sealed[1] < 85


@pytest.mark.parametrize(
    ("kinds", "rule"),
    [
        (("red_header", "red_line"), "official"),
        (("star", "red_line"), "official"),
        (("seal",), "sealed"),
        (("stamp",), "sealed"),
        (("watermark",), "watermark"),
    ],
)
def test_official_marks_on_a_page_are_told_where_they_stand(kinds, rule):
    finding = rules(check(document(0.9), *map(mark, kinds)))[f"document.{rule}"]
    assert finding.level is Level.WARN and finding.places[0].box == (50, 60, 200, 40)


def test_a_seal_without_a_page_is_a_note_where_there_is_writing_and_nothing_where_there_is_none():
    assert rules(check(mark("seal"), words=LETTER))["document.sealed"].level is Level.NOTE
    assert check(mark("seal"), words="99").level is Level.CLEAR


def test_a_red_line_alone_tells_nothing():
    assert set(rules(check(document(0.9), mark("red_line"), words=LETTER))) == {"document.photo"}


def test_words_decide_the_kind_over_the_looks():
    assert set(rules(check(document(0.9, "receipt"), words=BADGE))) == {"document.badge"}


def test_words_can_prove_a_kind_where_nothing_looks_like_a_document():
    assert rules(check(words=BADGE))["document.badge"].level is Level.WARN


def test_in_a_file_of_pages_only_what_is_personal_is_proven_by_words_alone():
    drawing = "DWG NO A-104 REV C\nSCALE 1:50\nDRAWN BY TL\nCHECKED MH"
    assert rules(check(words=drawing)) and not rules(check(words=drawing, page=3))
    assert rules(check(words=BADGE, page=3))["document.badge"].places[0].page == 3


def test_pages_of_one_kind_are_one_finding_with_every_page():
    finding = rules(check(document(0.7, page=1), document(0.9, page=2)))["document.photo"]
    assert [place.page for place in finding.places] == [1, 2]


def test_an_underlined_red_word_on_a_board_is_no_official_header():
    words = "Sprint 12\nlogin -> API\nwho? Imelda"
    found = rules(check(Signal("board", 0.9, "a1"), mark("red_header"), mark("red_line"), words=words))
    assert set(found) == {"document.whiteboard"}


def test_a_page_of_two_inks_that_looks_a_little_like_a_board_keeps_its_official_header():
    signals = (document(0.9), Signal("board", 0.7, "a1"), mark("red_header"), mark("red_line"))
    found = rules(check(*signals, words=f"{LETTER}\nby Friday?\nis that clear!"))
    assert set(found) == {"document.photo", "document.official"}


def test_a_board_needs_its_looks_and_its_words():
    board = Signal("board", 0.9, "a1")
    words = "Sprint 12\nlogin -> API\nwho? Imelda"
    assert set(rules(check(board, words=words))) == {"document.whiteboard"}
    assert not rules(check(words=words)) and not rules(check(board, words="99\nGILBERT"))


def test_what_may_be_a_document_is_a_note():
    (finding,) = check(document(0.3)).findings
    assert (finding.rule, finding.level) == ("document.perhaps", Level.NOTE)


def test_a_picture_of_none_is_clear():
    assert check().level is Level.CLEAR


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_kind_has_words(language):
    for kind in SCORES:
        (told,) = verdict_json(check(document(0.9, kind)), language)["findings"]
        assert all(told[key] and "{" not in told[key] for key in ("title", "reason", "advice"))

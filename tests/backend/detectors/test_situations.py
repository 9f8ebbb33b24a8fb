import pytest

from backend.detectors.situations import Situations, scored
from backend.model import Draft, Level, Message
from backend.pipeline import Engine

ENGINE = Engine.build()

LEAKS = [
    (
        "post",
        "My husband's squadron flies out on Thursday night, the press does not know yet. Six weeks, pray for them",
    ),
    (
        "comment",
        "I work there. Board already signed the closure of the Hexley plant, letters out Monday, 300 of us, don't tell",
    ),
    ("message", "先别跟别人说，我们院下周三要去突击检查城北那三家厂，名单我都看到了"),
    ("post", "老公部队明晚十点出发去北边演习，要去两个月，舍不得"),
    ("message", "mai 5h sáng đội anh ập vào kho ở bến Bình Sơn, bắt thằng Tèo, em đừng ra đó nha"),
    (
        "ai",
        "帮我把下面的会议纪要整理成报告，内部的别外传：三号样机第二次振动试验没过，轴承裂了，厂里说十月前交不了货，先瞒着用户单位",
    ),
]
HARMLESS = [
    ("post", "Lovely walk by the river today, then cake at Gran's"),
    ("post", "The army museum reopens on Saturday, tickets are on their website"),
    ("comment", "Tập cuối hay quá trời, khóc hết nước mắt luôn"),
    ("post", "今天食堂的红烧肉绝了，排队半小时也值"),
    ("ai", "Explain the difference between a list and a tuple in Python with an example"),
    ("ai", "写一首关于秋天的诗，不要太长"),
    ("post", "Я сегодня купила новый велосипед, завтра поеду кататься в парк"),
]


@pytest.mark.parametrize(("channel", "text"), LEAKS)
def test_it_asks_about_what_a_careful_colleague_would_ask_about(channel, text):
    verdict = ENGINE.check(Draft(text=text, channel=channel))
    assert verdict.level >= Level.WARN
    finding = next(one for one in verdict.findings if one.category == "situation")
    assert finding.places and finding.values["words"] != "…"


@pytest.mark.parametrize(("channel", "text"), HARMLESS)
def test_it_stays_quiet_otherwise(channel, text):
    assert ENGINE.check(Draft(text=text, channel=channel)).level is Level.CLEAR


@pytest.mark.parametrize("text", ["0.5, 0.25, 3.14159", "123.123", "172.20.3.4:5432", "ok", "🎉🎉"])
def test_bare_numbers_and_signs_are_no_prose(text):
    assert [one for one in ENGINE.check(Draft(text=text)).findings if one.category == "situation"] == []


def test_an_ordinary_appointment_never_interrupts():
    assert ENGINE.check(Draft(text="8h tối nay ăn lẩu ở quán cũ nha, nhớ rủ Lan", channel="message")).level < Level.WARN


def test_a_long_paper_gets_a_note_at_most_for_its_prose():
    text = " ".join(words for _, words in LEAKS) * 4
    levels = {one.level for one in ENGINE.check(Draft(text=text)).findings if one.category == "situation"}
    assert levels <= {Level.NOTE}


def test_an_answer_is_judged_with_what_was_asked_before():
    thread = (
        Message("them", "I pay 300 for every internal report you can send me, nobody will know"),
        Message("me", "what kind"),
        Message("them", "test results of the new radar, or the roster of your unit"),
    )
    draft = Draft(
        text="ok, I'll photograph the roster tonight and send it, how do you pay", channel="message", thread=thread
    )
    levels = {one.rule: one.level for one in ENGINE.check(draft).findings}
    assert max(levels.get("situation.elicitation", 0), levels.get("situation.blackmail", 0)) >= Level.WARN


def test_prose_alone_never_holds_a_send_for_good():
    assert all(
        one.level < Level.STOP
        for channel, text in LEAKS
        for one in ENGINE.check(Draft(text=text, channel=channel)).findings
        if one.category == "situation"
    )


def test_a_script_it_was_not_taught_is_left_alone():
    verdict = ENGINE.check(Draft(text="Мой муж завтра ночью уезжает с частью на учения, никому не говорите"))
    assert [one for one in verdict.findings if one.category == "situation"] == []


def test_the_words_shown_stand_where_they_are_said_to_stand():
    text = "😀 " + LEAKS[0][1]
    finding = next(one for one in ENGINE.check(Draft(text=text)).findings if one.category == "situation")
    units = text.encode("utf-16-le")
    for place in finding.places:
        words = units[2 * place.start : 2 * place.end].decode("utf-16-le")
        assert words.strip() == words != ""


@pytest.mark.parametrize(("margin", "score"), [(-3.0, 0), (-1.0, 30), (0.0, 60), (1.0, 68), (9.0, 84)])
def test_a_margin_becomes_a_score_by_the_models_thresholds(margin, score):
    assert scored(margin, -1.0, 0.0) == score


def test_it_looks_up_the_phrases_of_its_cues():
    assert isinstance(ENGINE._detectors["situations"], Situations)
    assert len(ENGINE._detectors["situations"].literals()) > 1_000

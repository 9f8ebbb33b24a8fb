"""Secrecy and handling marks: which forms speak, how loudly, and which neighbours stay silent."""

from __future__ import annotations

import pytest

from backend.model import Attachment, Draft, Level, Line, Message, Part, Reading, Verdict
from backend.pipeline import Engine
from backend.rules.loader import load_packs

CLEAR, NOTE, WARN, STOP = Level.CLEAR, Level.NOTE, Level.WARN, Level.STOP
MARKING_PACKS = tuple(pack for pack in load_packs() if pack.id.startswith(("markings-", "handling-")))


def loudest(verdict: Verdict) -> Level:
    """Return the loudest level that a marking gave; other detectors have their own tests."""
    return max((one.level for one in verdict.findings if one.category == "marking"), default=CLEAR)


def rules(verdict: Verdict) -> set[str]:
    return {one.rule for one in verdict.findings if one.category == "marking" and one.level > CLEAR}


def score(verdict: Verdict, rule: str) -> int:
    return next(one.score for one in verdict.findings if one.rule == rule)


def typed(engine: Engine, text: str, channel: str = "post") -> Level:
    return loudest(engine.check(Draft(text=text, channel=channel)))


def page(*rows: tuple[str, tuple[int, int, int, int], dict[str, object]]) -> Draft:
    """Return a draft with one photographed page of 1000 x 1400 pixels."""
    lines, at = [], 0
    for text, box, look in rows:
        lines.append(Line(at, at + len(text), box, **look))  # type: ignore[arg-type]
        at += len(text) + 1
    text = "\n".join(row[0] for row in rows)
    part = Part("photo", text, origin="ocr", page=1, size=(1000, 1400), lines=tuple(lines))
    return Draft(attachments=(Attachment("photo", reading=Reading(parts=(part,))),))


def read(engine: Engine, text: str) -> Level:
    """Return the level of a page of plain black lines in the middle of the paper."""
    rows = [(line, (100, 500 + 40 * at, 400, 30), {}) for at, line in enumerate(text.split("\n"))]
    return loudest(engine.check(page(*rows)))


FULL_STRENGTH = [
    "绝密★30年", "机密★10年", "秘密★1年", "机密★长期", "机密★会议开始前", "机密★", "機密★十年", "密级：机密",
    "核心商密★5年",
    "TUYỆT MẬT", "TỐI MẬT", "MẬT", "TUYET MAT", "Độ mật: Tối mật",
    "TOP SECRET//SI//NOFORN", "(TS//SI//NF)", "(S//NF) The hall is empty.", "SECRET//REL TO USA, FVEY",
    "CLASSIFICATION: SECRET",
    "TOP SECRET", "SECRET", "CONFIDENTIAL", "S E C R E T", "ＴＯＰ　ＳＥＣＲＥＴ", "UK EYES ONLY",
    "COSMIC TOP SECRET", "NATO SECRET", "NATO CONFIDENTIAL", "TRÈS SECRET UE/EU TOP SECRET",
    "RESTREINT UE/EU RESTRICTED",
    "STRENG GEHEIM", "GEHEIM", "VS-VERTRAULICH", "TRÈS SECRET", "SECRET DÉFENSE", "Особой важности",
    "Совершенно секретно",
    "特定秘密", "機密性3情報", "極秘\n北浜の報告", "Ⅰ급비밀", "Ⅱ급비밀", "Ⅲ급비밀", "TLP:RED",
]  # fmt: skip

LIMITED = [
    "工作秘密", "内部资料,注意保密", "内部资料 注意保密", "内部使用,不得外传", "普通商密★3年",
    "LƯU HÀNH NỘI BỘ", "TÀI LIỆU THU HỒI",
    "CUI", "CUI//SP-CTI", "FOUO", "U//LES", "SBU", "OFFICIAL-SENSITIVE", "Classification: Confidential",
    "Classified By: J. Warden\nDerived From: Guide 4\nDeclassify On: 20491231",
    "NATO RESTRICTED", "VS-NUR FÜR DEN DIENSTGEBRAUCH", "VS-NfD", "DIFFUSION RESTREINTE",
    "Для служебного пользования", "ДСП\nЭкз. № 1", "取扱注意\n会議資料", "社外秘", "対外秘", "대외비",
    "TLP:AMBER", "TLP:AMBER+STRICT",
    "STRICTLY CONFIDENTIAL", "INTERNAL USE ONLY", "PROPRIETARY\nPump drawings", "ATTORNEY-CLIENT PRIVILEGED",
    "DO NOT DISTRIBUTE",
]  # fmt: skip

CANCELLED_OR_HINT = [
    "解密", "GIẢI MẬT", "UNCLASSIFIED", "DECLASSIFIED", "TLP:CLEAR", "TLP:GREEN", "TLP:WHITE", "NATO UNCLASSIFIED",
    "国发〔2025〕1号", "国发[2025]1号", "国发【2025】1号", "国发（2025）1号", "Số: 05/BC-BTC", "15/QĐ-TTg",
    "特急", "加急", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "Экз. № 1", "份号：000123",
]  # fmt: skip

EVERYDAY = [
    "绝密飞行今晚开播", "秘密花园涂色书", "维多利亚的秘密新款", "这是我们的秘密", "张秘书下午到", "商业机密",
    "绝密级演技",
    "mật khẩu wifi là gì", "mật ong rừng", "bí mật của em", "KHÓA BÍ MẬT", "kế hoạch tối mật cho sinh nhật mẹ",
    "tuần trăng mật",
    "top secret recipe", "TOP SECRET RECIPE", "SECRET_KEY=abc", "secret santa", "Secret Garden",
    "VICTORIA'S SECRET", "for your eyes only",
    "what does TLP:RED mean?", "All calls are strictly confidential", "NATO SECRETARY GENERAL",
    "Copyright (C) 2020 Example Ltd",
    "section (C) of the report", "streng geheimes Rezept", "c'est très secret, ma recette", "стол из ДСП",
    "совершенно секретно :)",
    "極秘レシピ公開", "이건 1급 비밀이야 ㅋㅋ", "SECRETO", "INTERNO", "🤫 TOP SECRET 🤫",
]  # fmt: skip


@pytest.mark.parametrize("text", FULL_STRENGTH)
def test_a_full_strength_mark_holds_the_send(engine: Engine, text: str) -> None:
    assert typed(engine, text) == STOP


@pytest.mark.parametrize("text", LIMITED)
def test_a_mark_of_limited_circulation_asks_once(engine: Engine, text: str) -> None:
    assert typed(engine, text) >= WARN


@pytest.mark.parametrize("text", CANCELLED_OR_HINT)
def test_a_cancelling_mark_or_a_lone_number_interrupts_nobody(engine: Engine, text: str) -> None:
    assert typed(engine, text) <= NOTE


@pytest.mark.parametrize("text", EVERYDAY)
def test_the_same_words_in_daily_talk_are_silent(engine: Engine, text: str) -> None:
    assert typed(engine, text) == CLEAR


@pytest.mark.parametrize("cancelled", [
    "已解密\n机密★10年\n一九五八年水利工程档案",
    "ĐÃ GIẢI MẬT\nTỐI MẬT\nHồ sơ năm 1972",
    "TELEGRAM\nUNCLASSIFIED\n\nSECRET\n\nThe harbour is full.",
    "SECRET\nThe harbour is full.\nDECLASSIFIED",
    "Рассекречено\nСовершенно секретно\nдонесение 1943 года",
])  # fmt: skip
def test_a_cancelling_mark_cancels_the_mark_beside_it(engine: Engine, cancelled: str) -> None:
    assert typed(engine, cancelled) <= NOTE


@pytest.mark.parametrize(("alone", "beside"), [
    ("国发〔2027〕1号", "机密★10年\n国发〔2027〕1号"),
    ("Số: 05/BC-BTC", "MẬT\nSố: 05/BC-BTC"),
    ("Экз. № 1", "Секретно\nЭкз. № 1"),
])  # fmt: skip
def test_a_document_number_is_a_hint_alone_and_strong_beside_a_mark(engine: Engine, alone: str, beside: str) -> None:
    number = {"国": "cn.document-number", "S": "vn.document-number", "Э": "ru.copy-number"}[alone[0]]
    verdict = engine.check(Draft(text=beside))
    assert typed(engine, alone) <= NOTE
    assert next(one.level for one in verdict.findings if one.rule == number) >= WARN


def test_every_bracket_of_a_chinese_document_number_is_understood(engine: Engine) -> None:
    for left, right in ("〔〕", "[]", "()", "【】", "（）", "［］"):
        verdict = engine.check(Draft(text=f"机密★10年\n北岭办发{left}2027{right}15号"))
        assert "cn.document-number" in rules(verdict)


def test_urgency_raises_an_official_paper_and_nothing_else(engine: Engine) -> None:
    assert typed(engine, "特急\n北岭府办发〔2027〕3号\n关于做好值班工作的通知") == NOTE
    assert typed(engine, "HỎA TỐC\nship nội thành 20k") == CLEAR


@pytest.mark.parametrize("text", [
    "this doc is classified SECRET, please summarise it for my boss",
    "my folder at work is marked TOP SECRET, so proud",
    "这份是机密文件，请帮我润色",
    "tóm tắt giúp em tài liệu tối mật này",
])  # fmt: skip
def test_talk_about_a_classified_paper_of_ones_own_asks_once(engine: Engine, text: str) -> None:
    assert typed(engine, text, "ai") >= WARN


@pytest.mark.parametrize("text", ["绝密文件", "tài liệu tối mật", "the file is marked TOP SECRET"])
def test_bare_talk_about_a_classified_paper_is_a_note(engine: Engine, text: str) -> None:
    assert typed(engine, text) == NOTE


MISREAD = [
    "SECRFT", "T0P SECRET", "TOP SECRFT//SI//NOFORN", "CONFIDENTIAI", "机密*10年", "机密大10年", "机蜜★10年", "绝 密",
    "TUYET MAT", "TOI MAT\nSo: 9/KH-BTL", "NATO SECRFT", "UK EYES 0NLY", "СЕКРЕТИО", "TRES SECRFT", "TLP:RFD",
]  # fmt: skip


@pytest.mark.parametrize("text", MISREAD)
def test_a_mark_that_a_scanner_misread_is_still_seen_on_a_page(engine: Engine, text: str) -> None:
    assert read(engine, text) >= WARN


@pytest.mark.parametrize("text", ["SECRFT", "CONFIDENTIAI", "机蜜★10年"])
def test_typed_text_is_not_read_so_generously(engine: Engine, text: str) -> None:
    assert typed(engine, text) < read(engine, text)


LOOKALIKES = ["SECRETS", "DÉCRET", "ĐÔI MẮT", "YOGA MAT", "SECRET GARDEN", "秘密花园", "绝密飞行\n上映"]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_lines_that_only_look_like_a_mark_are_silent_on_a_page(engine: Engine, text: str) -> None:
    assert read(engine, text) == CLEAR


def test_a_red_boxed_stamp_speaks_louder_than_black_print(engine: Engine) -> None:
    number = ("So: 05/KH-BQP", (100, 900, 300, 30), {})
    plain = page(("MAT", (100, 700, 80, 30), {}), number)
    stamp = page(("MAT", (100, 60, 80, 30), {"red": 0.9, "boxed": True, "angle": 8.0}), number)
    assert score(engine.check(plain), "vn.secret.page") < score(engine.check(stamp), "vn.secret.page")
    assert loudest(engine.check(stamp)) == STOP


def test_a_finding_names_the_words_and_the_line(engine: Engine) -> None:
    verdict = engine.check(Draft(text="看看这个\n机密★10年\n北岭站"))
    found = next(one for one in verdict.findings if one.rule == "cn.state-secret")
    assert "机密★10年" in found.values["words"]
    assert [(place.start, place.end) for place in found.places] == [(5, 11)]


def test_a_mark_in_the_messages_before_the_draft_is_not_the_drafts(engine: Engine) -> None:
    assert loudest(engine.check(Draft(text="ok", thread=(Message("them", "TOP SECRET"),)))) == CLEAR


MEMBER_STATES = set("at be bg cy cz dk ee es fi gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split())


def test_every_member_state_of_the_union_has_its_words() -> None:
    names = {rule.id for pack in MARKING_PACKS for rule in pack.rules}
    assert {name.removeprefix("eu.national.") for name in names if name.startswith("eu.national.")} == MEMBER_STATES
    assert {"de.vs", "fr.secret"} <= names


@pytest.mark.parametrize(("text", "rule"), [
    ("ЗА СЛУЖЕБНО ПОЛЗВАНЕ", "eu.national.bg"), ("PŘÍSNĚ TAJNÉ", "eu.national.cz"),
    ("YDERST HEMMELIGT", "eu.national.dk"),
    ("TÄIESTI SALAJANE", "eu.national.ee"), ("DIFUSIÓN LIMITADA", "eu.national.es"),
    ("ERITTÄIN SALAINEN", "eu.national.fi"),
    ("ΆΚΡΩΣ ΑΠΌΡΡΗΤΟ", "eu.national.gr"), ("VRLO TAJNO", "eu.national.hr"), ("SZIGORÚAN TITKOS!", "eu.national.hu"),
    ("SEGRETISSIMO", "eu.national.it"), ("VISIŠKAI SLAPTAI", "eu.national.lt"), ("SEVIŠĶI SLEPENI", "eu.national.lv"),
    ("Stg. ZEER GEHEIM", "eu.national.nl"), ("ŚCIŚLE TAJNE", "eu.national.pl"), ("MUITO SECRETO", "eu.national.pt"),
    ("STRICT SECRET DE IMPORTANȚĂ DEOSEBITĂ", "eu.national.ro"), ("HEMLIG/SECRET", "eu.national.se"),
    ("STROGO TAJNO", "eu.national.si"), ("PRÍSNE TAJNÉ", "eu.national.sk"),
])  # fmt: skip
def test_a_national_mark_is_seen_under_its_own_rule(engine: Engine, text: str, rule: str) -> None:
    verdict = engine.check(Draft(text=text))
    assert rule in rules(verdict)
    assert loudest(verdict) >= WARN


@pytest.mark.parametrize("pack", MARKING_PACKS, ids=lambda pack: pack.id)
def test_a_pack_says_what_it_is_and_on_which_law_or_rulebook_it_rests(pack) -> None:
    assert len(pack.description) > 40
    assert pack.sources


@pytest.mark.parametrize("rule", [rule for pack in MARKING_PACKS for rule in pack.rules], ids=lambda rule: rule.id)
def test_a_rule_shows_the_words_seen_and_is_kind(rule) -> None:
    for language in ("en", "vi", "zh"):
        assert "{words}" in rule.reason[language]
        wording = f"{rule.title[language]} {rule.reason[language]} {rule.advice[language]}".casefold()
        assert not any(blame in wording for blame in ("violat", "vi phạm", "违规", "违法", "illegal"))

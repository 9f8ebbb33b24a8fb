import pytest

from backend.text import papers
from backend.text.normalise import normalise


def told(text):
    return papers.told(normalise(text).plain)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("form", "Registration form\nSurname:\nFirst name:\nDate of birth:\nAddress:\nTelephone:\nSignature: ________"),
        ("form", "入学报名表\n姓名:\n出生日期:\n地址:\n联系电话:\n签字:"),
        ("form", "TỜ KHAI\nHọ và tên: ......\nNgày sinh: ......\nĐịa chỉ: ......\nĐiện thoại:\n(ký, ghi rõ họ tên)"),
        ("id", "BUNDESREPUBLIK DEUTSCHLAND\nPERSONALAUSWEIS\nNachname\nGeburtsdatum\nStaatsangehörigkeit\nGültig bis"),
        ("id", "UNITED KINGDOM\nDRIVING LICENCE\nSurname\nDate of birth\nPlace of birth"),
        ("id", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"),
        ("id", "居民身份证\n姓名 李四\n性别 男\n民族 汉\n出生 1990年1月1日"),
        ("badge", "VISITOR\nName: A. Lane\nCompany: North Ltd\nBadge No 12\nIf found return to reception"),
        ("badge", "THẺ NHÂN VIÊN\nHọ tên: Lê An\nBộ phận: Kho\nMã NV: 77"),
        ("badge", "工作证\n姓名 李四\n部门 采购部\n工号 0032"),
        ("card", "SPARKASSE\n4111 1111 1111 1111\nGÜLTIG BIS 11/29\nVISA"),
        ("card", "中国某某银行\n6222 0202 0000 0000\n有效期 11/29\n银联"),
        (
            "receipt",
            "BAECKEREI NORD\nBrot 3,20\nMilch 1,10\nKaffee 6,90\nSumme EUR 11,20\nMwSt 7%\nGegeben 20,00\nVielen Dank",
        ),
        ("receipt", "HÓA ĐƠN BÁN LẺ\nThành tiền 120.00\nThuế GTGT 9.60\nTổng cộng 129.60\nTiền mặt\nCảm ơn quý khách"),
        ("receipt", "购物小票\n数量 单价\n合计 58.00\n实收 60.00\n找零 2.00\n收银员 03"),
        ("ticket", "BOARDING PASS\nDOE/JOHN MR\nFLIGHT UT204\nGATE B4 SEAT 22A\nBOARDING TIME 09:40"),
        ("ticket", "北站 D301次 南站\n08车05F号\n二等座\n检票口 A3\n票价 ¥55.0"),
        ("ticket", "VÉ TÀU\nGa đi: Nam\nGa đến: Bắc\nTàu SE3 Toa 4\nGhế 12\nGiá vé 300.000"),
        ("drawing", "DWG NO A-104 REV C\nSCALE 1:50\nDRAWN BY TL\nCHECKED MH\nSHEET 2 OF 7"),
        ("drawing", "图号 AB-12\n比例 1:2\n设计 张三\n审核 李四\n材料 45钢"),
        ("drawing", "Zeichnungsnummer 4711\nMaßstab 1:10\nGezeichnet\nGeprüft\nWerkstoff S235"),
    ],
)
def test_words_prove_a_kind_even_where_nothing_looks_like_a_document(kind, text):
    assert told(text) == papers.Told(kind, alone=True)


@pytest.mark.parametrize(
    "text",
    [
        "File Edit View Insert Format Tools Help\nQ3 budget.xlsx\nSheet1",
        "Inbox (12)\nReply\nForward\nSearch mail\nSettings",
        "文件 编辑 查看\n插入 格式 帮助\n预算.xlsx",
    ],
)
def test_words_of_a_screen_name_it_but_do_not_prove_a_document(text):
    assert told(text) == papers.Told("screen", alone=False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a photo from the beach",
        "SUMMER SALE\nup to 50% off\nthis weekend only",
        "We accept VISA, Mastercard and American Express\ncredit and debit cards welcome here",
        "Departures\nFlight Gate Boarding\nUT204 B4 now boarding",
        "Passport to fun! Win a trip to Utopia",
        "Employee of the month",
        "STAFF ONLY",
        "Total eclipse of the heart",
        "Nutrition facts\nServing size 30 g\nTotal fat 3.50 g\nSodium 1.20 g",
        "Best before 11/29\nLot 4111\n500 ml",
        "Scale model 1:72\nmade of plastic",
        "一张普通的风景照片",
        "Chúc mừng sinh nhật bạn",
        "ID 4111 2222",
    ],
)
def test_posters_packages_memes_and_small_talk_are_no_papers(text):
    assert told(text) is None


def test_a_joke_about_a_ticket_proves_none():
    assert not told("When your boarding pass says seat 22A but the plane has 20 rows").alone


def test_a_long_text_that_happens_to_hold_the_words_of_a_card_is_none():
    card = "Visa\nVALID THRU 11/29\n4111 1111 1111 1111\n"
    assert told(card).kind == "card" and told(card + "and a line of a long article\n" * 40) is None


def test_only_the_beginning_of_an_endless_text_is_looked_at():
    words = "dwg no a-104 rev c\nscale 1:50\ndrawn by tl\nchecked mh"
    assert told("x" * 5_000 + "\n" + words) and told("x" * papers.MOST + "\n" + words) is None


def test_every_kind_needs_less_to_be_named_than_to_be_proven():
    assert all(0 < paper.named <= paper.alone for paper in papers.papers())

"""Write ``backend/packs/identifiers-national.toml``: national numbers, one rule a kind, from the table below.

Every number is told by the words beside it and by its check digits (python-stdnum, or our own where that has none).
The hits are drawn at random by a fixed seed until the check accepts them, so they are nobody's on purpose.

    python tools/identifiers.py && python -m backend packs --prove
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from backend.text import validators  # noqa: E402
from tools.credentials import drawn, literal  # noqa: E402

PACK = ROOT / "backend" / "packs" / "identifiers-national.toml"

TABLE = r"""
cn.resident | Chinese resident identity number | cn_resident | [1-6]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx] | 身份证,证件号,公民身份号码,identity card
cn.company | Chinese unified social credit code | stdnum:cn.uscc | [159][1239]\d{6}[0-9A-Z]{10} | 统一社会信用代码,信用代码,税号,纳税人识别号
vn.citizen | Vietnamese citizen number | cccd | 0\d{2} ?[0-3]\d{2} ?\d{3} ?\d{3} | cccd,căn cước,can cuoc,cmnd,chứng minh nhân dân,số định danh,so dinh danh
vn.tax | Vietnamese tax code | stdnum:vn.mst | \d{10}(?:-\d{3})? | mã số thuế,ma so thue,mst
us.ssn | United States social security number | stdnum:us.ssn | \d{3}-\d{2}-\d{4} | ssn,social security,soc sec
us.itin | United States taxpayer number | stdnum:us.itin | 9\d{2}-[5-9]\d-\d{4} | itin,taxpayer
gb.nhs | British NHS number | stdnum:gb.nhs | \d{3} ?\d{3} ?\d{4} | nhs
gb.utr | British taxpayer reference | stdnum:gb.utr | \d{10} | utr,taxpayer reference
de.tax | German tax identification number | stdnum:de.idnr | [1-9]\d ?\d{3} ?\d{3} ?\d{3} | steuer-id,steueridentifikationsnummer,idnr,steuernummer
at.insurance | Austrian insurance number | stdnum:at.vnr | \d{4} ?\d{6} | svnr,sozialversicherungsnummer,versicherungsnummer
ch.ahv | Swiss insurance number | stdnum:ch.ssn | 756\.?\d{4}\.?\d{4}\.?\d{2} | ahv,avs,versichertennummer
fr.nir | French social security number | stdnum:fr.nir | [12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2} | sécurité sociale,numéro de sécu,nir,numero de secu
be.national | Belgian national number | stdnum:be.nn | \d{2}\.?(?:0[1-9]|1[0-2])\.?(?:0[1-9]|[12]\d|3[01])[- ]?\d{3}[. ]?\d{2} | rijksregisternummer,registre national,numéro national,insz
nl.bsn | Dutch citizen service number | stdnum:nl.bsn | \d{9} | bsn,burgerservicenummer,sofinummer
lu.vat | Luxembourg number | stdnum:lu.tva | \d{8} | numéro tva,matricule
it.fiscal | Italian fiscal code | stdnum:it.codicefiscale | [A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z] | codice fiscale,fiscale
es.dni | Spanish identity number | stdnum:es.dni | \d{8}-?[A-Z] | dni,nif,documento nacional
es.nie | Spanish foreigner's number | stdnum:es.nie | [XYZ]-?\d{7}-?[A-Z] | nie,extranjero
pt.nif | Portuguese taxpayer number | stdnum:pt.nif | [1235]\d{8} | nif,contribuinte
ie.pps | Irish public service number | stdnum:ie.pps | \d{7}[A-W][A-IW]? | pps,ppsn
dk.cpr | Danish personal number | stdnum:dk.cpr | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-?\d{4} | cpr,personnummer
se.person | Swedish personal number | stdnum:se.personnummer | (?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]?\d{4} | personnummer,personnr
no.birth | Norwegian birth number | stdnum:no.fodselsnummer | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?\d{5} | fødselsnummer,fodselsnummer,personnummer
fi.hetu | Finnish identity code | stdnum:fi.hetu | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+A-FU-Y]\d{3}[0-9A-Y] | henkilötunnus,hetu,personbeteckning
is.kennitala | Icelandic number | stdnum:is_.kennitala | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-?\d{4} | kennitala,kt
ee.ik | Estonian personal code | stdnum:ee.ik | [3-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4} | isikukood
lt.person | Lithuanian personal code | stdnum:lt.asmens | [3-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4} | asmens kodas
pl.pesel | Polish PESEL | stdnum:pl.pesel | \d{2}(?:[02][1-9]|[13][0-2])(?:0[1-9]|[12]\d|3[01])\d{5} | pesel
cz.birth | Czech or Slovak birth number | stdnum:cz.rc | \d{2}(?:[0257][1-9]|[1368][0-2])(?:0[1-9]|[12]\d|3[01])/?\d{3,4} | rodné číslo,rodne cislo
hr.oib | Croatian OIB | stdnum:hr.oib | \d{11} | oib
si.emso | Slovenian EMŠO | stdnum:si.emso | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])[09]\d{2}50\d{4} | emšo,emso
hu.anum | Hungarian tax number | stdnum:hu.anum | \d{8} | adószám,adoszam
ro.cnp | Romanian personal code | stdnum:ro.cnp | [1-8]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6} | cnp,cod numeric personal
bg.egn | Bulgarian citizen number | stdnum:bg.egn | \d{2}(?:[024][1-9]|[135][0-2])(?:0[1-9]|[12]\d|3[01])\d{4} | егн,egn
gr.amka | Greek AMKA | stdnum:gr.amka | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}\d{5} | αμκα,amka
ru.inn | Russian taxpayer number | stdnum:ru.inn | \d{12} | инн,inn
ua.tax | Ukrainian taxpayer number | stdnum:ua.rntrc | \d{10} | рнокпп,іпн,ідентифікаційний
by.unp | Belarusian taxpayer number | stdnum:by.unp | \d{9} | унп,unp
md.idno | Moldovan number | stdnum:md.idno | \d{13} | idno,idnp
tr.identity | Turkish identity number | stdnum:tr.tckimlik | [1-9]\d{10} | tckn,kimlik no,kimlik numarası,tc kimlik
il.identity | Israeli identity number | stdnum:il.idnr | \d{9} | תעודת זהות,teudat zehut,ת.ז
in.aadhaar | Indian Aadhaar number | stdnum:in_.aadhaar | [2-9]\d{3} ?\d{4} ?\d{4} | aadhaar,aadhar,आधार,uidai
in.pan | Indian PAN | stdnum:in_.pan | [A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z] | pan card,pan no,permanent account,pan number
pk.cnic | Pakistani identity number | stdnum:pk.cnic | [1-7]\d{4}-\d{7}-\d | cnic,nadra
th.pin | Thai identity number | stdnum:th.pin | [1-8]-?\d{4}-?\d{5}-?\d{2}-?\d | บัตรประชาชน,เลขประจำตัว,thai id
my.nric | Malaysian identity number | stdnum:my.nric | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?\d{2}-?\d{4} | nric,mykad,kad pengenalan
id.nik | Indonesian identity number | stdnum:id.nik | [1-35-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6} | nik,ktp,nomor induk
jp.mynumber | Japanese individual number | stdnum:jp.in_ | \d{4} ?\d{4} ?\d{4} | マイナンバー,個人番号,my number
kr.resident | Korean resident number | stdnum:kr.rrn | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-8]\d{6} | 주민등록번호,주민번호,resident registration
tw.company | Taiwanese company number | stdnum:tw.ubn | \d{8} | 統一編號,统编,統編
au.tfn | Australian tax file number | stdnum:au.tfn | \d{3} ?\d{3} ?\d{3} | tfn,tax file number
nz.ird | New Zealand IRD number | stdnum:nz.ird | \d{2,3}-\d{3}-\d{3} | ird
ca.sin | Canadian social insurance number | stdnum:ca.sin | [1-79]\d{2}[ -]\d{3}[ -]\d{3} | sin,social insurance,assurance sociale
mx.curp | Mexican CURP | stdnum:mx.curp | [A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HM](?:AS|BC|BS|CC|CH|CL|CM|CS|DF|DG|GR|GT|HG|JC|MC|MN|MS|NE|NL|NT|OC|PL|QR|QT|SL|SP|SR|TC|TL|TS|VZ|YN|ZS)[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d | curp
br.cpf | Brazilian CPF | stdnum:br.cpf | \d{3}\.\d{3}\.\d{3}-\d{2} | cpf,cadastro
br.cnpj | Brazilian CNPJ | stdnum:br.cnpj | \d{2}\.\d{3}\.\d{3}/0001-\d{2} | cnpj
ar.dni | Argentine CUIT | stdnum:ar.cuit | 2[03-7]-?\d{8}-?\d | cuit,cuil
cl.rut | Chilean RUT | stdnum:cl.rut | \d{1,2}\.?\d{3}\.?\d{3}-[\dkK] | rut,run
co.nit | Colombian NIT | stdnum:co.nit | [89]\d{2}\.\d{3}\.\d{3}-\d | nit
ec.ci | Ecuadorian identity number | stdnum:ec.ci | (?:0[1-9]|1\d|2[0-4])[0-5]\d{7} | cédula,cedula
do.cedula | Dominican identity number | stdnum:do.cedula | \d{3}-\d{7}-\d | cédula,cedula
za.identity | South African identity number | stdnum:za.idnr | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}[012]\d\d | id number,identity number,sa id
eg.tax | Egyptian tax number | stdnum:eg.tn | \d{3}-\d{3}-\d{3} | الرقم الضريبي,tax registration
vn.card | Old Vietnamese identity card | cmnd | \d{9} | cmnd,chứng minh nhân dân,chung minh nhan dan
gb.nino | British National Insurance number | gb_nino | [A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D] | national insurance,nino,ni number
hk.identity | Hong Kong identity number | hkid | [A-Z]{1,2}\d{6}\([0-9A]\) | hkid,香港身份证,香港居民身份证,hong kong id,hong kong identity card
tw.identity | Taiwanese identity number | tw_identity | [A-Z][1289]\d{8} | 身份证字号,身分证,国民身份证,居留证,taiwan id
sg.nric | Singaporean NRIC or FIN | sg_nric | [STFGM]\d{7}[A-Z] | nric,singapore id,fin number
ru.snils | Russian insurance number (SNILS) | ru_snils | \d{3}-\d{3}-\d{3}[ -]\d{2} | снилс,snils
kz.iin | Kazakh identity number | kz_iin | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]\d{5} | иин,жсн
rs.jmbg | Personal number (JMBG) | jmbg | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])[09]\d{2}\d{5}\d | jmbg,јмбг,матични број,matični broj,maticni broj
lv.person | Latvian personal code | lv_person | (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-[0-2]\d{4} | personas kods,personas kodu
pt.card | Portuguese citizen card | stdnum:pt.cc | \d{8} ?\d ?[A-Z]{2}\d | cartão de cidadão,cartao de cidadao
pe.dni | Peruvian identity number | stdnum:pe.cui | \d{8}-\d | dni,cui
ve.rif | Venezuelan RIF | stdnum:ve.rif | [VE]-?\d{8}-?\d | rif
cr.cedula | Costa Rican identity number | stdnum:cr.cpf | \d-\d{4}-\d{4} | cédula,cedula
cu.identity | Cuban identity number | stdnum:cu.ni | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{5} | carné de identidad,carnet de identidad
mu.identity | Mauritian identity number | stdnum:mu.nid | [A-Z](?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}\d{6}[0-9A-Z] | national identity,nid,carte d'identité
"""
"""Id | name | check | form | words beside it."""

NAMES = """
cn.resident|Số căn cước Trung Quốc|居民身份证号码
cn.company|Mã tín dụng xã hội thống nhất của Trung Quốc|统一社会信用代码
vn.citizen|Số căn cước công dân|越南公民身份号码
vn.tax|Mã số thuế|越南税号
us.ssn|Số an sinh xã hội Hoa Kỳ|美国社会安全号码
us.itin|Mã số thuế cá nhân Hoa Kỳ|美国个人纳税号
gb.nhs|Số y tế quốc gia Anh (NHS)|英国国民医疗号码
gb.utr|Mã số thuế Anh (UTR)|英国纳税参考号
de.tax|Mã số thuế Đức|德国税号
at.insurance|Số bảo hiểm xã hội Áo|奥地利社保号
ch.ahv|Số bảo hiểm Thụy Sĩ (AHV)|瑞士社保号
fr.nir|Số an sinh xã hội Pháp|法国社保号
be.national|Số định danh Bỉ|比利时国民号码
nl.bsn|Số công dân Hà Lan (BSN)|荷兰公民服务号
lu.vat|Mã số Luxembourg|卢森堡号码
it.fiscal|Mã số thuế Ý|意大利税号
es.dni|Số căn cước Tây Ban Nha|西班牙身份证号
es.nie|Số người nước ngoài Tây Ban Nha|西班牙外国人号码
pt.nif|Mã số thuế Bồ Đào Nha|葡萄牙税号
ie.pps|Số dịch vụ công Ireland|爱尔兰公共服务号
dk.cpr|Số cá nhân Đan Mạch|丹麦个人号码
se.person|Số cá nhân Thụy Điển|瑞典个人号码
no.birth|Số cá nhân Na Uy|挪威个人号码
fi.hetu|Mã cá nhân Phần Lan|芬兰个人代码
is.kennitala|Số cá nhân Iceland|冰岛个人号码
ee.ik|Mã cá nhân Estonia|爱沙尼亚个人代码
lt.person|Mã cá nhân Litva|立陶宛个人代码
pl.pesel|Số PESEL Ba Lan|波兰 PESEL 号码
cz.birth|Số khai sinh Séc hoặc Slovakia|捷克或斯洛伐克出生号
hr.oib|Số OIB Croatia|克罗地亚 OIB 号码
si.emso|Số EMŠO Slovenia|斯洛文尼亚 EMŠO 号码
hu.anum|Mã số thuế Hungary|匈牙利税号
ro.cnp|Mã cá nhân Romania|罗马尼亚个人代码
bg.egn|Số công dân Bulgaria|保加利亚公民号码
gr.amka|Số AMKA Hy Lạp|希腊 AMKA 号码
ru.inn|Mã số thuế Nga|俄罗斯税号
ua.tax|Mã số thuế Ukraina|乌克兰税号
by.unp|Mã số thuế Belarus|白俄罗斯税号
md.idno|Mã số Moldova|摩尔多瓦号码
tr.identity|Số căn cước Thổ Nhĩ Kỳ|土耳其身份号码
il.identity|Số căn cước Israel|以色列身份号码
in.aadhaar|Số Aadhaar Ấn Độ|印度 Aadhaar 号码
in.pan|Mã số thuế Ấn Độ (PAN)|印度 PAN 税号
pk.cnic|Số căn cước Pakistan|巴基斯坦身份号码
th.pin|Số căn cước Thái Lan|泰国身份号码
my.nric|Số căn cước Malaysia|马来西亚身份号码
id.nik|Số căn cước Indonesia|印度尼西亚身份号码
jp.mynumber|Số cá nhân Nhật Bản (My Number)|日本个人号码
kr.resident|Số đăng ký cư trú Hàn Quốc|韩国居民登录号码
tw.company|Mã doanh nghiệp Đài Loan|台湾统一编号
au.tfn|Mã số thuế Úc|澳大利亚税号
nz.ird|Mã số thuế New Zealand|新西兰税号
ca.sin|Số bảo hiểm xã hội Canada|加拿大社会保险号
mx.curp|Mã CURP Mexico|墨西哥 CURP 号码
br.cpf|Số CPF Brazil|巴西 CPF 号码
br.cnpj|Số CNPJ Brazil|巴西 CNPJ 号码
ar.dni|Mã CUIT Argentina|阿根廷 CUIT 号码
cl.rut|Số RUT Chile|智利 RUT 号码
co.nit|Số NIT Colombia|哥伦比亚 NIT 号码
ec.ci|Số căn cước Ecuador|厄瓜多尔身份号码
do.cedula|Số căn cước Cộng hòa Dominica|多米尼加身份号码
za.identity|Số căn cước Nam Phi|南非身份号码
eg.tax|Mã số thuế Ai Cập|埃及税号
vn.card|Số chứng minh nhân dân (cũ)|越南旧版身份证号
gb.nino|Số bảo hiểm quốc gia Anh|英国国民保险号
hk.identity|Số căn cước Hồng Kông|香港身份证号码
tw.identity|Số căn cước Đài Loan|台湾身份证字号
sg.nric|Số căn cước Singapore|新加坡身份证号
ru.snils|Số bảo hiểm Nga (SNILS)|俄罗斯社保号
kz.iin|Số căn cước Kazakhstan|哈萨克斯坦身份号码
rs.jmbg|Số cá nhân (JMBG)|个人号码（JMBG）
lv.person|Mã cá nhân Latvia|拉脱维亚个人代码
pt.card|Thẻ công dân Bồ Đào Nha|葡萄牙公民卡号
pe.dni|Số căn cước Peru|秘鲁身份号码
ve.rif|Số RIF Venezuela|委内瑞拉 RIF 号码
cr.cedula|Số căn cước Costa Rica|哥斯达黎加身份号码
cu.identity|Số căn cước Cuba|古巴身份号码
mu.identity|Số căn cước Mauritius|毛里求斯身份号码
"""
"""What a person reads in Vietnamese and in Chinese."""

BARE = {"cn.resident", "it.fiscal", "mx.curp"}
"""Forms with so much checking in them that no word need stand beside them."""

HEAD = """# Written by tools/identifiers.py; change its table, not this file.
[pack]
id = "identifiers-national"
languages = ["any"]
description = "National numbers of people and companies, told by the words beside them and by their check digits."
sources = ["The issuing authorities' rules, as gathered by python-stdnum (LGPL-2.1-or-later)", "Decree 137/2015/ND-CP (Viet Nam)"]

[defaults]
category = "identifier"
score = 42
reach = 100000
many = [{at = 3, score = 66}, {at = 10, score = 86}]

[defaults.title]
en = "{name}"
vi = "Số định danh: {name}"
zh = "身份号码：{name}"

[defaults.reason]
en = "{words} ({count}): such a number stays with a person for life, and opens accounts in their name."
vi = "{words} ({count}): số này theo một người suốt đời và có thể dùng để mở tài khoản đứng tên họ."
zh = "{words}（{count} 个）：这种号码跟随一个人一辈子，别人可以用它冒名开户。"

[defaults.advice]
en = "Leave it out, or write only the last digits. Of other people: ask them first."
vi = "Hãy bỏ ra, hoặc chỉ ghi vài số cuối. Nếu là của người khác, hãy hỏi họ trước."
zh = "去掉它，或只写最后几位。如果是别人的，先征得同意。"
"""


def rows() -> Iterator[list[str]]:
    """Yield the cells of the table's lines."""
    for line in TABLE.strip().splitlines():
        yield [cell.strip() for cell in line.split(" | ")]


def accepted(pattern: str, check: Callable[[str], bool], rng: random.Random) -> str:
    """Return a number of that form that the check accepts."""
    for _ in range(200_000):
        number = drawn(pattern, rng)
        if check(number):
            return number
    raise SystemExit(f"no number of the form {pattern} is accepted")


def translated(name: str) -> tuple[str, str]:
    """Return what a rule is called in Vietnamese and in Chinese."""
    for line in NAMES.strip().splitlines():
        rule_id, vi, zh = line.split("|")
        if rule_id == name:
            return vi, zh
    raise SystemExit(f"{name}: not named in Vietnamese and Chinese")


def rule(row: list[str], rng: random.Random) -> str:
    """Return the rule of one line."""
    name, title, check, pattern, words = row
    vi, zh = translated(name)
    validator = validators.named(check)
    if validator is None:
        raise SystemExit(f"{name}: no check called {check}")
    number = accepted(pattern, validator, rng)
    beside = words.split(",")
    table = f"{beside[0]}\n" + "\n".join(accepted(pattern, validator, rng) for _ in range(12))
    bare = name in BARE
    hits = ", ".join(literal(text) for text in (f"{beside[0]}: {number}", f"{beside[-1]} {number}"))
    quoted = ", ".join(f'"{word}"' for word in beside)
    near = "" if bare else f"[[rule.near]]\nwords = [{quoted}]\nrequired = true\n"
    misses = [] if bare else [literal(f"the number is {number}")]
    misses.append(literal(f"{beside[0]}: {number[:-1]}"))
    anchors = '"#digits"' + (f", {quoted}" if bare else "") if bare else quoted
    many = literal("\n" + table)
    match = literal(r"(?<![\w.+-])(?P<v>" + pattern + r")(?![\w-])")
    return f"""
[[rule]]
id = "identifier.{name}"
name = {{en = "{title}", vi = "{vi}", zh = "{zh}"}}
anchors = [{anchors}]
validator = "{check}"
hits = [{hits}, {{text = {many}, level = "stop"}}]
misses = [{", ".join(misses)}]
[[rule.patterns]]
match = {match}
{near}"""


def main() -> None:
    """Write the pack."""
    rng = random.Random(11)
    text = HEAD + "".join(rule(row, rng) for row in rows())
    PACK.write_text(text, encoding="utf-8")
    print(f"{text.count('[[rule]]')} national numbers")


if __name__ == "__main__":
    main()

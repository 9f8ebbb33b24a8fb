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
vn.citizen | Vietnamese citizen number | cccd | 0\d{2}[0-3]\d{8} | cccd,căn cước,can cuoc,cmnd,chứng minh nhân dân,số định danh,so dinh danh
vn.tax | Vietnamese tax code | stdnum:vn.mst | \d{10}(?:-\d{3})? | mã số thuế,ma so thue,mst
us.ssn | United States social security number | stdnum:us.ssn | \d{3}-\d{2}-\d{4} | ssn,social security,soc sec
us.itin | United States taxpayer number | stdnum:us.itin | 9\d{2}-[5-9]\d-\d{4} | itin,taxpayer
gb.nhs | British NHS number | stdnum:gb.nhs | \d{3} ?\d{3} ?\d{4} | nhs
gb.utr | British taxpayer reference | stdnum:gb.utr | \d{10} | utr,taxpayer reference
de.tax | German tax identification number | stdnum:de.idnr | [1-9]\d ?\d{3} ?\d{3} ?\d{3} | steuer-id,steueridentifikationsnummer,idnr,steuernummer
at.insurance | Austrian insurance number | stdnum:at.vnr | \d{4} ?\d{6} | svnr,sozialversicherungsnummer,versicherungsnummer
ch.ahv | Swiss insurance number | stdnum:ch.ssn | 756\.\d{4}\.\d{4}\.\d{2} | ahv,avs,versichertennummer
fr.nir | French social security number | stdnum:fr.nir | [12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2} | sécurité sociale,numéro de sécu,nir,numero de secu
be.national | Belgian national number | stdnum:be.nn | \d{2}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d)-\d{3}\.\d{2} | rijksregisternummer,registre national,numéro national,insz
nl.bsn | Dutch citizen service number | stdnum:nl.bsn | \d{9} | bsn,burgerservicenummer,sofinummer
lu.vat | Luxembourg number | stdnum:lu.tva | \d{8} | numéro tva,matricule
it.fiscal | Italian fiscal code | stdnum:it.codicefiscale | [A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z] | codice fiscale,fiscale
es.dni | Spanish identity number | stdnum:es.dni | \d{8}-?[A-Z] | dni,nif,documento nacional
es.nie | Spanish foreigner's number | stdnum:es.nie | [XYZ]-?\d{7}-?[A-Z] | nie,extranjero
pt.nif | Portuguese taxpayer number | stdnum:pt.nif | [1235]\d{8} | nif,contribuinte
ie.pps | Irish public service number | stdnum:ie.pps | \d{7}[A-W] | pps,ppsn
dk.cpr | Danish personal number | stdnum:dk.cpr | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{2}-\d{4} | cpr,personnummer
se.person | Swedish personal number | stdnum:se.personnummer | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)-\d{4} | personnummer,personnr
no.birth | Norwegian birth number | stdnum:no.fodselsnummer | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{2} ?\d{5} | fødselsnummer,fodselsnummer,personnummer
fi.hetu | Finnish identity code | stdnum:fi.hetu | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{2}[-A]\d{3}[0-9A-Y] | henkilötunnus,hetu,personbeteckning
is.kennitala | Icelandic number | stdnum:is_.kennitala | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{2}-?\d{4} | kennitala,kt
ee.ik | Estonian personal code | stdnum:ee.ik | [3-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{4} | isikukood
lt.person | Lithuanian personal code | stdnum:lt.asmens | [3-6]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{4} | asmens kodas
pl.pesel | Polish PESEL | stdnum:pl.pesel | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{5} | pesel
cz.birth | Czech or Slovak birth number | stdnum:cz.rc | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)/\d{4} | rodné číslo,rodne cislo
hr.oib | Croatian OIB | stdnum:hr.oib | \d{11} | oib
si.emso | Slovenian EMŠO | stdnum:si.emso | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])9\d{2}50\d{4} | emšo,emso
hu.anum | Hungarian tax number | stdnum:hu.anum | \d{8} | adószám,adoszam
ro.cnp | Romanian personal code | stdnum:ro.cnp | [12]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{6} | cnp,cod numeric personal
bg.egn | Bulgarian citizen number | stdnum:bg.egn | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{4} | егн,egn
gr.amka | Greek AMKA | stdnum:gr.amka | (?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{2}\d{5} | αμκα,amka
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
my.nric | Malaysian identity number | stdnum:my.nric | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)-(?:0[1-9]|1[0-6])-\d{4} | nric,mykad,kad pengenalan
id.nik | Indonesian identity number | stdnum:id.nik | 3[1-6]\d{4}(?:0[1-9]|[12]\d)(?:0[1-9]|1[0-2])\d{6} | nik,ktp,nomor induk
jp.mynumber | Japanese individual number | stdnum:jp.in_ | \d{4} ?\d{4} ?\d{4} | マイナンバー,個人番号,my number
kr.resident | Korean resident number | stdnum:kr.rrn | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)-[1-4]\d{6} | 주민등록번호,주민번호,resident registration
tw.company | Taiwanese company number | stdnum:tw.ubn | \d{8} | 統一編號,统编,統編
au.tfn | Australian tax file number | stdnum:au.tfn | \d{3} ?\d{3} ?\d{3} | tfn,tax file number
nz.ird | New Zealand IRD number | stdnum:nz.ird | \d{2,3}-\d{3}-\d{3} | ird
ca.sin | Canadian social insurance number | stdnum:ca.sin | [1-79]\d{2}[ -]\d{3}[ -]\d{3} | sin,social insurance,assurance sociale
mx.curp | Mexican CURP | stdnum:mx.curp | [A-Z][AEIOU][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)[HM](?:AS|BC|DF|JC|NL|OC|PL|SP|VZ)[B-DF-HJ-NP-TV-Z]{3}[0-9A]\d | curp
br.cpf | Brazilian CPF | stdnum:br.cpf | \d{3}\.\d{3}\.\d{3}-\d{2} | cpf,cadastro
br.cnpj | Brazilian CNPJ | stdnum:br.cnpj | \d{2}\.\d{3}\.\d{3}/0001-\d{2} | cnpj
ar.dni | Argentine CUIT | stdnum:ar.cuit | (?:20|27)-\d{8}-\d | cuit,cuil
cl.rut | Chilean RUT | stdnum:cl.rut | \d{2}\.\d{3}\.\d{3}-[\dkK] | rut,run
co.nit | Colombian NIT | stdnum:co.nit | [89]\d{2}\.\d{3}\.\d{3}-\d | nit
ec.ci | Ecuadorian identity number | stdnum:ec.ci | (?:0[1-9]|1\d|2[0-4])[0-5]\d{7} | cédula,cedula
do.cedula | Dominican identity number | stdnum:do.cedula | \d{3}-\d{7}-\d | cédula,cedula
za.identity | South African identity number | stdnum:za.idnr | \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d)\d{4}[01]8\d | id number,identity number,sa id
eg.tax | Egyptian tax number | stdnum:eg.tn | \d{3}-\d{3}-\d{3} | الرقم الضريبي,tax registration
"""
"""Id | name | check | form | words beside it."""

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


def rule(row: list[str], rng: random.Random) -> str:
    """Return the rule of one line."""
    name, title, check, pattern, words = row
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
name = "{title}"
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

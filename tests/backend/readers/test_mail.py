import pytest

from backend import readers
from tests.files.messages import eml


def read(mail):
    return readers.read("a1", "", mail if isinstance(mail, bytes) else mail.as_bytes())


def test_header_and_every_form_of_the_body_are_one_part():
    (part,) = read(eml("plain words", html="<p>other <b>words</b></p>")).parts
    for words in ("Subject: Kế hoạch", "An <an@example.org>", "plain words", "other words"):
        assert words in part.text


def test_attachments_are_numbered_and_their_names_are_words_too():
    parts = read(eml(files={"sunbird.txt": b"attached", "b.txt": b"more"}, inner=eml("inner words"))).parts
    assert [(part.page, part.text) for part in parts[1:3]] == [(1, "attached"), (2, "more")]
    assert "inner words" in parts[3].text and "sunbird.txt" in parts[0].text


@pytest.mark.parametrize("charset", ["gb18030", "utf-8", "utf-16"])
def test_bodies_are_read_in_their_encoding(charset):
    mail = eml()
    mail.set_content("海州市 机密★10年", charset=charset, cte="base64")
    assert "机密★10年" in read(mail).parts[0].text


def test_the_label_of_a_mail_is_told():
    assert [one.details["name"] for one in read(eml(label="Confidential")).signals] == ["Confidential"]


def test_a_sealed_mail_is_a_gap_and_a_signature_is_none():
    sealed, signed = eml(), eml()
    sealed.add_attachment(b"x", maintype="application", subtype="pgp-encrypted")
    signed.add_attachment(b"x", maintype="application", subtype="pkcs7-signature")
    assert [gap.reason for gap in read(sealed).gaps] == ["inside_encrypted"] and read(signed).gaps == ()


@pytest.mark.parametrize(
    "text", [b"Subject: only this\n\nwords", b"To do: call An\nFrom: nine\nmore", b"a: b\nc: d\ne: f\n"]
)
def test_a_text_with_colons_is_no_mail(text):
    assert readers.find(text).KIND == "plain"


def test_parts_in_parts_without_end_are_a_gap():
    head = b"From: a@b.c\nTo: a@b.c\nSubject: x\nMIME-Version: 1.0\n"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(3000)
    )
    assert read(head + nested).gaps


@pytest.mark.parametrize(
    "coded", ["=?utf-8?q?m=E1=BA=ADt?= ", "=?UTF-8?B?bcOidA==?= ", "anna@example.org, ", "a:", "("]
)
def test_an_endless_header_is_read_as_it_stands(coded):
    mail = f"Subject: a\nFrom: b@example.org\nDate: x\nTo: {coded * 20_000} mật\n\nwords".encode()
    (part,) = read_bytes(mail).parts
    assert "words" in part.text and ("mật" * 20 in part.text or "mât" * 20 in part.text or coded * 20 in part.text)


def test_endless_parameters_of_a_part_are_cut():
    head = "Subject: a\nFrom: b@example.org\nDate: x\nTo: c@example.org\n"
    mail = head + "Content-Type: text/plain; charset=utf-8" + "; a=b" * 100_000 + "\n\nwords"
    assert "words" in read_bytes(mail.encode()).parts[0].text


def read_bytes(data):
    return readers.read("a1", "", data)

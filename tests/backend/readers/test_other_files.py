"""Archives, mail, web pages, rich text and OpenDocument, through the reader that is picked by content."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from backend.model import Attachment, Draft, Level
from backend.pipeline import Engine
from backend.readers import read
from tests.backend.readers.test_office import MARK, word

ENGINE = Engine.build()


def level(data: bytes) -> Level:
    return ENGINE.check(Draft(attachments=(Attachment("a", reading=read("a", "file", data)),))).level


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def opendocument() -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>{MARK}</text:p></office:text></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return target.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["Subject"] = "minutes"
    message["From"], message["To"] = "a@northgate.net", "b@northgate.net"
    message.set_content("see the file")
    message.add_attachment(word(comment=MARK), maintype="application", subtype="octet-stream", filename="plan.docx")
    return bytes(message)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zipped(**{"inner/plan.docx": word(comment=MARK)}), id="archive"),
        pytest.param(zipped(**{"deeper.zip": zipped(**{"plan.docx": word(comment=MARK)})}), id="archive in an archive"),
        pytest.param(mail(), id="attachment of a mail"),
        pytest.param(f"<html><body><p>{MARK}</p><script>x</script></body></html>".encode(), id="web page"),
        pytest.param(rb"{\rtf1\ansi TOP SECRET//NOFORN\par the text}", id="rich text"),
        pytest.param(opendocument(), id="OpenDocument"),
        pytest.param(
            f"姓名,部门,备注\n周岚,北方站点筹备组,本页为{MARK}材料\n".encode("gb18030"), id="Chinese encoding"
        ),
    ],
)
def test_a_marking_inside_is_found(data):
    assert level(data) is Level.STOP


def test_an_archive_of_archives_without_end_is_a_gap():
    data = b"the innermost"
    for depth in range(12):
        data = zipped(**{f"{depth}.zip": data})
    assert read("a", "deep.zip", data).gaps


def test_an_archive_that_explodes_is_a_gap():
    assert read("a", "bomb.zip", zipped(**{f"{n}.txt": b"\0" * (30 << 20) for n in range(30)})).gaps


def test_a_locked_archive_is_a_gap():
    data = bytearray(zipped(**{"a.txt": b"words"}))
    # The flag that says a member is encrypted, in both of its headers.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [gap.reason for gap in read("a", "locked.zip", bytes(data)).gaps]

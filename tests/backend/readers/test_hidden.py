"""What is hidden in files reaches the person: through the worker, the readers and all detectors."""

from __future__ import annotations

import pytest

from backend.jobs import Jobs
from backend.model import Attachment, Draft, Level
from tests.files import archives, messages, office, opendocuments, pdfs
from tests.photos.draw import photo

MARK = "机密★10年"
HIDING = {
    "the comment of a Word document": lambda: office.word(comment=MARK),
    "deleted words of a Word document": lambda: office.word(deleted=MARK),
    "inserted words of a Word document": lambda: office.word(inserted=MARK),
    "hidden words of a Word document": lambda: office.word("", vanished=MARK),
    "the header of a Word document": lambda: office.word(header=MARK),
    "the title of a Word document": lambda: office.word(title="SECRET//NOFORN"),
    "a picture in a Word document": lambda: office.word(picture=photo("zh", "social", 7)),
    "a hidden sheet": lambda: office.sheets(hidden_sheet=MARK),
    "a hidden row": lambda: office.sheets(hidden_row=MARK),
    "the comment of a cell": lambda: office.sheets(comment=MARK),
    "the notes of a slide": lambda: office.slides(notes=MARK),
    "a hidden slide": lambda: office.slides(hidden_slide=MARK),
    "a picture on a slide": lambda: office.slides(picture=photo("zh", "social", 7)),
    "the comment of an ODT": lambda: opendocuments.text(comment=MARK),
    "deleted words of an ODT": lambda: opendocuments.text(deleted=MARK),
    "a hidden sheet of an ODS": lambda: opendocuments.spreadsheet(hidden_sheet=MARK),
    "the notes of an ODP": lambda: opendocuments.presentation(notes=MARK),
    "the text of a PDF": lambda: pdfs.pdf(("SECRET//NOFORN",)),
    "text under a box of a PDF": lambda: pdfs.pdf(covered="SECRET//NOFORN"),
    "a remark of a PDF": lambda: pdfs.pdf(remark="SECRET//NOFORN"),
    "the title of a PDF": lambda: pdfs.pdf(title="SECRET//NOFORN"),
    "a scanned page of a PDF": lambda: pdfs.pdf(("Plan", photo("zh", "social", 7))),
    "the body of a mail": lambda: messages.eml(MARK).as_bytes(),
    "the HTML body of a mail": lambda: messages.eml(html=f"<p>{MARK}</p>").as_bytes(),
    "a mail in a mail": lambda: messages.eml(inner=messages.eml(MARK)).as_bytes(),
    "a document on a mail": lambda: messages.eml(files={"plan.docx": office.word(comment=MARK)}).as_bytes(),
    "the body of an Outlook message": lambda: messages.msg(MARK),
    "a file on an Outlook message": lambda: messages.msg(files=[office.word(comment=MARK)]),
    "a message in an Outlook message": lambda: messages.msg(inner=MARK),
    "a comment of a web page": lambda: f"<!DOCTYPE html><p>Hello<!-- {MARK} -->".encode(),
    "an annotation of rich text": lambda: rb"{\rtf1\ansi Plan{\*\annotation \pard \u26426?\u23494?\u9733?10\u24180?}}",
    "a file in an archive": lambda: archives.zipped({"a/plan.docx": office.word(comment=MARK)}),
    "an archive in an archive": lambda: archives.nested(archives.zipped({"a.txt": MARK.encode()}), 2),
}


def checked(jobs, engine, data):
    id = jobs.submit("plan.jpg", "image/jpeg", data)  # a name that lies: content decides
    job = jobs.status(id, wait=60)
    assert job.state == "done"
    return job, engine.check(Draft(channel="mail", attachments=(Attachment(id, reading=job.reading),)))


@pytest.mark.parametrize("where", HIDING)
def test_a_marking_is_stopped_wherever_it_hides(jobs, engine, where):
    job, verdict = checked(jobs, engine, HIDING[where]())
    assert verdict.level is Level.STOP, where
    assert any(finding.category == "marking" and finding.level is Level.STOP for finding in verdict.findings)
    assert {place.part for finding in verdict.findings for place in finding.places} == {job.id}


PLAIN = {
    "word": lambda: office.word(),
    "sheets": lambda: office.sheets(number=13800138000),
    "slides": lambda: office.slides(),
    "odt": lambda: opendocuments.text(),
    "ods": lambda: opendocuments.spreadsheet(),
    "odp": lambda: opendocuments.presentation(),
    "pdf": lambda: pdfs.pdf(header="Plan for the north site"),
    "eml": lambda: messages.eml().as_bytes(),
    "msg": lambda: messages.msg(),
    "zip": lambda: archives.zipped({"a.txt": b"See you on Friday."}),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_an_ordinary_file_never_interrupts(jobs, engine, kind):
    job, verdict = checked(jobs, engine, PLAIN[kind]())
    assert verdict.level <= Level.NOTE and job.reading.gaps == () and job.reading.parts


def test_a_marking_on_a_scanned_page_is_told_with_its_page_and_box(jobs, engine):
    job, verdict = checked(jobs, engine, pdfs.pdf(("Plan", photo("zh", "social", 7))))
    loudest = verdict.findings[0]
    scan = next(part for part in job.reading.parts if part.origin == "ocr")
    assert {place.page for place in loudest.places} == {2} and "cover_boxes" in loudest.remedies
    x, y, width, height = loudest.places[0].box
    assert 0 <= x < x + width <= scan.size[0] and 0 <= y < y + height <= scan.size[1] / 3


def rows(count):
    """A worksheet with more in it than anybody reads."""
    row = b'<row><c t="inlineStr"><is><t>words of a row</t></is></c></row>'
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return b"<worksheet " + space + b"><sheetData>" + row * count + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: archives.bomb(200), "inside_too_large"),
        (lambda: archives.nested(archives.zipped({"a.txt": b"words"}), 9), "too_deep"),
        (lambda: archives.zipped({f"{n}.txt": b"x" for n in range(1500)}), "overfull"),
        (lambda: archives.locked(archives.zipped({"a.txt": b"words"})), "inside_encrypted"),
        (lambda: office.changed(office.word(), {"word/document.xml": b"<a>" + b" " * 200_000_000}), "too_large"),
        (lambda: office.changed(office.word(), {"word/document.xml": b"<a>" * 100_000}), "damaged"),
        (lambda: office.changed(office.sheets(), {"xl/worksheets/sheet1.xml": rows(400_000)}), "overfull"),
        (lambda: pdfs.pdf(password="x"), "encrypted"),
        (lambda: pdfs.pdf([str(number) for number in range(3100)]), "overfull"),
        (lambda: messages.ole({"EncryptedPackage": bytes(5000)}), "encrypted"),
        (lambda: messages.ole({"WordDocument": bytes(5000)}), "unsupported"),
    ],
)
def test_what_cannot_be_read_whole_is_a_gap_and_the_worker_lives_on(jobs, engine, make, reason):
    job, _ = checked(jobs, engine, make())
    before = jobs.worker
    assert reason in [gap.reason for gap in job.reading.gaps]
    assert checked(jobs, engine, b"plain words")[0].reading.parts and jobs.worker == before


@pytest.mark.parametrize("kind", [kind for kind in PLAIN if kind != "eml"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_file_is_a_gap(jobs, engine, kind, share):
    data = PLAIN[kind]()
    job, _ = checked(jobs, engine, data[: int(len(data) * share)])
    assert job.reading.gaps or kind == "pdf" and job.reading.parts  # PDF can be mended by its engine


def test_nothing_of_a_file_reaches_the_disk(engine, tmp_path, monkeypatch):
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    jobs = Jobs()
    try:
        for make in HIDING.values():
            checked(jobs, engine, make())
    finally:
        jobs.close()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

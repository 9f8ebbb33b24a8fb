"""A remedy that needs a safe copy is offered only where one can be made."""

import io
from email.message import EmailMessage

import docx
import pytest
from PIL import Image

from backend import readers
from backend.model import Attachment, Draft
from backend.pipeline import Engine
from tests.files.archives import zipped
from tests.files.pdfs import pdf
from tests.photos.codes import EXAMPLES, photo_of

ENGINE = Engine.build()
TICKET = photo_of(EXAMPLES["boarding_pass"], "Aztec")


def in_word():
    document, out = docx.Document(), io.BytesIO()
    document.add_picture(io.BytesIO(TICKET))
    document.save(out)
    return out.getvalue()


def in_mail():
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@example.org", "ticket"
    mail.set_content("see the picture")
    mail.add_attachment(TICKET, maintype="image", subtype="jpeg", filename="pass.jpg")
    return mail.as_bytes()


def in_pages():
    page, out = Image.open(io.BytesIO(TICKET)), io.BytesIO()
    Image.new("RGB", page.size, "white").save(out, "TIFF", save_all=True, append_images=[page])
    return out.getvalue()


def remedies(data):
    reading = readers.read("a1", "", data)
    verdict = ENGINE.check(Draft(attachments=(Attachment("a1", reading=reading),)))
    return next(one.remedies for one in verdict.findings if one.rule == "code.boarding_pass")


@pytest.mark.parametrize("make", [lambda: TICKET, lambda: pdf((TICKET,)), in_pages], ids=["photo", "pdf", "tiff pages"])
def test_a_code_can_be_covered_in_what_can_be_copied(make):
    assert remedies(make()) == ("cover_boxes",)
    assert readers.copy(make(), [], True)[0]


@pytest.mark.parametrize("make", [in_word, in_mail, lambda: zipped({"a.jpg": TICKET})], ids=["word", "mail", "zip"])
def test_nothing_is_offered_for_a_picture_inside_a_file_of_which_there_is_no_copy(make):
    assert remedies(make()) == ()
    with pytest.raises(ValueError, match="unsupported"):
        readers.copy(make(), [], True)


def test_what_was_read_so_far_says_it_too():
    told = []
    readers.read("a1", "", in_mail(), lambda done, total, unit, reading=None: told.append(reading))
    assert all(not reading.copyable for reading in told if reading)


@pytest.mark.parametrize("data", [pdf(["x"] * 201), pdf(password="x"), b"\x89PNG\r\n\x1a\n broken", b"plain words"])
def test_what_is_too_long_locked_broken_or_plain_has_no_copy(data):
    assert not readers.read("a1", "", data).copyable


def test_a_word_in_the_text_can_still_be_cut():
    reading = readers.read("a1", "", b"plain words")
    verdict = ENGINE.check(Draft(text="TOP SECRET//NOFORN", attachments=(Attachment("a1", reading=reading),)))
    assert verdict.findings[0].remedies == ("cut_text",)

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from backend import readers
from tests.files.archives import zipped
from tests.files.pdfs import pdf
from tests.photos.draw import photo


def signals(reading, kind):
    return [signal for signal in reading.signals if signal.kind == kind]


def text_of(data):
    return "\n".join(part.text for part in readers.read("a1", "", data).parts)


def test_lines_have_boxes_on_a_page_of_known_size():
    (part,) = readers.read("a1", "", pdf(("First line\nSecond line",))).parts
    assert (part.text, part.page, part.origin) == ("First line\nSecond line", 1, "file")
    first, second = part.lines
    assert part.text[second.start : second.end] == "Second line"
    assert first.box[1] < second.box[1] < part.size[1] and abs(first.box[1] / part.size[1] - 0.16) < 0.02


def test_every_page_is_a_part_with_its_number():
    parts = readers.read("a1", "", pdf(("one", "two", "three"))).parts
    assert [(part.page, part.text) for part in parts] == [(1, "one"), (2, "two"), (3, "three")]


def test_text_under_a_dark_box_is_told_where_it_is_and_light_words_on_a_bar_are_not():
    reading = readers.read("a1", "", pdf(covered="Anna Example", header="Quarterly report"))
    (signal,) = signals(reading, "hidden_text")
    page = next(part for part in reading.parts if part.page == 1)
    line = next(line for line in page.lines if page.text[line.start : line.end] == "Anna Example")
    x, y, width, height = line.box
    assert signal.page == 1 and abs(signal.box[0] - x) < 10 and abs(signal.box[1] - y) < 10
    assert signal.box[2] > 0.8 * width


@pytest.mark.parametrize("letters", ["IIIIllll", "||||||||", "■■■■■■"])
def test_letters_that_are_dark_themselves_are_not_covered(letters):
    assert not signals(readers.read("a1", "", pdf((letters,), header="Bar")), "hidden_text")


def test_remarks_are_read_and_counted():
    reading = readers.read("a1", "", pdf(remark="Ask Binh first"))
    assert "Ask Binh first" in reading.parts[0].text
    (signal,) = signals(reading, "hidden_comments")
    assert dict(signal.details) == {"count": "1", "copy": "1"}


def test_a_scan_is_read_from_its_pixels_after_all_text():
    told = []
    reading = readers.read(
        "a1", "", pdf((photo("en", "social", 1), "typed")), lambda *news: told.append((news[0], news[1]))
    )
    assert {(part.page, part.origin) for part in reading.parts if part.lines} == {(1, "ocr"), (2, "file")}
    assert "TOP SECRET" in next(part.text for part in reading.parts if part.origin == "ocr")
    assert told[0] == (1, 2) and told[-1] == (3, 3)


def test_a_scanned_page_is_no_news_but_a_scanned_identity_card_is():
    reading = readers.read("a1", "", pdf((photo("en", "social", 1),)))
    assert not [signal for signal in signals(reading, "document") if signal.details["kind"] != "id"]


def test_a_label_in_its_properties_is_told():
    key = b"/MSIP_Label_3f2a1b0c-1111-2222-3333-444455556666_"
    data = pdf(title="Plan")
    at = data.index(b"/Title")
    marked = data[:at] + key + b"Enabled (true) " + key + b"Name (Confidential) " + data[at:]
    (signal,) = signals(readers.read("a1", "", marked), "sensitivity_label")
    assert signal.details["name"] == "Confidential"


def test_attached_files_are_read_and_numbered_behind_the_pages():
    document = pypdfium2.PdfDocument(pdf(("one", "two")))
    document.new_attachment("plan.zip").set_data(zipped({"a.txt": b"words of the attachment"}))
    out = io.BytesIO()
    document.save(out)
    parts = readers.read("a1", "", out.getvalue()).parts
    assert ("words of the attachment", True) in [(part.text, (part.page or 0) > 2) for part in parts]


def test_a_safe_copy_has_neither_text_nor_remarks_nor_properties_and_its_boxes_are_black():
    data = pdf(("Plan for the north site\nSECRET//NOFORN", "second"), covered="Anna Example", remark="x", title="Title")
    page = next(part for part in readers.read("a1", "", data).parts if part.page == 1)
    line = next(line for line in page.lines if "SECRET" in page.text[line.start : line.end])
    copied, media_type = readers.copy(data, [(1, line.box)], True)
    assert media_type == "application/pdf"
    for word in ("SECRET", "NOFORN", "Anna", "Title", "second"):
        assert word.encode() not in copied
    document = pypdfium2.PdfDocument(copied)
    assert len(document) == 2 and document.get_page(0).get_size() == (595, 842)
    assert [document.get_page(n).get_textpage().count_chars() for n in (0, 1)] == [0, 0]
    assert document.get_metadata_value("Title") == document.get_metadata_value("Author") == ""
    assert not signals(readers.read("a1", "", copied), "hidden_text")
    pixels = np.asarray(document.get_page(0).render(scale=2).to_pil().convert("L"))
    x, y, width, height = (round(side * pixels.shape[1] / page.size[0]) for side in line.box)
    assert pixels[y : y + height, x : x + width].max() < 40
    read_back = text_of(copied)
    assert "SECRET" not in read_back and "NOFORN" not in read_back and "Anna" not in read_back


def test_a_turned_and_cropped_page_has_its_boxes_where_people_see_them():
    document = pypdfium2.PdfDocument(pdf(("SECRET//NOFORN",)))
    document.get_page(0).set_rotation(90)
    document.get_page(0).set_cropbox(40, 40, 500, 800)
    out = io.BytesIO()
    document.save(out)
    (part,) = readers.read("a1", "", out.getvalue()).parts
    copied, _ = readers.copy(out.getvalue(), [(1, part.lines[0].box)], True)
    assert part.size[0] > part.size[1] and "SECRET" not in text_of(copied)


def test_the_copy_of_a_locked_or_endless_file_is_refused():
    for data, reason in ((pdf(password="x"), "encrypted"), (pdf(["x"] * 201), "too_large")):
        with pytest.raises(ValueError, match=reason):
            readers.copy(data, [], True)


def test_pages_with_nothing_on_them_are_not_clear():
    data = pdf(("words",))
    start = data.index(b"stream") + 8
    broken = data[:start] + b"\x00" * 20 + data[start + 20 :]
    for blank in (broken, pdf(("",))):
        assert [gap.reason for gap in readers.read("a1", "", blank).gaps] == ["damaged"]


def test_a_note_about_pdf_is_no_pdf():
    assert readers.read("a1", "", b"The first bytes are %PDF-1.7 in hex").parts[0].text.startswith("The first")
    assert [gap.reason for gap in readers.read("a1", "", b"%PDF-1.7 and nothing else").gaps] == ["damaged"]


@pytest.mark.parametrize("seed", range(20))
def test_broken_bytes_end_in_a_reading_or_a_gap(seed):
    rng = np.random.default_rng(seed)
    image = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(image, "PNG")
    data = bytearray(pdf(("words", image.getvalue()), covered="words", remark="r"))
    for place in rng.integers(8, len(data), 20):
        data[place] = rng.integers(256)
    readers.read("a1", "", bytes(data))

from backend import readers
from tests.files.office import labelled, slides
from tests.photos.draw import photo


def read(data):
    return readers.read("a1", "", data)


def test_slides_are_parts_with_their_notes():
    parts = {part.page: part.text for part in read(slides(notes="say this", hidden_slide="unseen")).parts}
    assert (parts[1], parts[2]) == ("Welcome\nsay this", "unseen")


def test_what_is_hidden_is_counted():
    counts = {one.kind: one.details["count"] for one in read(slides(notes="x", hidden_slide="y")).signals}
    assert counts == {"hidden_notes": "1", "hidden_slides": "1"}


def test_a_picture_has_the_number_of_its_slide():
    seen = [part for part in read(slides(picture=photo("en", "social", 1))).parts if part.origin == "ocr"]
    assert [part.page for part in seen] == [1] and "TOP SECRET" in seen[0].text


def test_the_label_is_told():
    assert [one.details["name"] for one in read(labelled(slides(), "Secret")).signals] == ["Secret"]

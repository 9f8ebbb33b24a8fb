from backend import readers
from tests.files.messages import msg, ole


def read(data):
    return readers.read("a1", "", data)


def test_header_bodies_and_people_are_one_part():
    (part,) = read(msg("plain words", html="<p>other <b>words</b></p>")).parts
    for words in ("Subject: Plan", "plain words", "other words", "Binh Le"):
        assert words in part.text


def test_attachments_large_and_small_are_numbered():
    parts = read(msg(files=[b"small", b"large words " * 1000])).parts
    assert [part.page for part in parts] == [None, 1, 2]
    assert (parts[1].text, parts[2].text[:11]) == ("small", "large words")


def test_a_message_in_a_message_is_read():
    assert "inner words" in read(msg(inner="inner words")).parts[0].text


def test_a_packed_rich_body_is_unpacked():
    # The example of [MS-OXRTFCP], 3.1.1
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    data = ole({"__properties_version1.0": bytes(32), "__substg1.0_10090102": packed})
    assert read(data).parts[0].text == "hello world"


def test_other_containers_are_told_apart():
    assert [gap.reason for gap in read(ole({"WordDocument": bytes(5000)})).gaps] == ["unsupported"]
    assert [gap.reason for gap in read(ole({"Workbook": bytes(5000)})).gaps] == ["damaged"]
    assert [gap.reason for gap in read(ole({"EncryptedPackage": bytes(5000)})).gaps] == ["encrypted"]
    assert [gap.reason for gap in read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing").gaps] == ["damaged"]


def test_a_message_whose_directory_cannot_be_followed_is_damaged():
    data = msg("words")
    assert [gap.reason for gap in read(data[:48] + bytes(4) + data[52:]).gaps] == ["damaged"]

import pytest

from backend import readers


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Meeting at nine. Nothing else.", "ascii"),
        ("Cuộc họp lúc chín giờ", "utf-8"),
        ("机密★10年", "utf-8"),
        ("机密★10年", "utf-8-sig"),
        ("机密★10年", "utf-16"),
        ("Secret plan", "utf-16-le"),
        ("海州市发展规划委员会关于南湾工程二期试验安排的通知,各有关单位请认真组织实施。", "gb18030"),
        ("Управление портового строительства сообщает о порядке испытаний.", "cp1251"),
        ("標記の件について、下記のとおり実施することとしたので通知する。", "shift_jis"),
        ("name,pay\nAn,12\n", "utf-8"),
        ('{"a": "b"}', "utf-8"),
        ("def f():\n\treturn 1\n", "utf-8"),
    ],
)
def test_text_is_read_in_its_encoding(text, encoding):
    (part,) = readers.read("a1", "x", text.encode(encoding)).parts
    assert (part.text, part.origin, part.id) == (text, "file", "a1")


@pytest.mark.parametrize("data", [bytes(range(32)) * 8, b"MZ\x90\x00\x03"])
def test_bytes_that_are_no_text_are_left_to_others(data):
    assert [gap.reason for gap in readers.read("a1", "x.txt", data).gaps] == ["unsupported"]


def test_a_file_cut_inside_a_character_is_still_read():
    data = ("机密" * 40_000).encode()[:64_001]
    assert readers.read("a1", "x", data).parts[0].text.startswith("机密机密")


def test_an_endless_text_is_too_large():
    reading = readers.read("a1", "x", b"words " * 4_000_000)
    assert [gap.reason for gap in reading.gaps] == ["too_large"]

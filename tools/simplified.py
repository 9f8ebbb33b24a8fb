"""Write ``backend/text/simplified.txt``: traditional Chinese characters and their simplified forms.

One line of traditional characters, one line of simplified ones, position by position.
Needs ``pip install opencc`` (Apache-2.0), whose character table it asks once for every
ideograph; the product itself does not depend on it.

    python tools/simplified.py
"""

from __future__ import annotations

from pathlib import Path

TARGET = Path(__file__).parent.parent / "backend" / "text" / "simplified.txt"
IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


def pairs() -> list[tuple[str, str]]:
    """Return every (traditional, simplified) pair of single characters that differ."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    characters = (chr(code) for block in IDEOGRAPHS for code in block)
    converted = ((one, convert(one)) for one in characters)
    return [(one, other) for one, other in converted if one != other and len(other) == 1 and ord(other) < 0x10000]


def main() -> None:
    """Write the table beside the normaliser."""
    found = pairs()
    lines = ("".join(one for one, _ in found), "".join(other for _, other in found))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(found)} characters written to {TARGET.name}")


if __name__ == "__main__":
    main()

"""Rich Text Format: the words of every group that holds some, in the encodings that its fonts name.

Sources: Rich Text Format Specification 1.9.1; [MS-OXRTFCP] for what Outlook packs.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
SKIPPED = frozenset(
    (
        "fonttbl colortbl stylesheet listtable listoverridetable rsidtbl revtbl generator themedata colorschememapping "
        "latentstyles datastore xmlnstbl filetbl pgptbl pntext pntxtb pntxta bkmkstart bkmkend atnid atnref "
        "atrfstart atrfend atndate atntime mmathPr wgrffmtfilter blipuid objclass objname nonshppict panose falt "
        "creatim revtim printim buptim passwordhash password writereservation writereservhash fldtype listlevel sn"
    ).split()
)
"""Groups that hold no words of the writer."""
BREAKS = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "cell": "\t",
    "tab": "\t",
    "nestcell": "\t",
}
MARKS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}
LINES = frozenset(
    (
        "footnote annotation header headerl headerr headerf footer footerl footerr footerf title subject author "
        "manager company operator category keywords comment doccomm hlinkbase"
    ).split()
)
"""Groups that stand apart from the text around them."""
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
DEEPEST = 1000
MOST_FILES = 200
PICTURES = frozenset({"pict"})


@dataclass
class _Group:
    """What holds until the closing brace."""

    skip: bool = False
    picture: bool = False
    table: bool = False
    line: bool = False
    after: int = 1
    encoding: str = ""


@dataclass
class Rtf:
    """What a file says."""

    pieces: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    comments: int = 0
    changes: int = 0

    @property
    def text(self) -> str:
        """All words, without empty lines."""
        text = "".join(self.pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)


class _Reader:
    """Goes through the tokens once."""

    def __init__(self) -> None:
        self.found = Rtf()
        self._group = _Group()
        self._groups: list[_Group] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._waiting = bytearray()
        self._unsaid = 0
        self._star = False
        self._hex = bytearray()

    def read(self, data: bytes) -> Rtf:
        for found in TOKEN.finditer(data):
            word, number, code, symbol, brace, plain = found.groups()
            if code:
                self._byte(int(code, 16))
                continue
            if not plain or self._group.picture:
                self._flush()
            if word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
            elif plain:
                self._plain(plain)
        self._flush()
        return self.found

    def _open(self) -> None:
        if len(self._groups) < DEEPEST:
            self._groups.append(self._group)
        now = self._group
        self._group = replace(now, line=False)

    def _close(self) -> None:
        if self._group.picture and self._hex and len(self.found.files) < MOST_FILES:
            with suppress(ValueError):
                self.found.files.append(bytes.fromhex(self._hex.decode("ascii", "ignore")[: len(self._hex) // 2 * 2]))
            self._hex.clear()
        if self._group.line:
            self._say("\n")
        if self._groups:
            self._group = self._groups.pop()
        self._star = False

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._star = True
            return
        said = {b"~": " ", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}.get(symbol, symbol.decode("latin-1"))
        self._say(said)

    def _word(self, word: str, number: int | None) -> None:
        star, self._star = self._star, False
        if word in SKIPPED:
            self._group.skip, self._group.table = True, word == "fonttbl"
        elif word in PICTURES:
            self._group.picture = True
        elif word == "annotation":
            self.found.comments += 1
        elif word in ("deleted", "revised"):
            self.found.changes += number != 0
        elif word == "u" and number is not None:
            self._say(chr(number % 65536))
            self._unsaid = self._group.after
        elif word == "uc":
            self._group.after = max(0, number or 0)
        else:
            self._state(word, number)
        if word in LINES or star:
            self._group.line = True
            self._say("\n")

    def _state(self, word: str, number: int | None) -> None:
        if word == "ansicpg":
            self._page = f"cp{number}"
        elif word == "f" and number is not None:
            self._font = number
            self._group.encoding = self._fonts.get(number, "")
        elif word == "fcharset" and self._group.table:
            self._fonts[self._font] = CHARSETS.get(number or 0, "")
        else:
            self._say(BREAKS.get(word) or MARKS.get(word, ""))

    def _byte(self, value: int) -> None:
        if self._unsaid:
            self._unsaid -= 1
        elif not self._group.skip:
            self._waiting.append(value)

    def _plain(self, plain: bytes) -> None:
        if self._group.picture:
            self._hex += plain.strip()
            return
        drop = min(self._unsaid, len(plain))
        self._unsaid -= drop
        if not self._group.skip:
            self._waiting += plain[drop:]

    def _flush(self) -> None:
        if not self._waiting:
            return
        data = bytes(self._waiting)
        self._waiting.clear()
        for encoding in (self._group.encoding, self._page, "cp1252"):
            with suppress(LookupError, UnicodeDecodeError):
                if encoding:
                    self._say(data.decode(encoding))
                    return
        self._say(data.decode("latin-1"))

    def _say(self, text: str) -> None:
        if text and not self._group.skip and not self._group.picture:
            self.found.pieces.append(text)


def read_rtf(data: bytes) -> Rtf:
    """Return the words of a file, and the pictures in it."""
    return _Reader().read(data)


FILLED = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What the dictionary of packed RTF begins with."""
MOST_UNPACKED = 50_000_000


def unpacked(data: bytes) -> bytes:
    """Return RTF as Outlook packs it, unpacked; nothing where it is not so packed."""
    if data[8:12] == b"MELA":
        return data[16:]
    if data[8:12] != b"LZFu":
        return b""
    window = bytearray(FILLED.ljust(4096, b"\x00"))
    write, at, out = len(FILLED), 16, bytearray()
    while at < len(data) and len(out) < MOST_UNPACKED:
        control, at = data[at], at + 1
        for bit in range(8):
            copied = control >> bit & 1
            piece = data[at : at + 1 + copied]
            at += 1 + copied
            if len(piece) < 1 + copied:
                return bytes(out)
            source, count = (piece[0] << 4 | piece[1] >> 4, (piece[1] & 15) + 2) if copied else (0, 1)
            if copied and source == write:
                return bytes(out)
            for step in range(count):
                byte = window[(source + step) % 4096] if copied else piece[0]
                window[write] = byte
                write = (write + 1) % 4096
                out.append(byte)
    return bytes(out)

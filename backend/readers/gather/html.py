"""What an HTML document says: its text, and what stands in comments, scripts, attributes and pictures in it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from backend.readers.gather.markup import Walker, walk_html

BLOCKS = frozenset(
    (
        "p div br tr li h1 h2 h3 h4 h5 h6 table ul ol dl dt dd section article header footer aside nav pre blockquote "
        "title option hr form figure figcaption summary details main address textarea caption"
    ).split()
)
ASIDE = frozenset({"script", "template", "noscript"})
ATTRIBUTES = ("alt", "title", "placeholder", "value", "content", "aria-label")
DATA = re.compile(r"data:[\w./+-]{0,60};base64,", re.I)
MOST_FILES = 200


class Html(Walker):
    """The text of a document; what is not shown comes after what is."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.shown: list[str] = []
        self.aside: list[str] = []
        self.comments = 0
        self.files: list[bytes] = []
        self._aside = self._style = 0

    @property
    def text(self) -> str:
        """All of it, without empty lines."""
        joined = "".join(self.shown) + "\n" + "".join(self.aside)
        lines = (re.sub(r"[ \t\r\f\xa0]+", " ", line).strip() for line in joined.split("\n"))
        return "\n".join(line for line in lines if line)

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element."""
        self._aside += name in ASIDE
        self._style += name == "style"
        if name in BLOCKS:
            self.shown.append("\n")
        elif name in ("td", "th"):
            self.shown.append("\t")
        self.aside += [f"\n{attributes[key]}\n" for key in ATTRIBUTES if attributes.get(key)]
        for key in ("src", "href", "data"):
            self._file(attributes.get(key, ""))

    def leave(self, name: str) -> None:
        """Go out of it."""
        self._aside -= name in ASIDE
        self._style -= name == "style"
        if name in BLOCKS:
            self.shown.append("\n")

    def data(self, text: str) -> None:
        """Take text; style sheets say nothing."""
        if not self._style:
            (self.aside if self._aside else self.shown).append(text)

    def comment(self, text: str) -> None:
        """Take a comment; those for old browsers count as none."""
        if not text.lstrip().startswith(("[if", "<![")):
            self.comments += bool(text.strip())
            self.aside.append(f"\n{text}\n")

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Take it as it is: web pages have one."""

    def _file(self, address: str) -> None:
        found = DATA.match(address)
        if found and len(self.files) < MOST_FILES:
            try:
                self.files.append(base64.b64decode(address[found.end() :]))
            except (binascii.Error, ValueError):
                return


def read_html(text: str) -> Html:
    """Return what a document says, however broken it is."""
    walker = Html()
    if text.strip():
        walk_html(text, walker)
    return walker

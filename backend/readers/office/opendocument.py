"""The words of OpenDocument content, page by page, with what is hidden in it.

Source: OASIS OpenDocument 1.3, Part 3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from backend.readers.gather.markup import Enough, Walker
from backend.readers.office.ooxml import tidy

PAGES = frozenset({"table", "page"})
BREAKS = frozenset({"p", "h", "line-break", "table-row", "annotation", "list-item", "title", "desc", "creator"})


class Content(Walker):
    """Text by page: sheets of a spreadsheet, slides of a presentation; page 0 is all that is on none."""

    def __init__(self, paged: bool, most: int) -> None:
        """Take whether tables and slides are pages, and how many characters to take."""
        self.texts: dict[int, list[str]] = {0: []}
        self.counts: Counter[str] = Counter()
        self.overfull = False
        self._paged, self._left = paged, most
        self._page = 0
        self._depth = self._annotation = self._notes = self._deleted = 0
        self._noted = False
        self._style = ""
        self._unseen: set[str] = set()
        self._remarks: dict[int, list[str]] = {}

    def text(self, page: int) -> str:
        """Return what stands on a page, its comments last."""
        return tidy("".join([*self.texts[page], "\n", *self._remarks.get(page, ())]))

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go into an element."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name in ("table-properties", "drawing-page-properties"):
            if attributes.get("display") == "false" or attributes.get("visibility") == "hidden":
                self._unseen.add(self._style)
        elif name in PAGES:
            self._begin(name, attributes)
        elif name in ("table-row", "table-column"):
            self.counts["rows"] += attributes.get("visibility") in ("collapse", "filter")
        elif name == "annotation":
            self._annotation += 1
            self.counts["comments"] += 1
        elif name == "notes":
            self._notes += 1
            self._noted = False
        elif name in ("changed-region", "cell-content-change", "insertion-cut-off"):
            self.counts["changes"] += 1
        elif name == "hidden-text":
            self.counts["words"] += 1
            self._add(f"\n{attributes.get('string-value', '')}\n")
        if name in ("tab", "table-cell", "s"):
            self._add("\t" if name == "tab" else " ")

    def leave(self, name: str) -> None:
        """Go out of it."""
        if name in PAGES and self._depth:
            self._depth -= 1
            self._page = 0 if not self._depth else self._page
        elif name == "notes":
            self._notes -= 1
            self.counts["notes"] += self._noted
        if name in BREAKS:
            self._add("\n")
        self._annotation -= name == "annotation"

    def data(self, text: str) -> None:
        """Take text."""
        if self._notes and text.strip() and not text.strip().startswith("<"):
            self._noted = True
        self._add(text)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin a sheet or a slide; a table in a text or on a slide is none."""
        if not self._paged or (name == "table" and self._depth) or self._notes:
            self._depth += self._paged and bool(self._depth)
            return
        self._depth += 1
        self._page = max(self.texts) + 1
        self.texts[self._page] = [attributes.get("name", "") + "\n"]
        if attributes.get("style-name") in self._unseen:
            self.counts["sheets" if name == "table" else "slides"] += 1

    def _add(self, text: str) -> None:
        where = self._remarks.setdefault(self._page, []) if self._annotation else self.texts[self._page]
        where.append(text)
        self._left -= len(text)
        if self._left < 0:
            self.overfull = True
            raise Enough

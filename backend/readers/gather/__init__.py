"""What readers of files with many parts share: collecting, limits, packages, markup.

``Gather`` collects what a file holds and tells it as it comes; ``limits`` says how much
that may cost; ``package`` opens ZIP containers; ``markup`` walks XML and HTML; ``labels``
knows sensitivity labels.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

from backend.model import Box, Gap, Line, Part, Reading, Signal
from backend.readers import Progress, Unreadable
from backend.readers import read as read_any
from backend.readers.gather.limits import Limits

TELL_SECONDS = 0.7
INSIDE = ("encrypted", "damaged", "unsupported", "too_large")
"""Reasons that are worded otherwise when they concern a file inside the one that is shared."""
PAPER = ("document", "red_header", "red_line", "star", "seal", "stamp", "watermark", "board")
"""What a page looks like; says nothing new of a picture in a file that is a document anyway."""


class Gather:
    """Parts, signals and gaps of one file as they are found."""

    def __init__(self, id: str, progress: Progress, limits: Limits, unit: str = "files") -> None:
        """Collect for the attachment ``id`` within ``limits``."""
        self.id, self.limits, self.unit = id, limits, unit
        self.pages = 0
        """The highest page number given so far; files inside are numbered on from it."""
        self._progress = progress
        self._parts: list[Part] = []
        self._extra: list[str] = []
        self._signals: list[Signal] = []
        self._gaps: dict[Gap, None] = {}
        self._hidden: Counter[str] = Counter()
        self._details: dict[str, str] = {}
        self._told = 0.0

    def text(
        self, text: str, page: int | None = None, lines: tuple[Line, ...] = (), size: tuple[int, int] | None = None
    ) -> None:
        """Keep a run of text, as much of it as the limits allow."""
        if not text.strip():
            return
        left = self.limits.characters
        if len(text) > left:
            self.gap("overfull")
            text, lines = text[:left], tuple(line for line in lines if line.end <= left)
        self.limits.characters -= len(text)
        self.pages = max(self.pages, page or 0)
        if text:
            self._parts.append(Part(self.id, text, "file", page, size, lines))

    def extra(self, text: str) -> None:
        """Keep text that stands on no page of its own; all of it makes one part."""
        if text.strip() and not self.full:
            self._extra.append(text[: self.limits.characters])
            self.limits.characters -= len(text)

    @contextmanager
    def trying(self, page: int | None = None, inside: bool = False) -> Iterator[None]:
        """Go on after something that could not be read; it is a gap, worded for a file ``inside`` this one or not."""
        try:
            yield
        except Unreadable as problem:
            self.gap(problem.reason, page, inside)

    @property
    def full(self) -> bool:
        """Whether no more text is taken; there is a gap then."""
        if self.limits.characters > 0:
            return False
        self.gap("overfull")
        return True

    def gap(self, reason: str, page: int | None = None, inside: bool = False, pages: str = "") -> None:
        """Tell what could not be read."""
        worded = f"inside_{reason}" if inside and reason in INSIDE else reason
        self._gaps[Gap(self.id, worded, page, pages)] = None

    def unread(self, pages: Iterable[int]) -> None:
        """Tell which pages there was no time for."""
        numbers = sorted(set(pages))
        if numbers:
            self.gap("unread_pages", pages=_ranges(numbers))

    def hidden(self, kind: str, count: int = 1, **details: str) -> None:
        """Count something that is easily overlooked, as comments: told as one signal."""
        if count > 0:
            self._hidden[kind] += count
            self._details.update(details)

    def signal(self, kind: str, page: int | None = None, box: Box | None = None, **details: str) -> None:
        """Tell something that is not text."""
        self._signals.append(Signal(kind, 1.0, self.id, page, box, MappingProxyType(details)))

    def labels(self, names: Iterable[str]) -> None:
        """Tell sensitivity labels by their names."""
        for name in names:
            self.signal("sensitivity_label", name=name)

    def file(self, data: bytes, page: int | None = None, embedded: bool = False) -> None:
        """Read a file inside this one; its parts are numbered on, or all belong to ``page``.

        What is ``embedded`` belongs to a document, so that it looks like one is no news.
        """
        if self.limits.files <= 0 or self.limits.late:
            self.gap("timeout" if self.limits.late else "overfull")
            return
        self.limits.files -= 1
        before = self.limits.characters
        inner = read_any(self.id, "", data)
        counted = before - self.limits.characters
        self.take(self._afforded(inner, counted), page, embedded)

    def _afforded(self, inner: Reading, counted: int) -> Reading:
        """Return as much of a reading as the limits allow; ``counted`` characters of it have been counted."""
        parts = []
        for part in inner.parts:
            size = len(part.text)
            known, counted = min(size, counted), max(0, counted - size)
            if size - known > self.limits.characters:
                self.gap("overfull")
                part = replace(part, text=part.text[: self.limits.characters], lines=())
            self.limits.characters = max(0, self.limits.characters - (size - known))
            parts.append(part)
        return replace(inner, parts=tuple(part for part in parts if part.text))

    def take(self, inner: Reading, page: int | None = None, embedded: bool = False) -> None:
        """Keep what was read of a file inside this one."""
        numbers: dict[int | None, int] = {}
        for part in inner.parts:
            self._parts.append(replace(part, page=self._page(part.page, page, numbers)))
        for signal in inner.signals:
            if not (embedded and signal.kind in PAPER and signal.details.get("kind") != "id"):
                self._signals.append(replace(signal, page=self._page(signal.page, page, numbers)))
        for gap in inner.gaps:
            self.gap(gap.reason, page, inside=True, pages=gap.pages)

    def _page(self, inner: int | None, page: int | None, numbers: dict[int | None, int]) -> int:
        if page is not None:
            return page
        if inner not in numbers:
            self.pages += 1
            numbers[inner] = self.pages
        return numbers[inner]

    def tell(self, done: int, total: int) -> None:
        """Tell how far the reading is; what was read so far goes with it, but not too often."""
        now = time.monotonic()
        reading = None
        if now - self._told > TELL_SECONDS and self.limits.depth == 1:
            reading, self._told = self.reading(), now
        self._progress(done, max(1, total), self.unit, reading)

    def reading(self) -> Reading:
        """Return all of it.  Parts with boxes come first: spans of a page then refer to its text."""
        extra = [Part(self.id, "\n\n".join(self._extra), "file")] if self._extra else []
        parts = sorted([*extra, *self._parts], key=lambda part: not part.lines)
        counted = [
            Signal(f"hidden_{kind}", 1.0, self.id, details=MappingProxyType({"count": str(count), **self._details}))
            for kind, count in self._hidden.items()
        ]
        return Reading(tuple(parts), (*self._signals, *counted), tuple(self._gaps))


def _ranges(numbers: list[int]) -> str:
    """Return numbers in order as people write them: ``"3, 12-40"``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)

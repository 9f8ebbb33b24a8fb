"""Readers turn attachments into parts, signals and gaps; one module for each kind.

A reader module has ``KIND`` (its name), ``MEDIA_TYPES`` (what its files are called),
``sniff(data) -> bool`` (by content, never by name) and ``read(id, data, progress) ->
Reading``.  One that can also make a safe copy has ``copy(data, boxes, strip_metadata)``, and ``copyable(data)`` where
that depends on the file; without a copy no remedy is offered that needs one.
Modules of this folder are found by name, in order of their ``ORDER`` (default 50);
folders beside them hold what a reader is made of.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any, Protocol

from backend.model import Box, Gap, Reading


class Progress(Protocol):
    """Called by a reader as it goes; ``reading`` is what it has so far."""

    def __call__(self, done: int, total: int, unit: str, reading: Reading | None = None) -> None:
        """Tell how far the reading is."""


class Unreadable(Exception):
    """Raised inside a reader: the file cannot be read, and why (a key of ``gaps.toml``)."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__(reason)
        self.reason = reason


def quiet(done: int, total: int, unit: str, reading: Reading | None = None) -> None:
    """Do nothing: the progress of a caller who does not look."""


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return all readers, those with the surest sniffing first."""
    names = [entry.name for entry in pkgutil.iter_modules(__path__) if not entry.ispkg]
    found = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted(found, key=lambda module: (getattr(module, "ORDER", 50), module.KIND)))


def find(data: bytes) -> Any | None:
    """Return the reader for a file's content, or ``None``."""
    return next((module for module in modules() if module.sniff(data)), None)


def read(id: str, name: str, data: bytes, progress: Progress = quiet) -> Reading:
    """Return what can be read of a file.  Never raises: what goes wrong is a gap.

    ``name`` is what the person called the file; content decides, names can lie.
    """
    del name
    try:
        reader = find(data)
        if reader is None:
            raise Unreadable("unsupported")
        marked = copyable(reader, data)
        reading: Reading = reader.read(id, data, progress if marked else _uncopied(progress))
        return replace(reading, copyable=marked)
    except Unreadable as problem:
        return Reading(gaps=(Gap(id, problem.reason),), copyable=False)
    except MemoryError:
        return Reading(gaps=(Gap(id, "too_large"),), copyable=False)
    except Exception:  # a hostile file may break any parser in any way; unread is never clear
        return Reading(gaps=(Gap(id, "damaged"),), copyable=False)


def copyable(reader: Any, data: bytes) -> bool:
    """Return whether a safe copy can be made of a file."""
    if not hasattr(reader, "copy"):
        return False
    return bool(reader.copyable(data)) if hasattr(reader, "copyable") else True


def _uncopied(progress: Progress) -> Progress:
    """Return a progress that says of all it is told that no copy can be made."""

    def tell(done: int, total: int, unit: str, reading: Reading | None = None) -> None:
        progress(done, total, unit, replace(reading, copyable=False) if reading else None)

    return tell


def copy(data: bytes, boxes: Sequence[tuple[int | None, Box]], strip_metadata: bool) -> tuple[bytes, str]:
    """Return a safe copy and its media type.

    ``boxes`` are ``(page, box)`` to cover.  The copy is read back by the reader's ``prove``.  Raises
    :class:`ValueError` with the reason where no safe copy can be made.
    """
    reader = find(data)
    if reader is None or not hasattr(reader, "copy"):
        raise ValueError("unsupported")
    try:
        copied, media_type = reader.copy(data, boxes, strip_metadata)
        if hasattr(reader, "prove"):
            reader.prove(copied, boxes, strip_metadata)
    except Unreadable as problem:
        raise ValueError(problem.reason) from None
    return bytes(copied), str(media_type)


def warm() -> None:
    """Load what readers load on first need, so that the first file does not wait for it."""
    for module in modules():
        if hasattr(module, "warm"):
            module.warm()

"""What is said between a worker and its owner: frames of JSON with bytes behind.

JSON and not pickle: a worker reads files from strangers, so its owner believes only
what decodes into the nouns of :mod:`backend.model`.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import IO

import msgspec

from backend.model import Box, Reading

HEAD = struct.Struct(">IQ")
LONGEST_MESSAGE = 64_000_000
LONGEST_BYTES = 512_000_000


class Broken(Exception):
    """The other side is gone, or says what cannot be."""


class Ask(msgspec.Struct):
    """What the owner wants; a file's bytes follow."""

    verb: str
    """``"read"``, ``"copy"`` or ``"warm"``."""
    name: str = ""
    boxes: Sequence[tuple[int | None, Box]] = ()
    strip_metadata: bool = True
    seconds: float = 0.0
    """How long a reader may go on before it tells what it has; 0: as long as for a draft."""


class Answer(msgspec.Struct):
    """What the worker says; several may come before the last."""

    last: bool = False
    done: int = 0
    total: int = 0
    unit: str = ""
    reading: Reading | None = None
    media_type: str = ""
    kind: str = ""
    """Which reader read it, with its last answer."""
    refused: str = ""
    """Why there is no safe copy."""


def encoded(message: Ask | Answer | Reading) -> bytes:
    """Return a message as JSON."""
    return msgspec.json.encode(message, enc_hook=_plain)


def send(pipe: IO[bytes], message: Ask | Answer, data: bytes = b"") -> None:
    """Write a frame; raises :class:`Broken` when nobody reads it."""
    text = encoded(message)
    try:
        pipe.write(HEAD.pack(len(text), len(data)))
        pipe.write(text)
        pipe.write(data)
        pipe.flush()
    except (OSError, ValueError):
        raise Broken from None


def receive_ask(pipe: IO[bytes]) -> tuple[Ask, bytes]:
    """Return the next frame from the owner; raises :class:`Broken` at its end."""
    text, data = _frame(pipe)
    return msgspec.json.decode(text, type=Ask), data


def receive_answer(pipe: IO[bytes]) -> tuple[Answer, bytes]:
    """Return the next frame from the worker; raises :class:`Broken` when it has died or talks nonsense."""
    text, data = _frame(pipe)
    try:
        return msgspec.json.decode(text, type=Answer), data
    except msgspec.MsgspecError:
        raise Broken from None


def labelled(reading: Reading, id: str) -> Reading:
    """Return a reading whose parts, signals and gaps belong to an attachment."""
    return replace(
        reading,
        parts=tuple(replace(part, id=id) for part in reading.parts),
        signals=tuple(replace(signal, part=id) for signal in reading.signals),
        gaps=tuple(replace(gap, part=id) for gap in reading.gaps),
    )


def _frame(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    length, size = HEAD.unpack(_exactly(pipe, HEAD.size))
    if length > LONGEST_MESSAGE or size > LONGEST_BYTES:
        raise Broken
    return _exactly(pipe, length), _exactly(pipe, size)


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    try:
        data = pipe.read(size)
    except (OSError, ValueError):
        raise Broken from None
    if len(data) < size:
        raise Broken
    return data


def _plain(value: object) -> object:
    if isinstance(value, Mapping):  # a read-only mapping is one too
        return dict(value)
    raise NotImplementedError(type(value).__name__)

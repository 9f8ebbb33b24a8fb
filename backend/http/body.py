"""Reading requests: JSON into typed structures, with errors that quote nothing.

``msgspec`` checks the types; its messages may quote a value, so only the place and
what was wanted are passed on.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from backend.http.problems import Problem
from backend.request import whole

Shape = TypeVar("Shape")
_PLACE = re.compile(r" - at `\$(?P<place>[^`]*)`$")
_KEY = re.compile(r"\.([A-Za-z_]\w*)|\[(\d*|\.\.\.)\]")
_WANTED = re.compile(r"Expected `(?P<kind>[^`]+)`(?P<bound>( of length)? [<>]=? -?\d+)?")
_HALVES = (b"\\u", b"\xed", b"\0")
LARGE = 8 * 1024 * 1024
"""Bytes beyond which a body is a list and no draft."""
MOST_OBJECTS = 600_000
MOST_VALUES = 4_000_000
"""What a large body may hold: a list has 200,000 terms, and each value is an object in memory."""
_one_large = threading.Lock()
_MISSING = re.compile(r"missing required field `(?P<name>\w+)`")


def read_json(request: Request, shape: type[Shape]) -> Shape:
    """Return the JSON body in its shape; raises :class:`Problem`."""
    if request.mimetype != "application/json":
        raise Problem("wrong_media_type")
    return parse(read_bytes(request), shape)


def read_bytes(request: Request) -> bytes:
    """Return the body as it came; raises :class:`Problem` for one that is too large or cut short."""
    try:
        return request.get_data()
    except RequestEntityTooLarge:
        raise Problem("too_large") from None
    except HTTPException:
        raise Problem("bad_request") from None


def read_form(request: Request) -> Mapping[str, str]:
    """Return the plain parts of a form; raises :class:`Problem` like :func:`read_bytes`."""
    try:
        return request.form
    except RequestEntityTooLarge:
        raise Problem("too_large") from None
    except (HTTPException, ValueError):
        raise Problem("bad_request") from None


def form_file(request: Request) -> FileStorage:
    """Return the part ``file`` of a form; raises :class:`Problem` for another body and for a form without one."""
    if request.mimetype != "multipart/form-data":
        raise Problem("wrong_media_type")
    read_form(request)
    file = request.files.get("file")
    if file is None:
        raise Problem("invalid", errors=(("/file", "required"),))
    return file


def parse(data: bytes | str, shape: type[Shape]) -> Shape:
    """Return JSON in its shape; raises :class:`Problem`."""
    if len(data) > LARGE and isinstance(data, bytes):
        return _parse_large(data, shape)
    try:
        value = json.loads(data, parse_constant=_refuse_constant)
        if _may_be_broken(data):
            value = _whole(value)
    except (ValueError, RecursionError):
        raise Problem("bad_json") from None
    result: Shape = convert(value, shape)
    return result


def _parse_large(data: bytes, shape: type[Shape]) -> Shape:
    """Read a large body, one at a time and straight into its shape: what has none there takes no memory.

    Half of a surrogate pair, which a smaller body may hold, is refused here.
    """
    if data.count(b"{") > MOST_OBJECTS or sum(map(data.count, (b",", b"["))) > MOST_VALUES:
        raise Problem("too_large")
    try:
        with _one_large:
            return msgspec.json.decode(data, type=shape, strict=True)
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem("bad_json") from None


def convert(value: Any, shape: Any) -> Any:
    """Return plain JSON values in their shape; raises :class:`Problem`."""
    try:
        return msgspec.convert(value, shape, strict=True)
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from None
    except RecursionError:
        raise Problem("bad_json") from None


def _may_be_broken(data: bytes | str) -> bool:
    """Tell whether half of a surrogate pair may be in it: escaped, or as bytes that no UTF-8 has, or beyond UTF-8."""
    if isinstance(data, str):
        return "\\u" in data or not data.isascii()
    return any(one in data for one in _HALVES)


def _whole(value: Any) -> Any:
    """Return plain values without halves of surrogate pairs: the store could not keep them, nor an answer tell them."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return {whole(name): _whole(one) for name, one in value.items()} if isinstance(value, dict) else value


def _refuse_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are not JSON")


def _explained(message: str) -> Problem:
    """Keep the place and the kind that was wanted; drop whatever else the message quotes."""
    found = _PLACE.search(message)
    pointer = _pointer(found["place"]) if found else ""
    missing = _MISSING.search(message)
    if missing:
        return Problem("invalid", errors=((f"{pointer}/{missing['name']}", "required"),))
    if "unknown field" in message:
        return Problem("invalid", errors=((pointer, "an unknown field is present"),))
    wanted = _WANTED.search(message)
    if not wanted:
        return Problem("invalid", errors=((pointer, "not one of the values it may have"),))
    bound = wanted["bound"] or ""
    name = "too_large" if bound.startswith(" of length <") else "invalid"
    return Problem(name, errors=((pointer, wanted["kind"] + bound),))


def _pointer(place: str) -> str:
    return "".join(f"/{name or index}" for name, index in _KEY.findall(place))

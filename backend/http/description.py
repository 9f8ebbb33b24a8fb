"""The OpenAPI document, made from what every view says of itself (:mod:`backend.http.operation`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from flask import Flask
from werkzeug.routing import Rule

from backend import __version__
from backend.http import operation, problems, shapes
from backend.http.operation import Operation

REFERENCE = "#/components/schemas/{name}"
ALWAYS = ("bad_host", "foreign_origin", "broken", "busy", "unavailable", "no_room")
BY_ACCESS: dict[str, tuple[tuple[dict[str, list[str]], ...], tuple[str, ...]]] = {
    operation.TOKEN: (({"token": []}, {"session": []}), ("no_token", "wrong_token", "too_many")),
    operation.SESSION: (({"session": []},), ("no_session",)),
    operation.OPEN: (({},), ()),
}
BY_BODY = ("bad_request", "bad_json", "too_large", "wrong_media_type", "invalid")
SECURITY_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "secondlook_session",
        "description": "The server's own pages; requests that change something carry `X-CSRF-Token` too.",
    },
}
MEANINGS = {
    "ETag": "The version; send it back as `If-Match`.",
    "Location": "Where the new thing is.",
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of titles, reasons and advice: en, vi or zh.",
    "schema": {"type": "string", "default": "en"},
}


def operations(app: Flask) -> Iterator[tuple[Rule, str, Operation]]:
    """Yield the route, the method and the description of every operation of an app."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        described = getattr(app.view_functions[rule.endpoint], "__operation__", None)
        if described is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method.lower(), described


def describe(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of an app."""
    found = list(operations(app))
    types = [shape for _, _, described in found for shape in _types(described)]
    unique = list({repr(shape): shape for shape in (*types, shapes.Problem)}.values())
    schemas, components = msgspec.json.schema_components(unique, ref_template=REFERENCE)
    schema_of = dict(zip(map(repr, unique), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for rule, method, described in found:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        paths.setdefault(path, {})[method] = _operation(rule, described, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Second Look",
            "version": __version__,
            "description": "Scores drafts before they are shared. Offsets count UTF-16 code units.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": SECURITY_SCHEMES},
    }


def _types(described: Operation) -> Iterator[Any]:
    parts = (described.form or {}).values()
    for shape in (described.body, *parts, *described.answers.values()):
        if shape not in (None, bytes, [bytes]) and not isinstance(shape, str):
            yield shape


def _operation(rule: Rule, described: Operation, schema_of: dict[str, Any]) -> dict[str, Any]:
    security, own = BY_ACCESS[described.access]
    media = _body(described, schema_of)
    content: dict[str, Any] = {
        "operationId": rule.endpoint.replace(".", "_"),
        "tags": [rule.endpoint.partition(".")[0]],
        "summary": described.summary,
        "parameters": _parameters(rule, described),
        "responses": {
            **{str(status): _answer(shape, described, schema_of) for status, shape in described.answers.items()},
            **_problems((*ALWAYS, *own, *_by_role(described), *(BY_BODY if media else ()), *described.problems)),
        },
        "security": list(security),
    }
    if described.access != operation.OPEN:
        content["x-role"] = described.role
    if described.details:
        content["description"] = described.details
    if media:
        content["requestBody"] = {"required": True, "content": media}
    return content


def _by_role(described: Operation) -> tuple[str, ...]:
    is_for_all = described.access == operation.OPEN or described.role == operation.MEMBER
    return () if is_for_all else ("not_allowed",)


def _parameters(rule: Rule, described: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(rule.arguments)
    ]
    for query in described.query:
        found.append({"name": query.name, "in": "query", "description": query.help, "schema": dict(query.schema)})
    if described.if_match:
        meaning = "Refuse the change unless this is still the version (`ETag`)."
        found.append({"name": "If-Match", "in": "header", "description": meaning, "schema": {"type": "string"}})
    return [*found, LANGUAGE]


def _body(described: Operation, schema_of: dict[str, Any]) -> dict[str, Any]:
    media: dict[str, Any] = {}
    if described.body is not None:
        media["application/json"] = {"schema": schema_of[repr(described.body)]}
    if described.form:
        fields = {name: _part(shape, schema_of) for name, shape in described.form.items()}
        media["multipart/form-data"] = {"schema": {"type": "object", "properties": fields}}
    return media


def _part(shape: Any, schema_of: dict[str, Any]) -> Any:
    file = {"type": "string", "format": "binary"}
    if shape is bytes:
        return file
    return {"type": "array", "items": file} if shape == [bytes] else schema_of[repr(shape)]


def _answer(shape: Any, described: Operation, schema_of: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"description": described.summary}
    if described.headers:
        content["headers"] = {
            name: {"description": MEANINGS[name], "schema": {"type": "string"}} for name in described.headers
        }
    if isinstance(shape, str):
        content["content"] = {shape: {}}
    elif shape is not None:
        content["content"] = {"application/json": {"schema": schema_of[repr(shape)]}}
    return content


def _problems(names: tuple[str, ...]) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        by_status.setdefault(str(problems.catalogue()[name]["status"]), []).append(name)
    schema = {"$ref": REFERENCE.format(name="Problem")}
    return {
        status: {"description": ", ".join(found), "content": {problems.MEDIA_TYPE: {"schema": schema}}}
        for status, found in sorted(by_status.items())
    }

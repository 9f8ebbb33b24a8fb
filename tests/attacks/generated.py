"""Bodies made from ``/openapi.json``: one that fits, and those in which one place holds something else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def fitting(schema: dict[str, Any], document: dict[str, Any], depth: int = 0) -> Any:
    """Return a value that a schema describes, with every field that it names."""
    schema = resolved(schema, document)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            some = [one for one in schema[choice] if one.get("type") != "null"]
            return fitting(some[0], document, depth)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type", "object")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: fitting(one, document, depth + 1) for name, one in fields.items()} if depth < 6 else {}
    if kind == "array":
        items = schema.get("items") or (schema.get("prefixItems") or [{}])[0]
        return [fitting(items, document, depth + 1)] * max(1, schema.get("minItems", 1)) if depth < 6 and items else []
    return {"string": "words", "integer": 1, "number": 1.0, "boolean": True, "null": None}.get(kind)


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Follow references."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every place of a value that holds no other one."""
    if isinstance(value, dict) and value:
        for name, one in value.items():
            yield from leaves(one, (*path, name))
    elif isinstance(value, list) and value:
        yield from leaves(value[0], (*path, 0))
    else:
        yield path, value


def with_one(value: Any, path: Path, other: Any) -> Any:
    """Return a copy of a value with something else in one place."""
    if not path:
        return other
    whole = copy.deepcopy(value)
    inner = whole
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = other
    return whole


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield method, path and a fitting body of every operation that takes JSON."""
    for path, methods in sorted(document["paths"].items()):
        for method, operation in sorted(methods.items()):
            media = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if media:
                yield method.upper(), path, fitting(media["schema"], document)


def queries(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield method, path and name of every parameter of the query."""
    for path, methods in sorted(document["paths"].items()):
        for method, operation in sorted(methods.items()):
            for one in operation.get("parameters", []):
                if one["in"] == "query":
                    yield method.upper(), path, one["name"]

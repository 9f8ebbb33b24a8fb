"""A test client that holds every answer of the API against ``/openapi.json``."""

from __future__ import annotations

import re
from functools import cache

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from backend.http.description import describe

DOCUMENT = "urn:openapi"


class CheckedClient(FlaskClient):
    """Fails a test whose answer the description does not cover."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        path, method = response.request.path, response.request.method
        if path.startswith("/v1/") and method not in ("OPTIONS", "HEAD"):
            check(self.application, path, method, response)
        return response


def check(app, path: str, method: str, response) -> None:
    """Assert that an answer is one that the operation describes."""
    document = document_of(app)
    template = template_of(document, path)
    if template is None or method.lower() not in document["paths"][template]:
        assert response.status_code in (400, 403, 404, 405), f"{method} {path} is not described"
        return
    answers = document["paths"][template][method.lower()]["responses"]
    assert str(response.status_code) in answers, f"{method} {template} does not describe {response.status_code}"
    content = answers[str(response.status_code)].get("content")
    if content is None:
        assert response.data == b""
        return
    (media_type, described), *_ = content.items()
    assert media_type == "application/octet-stream" or response.mimetype == media_type
    if "schema" in described:
        errors = [error.message for error in validator(document, described["schema"]).iter_errors(response.json)]
        assert not errors, errors


def template_of(document, path: str) -> str | None:
    """Return the path of the description that a path is an instance of; the plainest wins."""
    for template in sorted(document["paths"], key=lambda template: template.count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return template
    return None


def validator(document, schema) -> Draft202012Validator:
    """Return a validator that resolves the document's own references."""
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource(DOCUMENT, resource)
    return Draft202012Validator(_absolute(schema), registry=registry)


@cache
def document_of(app):
    """Return the description of an app."""
    import json

    import msgspec

    return json.loads(msgspec.json.encode(describe(app)))


def _absolute(schema):
    if isinstance(schema, dict):
        return {
            key: DOCUMENT + value if key == "$ref" and value.startswith("#") else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema

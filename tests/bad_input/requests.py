"""Requests made out of ``/openapi.json`` by schemathesis: some keep to it, some do not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import schemathesis
import schemathesis.checks as general
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks as described

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
"""So many times the cases of ``make test``; ``make fuzz`` sets it."""
REFUSED = (400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429)
FORESEEN = ("2xx", "3xx", 401, 403, 404, 409, 412, 413, 422, 428, 429)
"""A request may keep to its description and still be refused: an address that is none, a version that is over."""
CONFIG = {
    "negative_data_rejection": {"expected-statuses": list(REFUSED)},
    "positive_data_acceptance": {"expected-statuses": list(FORESEEN)},
}
CHECKS = [
    general.not_a_server_error, described.status_code_conformance, described.content_type_conformance,
    described.response_headers_conformance, described.response_schema_conformance, described.negative_data_rejection,
    described.positive_data_acceptance, described.unsupported_method, described.allow_header_conformance,
]  # fmt: skip
PEOPLE = ("/v1/tokens/{id}", "/v1/people/{id}", "/v1/people/{id}/sign-in")
"""Where the id of something real would end the caller's own way in."""


def bounded(cases: int) -> settings:
    """Return settings for so many cases, the same ones in every run of ``make test``."""
    return settings(
        max_examples=cases * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Caller:
    """Who asks: an app or an address, with a token and the session of one of its pages."""

    schema: Any
    headers: Mapping[str, str]
    known: Mapping[str, str]
    """Ids of things that are there, by the beginning of their path."""

    def operations(self) -> Iterator[Any]:
        """Yield every operation of the description."""
        for found in self.schema.get_all_operations():
            yield found.ok()

    def real(self, path: str) -> str | None:
        """Return the id of something that a path may name."""
        return (
            None if path in PEOPLE else next((id for begin, id in self.known.items() if path.startswith(begin)), None)
        )


def caller(app: Flask, headers: Mapping[str, str], known: Mapping[str, str]) -> Caller:
    """Return who asks an app without a socket."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app, headers=dict(headers), config=_config())
    return Caller(schema, headers, known)


def over_http(address: str, headers: Mapping[str, str]) -> Caller:
    """Return who asks a server over its socket."""
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", headers=dict(headers), config=_config())
    return Caller(schema, headers, {})


def _config() -> SchemathesisConfig:
    return SchemathesisConfig.from_dict({"checks": CONFIG})


def problems(caller: Caller, operation: Any, mode: GenerationMode, cases: int) -> list[str]:
    """Return what was wrong with the answers of an operation to so many requests."""
    found: dict[str, None] = {}
    turn = 0

    @bounded(cases)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal turn
        turn += 1
        id = caller.real(operation.path)
        if id and turn % 2 and "id" in case.path_parameters:
            case.path_parameters["id"] = id
        answer = case.call(headers=dict(caller.headers))
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseExceptionGroup as group:
            found.update({f"{operation.label}: {answer.status_code}: {one}": None for one in group.exceptions})

    if mode is not GenerationMode.NEGATIVE or _can_be_broken(operation):
        ask()
    return list(found)


def _can_be_broken(operation: Any) -> bool:
    """Tell whether there is anything in a request that could be other than described."""
    raw = operation.definition.raw
    return "requestBody" in raw or any(one["in"] == "query" for one in raw.get("parameters", ()))

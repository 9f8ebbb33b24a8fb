"""``/v1/frequencies``: how common terms are, before they go on a list."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response, request

from backend.http import body, operation, reply
from backend.http.term_shapes import TermShape, to_terms, told
from backend.text import frequency

blueprint = Blueprint("frequencies", __name__)
MOST = 1_000


class FrequencyRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Terms, and how much the person writes in a week."""

    terms: Annotated[list[str | TermShape], msgspec.Meta(max_length=MOST)]
    posts: Annotated[float, msgspec.Meta(ge=0, le=100_000)] = frequency.POSTS
    words: Annotated[float, msgspec.Meta(ge=0, le=100_000)] = frequency.WORDS
    """Words of a post."""


class TermFrequency(msgspec.Struct):
    """How common a term is in ordinary English, Vietnamese and Chinese."""

    text: str
    frequency: float | None
    """Share of all words; 0 for one rarer than one in a million, `null` where it cannot be told."""
    language: str
    alarms: float | None
    """How often a week it would ask in vain."""
    everyday: bool


class Frequencies(msgspec.Struct):
    """The terms in their order."""

    terms: list[TermFrequency]


@blueprint.post("/v1/frequencies")
@operation.describes(
    "Tell how common terms are, and how often they would ask in vain",
    body=FrequencyRequest,
    answers={200: Frequencies},
    role=operation.MEMBER,
)
def read() -> Response:
    """Answer with each term's share and its expected alarms."""
    asked = body.read_json(request, FrequencyRequest)
    found = frequency.of_terms(to_terms(asked.terms), asked.posts, asked.words)
    return reply.json({"terms": [{**told(one), "everyday": one.everyday} for one in found]})

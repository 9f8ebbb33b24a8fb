"""A filter for terms, from the query or from JSON: which terms of a list are meant."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Request

from backend.http import body
from backend.http.operation import Query
from backend.http.term_shapes import Category, Day, Form, Word
from backend.model import CHANNELS, FORMS
from backend.request import Channel
from backend.store.making import LONGEST_TERM
from backend.store.search import ALL, Filter

LEVELS = ("note", "warn", "stop", "list")
_TEXT = {"type": "string"}
QUERY = (
    Query("search", "Stands in the words, the note or the category, in any case.", _TEXT),
    Query("form", "How it is met.", {"type": "string", "enum": list(FORMS)}),
    Query("level", "Its own level; `list` where it has none.", {"type": "string", "enum": list(LEVELS)}),
    Query("category", "Its category.", _TEXT),
    Query("language", "Counts in this language.", _TEXT),
    Query("channel", "Counts in this channel.", {"type": "string", "enum": list(CHANNELS)}),
    Query("site", "Counts on this site.", _TEXT),
    Query("valid_on", "Counts on this day.", {"type": "string", "format": "date"}),
    Query("ended_before", "Its last day lies before this day.", {"type": "string", "format": "date"}),
)


class TermFilter(msgspec.Struct, forbid_unknown_fields=True):
    """Conditions that must all be met; empty ones do not count."""

    search: Annotated[str, msgspec.Meta(max_length=LONGEST_TERM)] = ""
    form: Form | Literal[""] = ""
    level: Literal["note", "warn", "stop", "list", ""] = ""
    category: Category = ""
    language: Word = ""
    channel: Channel | Literal[""] = ""
    site: Word = ""
    valid_on: Day = ""
    ended_before: Day = ""
    texts: Annotated[list[str], msgspec.Meta(max_length=500)] = []
    """Just these terms."""


def of_query(request: Request) -> Filter:
    """Return the filter of a query; raises :class:`backend.http.problems.Problem`."""
    given = {query.name: request.args[query.name] for query in QUERY if request.args.get(query.name)}
    return to_filter(body.convert(given, TermFilter)) if given else ALL


def to_filter(shape: TermFilter) -> Filter:
    """Return a filter as the store takes it."""
    fields = msgspec.structs.asdict(shape)
    found = Filter(**{**fields, "texts": tuple(fields["texts"])})
    return ALL if found == ALL else found

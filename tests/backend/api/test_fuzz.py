"""Whatever is sent to whatever operation, the answer is one that is described, and never a 500."""

from __future__ import annotations

import json
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.http.limits import RateLimit
from tests.backend.api.checked import document_of
from tests.backend.api.conftest import EXTENSION

WORDS = st.sampled_from(["name", "terms", "text", "level", "stop", "add", "boxes", "box", "outcome", "sent", "note_at"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | WORDS
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=6), inner, max_size=4),
    max_leaves=8,
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "If-Match": st.sampled_from(["*", '"1"', "x", ""]),
        "Accept-Language": st.sampled_from(["zh", "xx;q=x", ";;;", "*"]),
        "Origin": st.sampled_from([EXTENSION, "null"]),
    },
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_makes_the_api_stumble(app, client, data):
    app.extensions["secondlook"].pairing_limit = RateLimit(10_000, 1)
    document = document_of(app)
    path = data.draw(st.sampled_from(sorted(path for path in document["paths"] if path.startswith("/v1/"))))
    method = data.draw(st.sampled_from(sorted(document["paths"][path])))
    if (path, method) == ("/v1/tokens/{id}", "delete"):
        return
    filled = re.sub(r"\{\w+\}", data.draw(st.sampled_from(["x", "%00", "0", "..%2f", "%F0%9F%99%82"])), path)
    query = data.draw(
        st.sampled_from(["", "?wait=0", "?wait=x", "?since=%FF", "?limit=1e3", "?after=0x1", "?channel=ai"])
    )
    body = json.dumps(data.draw(ANYTHING)).encode()
    kind = data.draw(st.sampled_from(["application/json", "multipart/form-data; boundary=x", "text/plain", ""]))
    answer = client.open(
        filled + query, method=method.upper(), data=body, content_type=kind, headers=data.draw(HEADERS)
    )
    assert answer.status_code < 500

"""``/metrics``: counters for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response

from backend.http import operation, standing
from backend.http.services import services
from backend.store import audit

blueprint = Blueprint("metrics", __name__)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/metrics")
@operation.describes(
    "Read counters in Prometheus's text form", answers={200: "text/plain"}, role=operation.ADMINISTRATOR
)
def read() -> Response:
    """Answer with what all processes of the server have done since it started, and how its parts stand."""
    more = (*standing.lines(services()), *_audit()) if services().config.is_team else ()
    return Response(services().metrics.text(more), content_type=MEDIA_TYPE)


def _audit() -> tuple[str, ...]:
    """Return how many entries the audit log has: a number that falls tells that its end was cut off."""
    return ("# TYPE secondlook_audit_entries gauge", f"secondlook_audit_entries {audit.head(services().store).id}")

"""The desk of a team: files wait in Redis, sealed, and Celery workers on any machine read them.

``broker`` is the way to Redis; ``ledger`` keeps what waits, who has taken it and what came of it, by the scripts
beside it; ``vault`` seals what is kept there; ``desk`` is what the web processes ask; ``reader`` is what a worker
does with a file, ``worker`` the Celery application around it; ``away`` stands in while Redis is away.
"""

from __future__ import annotations

from backend.jobs.shared.desk import SharedJobs

__all__ = ["SharedJobs"]

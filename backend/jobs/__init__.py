"""Files of drafts, read in a process of their own.

``desk`` takes files in, keeps them for a while and tells how far they are; ``process``
is the worker as its owner sees it; ``worker`` is what runs inside it; ``wire`` is what
the two say to each other.
"""

from __future__ import annotations

from backend.jobs.desk import Job, Jobs, QueueFull

__all__ = ["Job", "Jobs", "QueueFull"]

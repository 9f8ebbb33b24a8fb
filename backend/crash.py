"""A crash leaves nothing of what was in memory: a core file would hold drafts, and words of files.

The limit alone is not enough where the system hands cores to a program (systemd-coredump, apport):
Linux asks that a process be not dumpable.  Nor can another program of the same person then look
into its memory or its environment, unless it may look into all.
"""

from __future__ import annotations

import sys

PR_SET_DUMPABLE = 4


def leave_nothing() -> None:
    """Let this process leave no core file; processes that it starts have to say so themselves."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)

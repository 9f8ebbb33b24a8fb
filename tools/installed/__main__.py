"""The command ``secondlook``: ``python -m backend`` of the installed release.

The wheel puts one package into an environment, ``secondlook``, and the rest below it:
a top-level ``backend`` would overwrite, or be overwritten by, anybody else's.
"""

from __future__ import annotations

import sys
from pathlib import Path

APP = Path(__file__).resolve().parent / "app"


def main() -> int:
    """Run the command line of the release that lies beside this file, and of no other."""
    # First, since `python -m secondlook` also looks into the folder it is called from.
    sys.path.insert(0, str(APP))
    from backend.__main__ import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())

"""``python -m fuzz [TARGET...] [--minutes N]``: break every way in, for so many minutes each, and print a table."""

from __future__ import annotations

import argparse
import importlib.util
import sys

from fuzz import report


def main() -> int:
    """Run the targets in turn; return 1 where something broke."""
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", choices=[[], *TARGETS], default=[], metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=5, help="for each target (default 5)")
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("atheris, which follows what an input reaches, has no wheel for this system; it runs on Linux.")
        return 2
    print(report.HEAD, flush=True)
    tallies = []
    for name in given.target or TARGETS:
        tallies.append(report.run(name, given.minutes * 60))
        print(tallies[-1].line(), flush=True)
    for tally in tallies:
        for path in tally.found:
            print(f"{tally.name}: {path.relative_to(report.ROOT)}")
        if tally.last and (tally.found or not tally.cases):
            print(tally.last)
    print(f"{sum(one.cases for one in tallies):,} cases; findings lie in {report.KEPT.name}/found, as they came")
    return int(any(one.found or not one.cases for one in tallies))


if __name__ == "__main__":
    sys.exit(main())

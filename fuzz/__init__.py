"""Bad input, made by the million: ``make fuzz``; what it found is in ``docs/robustness.md``.

``seeds`` are good files, made by the tests' own helpers; ``shapes`` break them where it pays, below checksums and
compression; ``targets`` are the ways in, each with what must hold of its answer; ``child`` runs one under atheris,
which follows what the input reaches; ``report`` runs them in turn and counts; ``bombs`` are built to cost too much.
"""

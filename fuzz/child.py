"""Run one target under atheris: ``python -m fuzz.child TARGET CORPUS [options of libFuzzer]``."""

from __future__ import annotations

import random
import sys
import warnings
from pathlib import Path

import atheris


def main() -> None:
    """Follow the branches of the product and of the target's libraries, and never come back."""
    name, corpus, *options = sys.argv[1:]
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(1000)
    with atheris.instrument_imports(include=_houses(name), enable_loader_override=False):
        from fuzz.targets import TARGETS

        target = TARGETS[name]
        _load()
    for number, seed in enumerate(target.seeds()):
        Path(corpus, f"seed-{number}").write_bytes(seed)
        target.run(seed)
    words = Path(corpus).with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.dictionary or (b"\x00",)))

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        changed = target.mutate(data, random.Random(seed), lambda some: atheris.Mutate(some, max(len(some) + 64, 16)))
        return changed if len(changed) <= most else changed[:most]

    arguments = [sys.argv[0], corpus, f"-max_len={target.most}", f"-dict={words}", *options]
    atheris.Setup(arguments, lambda data: target.run(data) and None, custom_mutator=mutate)
    atheris.Fuzz()


def _houses(name: str) -> list[str]:
    """Return the packages whose branches are followed; the target says it, but is not imported yet."""
    libraries = {
        "metadata": ["PIL"], "picture": ["PIL"], "frames": ["PIL"], "heif": ["pi_heif", "PIL"], "pdf": ["pypdfium2"],
        "mail": ["email"], "outlook": ["olefile"], "oldsheets": ["xlrd", "olefile"], "plain": ["charset_normalizer"],
        "imports": ["csv"], "packs": ["tomllib"], "policy": ["tomllib"],
    }  # fmt: skip
    return ["backend", *libraries.get(name, [])]


def _load() -> None:
    """Import what is otherwise imported on first need, so that it is followed too."""
    import importlib
    import pkgutil

    import backend

    for found in pkgutil.walk_packages(backend.__path__, "backend."):
        if found.name.split(".")[1] in ("readers", "exchange", "rules", "policy", "sealed", "subscriptions", "text"):
            importlib.import_module(found.name)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main()

"""What looks at parts and yields findings: one module each, found by folder.

A module here has ``build(resources) -> Detector``; its wording stands beside it in a TOML
file of the same name, unless packs bring it.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from backend.case import Detector, Resources


def names() -> tuple[str, ...]:
    """Return the names of all detectors, in order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def build_all(resources: Resources) -> dict[str, Detector]:
    """Return every detector by its name, built; raises what a detector raises on bad packs or lists."""
    return {name: build(name, resources) for name in names()}


def build(name: str, resources: Resources) -> Detector:
    """Return one detector, built."""
    module = import_module(f"{__name__}.{name}")
    detector: Detector = module.build(resources)
    return detector

"""The API: one blueprint a resource, found by folder."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Blueprint


def discover() -> list[Blueprint]:
    """Return the blueprint of every module here; a module without one fails at start."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").blueprint for name in names]

"""The walls of the house: which way imports may point, and how long things may grow."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
BACKEND = ROOT / "backend"
FILES = sorted(BACKEND.rglob("*.py"))
LAYERS = {
    "model": set(),
    "text": {"model"},
    "documents": {"model", "text"},
    "files": set(),
    "sealed": {"model", "text", "files"},
    "case": {"model", "text", "documents", "sealed"},
    "rules": {"model", "text", "case"},
    "situations": {"model", "text", "case"},
    "wording": {"model", "rules", "program"},
    "detectors": {"model", "text", "documents", "sealed", "case", "rules", "situations", "wording"},
    "readers": {"model", "text"},
    "jobs": {"model", "readers", "config", "team"},
    "policy": {"model", "text", "rules"},
    "request": {"model"},
    "pipeline": {"model", "text", "documents", "sealed", "case", "rules", "policy", "detectors", "wording"},
    "people": {"config", "team"},
    "store": {"model", "config", "text", "policy", "files", "people"},
    "registration": {"model", "text", "config", "documents", "jobs", "store"},
    "evaluation": {"model", "pipeline", "request", "jobs"},
}
"""What each house may use of the others; those not named here (api, http, web, commands) may use all."""
NO_WEB = {"flask", "flask_cors", "werkzeug", "waitress"}
NO_STORE = {"sqlalchemy", "alembic"}


def house(path: Path) -> str:
    parts = path.relative_to(BACKEND).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names if node.module == "backend")
    return found


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_imports_point_one_way(name):
    for path in FILES:
        if house(path) != name:
            continue
        used = {one.split(".")[1] for one in imports(path) if one.startswith("backend.")}
        assert used - {name} <= LAYERS[name], f"{path.relative_to(ROOT)} uses {used - {name} - LAYERS[name]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(BACKEND)))
def test_the_core_knows_neither_web_nor_database(path):
    top = {one.partition(".")[0] for one in imports(path)}
    if house(path) in LAYERS and house(path) != "store":
        assert not top & (NO_WEB | NO_STORE)
    if house(path) not in ("store", "commands", "http", "api"):
        assert not top & NO_STORE


def test_detectors_and_readers_do_not_import_each_other():
    for path in FILES:
        name = house(path)
        if name in ("detectors", "readers") and path.parent == BACKEND / name and path.stem != "__init__":
            siblings = {one for one in imports(path) if one.startswith(f"backend.{name}.")}
            helpers = {one for one in siblings if (BACKEND / name / one.split(".")[2]).is_dir()}
            assert siblings == helpers, path


def test_the_nouns_need_the_standard_library_alone():
    assert {one.partition(".")[0] for one in imports(BACKEND / "model.py")} <= {
        "__future__",
        "collections",
        "dataclasses",
        "enum",
        "types",
        "typing",
    }


def functions(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node.end_lineno - node.lineno + 1 for node in ast.walk(tree) if isinstance(node, kinds)]


def test_functions_are_short():
    lengths = {path: functions(path) for path in FILES}
    every = [length for found in lengths.values() for length in found]
    assert median(every) <= 10
    assert [path for path, found in lengths.items() if found and max(found) > 60] == []


def test_files_are_short():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert median(lengths.values()) <= 150
    assert [path for path, length in lengths.items() if length > 400] == []

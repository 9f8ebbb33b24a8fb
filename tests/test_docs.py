"""The documents say what the code does."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def test_the_pages_written_from_code_are_up_to_date():
    done = subprocess.run(
        [sys.executable, "tools/pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run: python tools/pages.py ({done.stdout.strip()}{done.stderr[-500:]})"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert missing == []


def test_every_command_stands_in_the_readme():
    commands = {path.stem for path in (ROOT / "backend" / "commands").glob("*.py")} - {"__init__"}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {name for name in commands if name not in text} == set()


def test_every_make_target_is_explained():
    source = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r'"make (\w+)', source))
    assert {"run", "demo", "test", "bench", "package"} <= told


def test_every_dependency_has_its_reason():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").lower()
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = [re.split(r"[=<>~\[]", line)[0].lower() for line in lines if line and not line.startswith("#")]
    assert [name for name in names if name not in text] == []


def test_every_house_stands_in_the_architecture():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    houses = {path.name for path in (ROOT / "backend").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {name for name in houses if f"{name}/" not in text} == set()


def test_the_repository_speaks_of_the_product_alone():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    kinds = (".py", ".md", ".toml", ".js", ".json", ".html", ".css", ".txt")
    words = re.compile(r"/work/|/tmp/brief|registry\.npmjs|pythonhosted", re.IGNORECASE)
    told = []
    for name in tracked:
        path = ROOT / name
        if path.suffix in kinds and path != Path(__file__) and path.exists():
            told += [f"{name}: {found}" for found in words.findall(path.read_text(encoding="utf-8", errors="replace"))]
    assert told == []

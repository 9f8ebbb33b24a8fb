"""The wheel as somebody installs it: built, put into an environment of its own, run from a hostile folder.

The environment holds what ``requirements.txt`` brings and nothing else, linked from the one of the tests: no network
is needed, and an import of something that only tests install fails as it would for a user.
"""

from __future__ import annotations

import json
import os
import shlex
import socket
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import urllib.request
import venv
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from backend import __version__
from tools import closure, metadata

ROOT = Path(__file__).parents[2]
HOSTILE = 'raise SystemExit("this folder is not ours to run")\n'


def build(source: Path, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(source)], check=True, stdin=subprocess.DEVNULL)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def told(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


@pytest.fixture(scope="module")
def release(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it depends on; returns the folder of its commands."""
    folder = tmp_path_factory.mktemp("release")
    venv.create(folder, symlinks=os.name != "nt")
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", variables))
    for one in closure.needed(metadata.requirements(ROOT / "requirements.txt")):
        for top in {file.parts[0] for file in one.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(one.locate_file(top))))
    commands = Path(sysconfig.get_path("scripts", "venv", variables))
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "install", "--quiet", "--no-index"]
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return commands


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's folder far from the checkout, with names in it that Python would like to import."""
    folder = tmp_path_factory.mktemp("somewhere")
    (folder / "backend").mkdir()
    for name in ("backend/__init__.py", "secondlook.py", "json.py", "numpy.py"):
        (folder / name).write_text(HOSTILE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    own = {"HOME": str(place), "SECONDLOOK_DATA": str(place / "data"), "SECONDLOOK_PORT": port}
    return {**kept, **own, "SECONDLOOK_WARM": "0", "SECONDLOOK_NO_BROWSER": "1", "PYTHONWARNINGS": "error"}


@pytest.fixture(scope="module")
def call(release: Path, place: Path, environment: dict[str, str]):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(release / "secondlook"), *arguments]
        return subprocess.run(command, cwd=place, env=environment, capture_output=True, encoding="utf-8", check=False)

    return run


def test_it_brings_one_package_and_takes_nobody_elses_name(names):
    assert {name.partition("/")[0] for name in names} == {"secondlook", f"second_look-{__version__}.dist-info"}


@pytest.mark.parametrize("folder", ["backend", "extension"])
def test_it_carries_every_file_that_runs(names, folder):
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    kept = (path for path in files if folder == "backend" or path.suffix not in (".md", ".ts"))
    assert {f"secondlook/app/{path.relative_to(ROOT).as_posix()}" for path in kept} - names == set()


def test_it_depends_on_what_the_one_list_names(told):
    given = [line for line in told.get_all("Requires-Dist") if "extra ==" not in line]
    listed = metadata.requirements(ROOT / "requirements.txt")
    assert sorted(line.partition(";")[0].lower() for line in given) == sorted(
        line.partition(";")[0].lower() for line in listed
    )
    assert set(told.get_all("Provides-Extra")) == set(metadata.extras(ROOT)) >= {"intimate"}


def test_the_sources_that_are_given_out_build_the_same_wheel(tmp_path, wheel):
    hatchling = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(hatchling, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (source,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert build(folder, tmp_path).read_bytes() == wheel.read_bytes()


def test_its_version_is_that_of_the_code_and_of_the_extension(told):
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert told["Version"] == __version__ == manifest["version"]
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_it_checks_a_text_from_anywhere(call):
    done = call("check", "--text", "机密★10年")
    assert "cn.state-secret" in done.stdout, done.stderr
    assert call("--version").stdout.split()[-1] == __version__


def test_it_finds_all_that_it_needs_and_speaks_of_itself_by_its_command(call):
    done = call("doctor", "--json")
    found = {one["name"]: one for one in json.loads(done.stdout)}
    assert {name: one for name, one in found.items() if one["state"] == "broken"} == {}
    # Read in the worker process, which a `backend` or `numpy.py` in this folder must not become.
    assert found["pictures"]["state"] == "ok", found["pictures"]
    assert found["port"]["found"].endswith("secondlook serve")
    assert call("--help").stdout.startswith("usage: secondlook ")


def test_the_browser_can_load_the_extension_from_the_folder_it_names(call, release):
    folder = Path(call("extension").stdout.strip())
    assert release.parent in folder.parents
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["version"] == __version__


@pytest.mark.skipif(sys.platform != "linux", reason="starts what the desktop of Linux would start")
def test_what_a_desktop_starts_at_sign_in_answers(call, place, environment):
    assert call("autostart", "on").returncode == 0
    entry = (place / ".config" / "autostart" / "secondlook.desktop").read_text(encoding="utf-8")
    values = dict(line.split("=", 1) for line in entry.splitlines() if "=" in line)
    desktop = {name: value for name, value in environment.items() if not name.startswith("SECONDLOOK_")}
    server = subprocess.Popen(
        shlex.split(values["Exec"].replace("\\\\", "\\").replace("%%", "%")),
        cwd=values.get("Path", place),
        env=desktop,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert "answers at" in server.stdout.readline()
        url = f"http://127.0.0.1:{environment['SECONDLOOK_PORT']}/v1/status"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=20) as answer:
            assert json.load(answer)["version"] == __version__
    finally:
        server.terminate()
        server.communicate(timeout=20)

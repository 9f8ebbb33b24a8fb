"""The worker imports from the release alone, wherever the person stands."""

from __future__ import annotations

import pytest

from backend.jobs import Jobs


@pytest.mark.parametrize("paths", [None, "", "{elsewhere}"])
def test_what_lies_in_the_folder_of_the_call_is_not_run(tmp_path, monkeypatch, paths):
    (tmp_path / "here" / "backend").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for name in ("backend/__init__.py", "json.py", "msgspec.py"):
        (tmp_path / "here" / name).write_text("raise SystemExit('not ours')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    if paths is not None:
        monkeypatch.setenv("PYTHONPATH", paths.format(elsewhere=tmp_path / "elsewhere"))
    jobs = Jobs()
    try:
        job = jobs.status(jobs.submit("note.txt", "text/plain", b"TOP SECRET//SI//NOFORN"), wait=60)
    finally:
        jobs.close()
    assert [part.text for part in job.reading.parts] == ["TOP SECRET//SI//NOFORN"]

"""What anyone may know."""

from __future__ import annotations

from backend import __version__


def test_it_tells_its_version_and_nothing_else(stranger):
    answer = stranger.get("/v1/status", headers={"Accept-Language": "vi"})
    assert answer.json == {"name": "Second Look", "version": __version__, "contract": 1}


def test_it_takes_no_body_and_no_other_method(stranger):
    assert stranger.post("/v1/status", json={}).status_code == 405

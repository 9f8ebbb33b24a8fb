"""``doctor``: what works on this machine."""

from __future__ import annotations

import json
import socket

import pytest

from backend.commands import doctor


@pytest.fixture
def without_pictures(monkeypatch):
    """Leave out the look that starts a worker, for tests of the other looks."""
    monkeypatch.setattr(doctor, "LOOKS", tuple(look for look in doctor.LOOKS if look is not doctor.pictures))


def looked_at(call) -> dict[str, dict]:
    done = call("doctor", "--json")
    results = {result["name"]: result for result in json.loads(done.stdout)}
    return {**results, "exit": done.returncode}


def test_on_a_machine_that_works_everything_essential_is_ok(call):
    found = looked_at(call)
    essential = ("settings", "python", "packages", "database", "port", "rules", "pictures", "extension")
    assert {name: found[name]["state"] for name in essential} == dict.fromkeys(essential, "ok")
    assert found["exit"] == 0


def test_it_speaks_to_people_too(call, without_pictures):
    done = call("doctor")
    assert "ok       database:" in done.stdout


def test_a_port_that_is_taken_is_broken_and_it_says_what_to_do(call, environment, without_pictures):
    with socket.create_server(("127.0.0.1", int(environment["SECONDLOOK_PORT"]))):
        found = looked_at(call)
    assert (found["port"]["state"], found["exit"]) == ("broken", 1)
    assert "SECONDLOOK_PORT=" in found["port"]["advice"]


def test_a_folder_that_cannot_be_used_is_broken(call, environment, tmp_path, without_pictures):
    (tmp_path / "file").write_text("in the way")
    environment["SECONDLOOK_DATA"] = str(tmp_path / "file")
    found = looked_at(call)
    assert (found["database"]["state"], found["exit"]) == ("broken", 1)
    assert "SECONDLOOK_DATA" in found["database"]["found"]


def test_a_wrong_setting_is_named_and_the_rest_is_looked_at_all_the_same(call, environment, without_pictures):
    environment["SECONDLOOK_WARM"] = "maybe"
    found = looked_at(call)
    assert (found["settings"]["state"], found["exit"]) == ("broken", 1)
    assert found["rules"]["state"] == "ok"

"""``decisions``: what was decided, in numbers."""

from __future__ import annotations

import json

import pytest

from backend.config import from_environment
from backend.store import decisions
from backend.store.decisions import Decision
from backend.store.in_force import open_for


@pytest.fixture
def decided(call, environment):
    call("policy", "show")
    store = open_for(from_environment(environment))
    for outcome in ("sent", "not_useful", "not_useful"):
        decisions.add(store, Decision(outcome, "x.com", "post", "warn", ["cn.state-secret"]))
    store.close()


def test_weeks_are_told_by_what_is_asked_for(call, decided):
    told = call("decisions", "weeks", "--by", "categories").stdout
    assert "3 decisions" in told and "marking" in told and "not_useful 2, sent 1" in told
    (week,) = json.loads(call("decisions", "weeks", "--json").stdout)["weeks"]
    assert week["outcomes"] == {"sent": 1, "not_useful": 2} and week["sites"]["x.com"]["sent"] == 1
    assert call("decisions", "weeks", "--since", "2999-01-01").stdout == ""


def test_the_rules_that_were_not_useful_are_named_with_what_to_do(call, decided):
    done = call("decisions", "unhelpful")
    assert done.stdout.startswith("cn.state-secret") and "policy rule cn.state-secret quiet" in done.stderr
    (rule,) = json.loads(call("decisions", "unhelpful", "--json").stdout)["rules"]
    assert rule == {"rule": "cn.state-secret", "not_useful": 2, "decided": 1, "speaks": "usual"}


def test_everything_is_deleted_when_it_is_meant(call, decided):
    assert call("decisions", "forget").returncode == 1
    assert call("decisions", "forget", "--yes").stdout == "3 deleted\n"
    assert json.loads(call("decisions", "weeks", "--json").stdout) == {"weeks": []}

"""Workers side by side on one machine: one that dies is started anew, and none outlives the process that keeps them."""

from __future__ import annotations

from pathlib import Path

from backend.config import Config
from backend.jobs.shared.broker import connect
from backend.jobs.shared.ledger import Ledger
from backend.team import secret
from tests.team.machines import await_
from tests.team.team import children, end
from tests.team.workers import Worker, numbered


def test_one_that_dies_is_started_anew_and_all_end_together(redis, tmp_path):
    secret.make(tmp_path / "team.key")
    config = Config(broker=numbered(redis.url, 6), data=tmp_path, secret_file=tmp_path / "team.key")
    ledger = Ledger(connect(config.broker))
    keeper = Worker(config, tmp_path, "--count", "2")
    await_(lambda: ledger.workers() == 2, "two workers")
    first = children(keeper.process.pid)
    end(first[0])
    await_(lambda: len(set(children(keeper.process.pid)) - {first[0]}) == 2, "another worker")
    below = children(keeper.process.pid)
    keeper.process.kill()
    keeper.process.wait()
    await_(lambda: not any(lives(pid) for pid in below), "none outlives it")


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

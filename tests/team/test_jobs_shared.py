"""A team's desk on a real Redis, with real workers that a test may kill."""

from __future__ import annotations

import pytest

from backend.config import Config
from backend.jobs.shared import SharedJobs
from backend.jobs.shared.broker import connect
from backend.jobs.shared.ledger import Ledger
from backend.jobs.shared.vault import Vault
from backend.jobs.shared.worker import application, desk, teller
from backend.team import secret
from tests.photos.draw import photo
from tests.team.workers import PLENTY, Worker, numbered

NAME = "Kestrel-dossier.txt"
WORDS = b"The kestrel flies at dawn."


@pytest.fixture(scope="module")
def team(redis, tmp_path_factory) -> Config:
    data = tmp_path_factory.mktemp("team")
    secret.make(data / "team.key")
    return Config(broker=numbered(redis.url, 3), data=data, secret_file=data / "team.key", workers=2)


@pytest.fixture(scope="module")
def worker(team):
    working = Worker(team, team.data)
    yield working
    assert working.stop() == 0


@pytest.fixture
def jobs(team):
    """One web process's desk; ``other`` of the same team is another one's."""
    connect(team.broker).flushdb()
    made = desk(team, secret.read(team))
    yield made
    made.close()


def own_desk(team: Config, **limits) -> SharedJobs:
    return SharedJobs(
        Ledger(connect(team.broker)),
        Vault(secret.read(team)),
        teller(application(team.broker)),
        reads_alone=False,
        **limits,
    )


def reasons(job):
    return [gap.reason for gap in job.reading.gaps]


def everything(url: str) -> bytes:
    """All that stands in Redis: every name and every value."""
    redis = connect(url)
    reads = {
        "string": redis.get,
        "hash": redis.hgetall,
        "zset": lambda key: redis.zrange(key, 0, -1),
        "set": redis.smembers,
        "list": lambda key: redis.lrange(key, 0, -1),
        "stream": redis.xrange,
        "none": repr,
    }
    found = [key + repr(reads[redis.type(key).decode()](key)).encode() for key in redis.keys("*")]
    return b"\n".join(found)


def test_any_process_answers_for_a_file_that_another_took(team, worker, jobs):
    id = jobs.submit(NAME, "text/plain", WORDS, owner="token:ann")
    other = desk(team, secret.read(team))
    job = other.status(id, owner="token:ann", wait=PLENTY)
    assert (job.state, job.name, job.media_type, job.size) == ("done", NAME, "text/plain", len(WORDS))
    assert job.reading.parts[0].text == WORDS.decode() and job.reading.parts[0].id == id
    other.close()


def test_only_the_owner_may_ask_and_forget(worker, jobs):
    id = jobs.submit(NAME, "text/plain", WORDS, owner="token:ann")
    for ask in (jobs.status, jobs.cancel):
        with pytest.raises(LookupError):
            ask(id, owner="token:bob")
    jobs.cancel(id, owner="token:ann")
    with pytest.raises(LookupError):
        jobs.status(id, owner="token:ann")


def test_equal_bytes_are_read_once_and_forgotten_with_the_last_who_has_them(team, worker, jobs):
    first = jobs.submit(NAME, "text/plain", WORDS, owner="token:ann")
    second = jobs.submit("b.txt", "text/plain", WORDS, owner="token:bob")
    assert jobs.status(first, owner="token:ann", wait=PLENTY).state == "done"
    redis = connect(team.broker)
    assert len(redis.keys("look:work:*")) == 1
    jobs.cancel(first, owner="token:ann")
    assert jobs.status(second, owner="token:bob").reading.parts[0].text == WORDS.decode()
    jobs.cancel(second, owner="token:bob")
    assert redis.keys("look:work:*") == redis.keys("look:reading:*") == redis.keys("look:same:*") == []


def test_words_and_names_stand_in_redis_sealed_alone(team, worker, jobs):
    heard: list[bytes] = []
    redis = connect(team.broker)
    with redis.monitor() as monitor:
        id = jobs.submit(NAME, "text/plain", WORDS, owner="token:ann")
        before = everything(team.broker)
        assert jobs.status(id, owner="token:ann", wait=PLENTY).state == "done"
        redis.echo("the end")
        for command in monitor.listen():
            heard.append(repr(command).encode())
            if "the end" in command["command"]:
                break
    for place in (before, everything(team.broker), b"\n".join(heard)):
        lowered = place.lower()
        assert b"look:" in lowered
        assert b"kestrel" not in lowered and b"dossier" not in lowered and b"token:ann" not in lowered


def test_everything_of_a_file_goes_by_itself(team, worker, jobs):
    id = jobs.submit(NAME, "text/plain", WORDS)
    jobs.status(id, wait=PLENTY)
    redis = connect(team.broker)
    for key in redis.keys("look:*"):
        if key.count(b":") > 1:
            assert 0 < redis.pttl(key) <= 660_000, key


def test_bytes_are_deleted_when_read_unless_a_copy_may_be_asked_for(team, worker, jobs):
    text = jobs.submit(NAME, "text/plain", WORDS)
    assert jobs.status(text, wait=PLENTY).state == "done" and jobs.held() == 0
    page = jobs.submit("page.jpg", "image/jpeg", photo("zh", "social", 7))
    early = jobs.status(page, wait=PLENTY, since=0)
    assert early.done >= 1
    job = jobs.status(page, wait=PLENTY)
    assert "机密★10年" in job.reading.parts[0].text and jobs.held() > 0
    copied, media_type = jobs.copy(page, boxes=[(None, (0, 0, 40, 40))], strip_metadata=True)
    assert media_type == "image/jpeg" and copied[:2] == b"\xff\xd8"
    jobs.cancel(page)
    assert jobs.held() == 0 and connect(team.broker).keys("look:bytes:*") == []

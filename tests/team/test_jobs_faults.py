"""What goes wrong between a team's desk and its workers: nothing unread ever looks as if it had been read."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path

import pytest

from backend.config import Config
from backend.jobs import QueueFull
from backend.jobs.shared import SharedJobs
from backend.jobs.shared.broker import connect, shown
from backend.jobs.shared.ledger import QUEUES, READ, Ledger
from backend.jobs.shared.vault import Vault
from backend.jobs.shared.worker import application, teller
from backend.model import Reading
from backend.team import secret
from tests.e2e.serving import free_port
from tests.team.machines import Redis, await_
from tests.team.workers import PLENTY, Worker, numbered

WORDS = b"The kestrel flies at dawn."


def team_on(url: str, folder: Path) -> Config:
    key = folder / "team.key"
    if not key.exists():
        secret.make(key)
    return Config(broker=url, data=folder, secret_file=key, workers=2)


@pytest.fixture(scope="module")
def team(redis, tmp_path_factory) -> Config:
    return team_on(numbered(redis.url, 4), tmp_path_factory.mktemp("faults"))


@pytest.fixture
def make(team):
    """A desk without a worker, with limits of its own."""
    made = []

    def build(config: Config = team, *, reads_alone: bool = False, **limits) -> SharedJobs:
        ledger, vault = Ledger(connect(config.broker)), Vault(secret.read(config))
        made.append(SharedJobs(ledger, vault, teller(application(config.broker)), reads_alone=reads_alone, **limits))
        return made[-1]

    connect(team.broker).flushdb()
    yield build
    for jobs in made:
        jobs.close()


def reasons(job) -> list[str]:
    return [gap.reason for gap in job.reading.gaps]


def taken(team: Config) -> int:
    return int(connect(team.broker).zcard("look:taken"))


def read(jobs: SharedJobs, words: bytes) -> str:
    id = jobs.submit("Kestrel.txt", "text/plain", words)
    assert jobs.status(id, wait=PLENTY).state == "done"
    return id


def test_when_a_worker_is_killed_another_one_reads_its_file_within_seconds(team, make):
    jobs = make()
    doomed = Worker(team, team.data)
    read(jobs, b"Something to begin with.")
    with doomed.held():
        id = jobs.submit("Kestrel.txt", "text/plain", WORDS)
        await_(lambda: taken(team), "the file is being read")
        heir = Worker(team, team.data)
        await_(lambda: jobs.standing().workers == 2, "another worker lives")
        doomed.kill()
    began = time.monotonic()
    job = jobs.status(id, wait=PLENTY)
    assert (job.state, reasons(job), job.reading.parts[0].text) == ("done", [], WORDS.decode())
    assert time.monotonic() - began < 20
    with heir.held():
        id = jobs.submit("Kestrel.txt", "text/plain", b"Merlins fly later.")
        await_(lambda: taken(team), "the second file is being read")
        heir.process.terminate()
    assert heir.stop() == 0
    assert jobs.status(id).reading.parts[0].text == "Merlins fly later.", "who is told to stop finishes what it holds"
    for said in (doomed.said(), heir.said()):
        assert "Traceback" not in said and "Kestrel" not in said
    assert jobs.standing().workers <= 1  # the killed one is forgotten a moment later


def test_a_file_of_which_two_workers_died_is_a_gap(team, make):
    jobs = make()
    id = jobs.submit("a.txt", "text/plain", WORDS)
    redis = connect(team.broker)
    (work,) = (name.decode() for name in redis.zrange("look:waiting", 0, -1))
    for _ in range(2):
        assert jobs.ledger.take(work) is not None
        assert jobs.status(id).state == "reading"
        redis.zadd("look:taken", {work: 0})  # so long ago did the one who took it live
        jobs.ledger.tidy()
    job = jobs.status(id)
    assert (job.state, reasons(job), job.reading.copyable) == ("done", ["crashed"], False)
    assert jobs.held() == 0 and jobs.ledger.take(work) is None


def test_what_a_worker_tells_after_another_has_taken_its_file_is_not_believed(team, make):
    jobs = make()
    jobs.submit("a.txt", "text/plain", WORDS)
    redis = connect(team.broker)
    (work,) = (name.decode() for name in redis.zrange("look:waiting", 0, -1))
    first = jobs.ledger.take(work)
    redis.zadd("look:taken", {work: 0})
    jobs.ledger.tidy()
    second = jobs.ledger.take(work)
    jobs.ledger.finish(first, 1, 1, "files", b"late")
    assert jobs.ledger.state(work).state == "reading" and jobs.ledger.reading(work) is None
    assert jobs.ledger.beat(second) and not jobs.ledger.beat(first)


def test_what_was_read_so_far_is_not_taken_for_the_whole_whatever_redis_says(team, make):
    jobs, vault, redis = make(), Vault(secret.read(team)), connect(team.broker)
    ids = [jobs.submit("a.txt", "text/plain", words) for words in (WORDS, b"Other words.")]
    works = [name.decode() for name in redis.zrange("look:waiting", 0, -1)]
    for work in works:
        taken = jobs.ledger.take(work)
        jobs.ledger.tell(taken, 1, 2, "pages", vault.seal_reading(work, Reading(), final=False))
        redis.hset(f"look:work:{work}", "state", "done")
    assert reasons(jobs.status(ids[0])) == ["crashed"]
    redis.set(f"look:reading:{works[0]}", vault.seal_reading(works[1], Reading(), final=True))
    assert reasons(jobs.status(ids[0])) == ["crashed"], "nor is that of another file"
    redis.set(f"look:reading:{works[0]}", vault.seal_reading(works[0], Reading(), final=True))
    assert reasons(jobs.status(ids[0])) == []


def test_where_no_worker_lives_a_file_waits_for_a_while_and_is_then_a_gap(make):
    jobs = make(patience=0.5)
    id = jobs.submit("a.txt", "text/plain", WORDS)
    assert jobs.status(id).state == "queued"
    job = jobs.status(id, wait=10)
    assert (job.state, reasons(job)) == ("done", ["no_workers"])


def test_a_message_holds_an_id_and_nothing_else(team, make):
    jobs = make()
    jobs.submit("Kestrel-dossier.txt", "text/plain", WORDS, owner="token:ann")
    (message,) = connect(team.broker).lrange(QUEUES[READ], 0, -1)
    body = json.loads(base64.b64decode(json.loads(message)["body"]))
    assert len(body[0]) == 1 and len(body[0][0]) == 16 and body[1] == {}
    assert b"kestrel" not in message.lower() and b"ann" not in message


def test_a_message_that_got_lost_is_sent_again(team, make):
    jobs = make()
    redis = connect(team.broker)
    id = jobs.submit("a.txt", "text/plain", WORDS)
    redis.delete(*QUEUES.values())
    await_(lambda: jobs.status(id, wait=0.5) and redis.llen(QUEUES[READ]), "the message is sent again", 10)


def test_limits_are_kept_for_all_processes_together(team, make):
    jobs, other = make(max_waiting=2, max_bytes=10_000), make(max_waiting=2, max_bytes=10_000)
    with pytest.raises(QueueFull):
        jobs.submit("large.txt", "text/plain", b"x" * 20_000)
    jobs.submit("a.txt", "text/plain", b"a", owner="token:ann")
    other.submit("b.txt", "text/plain", b"b", owner="token:bob")
    with pytest.raises(QueueFull):
        jobs.submit("c.txt", "text/plain", b"c")
    jobs.submit("a.txt", "text/plain", b"a")  # known bytes cost nothing


def test_one_person_cannot_fill_the_queue_for_all(make):
    jobs = make(max_waiting=8)
    mine = [jobs.submit("a.txt", "text/plain", bytes([number]), owner="token:ann") for number in range(2)]
    with pytest.raises(QueueFull):
        jobs.submit("b.txt", "text/plain", b"one more", owner="token:ann")
    jobs.submit("b.txt", "text/plain", b"another's", owner="token:bob")
    jobs.cancel(mine[0], owner="token:ann")
    jobs.submit("b.txt", "text/plain", b"one more", owner="token:ann")


def test_a_redis_without_memory_is_a_full_queue(team, make):
    jobs, redis = make(), connect(team.broker)
    used = int(redis.info("memory")["used_memory"])
    redis.config_set("maxmemory", used + 300_000)
    try:
        with pytest.raises(QueueFull):
            for number in range(50):
                jobs.submit("a.txt", "text/plain", bytes([number]) * 100_000)
    finally:
        redis.config_set("maxmemory", 0)
    assert jobs.status(jobs.submit("b.txt", "text/plain", b"b")).state == "queued"


def test_while_redis_is_away_one_process_reads_files_itself_and_several_say_that_they_cannot(make, tmp_path):
    nowhere = team_on(f"redis://127.0.0.1:{free_port()}/0", tmp_path)
    alone = make(nowhere, reads_alone=True)
    id = alone.submit("a.txt", "text/plain", WORDS, owner="token:ann")
    job = alone.status(id, owner="token:ann", wait=PLENTY)
    assert (job.id, job.state, job.reading.parts[0].text) == (id, "done", WORDS.decode())
    several, other = make(nowhere), make(nowhere)
    for answering in (several, other, alone):
        id = several.submit("a.txt", "text/plain", WORDS, owner="token:ann")
        job = answering.status(id, owner="token:ann", wait=5)
        assert (job.state, reasons(job)) == ("done", ["no_workers"])
        with pytest.raises(LookupError):
            answering.status(id, owner="token:bob")


def test_when_redis_dies_files_wait_and_all_recovers_without_a_hand(make, tmp_path):
    machine = Redis()
    machine.start()
    config = team_on(machine.url, tmp_path)
    jobs, worker = make(config), Worker(config, tmp_path)
    try:
        id = jobs.submit("a.txt", "text/plain", WORDS)
        assert jobs.status(id, wait=PLENTY).state == "done"
        machine.kill()
        job = jobs.status(id, wait=0.1)
        assert (job.state, job.reading.parts) == ("queued", ())
        machine.start()
        with pytest.raises(LookupError):
            jobs.status(id)
        await_(lambda: not jobs._away.has(jobs.submit("b.txt", "text/plain", WORDS)), "files go to Redis again")
        job = jobs.status(jobs.submit("b.txt", "text/plain", WORDS), wait=PLENTY)
        assert (job.state, reasons(job)) == ("done", [])
    finally:
        assert worker.stop() == 0
        machine.remove()


class Guarded(Redis):
    """A Redis with a password and TLS."""

    def command(self) -> list[str]:
        given = super().command()
        given[given.index("--port") + 1] = "0"
        files = {"--tls-cert-file": "cert", "--tls-key-file": "key", "--tls-ca-cert-file": "cert"}
        paths = [word for name, file in files.items() for word in (name, str(self.folder / file))]
        return [*given, "--tls-port", str(self.port), "--tls-auth-clients", "no", "--requirepass", "kestrel", *paths]

    @property
    def url(self) -> str:
        return f"rediss://:kestrel@127.0.0.1:{self.port}/0?ssl_ca_certs={self.folder / 'cert'}"


def test_a_redis_with_a_password_and_tls_serves_too_and_the_password_is_never_shown(make, tmp_path):
    machine = Guarded()
    certify(machine.folder)
    machine.start()
    config = team_on(machine.url, tmp_path)
    jobs, worker = make(config), Worker(config, tmp_path)
    wrong = team_on(machine.url.replace("kestrel@", "merlin@"), tmp_path)
    stranger = Worker(wrong, tmp_path)
    try:
        job = jobs.status(jobs.submit("a.txt", "text/plain", WORDS), wait=PLENTY)
        assert (job.state, reasons(job)) == ("done", [])
        refused = make(wrong)
        assert reasons(refused.status(refused.submit("a.txt", "text/plain", WORDS))) == ["no_workers"]
    finally:
        stranger.kill()
        worker.kill()
        machine.remove()
    assert "kestrel" not in worker.said() and "merlin" not in stranger.said()
    assert "kestrel" not in shown(machine.url)


def certify(folder: Path) -> None:
    """Write a key and a certificate of its own for 127.0.0.1."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "redis")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(True, None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key").write_bytes(key.private_bytes(*plain))

"""The Celery application of a team: two queues of ids, read by workers of one file at a time.

Nothing of it goes to disk, no result is kept, no command is taken from the broker, and a message holds an id alone.
What a message stands for is kept by the ledger, so a lost one is sent again and one too many does nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from celery import Celery, signals  # type: ignore[import-untyped]
from celery.exceptions import SecurityWarning  # type: ignore[import-untyped]
from kombu.entity import Queue
from kombu.exceptions import KombuError

from backend.config import Config
from backend.jobs.shared.broker import ANSWER_SECONDS, CONNECT_SECONDS, RedisError, celery_url, connect
from backend.jobs.shared.desk import SharedJobs
from backend.jobs.shared.ledger import QUEUES, Ledger
from backend.jobs.shared.reader import Reader
from backend.jobs.shared.vault import Vault
from backend.team.secret import Secret

TASK = "secondlook.work"
EXPIRES = 600


def application(url: str) -> Celery:
    """Return a Celery application; nothing is connected yet."""
    celery = Celery("secondlook", broker=celery_url(url), set_as_current=False, fixups=[])
    celery.conf.update(
        accept_content=["json"],
        task_serializer="json",
        # Messages are not acknowledged: an acknowledgement that Redis did not hear, because it was away, would leave
        # this worker waiting for good.  The ledger knows what was taken and what was not.
        task_queues=[_queue(name) for name in QUEUES.values()],
        event_serializer="json",
        result_backend=None,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        task_send_sent_event=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_prefetch_multiplier=1,
        worker_state_db=None,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_connection_timeout=CONNECT_SECONDS,
        worker_cancel_long_running_tasks_on_connection_loss=True,  # of which there are none: said to keep it quiet
        broker_transport_options={
            "queue_order_strategy": "sorted",
            "visibility_timeout": EXPIRES,
            "socket_timeout": ANSWER_SECONDS,
            "socket_connect_timeout": CONNECT_SECONDS,
            "global_keyprefix": "",
        },
    )
    return celery


def _queue(name: str) -> Any:
    make: Any = Queue
    return make(name, routing_key=name, no_ack=True)


def teller(celery: Celery) -> Callable[[str, str], None]:
    """Return what tells workers of ``(work, kind)``."""

    def tell(work: str, kind: str) -> None:
        try:
            celery.send_task(TASK, (work,), queue=QUEUES[kind], retry=False, ignore_result=True, expires=EXPIRES)
        except (RedisError, KombuError, OSError):
            return  # the ledger has it: they are told when someone looks next

    return tell


def desk(config: Config, secret: Secret) -> SharedJobs:
    """Return what the web processes ask."""
    ledger = Ledger(connect(config.broker))
    return SharedJobs(ledger, Vault(secret), teller(application(config.broker)), reads_alone=config.workers <= 1)


def run(config: Config, secret: Secret, *, warm: bool = True) -> int:
    """Read files until terminated; then the file in hand is finished first."""
    celery = application(config.broker)
    reader = Reader(Ledger(connect(config.broker)), Vault(secret), teller(celery))

    def work(name: str) -> None:
        reader.work(str(name)[:64])

    celery.task(name=TASK, ignore_result=True)(work)
    signals.setup_logging.connect(_as_it_is, weak=False)
    warnings.filterwarnings("ignore", category=SecurityWarning)  # in a container root is usual, and messages are JSON
    reader.start(warm=warm)
    try:
        worker: Any = celery.Worker(
            pool="solo",
            concurrency=1,
            queues=list(QUEUES.values()),
            hostname=f"{reader.name}@worker",
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            loglevel="CRITICAL",
            quiet=True,
        )
        worker.start()
        return int(worker.exitcode or 0)
    finally:
        reader.end()


def _as_it_is(**_facts: Any) -> None:
    """Leave the log as the command has set it up: Celery's own would tell values with its errors."""

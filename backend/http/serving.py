"""A team's server: gunicorn keeps several processes, each of which answers as the embedded server does (waitress).

gunicorn loads the engine once and forks, so that its memory is shared; starts a process anew that has died; and ends
them one by one.  Inside each, waitress reads requests as they trickle in without giving one a thread, so that slow
clients hold up nobody, and keeps their bodies in memory.  A process that is told to stop takes no more connections,
lets waits have the answer that there is, finishes what it holds and ends.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]
from gunicorn.workers.base import Worker  # type: ignore[import-untyped]
from waitress import wasyncore  # type: ignore[import-untyped]

from backend.config import Config, StartError
from backend.http import embedded
from backend.http.board import Board
from backend.http.services import KEY, Services

TICK = 1.0
HUNG_SECONDS = 120
"""A process that says nothing for so long is ended: refreshing a hundred thousand terms takes a second."""
STOP_SECONDS = 40
"""Longer than the longest wait that a caller may ask for."""
HALF_SENT_SECONDS = 5.0
"""So long a request that has begun to arrive is waited for by a process that stops."""
IDLE_SECONDS = 1.0
"""So long a connection must have been silent before a process that stops closes it."""

log = logging.getLogger("secondlook.server")


class TeamServer(BaseApplication):  # type: ignore[misc]
    """gunicorn, told all by the settings and nothing by files or the environment of its own."""

    def __init__(self, app: Flask, config: Config, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Take the application and a socket that listens; ``ready`` is called before the first process starts."""
        self._app, self._config, self._listening, self._ready = app, config, listening, ready
        self._board = Board(2 * max(1, config.workers) + 2)
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn its settings."""
        settings = {
            "bind": f"fd://{self._listening.fileno()}",
            "workers": max(1, self._config.workers),
            "worker_class": Embedded,
            "logger_class": _Silent,
            "preload_app": True,
            "timeout": HUNG_SECONDS,
            "graceful_timeout": STOP_SECONDS,
            "control_socket_disable": True,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
            "when_ready": self._before_forks,
            "pre_fork": self._before_fork,
            "post_fork": self._begin,
            "child_exit": self._after_end,
            "worker_exit": self._end,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application, which is loaded already."""
        return self._app

    def _before_forks(self, _arbiter: Any) -> None:
        services: Services = self._app.extensions[KEY]
        services.live.engine.warm()
        self._ready()
        services.store.close()  # no connection may be used on both sides of a fork
        gc.collect()
        gc.freeze()  # else the first collection would write to, and so copy, every page that is shared

    def _before_fork(self, _arbiter: Any, worker: Any) -> None:
        worker.place = self._board.take()

    def _begin(self, _arbiter: Any, worker: Any) -> None:
        services: Services = self._app.extensions[KEY]
        services.metrics.share(self._board, worker.place)
        services.metrics.publish(now=True)

    def _after_end(self, arbiter: Any, worker: Any) -> None:
        if arbiter.LISTENERS:  # else the server stops, and so do its processes
            log.warning('{"event": "process ended", "process": %d}', worker.pid)
        self._board.leave(worker.place)

    def _end(self, _arbiter: Any, worker: Any) -> None:
        if worker.pid != os.getpid():
            return
        services: Services = self._app.extensions[KEY]
        services.metrics.publish(now=True)
        services.registrar.close()
        services.jobs.close()
        services.store.close()


class Embedded(Worker):  # type: ignore[misc]
    """A process that answers with waitress."""

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Finish also what Ctrl+C finds in hand."""
        self.handle_exit(sig, frame)

    def init_signals(self) -> None:
        """Take Ctrl+C, which comes to all processes of a terminal, as the master's business."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(-1)

    def run(self) -> None:
        """Answer until told to stop, or until the master is gone."""
        services: Services = self.wsgi.extensions[KEY]
        channels: dict[int, Any] = {}
        sockets = [one.sock for one in self.sockets]
        embedded.server(self.wsgi, services.config, channels, sockets=sockets)
        services.registrar.watch(services.config.watch_seconds)
        while self.alive and os.getppid() == self.ppid:
            self.notify()
            services.metrics.publish()
            wasyncore.loop(timeout=TICK, use_poll=True, map=channels, count=1)
        services.stopping = True
        services.jobs.release()
        self._finish(channels)

    def _finish(self, channels: dict[int, Any]) -> None:
        """Take those in who wait at the door, close it, and answer all that has come."""
        listening = [one for one in channels.values() if getattr(one, "accepting", False)]
        for one in listening:
            one.is_stopping = True
        self._rounds(channels, 3)
        for one in listening:
            one.del_channel()
            one.socket.close()
        until = time.monotonic() + STOP_SECONDS - 2
        half_until = time.monotonic() + HALF_SENT_SECONDS
        while time.monotonic() < until:
            open_ = [one for one in channels.values() if hasattr(one, "requests")]
            if not open_:
                return
            for one in open_:
                one.will_close = one.will_close or _is_idle(one, late=time.monotonic() > half_until)
            self.notify()
            self._rounds(channels, 1)

    def _rounds(self, channels: dict[int, Any], count: int) -> None:
        wasyncore.loop(timeout=0.02, use_poll=True, map=channels, count=count)


def _is_idle(channel: Any, *, late: bool) -> bool:
    """Tell whether nothing is to come on a connection: who has just come, or has begun to send, has some seconds."""
    if channel.requests or channel.total_outbufs_len:
        return False
    has_begun = channel.request is not None or channel.last_activity == channel.creation_time
    return late or (not has_begun and time.time() - channel.last_activity > IDLE_SECONDS)


class _Silent(Logger):  # type: ignore[misc]
    """gunicorn's own log would tell addresses and what they asked for; of its processes' ends ours tells."""

    def setup(self, cfg: Any) -> None:
        """Have no handlers and no files."""
        self.loglevel = logging.CRITICAL
        for log in (self.error_log, self.access_log):
            log.propagate = False
            log.setLevel(logging.CRITICAL + 1)

    def reopen_files(self) -> None:
        """Do nothing: there are none."""


def listen(config: Config) -> socket.socket:
    """Return a socket that listens; raises :class:`StartError`."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            config.host or None, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, proto)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(1024)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StartError(f"The server cannot listen on {config.host}:{config.port}: {reason}.") from None
    return made

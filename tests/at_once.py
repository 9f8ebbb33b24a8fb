"""Several things done at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do several things at the same time and return what came of each; an exception is what came of it, too."""
    start, came = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            came[place] = work()
        except BaseException as error:
            came[place] = error

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return came


def all_at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do the same, and raise what one of them raises."""
    came = at_once(*works)
    for one in came:
        if isinstance(one, BaseException):
            raise one
    return came

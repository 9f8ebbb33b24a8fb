"""People who go on writing while something breaks, and who remember each answer."""

from __future__ import annotations

import threading
import time
from collections import Counter
from types import TracebackType
from urllib.error import URLError

from tests.team.team import Answer, Team

HARMLESS = "See you at lunch, the soup is good today."
MARKED = "TOP SECRET//SI//NOFORN see you at lunch"


class Typing:
    """A few threads that check drafts in turn, one that must be clear and one that must be stopped."""

    def __init__(self, team: Team, people: int = 2, pause: float = 0.05) -> None:
        self._team, self._pause = team, pause
        self._ends = threading.Event()
        self._threads = [threading.Thread(target=self._type) for _ in range(people)]
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._latest = 0.0

    def __enter__(self) -> Typing:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def answered_since(self, moment: float) -> bool:
        """Whether a check that began after a moment was answered with a verdict."""
        return self._latest > moment

    def _type(self) -> None:
        while not self._ends.wait(self._pause):
            for text, level in ((HARMLESS, "clear"), (MARKED, "stop")):
                began = time.monotonic()
                try:
                    self._note(self._team.check(text), level, began)
                except (URLError, OSError, ValueError):
                    self.answers["no answer"] += 1

    def _note(self, answer: Answer, level: str, began: float) -> None:
        self.answers[str(answer.status)] += 1
        if answer.status == 200:
            self._latest = max(self._latest, began)
            if answer.json["level"] != level:
                self.wrong.append(f"{answer.json['level']} instead of {level}")
        elif answer.status != 503:
            self.wrong.append(f"status {answer.status}")

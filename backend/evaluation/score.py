"""Count what was seen and what was not, over groups of labelled drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from backend.model import Level

GROUPINGS = ("lang", "channel", "kind", "situation", "source")
WORST = 15


@dataclass(frozen=True)
class Outcome:
    """One labelled draft and the verdict on it; ``ref`` names the line, its words are not kept."""

    ref: str
    leak: bool | None
    """``None`` where the line expects a level instead."""
    expected: Level | None
    level: Level
    score: int
    elapsed_ms: float
    rules: tuple[tuple[str, str, Level], ...] = ()
    """Rule, category and level of each finding."""
    groups: dict[str, str] = field(default_factory=dict)
    gaps: int = 0


@dataclass
class Tally:
    """The figures of one group."""

    leaks: int = 0
    seen: int = 0
    fine: int = 0
    alarms: dict[Level, int] = field(default_factory=lambda: defaultdict(int))
    """Harmless drafts that reached each level or a louder one."""
    expected: int = 0
    met: int = 0
    times: list[float] = field(default_factory=list)
    gaps: int = 0
    """Drafts of which something could not be checked."""

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.times.append(outcome.elapsed_ms)
        self.gaps += outcome.gaps > 0
        if outcome.expected is not None:
            self.expected += 1
            self.met += outcome.level == outcome.expected
        if outcome.leak is True:
            self.leaks += 1
            self.seen += outcome.level >= Level.WARN
        elif outcome.leak is False:
            self.fine += 1
            for level in (Level.NOTE, Level.WARN, Level.STOP):
                self.alarms[level] += outcome.level >= level

    def figures(self) -> dict[str, Any]:
        """Return recall and precision in percent, false alarms per thousand, times in milliseconds."""
        alarms = self.alarms[Level.WARN]
        raised = self.seen + alarms
        return {
            "drafts": len(self.times),
            "leaks": self.leaks,
            "recall": _share(self.seen, self.leaks, 100),
            "precision": _share(self.seen, raised, 100),
            "fine": self.fine,
            "note_per_1000": _share(self.alarms[Level.NOTE], self.fine, 1000),
            "warn_per_1000": _share(alarms, self.fine, 1000),
            "stop_per_1000": _share(self.alarms[Level.STOP], self.fine, 1000),
            "level_met": _share(self.met, self.expected, 100),
            "gaps": self.gaps,
            "p50_ms": round(median(self.times), 3),
            "p99_ms": round(quantiles(self.times, n=100)[98], 3) if len(self.times) > 1 else round(self.times[0], 3),
        }


def _share(part: int, whole: int, of: int) -> float | None:
    return round(part * of / whole, 2) if whole else None


def tallies(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Tally]]:
    """Return a tally of all, and of each group of each grouping that occurs."""
    found: dict[str, dict[str, Tally]] = {"all": defaultdict(Tally)}
    for outcome in outcomes:
        found["all"]["all"].add(outcome)
        for name, group in outcome.groups.items():
            found.setdefault(name, defaultdict(Tally))[group].add(outcome)
    return found


def by_rule(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Any]]:
    """Return for each rule and category what it said at ``warn`` or above: of leaks, of harmless drafts, and alone.

    With that its precision in percent, and its false alarms per thousand harmless drafts.
    """
    every = list(outcomes)
    fine = sum(one.leak is False for one in every)
    found: dict[str, dict[str, Any]] = {}
    for outcome in every:
        loud = [(rule, category) for rule, category, level in outcome.rules if level >= Level.WARN]
        names = dict.fromkeys(rule for rule, _ in loud) | dict.fromkeys(f"category {one}" for _, one in loud)
        for name in names:
            counts = found.setdefault(name, {"leaks": 0, "fine": 0, "alone": 0})
            counts["leaks"] += outcome.leak is True
            counts["fine"] += outcome.leak is False
            counts["alone"] += len(loud) == 1
    for counts in found.values():
        counts["precision"] = _share(counts["leaks"], counts["leaks"] + counts["fine"], 100)
        counts["fine_per_1000"] = _share(counts["fine"], fine, 1000)
    return dict(sorted(found.items()))


def worst(outcomes: Iterable[Outcome]) -> dict[str, list[dict[str, Any]]]:
    """Return the leaks that scored least and the harmless drafts that scored most, by their refs.

    Where a line expects a level, what stays below it was missed and what goes above it is a false alarm.
    """
    every = list(outcomes)
    missed = [one for one in every if one.level < _wanted(one, Level.WARN, Level.CLEAR)]
    alarms = [one for one in every if one.level > _wanted(one, Level.STOP, Level.NOTE)]
    return {
        "misses": [_told(one) for one in sorted(missed, key=lambda one: one.score)[:WORST]],
        "false_alarms": [_told(one) for one in sorted(alarms, key=lambda one: -one.score)[:WORST]],
    }


def _wanted(one: Outcome, of_leaks: Level, of_fine: Level) -> Level:
    if one.expected is not None:
        return one.expected
    return of_leaks if one.leak else of_fine


def _told(outcome: Outcome) -> dict[str, Any]:
    rules = [rule for rule, _, _ in outcome.rules]
    return {"ref": outcome.ref, "level": outcome.level.word, "score": outcome.score, "rules": rules}

"""Prove a pack: every hit hits, every miss misses, and no pattern can be made slow.

Proving all packs takes seconds, so a pack that was proven is known again by its digest in
``backend/packs/proven.txt``; any other pack is proven when it is loaded.  A test proves
them all, and ``python -m backend packs --prove`` writes the file.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from backend.case import CaseText
from backend.model import Level, Part, Policy
from backend.rules.loader import BUILT_IN, PackError
from backend.rules.matcher import Matcher
from backend.rules.rule import DIGIT_RUN, DIGITS, Expression, Pack, Rule, Sample
from backend.text.normalise import Normalised, normalise, respaced

PROVEN = BUILT_IN / "proven.txt"
STRESS_SECONDS = 0.02
"""What one expression may take for one stress string, measured as the best of three."""
STRESS_LENGTH = 3_000


def require_proven(packs: Iterable[Pack], record: Path = PROVEN, more: Iterable[Path] = ()) -> None:
    """Prove the packs that ``record`` and ``more`` do not know; raises :class:`PackError` naming the rule."""
    written = (one.read_text(encoding="ascii") for one in (record, *more) if one.exists())
    known = {word for text in written for word in text.split()}
    for pack in packs:
        if pack.digest not in known:
            prove(pack)


def record_proven(packs: Iterable[Pack], record: Path = PROVEN) -> None:
    """Prove all ``packs`` and write down their digests; raises :class:`PackError`."""
    lines = []
    for pack in packs:
        prove(pack)
        lines.append(f"{pack.digest} {pack.id}\n")
    record.write_text("".join(lines), encoding="ascii")


def prove(pack: Pack) -> None:
    """Raise :class:`PackError` for the first rule of ``pack`` that does not do what it says."""
    for rule in pack.rules:
        problem = next(problems(rule), None)
        if problem:
            raise PackError(f"pack {pack.id}, rule {rule.id}: {problem}")


def problems(rule: Rule) -> Iterator[str]:
    """Yield what is wrong with a rule, in words."""
    for expression in rule.expressions():
        try:
            _ = expression.compiled
        except regex.error as error:
            yield f"bad pattern {expression.source!r}: {error}"
            return
    for sample in rule.hits:
        if level_of(rule, sample) < sample.level:
            yield f"misses its hit {sample.text!r}"
    for sample in rule.misses:
        if level_of(rule, sample) >= sample.level:
            yield f"hits its miss {sample.text!r}"
    for expression in rule.expressions():
        slow = too_slow(expression)
        if slow:
            yield f"pattern {expression.source!r} is too slow on {slow}"


def level_of(rule: Rule, sample: Sample) -> Level:
    """Return the level that one rule alone gives a sample."""
    if sample.origin not in rule.origins:
        return Level.CLEAR
    part = Part("text", sample.text, origin=sample.origin)
    view = normalise(sample.text)
    views = [view, respaced(view)]
    answer = normalise(sample.answer) if sample.answer else None
    distinct: set[str] = set()
    best = 0
    for one in views:
        if one is None:
            continue
        matcher = Matcher(rule, CaseText(part, one, {}), _channel(rule), answer)
        for match in matcher.matches(_anchors(rule, one, sample.origin)):
            distinct.add(match.value.strip().casefold())
            best = max(best, match.score)
    raised = [score for at, score in rule.many if len(distinct) >= at]
    return Policy().level(max([best, *raised]))


def _channel(rule: Rule) -> str:
    """Return where a rule is proven: a chat has its own."""
    return "message" if rule.part == "thread" else "post"


def _anchors(rule: Rule, view: Normalised, origin: str) -> list[tuple[int, int]]:
    texts = {view.folded, view.plain} if origin == "ocr" else {view.folded}
    found = [match.span() for match in DIGIT_RUN.finditer(view.clean)] if DIGITS in rule.anchors else []
    for text in texts:
        for anchor in rule.folded_anchors:
            at = text.find(anchor)
            while at >= 0:
                found.append((at, at + len(anchor)))
                at = text.find(anchor, at + 1)
    return found


def stress_texts() -> dict[str, str]:
    """Return texts that make careless patterns slow, by what they are."""
    seeds = {
        "dots": ".",
        "digits": "7",
        "spaces": " ",
        "one letter": "a",
        "one capital": "A",
        "dashes": "-",
        "slashes": "/",
        "line ends": "\n",
        "ideographs": "密",
        "letters and dots": "a.",
        "digits and dashes": "1-",
        "words": "word ",
        "capitals and spaces": "A ",
        "at signs": "a@",
        "emoji": "🙂",
        "brackets": "(",
        "equals": "k=",
    }
    # The last sign is another one, so that a pattern that wants the end must go back and try again.
    return {name: (seed * STRESS_LENGTH)[:STRESS_LENGTH] + "!" for name, seed in seeds.items()}


def too_slow(expression: Expression) -> str | None:
    """Return the name of a stress text on which the expression takes too long, or ``None``."""
    for name, text in stress_texts().items():
        if min(_seconds(expression, text) for _ in range(3)) > STRESS_SECONDS:
            return name
    return None


def _seconds(expression: Expression, text: str) -> float:
    before = time.thread_time()
    try:
        for _ in expression.compiled.finditer(text, timeout=1.0):
            pass
    except TimeoutError:
        return 1.0
    return time.thread_time() - before

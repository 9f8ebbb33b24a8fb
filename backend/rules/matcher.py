"""Match one rule in one text: patterns around anchors, then what speaks for it and against it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from backend.case import CaseText
from backend.rules.needs import Needs, Spans, merged
from backend.rules.rule import PATTERN_SECONDS, Evidence, Rule
from backend.text.normalise import Normalised, normalise

MOST_MATCHES = 300
"""Matches of one rule in one text; past it the draft is full of them anyway."""
FUZZY_CONFIDENCE = 0.97
FUZZY_LINE = 40
_RUN = re.compile(r"[A-Za-z0-9_+/=.-]{0,5000}")


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a part (offsets of the part's own text) where a rule speaks."""

    start: int
    end: int
    score: int
    value: str


class Matcher:
    """One rule at work on one text; evidence that does not depend on the place is asked once."""

    def __init__(self, rule: Rule, text: CaseText, channel: str, answer: Normalised | None = None) -> None:
        """Prepare ``rule`` for ``text``; ``channel`` adds what the rule says it adds, ``answer`` is the draft's own."""
        self.rule = rule
        self.text = text
        self.answer = answer
        self.channel_score = rule.channels.get(channel, 0)
        self._anywhere: dict[int, bool] = {}
        self._far_evidence = any(one.required and one.within is None and not one.answer for one in rule.near)

    def matches(self, anchors: Sequence[tuple[int, int]]) -> Iterator[Match]:
        """Yield the matches around the spans of ``anchors`` and, on a page, the lines nearly like a marking."""
        found: dict[tuple[int, int], float] = {}
        near = self._near_closed(anchors)
        windows = _windows(near, self.text.view.clean, self.rule.reach)
        if windows:
            self._search(windows, [start for start, _ in near], found)
        if self.text.part.origin == "ocr" and self.rule.fuzzy:
            for span in self._similar_lines():
                found.setdefault(span, FUZZY_CONFIDENCE)
        judged = (self._judged(start, end, confidence) for (start, end), confidence in found.items())
        yield from _apart([match for match in judged if match])

    def _near_closed(self, anchors: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """Return the anchors, where spaced-out words were closed up only those near one.

        All else reads as it did before, when the text was searched as it stands.
        """
        if self.text.view.closed is None or self._far_evidence:
            return anchors
        return [span for span in anchors if self._closed_up(*span, self.rule.reach)]

    def _closed_up(self, start: int, end: int, far: int) -> bool:
        """Tell whether a closed-up word stands within ``far`` of a span, or where evidence for it is looked for."""
        closed = self.text.view.closed or ()
        far += max((one.within or 0 for one in self.rule.near), default=0)
        at = bisect_left(closed, start - far, key=itemgetter(1))
        return at < len(closed) and closed[at][0] <= end + far

    def _search(self, windows: Spans, anchors: Sequence[int], found: dict[tuple[int, int], float]) -> None:
        view = self.text.view
        for pattern, needed in zip(self.rule.patterns, self.rule.needs, strict=True):
            text = view.view(pattern.expression.view)
            stretches = self._stretches(needed, text, windows, anchors)
            for low, high in stretches:
                for match in pattern.expression.compiled.finditer(text, low, high, timeout=PATTERN_SECONDS):
                    if len(found) >= MOST_MATCHES:
                        return
                    span = _bare(text, *(match.span("v") if "v" in match.re.groupindex else match.span()))
                    if span[0] < span[1]:
                        found[span] = max(found.get(span, 0.0), pattern.confidence)

    def _stretches(self, needed: Needs, text: str, windows: Spans, anchors: Sequence[int]) -> Spans:
        """Return where in ``windows`` a match of a pattern can stand."""
        view = self.text.view
        if needed.words:
            searched = text if needed.exact else view.caseless
            sure = needed.offsets and (needed.exact or not view.blurred or view.blurred.isdisjoint(needed.letters))
            stretches = needed.stretches(searched, windows, anchors if sure else None)
        elif needed.digits:
            stretches = needed.near_digits(view.digits, windows)
        else:
            return windows
        if view.closed is not None and not self._far_evidence:
            stretches = [one for one in stretches if self._closed_up(*one, 0)]
        return stretches

    def _judged(self, start: int, end: int, confidence: float) -> Match | None:
        raw_start, raw_end = self.text.view.span(start, end)
        value = self.text.view.raw[raw_start:raw_end]
        if self.rule.validator and not self.rule.validator(self.text.view.clean[start:end]):
            return None
        if any(self._holds(evidence, start, end) for evidence in self.rule.unless):
            return None
        score = self.rule.score * confidence + self.channel_score
        answered = 0
        for evidence in self.rule.near:
            if self._holds(evidence, start, end):
                answered += evidence.add * evidence.answer
                score += evidence.add * (not evidence.answer)
            elif evidence.required:
                return None
        score = min(score + self._place_score(raw_start, raw_end), self.rule.most) + answered
        return Match(raw_start, raw_end, min(max(round(score), 0), 100), value)

    def _place_score(self, start: int, end: int) -> int:
        if not self.rule.where or not self.text.part.lines:
            return 0
        return sum(self.rule.where.get(trait, 0) for trait in self.text.layout.traits(start, end))

    def _holds(self, evidence: Evidence, start: int, end: int) -> bool:
        if evidence.answer:
            return self.answer is not None and evidence.expression.found(self.answer)
        if evidence.within is not None:
            return evidence.expression.found(
                self.text.view, max(start - evidence.within, 0), min(end + evidence.within, len(self.text.view.clean))
            )
        key = id(evidence)
        if key not in self._anywhere:
            self._anywhere[key] = evidence.expression.found(self.text.view)
        return self._anywhere[key]

    def _similar_lines(self) -> Iterator[tuple[int, int]]:
        """Yield the spans of short lines that are one of the rule's fuzzy words but for a misread letter."""
        plain = self.text.view.plain
        at = 0
        for line in plain.split("\n"):
            words = line.strip(" \t.,:;*-_|'\"“”")
            if 5 <= len(words) <= FUZZY_LINE and any(similar(words, _plain(word)) for word in self.rule.fuzzy):
                start = at + line.index(words)
                yield start, start + len(words)
            at += len(line) + 1


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the blanks at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _apart(matches: list[Match]) -> list[Match]:
    """Return the matches that do not overlap a better one: the surest first, then the tightest."""
    kept: list[Match] = []
    taken: list[tuple[int, int]] = []
    for match in sorted(matches, key=lambda one: (-one.score, one.end - one.start, one.start)):
        # What is kept does not overlap, so only the neighbours on either side can be in the way.
        at = bisect_left(taken, (match.end, 0))
        if not at or taken[at - 1][1] <= match.start:
            insort(taken, (match.start, match.end))
            kept.append(match)
    return kept


def _plain(word: str) -> str:
    return normalise(word).plain


def _windows(anchors: Iterable[tuple[int, int]], text: str, reach: int) -> list[tuple[int, int]]:
    """Return the stretches to search: ``reach`` characters around each anchor, merged where they meet.

    A stretch does not end within a long run of letters and digits: a token may be thousands of characters long.
    """
    spans = merged((max(start - reach, 0), min(end + reach, len(text))) for start, end in anchors)
    return [(low, _RUN.match(text, high).end()) for low, high in spans]  # type: ignore[union-attr]


def similar(text: str, word: str) -> bool:
    """Tell whether ``text`` is ``word`` with at most one letter misread, or two from twelve letters on.

    >>> similar("top secrft", "top secret"), similar("top secrecy", "top secret")
    (True, False)
    """
    allowed = 2 if len(word) >= 12 else 1
    if abs(len(text) - len(word)) > allowed or len(word) < 5:
        return False
    return _distance(text, word, allowed) <= allowed


def _distance(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Return the edit distance of two short texts, neighbours changing places counted once (Damerau 1964).

    ``most + 1`` where it is larger.
    """
    last: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        following = [at]
        for place, against in enumerate(other, 1):
            cost = min(row[place] + 1, following[-1] + 1, row[place - 1] + (letter != against))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == against:
                cost = min(cost, last[place - 2] + 1)
            following.append(cost)
        last, row = row, following
        if min(row) > most:
            return most + 1
    return row[-1]

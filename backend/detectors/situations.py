"""Findings in prose without any marking: what a careful colleague would ask about.

Judged are drafts in the languages the model was taught (English, Chinese, Vietnamese), and
for chats what was said before.  A finding quotes the words that weighed most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backend.case import Case, CaseText, Resources
from backend.model import THREAD, Finding, Place
from backend.situations import cues, explain
from backend.situations.features import LONGEST_TEXT, Features, extract
from backend.situations.model import DATA, Model, load
from backend.situations.script import group
from backend.situations.sentences import Sentences
from backend.situations.sentences import load as load_sentences
from backend.wording import quoted

SHORTEST = 5
"""Letters below which nothing can be told: bare numbers are no prose."""
MOST_WINDOWS = 4
LONGEST_PROSE = 1_500
"""Characters: what is longer is an article or a paper, most of them public; prose alone then gives a note at most."""
NOTE, WARN, MOST = 30, 60, 84
"""Scores at the model's thresholds; prose alone never reaches ``stop``."""
SLOPE = 8.0
PASTED = ("ai_paste",)
ALONE = ("ai_paste", "elicitation")
"""Kinds that a draft cannot be outside an AI app, and without a chat before it."""


def build(resources: Resources) -> Situations:
    """Return the detector over the model that ships with the product."""
    return Situations(load(DATA), load_sentences() if resources.sentences else None)


class Situations:
    """The learned half and the cues, as one detector with one score."""

    def __init__(self, model: Model, sentences: Sentences | None = None) -> None:
        """Judge with ``model``, and in doubt with ``sentences``, where that is installed and wanted."""
        self.model = model
        self.sentences = sentences

    def warm(self) -> None:
        """Load the sentence encoder, which takes a second."""
        if self.sentences:
            self.sentences.encoder.encode("warm")

    def literals(self) -> Sequence[str]:
        """Return the phrases of all cues."""
        return cues.literals()

    def detect(self, case: Case) -> Iterator[Finding]:
        """Yield at most one finding for each text of the draft."""
        thread = next((text for text in case.texts if text.part.id == THREAD), None)
        judged: set[tuple[str, int | None]] = set()
        for text in case.texts:
            name = (text.part.id, text.part.page)
            # A part may be there twice, the second time with spaced-out words closed up.
            if text.part.id == THREAD or text.part.origin == "ocr" or name in judged:
                continue
            judged.add(name)
            found = self._finding(case, text, thread)
            if found:
                yield found

    def _finding(self, case: Case, text: CaseText, thread: CaseText | None) -> Finding | None:
        if sum(map(str.isalpha, text.view.clean[:LONGEST_TEXT])) < SHORTEST:
            return None
        script = group(text.view.clean[:LONGEST_TEXT])
        if script not in self.model.thresholds:
            return None
        best: tuple[float, int, Features] | None = None
        for start in range(0, min(len(text.view.folded), MOST_WINDOWS * LONGEST_TEXT), LONGEST_TEXT):
            features = _features(case, text, thread, start)
            margin = self.model.margin(features)
            if best is None or margin > best[0]:
                best = (margin, start, features)
        if best is None:
            return None
        note, warn = self.model.thresholds[script]
        margin = best[0]
        if self.sentences and self.sentences.doubts(script, margin, warn):
            margin = self.sentences.margin(script, text.view.clean[best[1] :], margin, warn)
        score = scored(margin, note, warn)
        if case.draft.channel != "ai" and len(text.view.folded) > LONGEST_PROSE:
            score = min(score, WARN - 1)
        return self._told(case, text, score, best[1], best[2]) if score >= NOTE else None

    def _told(self, case: Case, text: CaseText, score: int, start: int, features: Features) -> Finding:
        window = text.view.folded[start : start + LONGEST_TEXT]
        spans = explain.phrases(window, self.model.weighed(features, len(window)))
        places = [text.view.span(start + low, start + high) for low, high in spans]
        words = [text.view.raw[low:high] for low, high in places]
        return Finding(
            f"situation.{self._kind(case, features)}",
            "situation",
            score,
            tuple(Place(text.part.id, low, high, text.part.page) for low, high in sorted(places)),
            ("cut_text",),
            {"words": quoted(words) or "…", "count": str(len(words))},
        )

    def _kind(self, case: Case, features: Features) -> str:
        if case.draft.channel == "ai":
            return "ai_paste"
        return self.model.kind(features, PASTED if case.draft.thread else ALONE)


def scored(margin: float, note: float, warn: float) -> int:
    """Return the score of a margin: straight lines through the model's two thresholds.

    >>> scored(-1.0, -1.0, 0.0), scored(0.0, -1.0, 0.0), scored(9.0, -1.0, 0.0)
    (30, 60, 84)
    """
    if margin >= warn:
        return min(round(WARN + SLOPE * (margin - warn)), MOST)
    below = NOTE + (WARN - NOTE) * (margin - note) / (warn - note)
    return max(int(below), 0)


def _features(case: Case, text: CaseText, thread: CaseText | None, start: int) -> Features:
    """Return the features of one window of a text, with what was said before."""
    end = start + LONGEST_TEXT
    hits = [hit for hit in text.hits.get("situations", ()) if start <= hit[1] and hit[2] <= end]
    found = cues.named(hits, text.view.folded)
    before = ""
    if thread:
        before = thread.view.folded
        found |= {cues.BEFORE + name for name in cues.named(thread.hits.get("situations", ()), thread.view.folded)}
    return extract(text.view.folded[start:end], before, case.draft.channel, found)

"""What rules over a chat listen to: the other side's messages, and the person's answer beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from backend.case import Case, CaseText
from backend.model import TEXT, THREAD, Message
from backend.rules.rule import Rule
from backend.text.normalise import Normalised


class Hearing:
    """The texts of one draft as rules see them."""

    def __init__(self, case: Case) -> None:
        """Find the answer that the person is writing; own messages are blanked once a rule wants to hear."""
        self._thread = case.draft.thread
        self._heard: dict[CaseText, CaseText] = {}
        self.answer: Normalised | None = next((text.view for text in case.texts if text.part.id == TEXT), None)

    def of(self, rule: Rule, text: CaseText) -> CaseText:
        """Return the text that a rule searches: of a chat, for a rule over it, what the other side said."""
        if rule.part != THREAD or text.part.id != THREAD:
            return text
        if text not in self._heard:
            view = blanked(text.view, list(own_spans(self._thread)))
            self._heard[text] = CaseText(text.part, view, text.hits)
        return self._heard[text]


def own_spans(thread: Sequence[Message]) -> Iterator[tuple[int, int]]:
    """Yield where the person's own messages stand in the thread's part, whose lines are the messages in order."""
    at = 0
    for message in thread:
        if message.sender != "them":
            yield at, at + len(message.text)
        at += len(message.text) + 1


def blanked(view: Normalised, spans: Sequence[tuple[int, int]]) -> Normalised:
    """Return the view with spans of its raw text turned into line ends; nothing moves.

    No expression reaches over a line end, so what two people said never reads as one sentence.
    """
    if not spans:
        return view
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        low, high = _at(view, start), _at(view, end)
        pieces += [view.clean[done:low], "\n" * (high - low)]
        done = high
    return Normalised(view.raw, "".join([*pieces, view.clean[done:]]), view.origins, view.closed)


def _at(view: Normalised, raw: int) -> int:
    return raw if view.origins is None else bisect_left(view.origins, raw)

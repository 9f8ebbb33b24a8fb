"""The four questions of the first run, and the policy that their answers make."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backend.model import LANGUAGES, Policy
from backend.policy import profiles
from backend.policy.table import BadPolicy, from_table, to_table

FILE = Path(__file__).with_name("questions.toml")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, and what it sets of the policy."""

    id: str
    text: Mapping[str, str]
    gives: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``usual`` are the answers that are chosen where nobody does."""

    id: str
    text: Mapping[str, str]
    many: bool
    usual: tuple[str, ...]
    answers: tuple[Answer, ...]

    def told(self, language: str) -> dict[str, Any]:
        """Return it in a language, as the API has it."""
        answers = [{"id": one.id, "text": one.text[language], "gives": dict(one.gives)} for one in self.answers]
        own = {"id": self.id, "text": self.text[language], "many": self.many, "usual": list(self.usual)}
        return {**own, "answers": answers}

    def chosen(self, ids: Sequence[str] | None) -> list[Answer]:
        """Return the answers of some ids; raises :class:`BadPolicy`."""
        wanted = self.usual if ids is None else tuple(ids)
        known = {one.id: one for one in self.answers}
        if not all(one in known for one in wanted) or (len(wanted) != 1 and not self.many):
            raise BadPolicy(self.id, f"{'some' if self.many else 'one'} of {', '.join(known)}")
        return [known[one] for one in dict.fromkeys(wanted)]


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in their order."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_question(one) for one in table["question"])


def policy(answers: Mapping[str, Sequence[str]], before: Policy | None = None) -> Policy:
    """Return the policy of some answers, by the ids of their questions; a later question has the last word.

    What is personal stays as it was.  Raises :class:`BadPolicy` naming the question.
    """
    unknown = set(answers) - {one.id for one in questions()}
    if unknown:
        raise BadPolicy("", f"the questions are {', '.join(one.id for one in questions())}")
    table: dict[str, Any] = {}
    for question in questions():
        several: dict[str, Any] = {}
        for answer in question.chosen(answers.get(question.id)):
            _add(several, answer.gives)
        profile = several.pop("profile", None)
        if profile:
            table = to_table(profiles.of(profile))
        _merge(table, several)
    return profiles.personal(from_table(table), before or Policy())


def _add(table: dict[str, Any], gives: Mapping[str, Any]) -> None:
    """Put what one of several answers gives to what the others gave: lists grow."""
    for key, value in gives.items():
        if isinstance(value, list):
            table[key] = [*table.get(key, []), *value]
        elif isinstance(value, Mapping):
            _add(table.setdefault(key, {}), value)
        else:
            table[key] = value


def _merge(table: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, Mapping):
            _merge(table.setdefault(key, {}), value)
        else:
            table[key] = value


def _question(table: Mapping[str, Any]) -> Question:
    answers = tuple(Answer(one["id"], _words(one["text"]), one.get("gives", {})) for one in table["answer"])
    return Question(table["id"], _words(table["text"]), table["many"], tuple(table["usual"]), answers)


def _words(table: Mapping[str, str]) -> Mapping[str, str]:
    missing = [language for language in LANGUAGES if not table.get(language)]
    if missing:
        raise BadPolicy("text", f"{FILE.name}: it is missing in {', '.join(missing)}")
    return table

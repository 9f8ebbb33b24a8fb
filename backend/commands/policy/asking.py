"""The four questions of the first run, on a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from backend.commands.policy.changing import put
from backend.commands.policy.saying import say_json
from backend.policy import assistant as policy_assistant
from backend.policy.assistant import Question
from backend.policy.table import BadPolicy
from backend.wording import pick

if TYPE_CHECKING:
    from backend.store import Store

PROMPT = {
    "en": "a number{many}, or Enter for what is usual: ",
    "vi": "một số{many}, hoặc Enter để chọn như thường: ",
    "zh": "输入编号{many}，或按回车使用通常选择：",
}
MANY = {"en": " or several", "vi": " hoặc nhiều số", "zh": "（可多个）"}


def assistant(store: Store, args: argparse.Namespace) -> int:
    """Ask, show what the answers change, and put it in force."""
    from backend.store import policies

    language = args.language or pick(os.environ.get("LANG", "").replace("_", "-").partition(".")[0])
    if args.json and not args.answer:
        return say_json({"questions": [one.told(language) for one in policy_assistant.questions()]})
    answers = _ahead(args.answer)
    for question in policy_assistant.questions():
        if question.id not in answers and sys.stdin.isatty():
            answers[question.id] = _ask(question, language)
    before, version = policies.read(store)
    return put(store, policy_assistant.policy(answers, before), (before, version), args)


def _ahead(given: list[str]) -> dict[str, list[str]]:
    """Return answers such as ``who=company`` or ``languages=vi,en`` by their questions."""
    found: dict[str, list[str]] = {}
    for one in given:
        question, sign, answers = one.partition("=")
        if not sign:
            raise BadPolicy("--answer", "QUESTION=ANSWER, for example who=company")
        found.setdefault(question, []).extend(answer for answer in answers.split(",") if answer)
    return found


def _ask(question: Question, language: str) -> list[str]:
    """Ask until the answer is one that can be chosen."""
    print(f"\n{question.text[language]}", file=sys.stderr)
    for number, answer in enumerate(question.answers, 1):
        print(f"  {number}  {answer.text[language]}", file=sys.stderr)
    while True:
        prompt = PROMPT[language].replace("{many}", MANY[language] if question.many else "")
        print(prompt, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        words = line.replace(",", " ").split()
        if not words:
            return list(question.usual)
        numbers = [int(word) for word in words if word.isdecimal() and 0 < int(word) <= len(question.answers)]
        if len(numbers) == len(words) and (question.many or len(numbers) == 1):
            return [question.answers[number - 1].id for number in numbers]

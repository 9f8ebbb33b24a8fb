"""Time the engine on texts: by length, by the number of list terms, and beside its budgets.

    python -m benchmarks.engine [--json]

Drafts are sentences put together at random from the samples of the packs and from plain
words in three languages, so they hold as many anchors as real ones do.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Callable
from statistics import median

from backend.model import Draft, Term, TermList
from backend.pipeline import Engine

WORDS = {
    "en": "the of we they river market today lunch train meeting was is very nice again with my friends on monday "
    "garden little house project team coffee late photo holiday school song match",
    "vi": "hôm nay trời đẹp quá mình đi chơi với bạn bè ở công viên ăn phở rồi về nhà xem phim cùng gia đình "
    "công việc dự án cuối tuần vui vẻ trường học bài hát",
    "zh": "今天 天气 真好 我们 一起 去 公园 散步 吃饭 然后 回家 看 电影 工作 项目 周末 开心 学校 朋友 音乐 加油 照片",
}
RUNS = 300
BUDGETS = {"280 characters": 0.35, "5000 characters": 3.0}


def draft(length: int, language: str, rng: random.Random) -> Draft:
    """Return an ordinary draft of about ``length`` characters."""
    space = "" if language == "zh" else " "
    words = WORDS[language].split()
    text = ""
    while len(text) < length:
        text += space.join(rng.choices(words, k=12)) + (". " if space else "。")
    return Draft(text=text[:length])


def terms(count: int, rng: random.Random) -> TermList:
    """Return a list of invented terms, a third in each language."""
    made = []
    for number in range(count):
        language = ("en", "vi", "zh")[number % 3]
        words = rng.choices(WORDS[language].split(), k=rng.randint(2, 4))
        made.append(Term(("" if language == "zh" else " ").join(words) + f" {number:x}"))
    return TermList("bench", "bench", terms=tuple(made))


def milliseconds(task: Callable[[], object]) -> float:
    """Return how long one call takes."""
    before = time.perf_counter()
    task()
    return (time.perf_counter() - before) * 1000


def measure(engine: Engine, length: int) -> list[float]:
    """Return the times of checking :data:`RUNS` drafts of one length, all languages in turn."""
    rng = random.Random(length)
    drafts = [draft(length, ("en", "vi", "zh")[number % 3], rng) for number in range(RUNS)]
    for one in drafts[:30]:
        engine.check(one)
    return sorted(milliseconds(lambda one=one: engine.check(one)) for one in drafts)  # type: ignore[misc]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    before = time.perf_counter()
    small = Engine.build([terms(100, random.Random(1))])
    built = time.perf_counter() - before
    large = small.with_lists([terms(100_000, random.Random(1))])
    for length in (280, 5000):
        few, many = measure(small, length), measure(large, length)
        name = f"{length} characters"
        figures[name] = {
            "p50_ms_100_terms": round(median(few), 3),
            "p50_ms_100000_terms": round(median(many), 3),
            "p99_ms_100000_terms": round(many[int(len(many) * 0.99)], 3),
            "ratio": round(median(many) / median(few), 2),
            "budget_ms": BUDGETS[name],
        }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures["start"] = {"engine_built_s": round(built, 2), "peak_memory_mb": round(peak)}
    print(json.dumps(figures, indent=1) if args.json else "\n".join(f"{name}: {row}" for name, row in figures.items()))


if __name__ == "__main__":
    main()

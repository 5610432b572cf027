"""A small random classifier of two stages, quick to make, for tests of what uses one."""

from __future__ import annotations

from functools import cache

import numpy as np

from assess.score.features import Features, Row
from assess.score.labels import LABELS
from assess.score.model import SentenceModel
from assess.score.signals import signal_names
from tests.score.encoders import encoders
from tests.score.test_trees import random_trees

STATEMENT = (
    "Modern slavery statement 2024",
    "This statement was approved by the board, and by the board of the parent, on 1 May 2024.",
    "We train buyers on the signs of forced labour.",
    "Our third-party suppliers in China bear a high risk; banana, café, ﬁsh and naïve İstanbul.",
    "We will audit 20 suppliers, and audit 20 suppliers again.",
    "No instances of modern slavery were reported.",
)


@cache
def small_model(scale: float = 1.0) -> SentenceModel:
    """Random weights, of which writing loses nothing; ``scale`` times as large by terms."""
    random = np.random.default_rng(7)
    rows = [Row("", sentence) for sentence in STATEMENT * 10]
    features = Features.fit(rows)
    width = features.matrix(rows).shape[1]
    weights = random.normal(0, scale, (width, len(LABELS))).astype(np.float16)
    count = len(LABELS)
    return SentenceModel(
        features,
        weights.astype(np.float32),
        random.normal(0, scale, count).astype(np.float32),
        encoders(),
        random_trees(8, len(signal_names(LABELS)), [[8] * 6] * count),
        np.stack([random.uniform(0.5, 1.5, count), random.normal(0, 0.2, count)]).astype(
            np.float32
        ),
        np.full(count, 0.5, dtype=np.float32),
    )

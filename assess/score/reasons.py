"""Why a linear model leans as it does for one sentence: its terms, with their exact weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from assess.records import Reason, ReasonKind
from assess.score.features import Features, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Terms that are told one by one; the others are summed up.
MAX_TERMS: Final = 8
# Decimals of a weight, in log odds; the model computes with little more.
DECIMALS: Final = 6


def linear_reasons(
    row: csr_matrix, weights: NDArray[np.float32], intercept: float, features: Features
) -> tuple[Reason, ...]:
    """The base, at most `MAX_TERMS` terms, the strongest first, and the rest.

    In a linear model a term adds its value times its weight, so nothing here is estimated: the sum
    of all is the model's log odds, to a millionth.

    Args:
        row: Features of the sentence, shape (1, F).
        weights: Of the model, shape (F,).
        intercept: Of the model, in log odds.
        features: Name the columns of the row.
    """
    shares = row.data.astype(float) * weights[row.indices].astype(float)
    total = float(intercept) + math.fsum(shares)
    moved = [(float(s), int(c)) for s, c in zip(shares, row.indices, strict=True) if s]
    strongest = sorted(moved, key=lambda one: (-abs(one[0]), one[1]))[:MAX_TERMS]
    named = [(features.term(column), share) for share, column in strongest]
    told = [
        _reason("base", "", intercept),
        *(_reason(_kind(term), term.text, share) for term, share in named),
    ]
    return (*told, _reason("rest", "", total - math.fsum(reason.weight for reason in told)))


def _kind(term: Term) -> ReasonKind:
    """Words and letters of the sentence itself by their block, others by their place."""
    if term.place != "sentence":
        return term.place
    return "letters" if term.block == "letters" else "words"


def _reason(kind: ReasonKind, text: str, weight: float) -> Reason:
    return Reason(kind, text, round(float(weight), DECIMALS) + 0.0)  # no "-0.0"

"""What the gate measures: on the corpus always, on held-out statements where they are at hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from assess.check import check_documents
from assess.evaluate.agreement import SplitEvaluation, evaluate_criteria
from assess.evaluate.measures import Detection
from assess.evaluate.sentences import evaluate_sentences
from assess.evaluate.status import EXPERT, expert_table
from assess.report.evaluation import MIN_POSITIVES
from assess.resources import corpus_folder
from assess.score.aims import read_sentences
from assess.score.labels import LABELS
from assess.score.model import SentenceModel, load_model
from assess.score.rubric import Rubric, load_rubric

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
SILVER = Path("aims") / "uk_silver.csv"
HELD_OUT = (Path("criteria") / "gold.jsonl", Path("aims") / "uk_dev.csv", EXPERT, SILVER)
FLOORS = ROOT / "tests" / "quality" / "floors.json"


def on_corpus() -> dict[str, float]:
    """Agreement with the corpus' truth, by kind of criterion.

    The rules were first made without it, but its misses were later used to mend them: it guards
    against falling back and no longer tells how unseen text is judged.
    """
    rubric = load_rubric()
    truth = _truth()
    pairs: dict[str, list[tuple[Any, Any]]] = {}
    documents = corpus_folder() / "documents"
    for source, found in check_documents([documents], rubric, load_model()):
        judged = truth[source.removeprefix(f"{documents}/")]
        if found.status == "cannot_assess" or judged["statement_kind"] == "unreadable":
            continue  # a scan has no truth beyond that; some machines can read it
        for finding in found.findings:
            if finding.criterion not in judged:
                continue  # judged from a visit of the home page, not from the text
            pairs.setdefault(finding.criterion, []).append(
                (judged[finding.criterion], finding.value)
            )
        pairs.setdefault("kind", []).append((judged["statement_kind"], found.statement_kind))
    return {
        "corpus_legal_agreement": _agreement(rubric, "legal", pairs),
        "corpus_depth_agreement": _agreement(rubric, "depth", pairs),
        "corpus_indicator_precision": _pooled(rubric, pairs, called=True),
        "corpus_indicator_recall": _pooled(rubric, pairs, called=False),
        "corpus_kind_agreement": _share(pairs["kind"]),
    }


def _of_sentences(model: SentenceModel) -> dict[str, float]:
    """The classifier: as its training measured it on the expert's statements left out of each
    fold, for the shipped one has learned from them; and itself on silver rows that it has not."""
    uk = evaluate_sentences(SHARED, model)
    if not uk.left_out:
        raise ValueError("the model has learned from uk_dev.csv and not kept what it said before")
    table = read_sentences(SHARED / SILVER, LABELS)
    rows = [i for i, cells in enumerate(table.cells) if cells.get("split") == "dev"]
    called = model.probabilities([table.rows[i] for i in rows]) >= model.thresholds
    truth = np.array([table.ones(label) for label in LABELS]).T[rows]
    return {
        "uk_dev_sentence_macro_f1": uk.macro_f1 or 0.0,
        "uk_dev_statement_agreement": float(uk.statement_agreement),
        "silver_dev_sentence_macro_f1": float(
            f1_score(truth, called, average="macro", zero_division=0)
        ),
    }


def on_held_out() -> dict[str, float]:
    """Agreement on the `dev` statements and F1 on AIMS.uk's development half."""
    rubric, model = load_rubric(), load_model()
    [dev] = evaluate_criteria(SHARED, rubric, model, ["dev"])
    planned = next(s for s in expert_table(SHARED, model.status).both if s.status == "planned")
    return {
        "dev_legal_agreement": _mean_agreement(dev, "legal"),
        "dev_depth_agreement": _mean_agreement(dev, "depth"),
        "dev_depth_within_one": _mean(
            [c.within_one for c in dev.criteria if c.within_one is not None]
        ),
        "dev_indicator_agreement": _mean_agreement(dev, "indicator"),
        "dev_indicator_macro_f1": _mean([found.f1 or 0.0 for found in _often(dev)]),
        "dev_indicator_precision": _mean([found.precision or 0.0 for found in _often(dev)]),
        "dev_evidence_near": dev.evidence.findings_near / dev.evidence.findings,
        "dev_substance_spearman": dev.substance_spearman or 0.0,
        "dev_typology_spearman": dev.typology_spearman or 0.0,
        "dev_minimal_auc": dev.minimal_auc or 0.0,
        "dev_kind_agreement": dev.kind_agreement or 0.0,
        **_of_sentences(model),
        "uk_dev_planned_f1": planned.f1,
        "uk_dev_planned_recall": planned.recall,
    }


def hashes() -> dict[str, str]:
    """Hashes of the data that the held-out floors belong to."""
    return {
        str(path): hashlib.sha256((SHARED / path).read_bytes()).hexdigest() for path in HELD_OUT
    }


def _truth() -> dict[str, dict[str, Any]]:
    lines = (corpus_folder() / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["file"]: row for row in map(json.loads, lines)}


def _agreement(rubric: Rubric, kind: Any, pairs: dict[str, list[tuple[Any, Any]]]) -> float:
    criteria = (criterion.id for criterion in rubric.of_kind(kind))
    return _mean([_share(pairs[criterion]) for criterion in criteria if criterion in pairs])


def _pooled(rubric: Rubric, pairs: dict[str, list[tuple[Any, Any]]], *, called: bool) -> float:
    """Precision (``called``) or recall over all indicators together."""
    cells = [pair for criterion in rubric.of_kind("indicator") for pair in pairs[criterion.id]]
    hits = sum(truth is True and value is True for truth, value in cells)
    return hits / sum(value is True if called else truth is True for truth, value in cells)


def _share(pairs: Sequence[tuple[Any, Any]]) -> float:
    return _mean([truth == value for truth, value in pairs])


def _mean_agreement(split: SplitEvaluation, kind: str) -> float:
    return _mean([found.agreement for found in split.criteria if found.kind == kind])


def _often(split: SplitEvaluation) -> list[Detection]:
    """How the indicators are found that have positives enough to tell."""
    return [
        found.detection
        for found in split.criteria
        if found.kind == "indicator"
        and found.detection
        and found.detection.positives >= MIN_POSITIVES
    ]


def _mean(values: Sequence[float | None]) -> float:
    return sum(value or 0.0 for value in values) / len(values)

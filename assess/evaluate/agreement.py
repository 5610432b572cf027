"""How far the judgements agree with those of careful readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assess.compare.minimal.typology import TYPES, type_of
from assess.compare.stats import Interval, wilson
from assess.evaluate.evidence import EvidenceAgreement, evidence_agreement
from assess.evaluate.measures import Detection, Pair, auc, detection, kappa, mean, same, spearman
from assess.records import Assessment, Text
from assess.score.gold import (
    GoldStatement,
    check_values,
    gold_path,
    of_split,
    read_gold,
    readers_agreement,
)
from assess.score.model import SentenceModel
from assess.score.rubric import Kind, Rubric

SPLITS = ("dev", "train")


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """One criterion on one split: shares of statements, None where they mean nothing."""

    criterion: str
    kind: Kind
    statements: int
    agreement: float
    interval: Interval
    """95% Wilson interval of the agreement."""
    kappa: float | None
    within_one: float | None
    """Depth only."""
    detection: Detection | None
    """Flags and indicators only."""
    readers: float | None
    """Agreement of two careful readers."""


@dataclass(frozen=True, slots=True)
class SplitEvaluation:
    """All criteria and the overall judgements on one split."""

    split: str
    statements: int
    criteria: tuple[CriterionAgreement, ...]
    substance_spearman: float | None
    typology_spearman: float | None
    """Of the types' order, from silent to leading, with the readers' substance."""
    minimal_auc: float | None
    minimal_flag_agreement: float | None
    kind_agreement: float | None
    evidence: EvidenceAgreement


def evaluate_criteria(
    data: Path, rubric: Rubric, model: SentenceModel, splits: Sequence[str] = SPLITS
) -> list[SplitEvaluation]:
    """Judge the gold statements and compare, split by split.

    Raises:
        InputError: the gold statements are not there or not of their format.
    """
    gold = read_gold(data)
    check_values(gold, rubric, gold_path(data))
    readers = readers_agreement(data)
    return [_split(split, of_split(gold, split), rubric, model, readers) for split in splits]


def judge_gold(
    statements: Iterable[GoldStatement], rubric: Rubric, model: SentenceModel
) -> list[tuple[Text, Assessment]]:
    """Texts and assessments of gold statements, in order."""
    from assess.extract import from_plain_text
    from assess.score.assessment import assess_text

    texts = [from_plain_text(statement.text) for statement in statements]
    return [(text, assess_text(text, rubric, model)) for text in texts]


def _split(
    split: str,
    statements: Sequence[GoldStatement],
    rubric: Rubric,
    model: SentenceModel,
    readers: dict[str, float],
) -> SplitEvaluation:
    judged = judge_gold(statements, rubric, model)
    found = [assessment for _, assessment in judged]
    values = [{f.criterion: f.value for f in assessment.findings} for assessment in found]
    criteria = []
    for criterion in rubric.criteria:
        pairs = [
            (statement.truth[criterion.id], of_one[criterion.id])
            for statement, of_one in zip(statements, values, strict=True)
            if criterion.id in statement.truth and of_one
        ]
        if pairs:
            criteria.append(_agreement(criterion.id, criterion.kind, pairs, readers))
    return SplitEvaluation(
        split,
        len(statements),
        tuple(criteria),
        spearman(_pairs(statements, found, "substance", lambda a: a.substance)),
        spearman(_pairs(statements, found, "substance", lambda a: _type_rank(a, rubric))),
        auc(_pairs(statements, found, "minimal_compliance", _index)),
        same(_pairs(statements, found, "minimal_compliance", _flag)),
        same(_pairs(statements, found, "statement_kind", lambda a: a.statement_kind)),
        evidence_agreement(statements, judged, rubric),
    )


def _agreement(
    criterion: str, kind: Kind, pairs: Sequence[Pair], readers: dict[str, float]
) -> CriterionAgreement:
    equal = sum(truth == value for truth, value in pairs)
    depth = kind == "depth"
    return CriterionAgreement(
        criterion=criterion,
        kind=kind,
        statements=len(pairs),
        agreement=equal / len(pairs),
        interval=wilson(equal, len(pairs)),
        kappa=kappa(pairs),
        within_one=mean(abs(int(t) - int(v)) <= 1 for t, v in pairs) if depth else None,
        detection=detection(pairs) if kind in ("flag", "indicator") else None,
        readers=readers.get(criterion),
    )


def _pairs(
    statements: Sequence[GoldStatement],
    found: Sequence[Assessment],
    key: str,
    of: Callable[[Assessment], Any],
) -> list[tuple[Any, Any]]:
    """(truth, judgement) where the readers settled the one and the text allowed the other."""
    return [
        (statement.truth[key], judgement)
        for statement, assessment in zip(statements, found, strict=True)
        if statement.truth.get(key) is not None
        and assessment.status == "assessed"
        and (judgement := of(assessment)) is not None
    ]


def _type_rank(assessment: Assessment, rubric: Rubric) -> int | None:
    values = {one.criterion: str(one.value).lower() for one in assessment.findings}
    flagged = bool(assessment.minimal_compliance and assessment.minimal_compliance.flag)
    found = type_of(values, assessment.substance or 0.0, rubric, flagged=flagged)
    return None if found is None else TYPES.index(found.type)


def _flag(assessment: Assessment) -> bool | None:
    return assessment.minimal_compliance.flag if assessment.minimal_compliance else None


def _index(assessment: Assessment) -> float | None:
    return assessment.minimal_compliance.index if assessment.minimal_compliance else None

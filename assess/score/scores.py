"""The two scores, the tier and the minimal-compliance index; docs/methodology.md explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assess.records import Finding, MinimalCompliance, MinimalPart, Specificity
from assess.score.rubric import IN_COMPLIANCE, Authority, Criterion, ReasonName, Rubric, Scores

_CREDIT = {"met": 1.0, "partial": 0.5, "absent": 0.0}
MAX_LEVEL = 3
# Both limbs of section 54(4)(a); section 54(4)(b) lets a no-steps statement stand for them.
STEPS = ("steps_supply_chain", "steps_own_business")
NO_STEPS = "no_steps_statement"


def compliance_score(
    rubric: Rubric,
    findings: Mapping[str, Finding],
    authorities: Sequence[Authority] = IN_COMPLIANCE,
) -> float | None:
    """0 to 100 over the legal items of authority LAW; ``na`` is left out; None if none is left.

    A rubric of proposed law (``Rubric.proposal``) has its items of authority BILL counted too.
    """
    no_steps = _is_true(findings, NO_STEPS)
    total = weights = 0.0
    for criterion in rubric.of_kind("legal"):
        if criterion.authority not in authorities:
            continue
        value = "met" if no_steps and criterion.id in STEPS else findings[criterion.id].value
        if value == "na":
            continue
        total += criterion.weight * _CREDIT[str(value)]
        weights += criterion.weight
    return round(100 * total / weights, 1) if weights else None


def substance_score(
    rubric: Rubric, findings: Mapping[str, Finding], particulars: Specificity
) -> float:
    """0 to 100 from the depth of the areas, the indicators and what is named; a no-steps
    statement has none."""
    if _is_true(findings, NO_STEPS):
        return 0.0
    scores = rubric.scores
    depth = _weighted(rubric.of_kind("depth"), findings)
    indicators = _weighted(rubric.of_kind("indicator"), findings)
    of_indicators = 1 - scores.depth_share - scores.particulars_share
    total = scores.depth_share * depth + of_indicators * indicators
    total += scores.particulars_share * _named(rubric, particulars)
    return round(100 * total, 1)


def _named(rubric: Rubric, particulars: Specificity) -> float:
    """From 0 to 1: how much is named, less the share of vague sentences.

    The number counts, not the number per 100 words, which another true sentence might lower.
    """
    reached = min(1.0, particulars.particulars / rubric.scores.particulars_full)
    return reached * (1 - particulars.vague_share)


def _weighted(criteria: Sequence[Criterion], findings: Mapping[str, Finding]) -> float:
    total = sum(criterion.weight for criterion in criteria)
    if not total:
        return 0.0
    reached = sum(
        criterion.weight * _share(findings[criterion.id], criterion) for criterion in criteria
    )
    return reached / total


def _share(finding: Finding, criterion: Criterion) -> float:
    value = int(finding.value)
    return value / MAX_LEVEL if criterion.kind == "depth" else float(value)


def tier(rubric: Rubric, substance: float) -> str:
    """The name of the tier that a substance score falls in."""
    reached = [tier for tier in rubric.tiers if substance >= tier.at_least]
    return max(reached, key=lambda tier: tier.at_least).name


def minimal_compliance(
    rubric: Rubric, findings: Mapping[str, Finding], particulars: Specificity, substance: float
) -> MinimalCompliance:
    """The index of one text alone; comparison with other texts adds parts of its own later."""
    form, form_words = _form_without_substance(rubric, findings, substance)
    few, few_words = _few_particulars(rubric, particulars)
    vague, vague_words = _vague_language(particulars)
    weights = rubric.scores.minimal_weights
    parts = (
        _part("form_without_substance", form, weights, form_words),
        _part("few_particulars", few, weights, few_words),
        _part("vague_language", vague, weights, vague_words),
        _part(
            "no_risk_or_case",
            _silence(("risk_specific", "incident_disclosed", "audit_results"), findings),
            weights,
            "no specific risk, finding or case of its own was found in the text",
        ),
        _part(
            "no_results",
            _silence(
                ("kpi_value", "audit_results", "grievance_results", "worker_outcome"), findings
            ),
            weights,
            "no figure or result of its own work was found in the text",
        ),
    )
    return minimal_of_parts(rubric.scores, parts)


def minimal_of_parts(scores: Scores, parts: Sequence[MinimalPart]) -> MinimalCompliance:
    """The weighted mean of the parts, its flag, and the reasons that show strongly."""
    total = sum(part.weight for part in parts)
    index = round(sum(part.weight * part.strength for part in parts) / total, 3)
    telling = sorted(
        (part for part in parts if part.weight and part.strength >= scores.reason_at_least),
        key=lambda part: -part.weight * part.strength,
    )
    flag = index >= scores.minimal_flag_at_least
    return MinimalCompliance(index, flag, tuple(part.words for part in telling), tuple(parts))


def _part(
    name: ReasonName, strength: float, weights: Mapping[ReasonName, float], words: str
) -> MinimalPart:
    return MinimalPart(name, strength, weights[name], words)


def _form_without_substance(
    rubric: Rubric, findings: Mapping[str, Finding], substance: float
) -> tuple[float, str]:
    """Wide coverage of the form (legal items met, areas touched), with little depth behind it."""
    areas = rubric.of_kind("depth")
    named = sum(int(findings[area.id].value) >= 1 for area in areas)
    deep = sum(int(findings[area.id].value) >= 2 for area in areas)
    # The form of the law as it is, whatever may be proposed.
    compliance = compliance_score(rubric, findings, ("LAW",))
    legal = (compliance or 0) / 100
    form = (legal + named / len(areas)) / 2 if areas else legal
    lack = max(0.0, 1 - substance / rubric.scores.substance_full)
    # Of the text alone: a visit of the home page adds to the score, never to the index.
    of_what = f"compliance{' with the law as it is' if rubric.proposal else ''} by the text"
    words = (
        f"form without substance: touches {named} of {len(areas)} areas, {deep} with particulars "
        f"of its own; {of_what} {legal * 100:.0f}, substance {substance:.0f} of 100"
    )
    return form * lack, words


def _few_particulars(rubric: Rubric, particulars: Specificity) -> tuple[float, str]:
    words = (
        f"few particulars in all: {particulars.particulars} numbers, dates, places, partners and "
        f"roles ({particulars.per_100_words} per 100 words)"
    )
    lack = 1 - min(1.0, particulars.particulars / rubric.scores.particulars_full)
    return lack, words


def _vague_language(particulars: Specificity) -> tuple[float, str]:
    # Every second sentence an aim or assurance is as vague as statements get.
    words = (
        f"{particulars.vague_sentences} of {particulars.sentences} sentences are aims, beliefs "
        "or assurances"
    )
    return min(1.0, 2 * particulars.vague_share), words


def _silence(criteria: Sequence[str], findings: Mapping[str, Finding]) -> float:
    return 0.0 if any(_is_true(findings, criterion) for criterion in criteria) else 1.0


def _is_true(findings: Mapping[str, Finding], criterion: str) -> bool:
    return criterion in findings and findings[criterion].value is True

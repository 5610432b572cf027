"""The two scores, the tier and the minimal-compliance index; docs/methodology.md explains them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assess.records import Finding, MinimalCompliance, Specificity
from assess.score.rubric import IN_COMPLIANCE, Authority, Criterion, ReasonName, Rubric

_CREDIT = {"met": 1.0, "partial": 0.5, "absent": 0.0}
MAX_LEVEL = 3
# Both limbs of section 54(4)(a); section 54(4)(b) lets a no-steps statement stand for them.
STEPS = ("steps_supply_chain", "steps_own_business")
NO_STEPS = "no_steps_statement"


@dataclass(frozen=True, slots=True)
class Reason:
    """One component of the index: how strongly it shows (0 to 1), and in words."""

    name: ReasonName
    strength: float
    words: str


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
    """The index of one text alone; comparison with other texts adds its own reasons later."""
    reasons = _reasons(rubric, findings, particulars, substance)
    weights = rubric.scores.minimal_weights
    total = sum(weights[reason.name] for reason in reasons)
    index = sum(weights[reason.name] * reason.strength for reason in reasons) / total
    index = round(index, 3)
    telling = sorted(
        (
            reason
            for reason in reasons
            if weights[reason.name] and reason.strength >= rubric.scores.reason_at_least
        ),
        key=lambda reason: -weights[reason.name] * reason.strength,
    )
    flag = index >= rubric.scores.minimal_flag_at_least
    return MinimalCompliance(index, flag, tuple(reason.words for reason in telling))


def _reasons(
    rubric: Rubric, findings: Mapping[str, Finding], particulars: Specificity, substance: float
) -> list[Reason]:
    return [
        _form_without_substance(rubric, findings, substance),
        _few_particulars(rubric, particulars),
        _vague_language(particulars),
        _silence(
            "no_risk_or_case",
            ("risk_specific", "incident_disclosed", "audit_results"),
            findings,
            "no specific risk, finding or case of its own was found in the text",
        ),
        _silence(
            "no_results",
            ("kpi_value", "audit_results", "grievance_results", "worker_outcome"),
            findings,
            "no figure or result of its own work was found in the text",
        ),
    ]


def _form_without_substance(
    rubric: Rubric, findings: Mapping[str, Finding], substance: float
) -> Reason:
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
    return Reason("form_without_substance", form * lack, words)


def _few_particulars(rubric: Rubric, particulars: Specificity) -> Reason:
    words = (
        f"few particulars in all: {particulars.particulars} numbers, dates, places, partners and "
        f"roles ({particulars.per_100_words} per 100 words)"
    )
    lack = 1 - min(1.0, particulars.particulars / rubric.scores.particulars_full)
    return Reason("few_particulars", lack, words)


def _vague_language(particulars: Specificity) -> Reason:
    # Every second sentence an aim or assurance is as vague as statements get.
    words = (
        f"{particulars.vague_sentences} of {particulars.sentences} sentences are aims, beliefs "
        "or assurances"
    )
    return Reason("vague_language", min(1.0, 2 * particulars.vague_share), words)


def _silence(
    name: ReasonName, criteria: Sequence[str], findings: Mapping[str, Finding], words: str
) -> Reason:
    return Reason(name, 0.0 if any(_is_true(findings, c) for c in criteria) else 1.0, words)


def _is_true(findings: Mapping[str, Finding], criterion: str) -> bool:
    return criterion in findings and findings[criterion].value is True

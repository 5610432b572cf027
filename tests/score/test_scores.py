"""The two scores: what they count, and that more evidence never lowers them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from assess.records import Finding, Specificity, Value
from assess.score.rubric import Rubric, load_rubric
from assess.score.scores import compliance_score, substance_score, tier


def all_findings(rubric: Rubric, **values: Value) -> dict[str, Finding]:
    empty: dict[str, Value] = {"legal": "absent", "flag": False, "depth": 0, "indicator": False}
    return {c.id: Finding(c.id, values.get(c.id, empty[c.kind]), 0.9) for c in rubric.criteria}


NOTHING = Specificity(0, 0, 0, 0, 0, words=500, vague_sentences=0, sentences=20)
FULL = Specificity(30, 30, 10, 10, 10, words=500, vague_sentences=0, sentences=20)


def law(rubric: Rubric) -> Iterable[str]:
    return (c.id for c in rubric.of_kind("legal") if c.authority == "LAW")


def test_nothing_found_scores_nothing() -> None:
    rubric = load_rubric()
    assert compliance_score(rubric, all_findings(rubric)) == 0
    assert substance_score(rubric, all_findings(rubric), NOTHING) == 0


def test_all_found_scores_full() -> None:
    rubric = load_rubric()
    full: dict[str, Value] = {"legal": "met", "flag": False, "depth": 3, "indicator": True}
    found = all_findings(rubric, **{c.id: full[c.kind] for c in rubric.criteria})
    assert compliance_score(rubric, found) == 100
    assert substance_score(rubric, found, FULL) == 100
    assert tier(rubric, 100) == max(rubric.tiers, key=lambda t: t.at_least).name


def test_na_leaves_the_denominator() -> None:
    rubric = load_rubric()
    first, *rest = law(rubric)
    met: dict[str, Value] = dict.fromkeys(rest, "met")
    assert compliance_score(rubric, all_findings(rubric, **{first: "na"}, **met)) == 100


def test_guidance_is_not_in_compliance() -> None:
    rubric = load_rubric()
    met: dict[str, Value] = dict.fromkeys(law(rubric), "met")
    assert compliance_score(rubric, all_findings(rubric, **met)) == 100


def test_no_steps_is_lawful_and_has_no_substance() -> None:
    rubric = load_rubric()
    names = [name for name in law(rubric) if not name.startswith("steps_")]
    met: dict[str, Value] = dict.fromkeys(names, "met")
    found = all_findings(rubric, no_steps_statement=True, training=3, audits=True, **met)
    assert compliance_score(rubric, found) == 100
    assert substance_score(rubric, found, FULL) == 0


@pytest.mark.parametrize("kind", ["depth", "indicator"])
def test_more_evidence_never_lowers_substance(kind: str) -> None:
    rubric = load_rubric()
    values: dict[str, Value] = {}
    before = 0.0
    for criterion in rubric.criteria:
        if criterion.kind != kind:
            continue
        for value in (1, 2, 3) if kind == "depth" else (True,):
            values[criterion.id] = value
            score = substance_score(rubric, all_findings(rubric, **values), NOTHING)
            assert score >= before
            before = score


def test_more_particulars_never_lower_substance_and_vagueness_never_raises_it() -> None:
    rubric = load_rubric()
    found = all_findings(rubric, training=2)
    scores = [
        substance_score(rubric, found, Specificity(n, 0, 0, 0, 0, 500, vague, 20))
        for n, vague in ((0, 0), (10, 5), (10, 0), (30, 0), (500, 0))
    ]
    assert scores == sorted(scores)
    assert scores[1] < scores[2]

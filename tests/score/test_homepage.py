"""The legal item that visits judge."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assess.extract import from_plain_text
from assess.score.assessment import assess_text
from assess.score.homepage import CONFIDENCE, homepage_criterion, homepage_finding
from assess.score.rubric import load_rubric
from assess.score.scores import compliance_score

CORPUS = Path(__file__).parents[2] / "corpus/documents"
TEXT = (
    "Modern slavery statement.\nThis statement is made under section 54 of the Modern Slavery Act"
    " 2015 for the year ended 31 March 2023. We audited 40 suppliers and trained 300 colleagues."
    "\nApproved by the board and signed by Jo Bloggs, Director."
)


def test_a_text_alone_leaves_it_out_of_the_denominator() -> None:
    rubric = load_rubric()
    found = assess_text(from_plain_text(TEXT), rubric, None)
    by_id = {finding.criterion: finding for finding in found.findings}
    item = by_id["homepage_link"]
    assert (item.value, item.confidence, item.evidence) == ("na", 0.0, ())
    others = [c for c in rubric.of_kind("legal") if c.authority == "LAW" and c.id in by_id]
    assert len(others) == 6
    assert found.compliance == compliance_score(rubric, by_id)


@pytest.mark.parametrize("name", ["uk-s54", "uk-bill-2026"])
def test_scores_of_a_text_are_those_without_the_item(name: str) -> None:
    rubric = load_rubric(Path(name))
    others = tuple(c for c in rubric.criteria if c.id != "homepage_link")
    without = rubric.model_copy(update={"criteria": others, "digest": "without"})
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    assert len(texts) >= 5
    for text in map(from_plain_text, [TEXT, *texts]):
        found, before = (assess_text(text, one, None) for one in (rubric, without))
        findings = tuple(f for f in found.findings if f.criterion != "homepage_link")
        assert replace(found, findings=findings, versions=before.versions) == before


@pytest.mark.parametrize("value", ["met", "partial", "absent"])
def test_a_visit_counts_as_any_legal_item(value: str) -> None:
    rubric = load_rubric()
    found = assess_text(from_plain_text(TEXT), rubric, None)
    by_id = {finding.criterion: finding for finding in found.findings}
    by_id["homepage_link"] = homepage_finding("homepage_link", value)
    assert by_id["homepage_link"].confidence == CONFIDENCE[value]
    credit = {"met": 1.0, "partial": 0.5, "absent": 0.0}
    assert found.compliance is not None
    expected = (5 * found.compliance / 100 + credit[value]) / 6 * 100
    assert compliance_score(rubric, by_id) == pytest.approx(expected, abs=0.1)


def test_without_a_visit_it_is_not_assessed() -> None:
    assert homepage_finding("homepage_link", None).value == "na"


@pytest.mark.parametrize("name", ["uk-s54", "uk-bill-2026"])
def test_both_shipped_rubrics_have_it(name: str) -> None:
    assert homepage_criterion(load_rubric(Path(name))) == "homepage_link"

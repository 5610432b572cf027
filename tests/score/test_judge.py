"""From sentences to findings: what counts, what is shown, and where quotes come from."""

from __future__ import annotations

from pathlib import Path

from assess.extract import from_plain_text
from assess.score.judge import judge
from assess.score.rules import RuleBook
from tests.score.factory import criterion, findings, rubric_of

AUDITS = criterion("audits", rules=[{"name": "audit", "any": ["audit*"]}])


def test_implemented_evidence_makes_an_indicator_true(tmp_path: Path) -> None:
    found = findings(rubric_of(tmp_path, AUDITS), "We audited forty factories in the year.")
    assert found["audits"].value is True
    assert found["audits"].evidence[0].status == "implemented"
    assert found["audits"].evidence[0].method == "rule:audit"


def test_a_plan_is_shown_but_does_not_count(tmp_path: Path) -> None:
    found = findings(rubric_of(tmp_path, AUDITS), "Next year we will audit our factories.")
    assert found["audits"].value is False
    assert [evidence.status for evidence in found["audits"].evidence] == ["planned"]


def test_silence_has_no_evidence(tmp_path: Path) -> None:
    found = findings(rubric_of(tmp_path, AUDITS), "We sell shoes.")
    assert found["audits"].value is False
    assert found["audits"].evidence == ()


def test_also_may_stand_in_a_neighbouring_sentence(tmp_path: Path) -> None:
    near = criterion(
        "near", rules=[{"name": "n", "any": ["audit*"], "also": ["china"], "window": 1}]
    )
    rubric = rubric_of(tmp_path, near)
    assert findings(rubric, "We buy from China. We audited it.")["near"].value is True
    assert findings(rubric, "We buy from China. It is far. We audited it.")["near"].value is False


def test_unless(tmp_path: Path) -> None:
    rule = {"name": "n", "any": ["audit*"], "unless": ["financial"]}
    rubric = rubric_of(tmp_path, criterion("a", rules=[rule]))
    assert findings(rubric, "The financial audit was done.")["a"].value is False


def test_depth_is_the_highest_level_that_holds(tmp_path: Path) -> None:
    depth = criterion(
        "depth", "depth", levels={1: "audits", 2: "count(audits) >= 2", 3: "count(audits) >= 9"}
    )
    found = findings(
        rubric_of(tmp_path, AUDITS, depth), "We audited Leeds. We also audited Hull last year."
    )
    assert found["depth"].value == 2
    assert len(found["depth"].evidence) == 2


def test_legal_value_from_rule_and_expression(tmp_path: Path) -> None:
    rule = {"name": "b", "any": ["approved by the board"], "value": "met"}
    legal = criterion(
        "approval", "legal", authority="LAW", rules=[rule], when={"partial": "audits"}
    )
    rubric = rubric_of(tmp_path, AUDITS, legal)
    assert findings(rubric, "This was approved by the board.")["approval"].value == "met"
    assert findings(rubric, "We audited Leeds in the year.")["approval"].value == "partial"
    assert findings(rubric, "We sell shoes.")["approval"].value == "absent"


def test_quotes_are_the_text_itself(tmp_path: Path) -> None:
    rubric = rubric_of(tmp_path, AUDITS)
    book = RuleBook(rubric)
    long = "We audited one site, " + "and then another site, " * 200 + "and that was all."
    text = from_plain_text(f"Intro\nof ours.\n\nWe have\n  audited   many sites.\f{long}")
    reading = book.read(text)
    [finding] = judge(rubric, reading, book.hits(reading))
    assert finding.evidence
    for evidence in finding.evidence:
        assert evidence.quote == text.content[evidence.start : evidence.end]
        assert len(evidence.quote) <= 1_200
        page = text.pages[evidence.page - 1]
        assert page.start <= evidence.start <= page.end


def test_evidence_without_the_classifiers_support_is_weak(tmp_path: Path) -> None:
    rubric = rubric_of(tmp_path, AUDITS)
    book = RuleBook(rubric)
    text = from_plain_text("We audited forty factories in the year.")

    def confidence(probability: float) -> float:
        reading = book.read(text, [{"mitigation": probability}])
        [finding] = judge(rubric, reading, book.hits(reading))
        assert finding.value is True
        return finding.confidence

    assert confidence(0.05) < confidence(0.9)

"""Whether our quotes stand where the readers' do."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.evaluate.evidence import EvidenceAgreement, evidence_agreement
from assess.extract import from_plain_text
from assess.score.assessment import assess_text
from assess.score.gold import GoldStatement
from tests.score.factory import criterion, rubric_of

AUDITS = criterion(
    "audits",
    rules=[{"name": "done", "any": ["audited"]}],
    examples={"positive": ["We audited."], "negative": ["No."]},
)
FILLER = " ".join(["Our company makes and sells garden furniture of oak and of pine."] * 12)
TEXT = (
    f"Our statement on modern slavery.\n\nWe audited nine sites last year.\n\n{FILLER}\n\n"
    "Our own factory makes benches.\n"
)


def agreement(tmp_path: Path, truth: bool, *quotes: str) -> EvidenceAgreement:
    rubric = rubric_of(tmp_path, AUDITS)
    text = from_plain_text(TEXT)
    statement = GoldStatement("a", "dev", TEXT, {"audits": truth}, {"audits": list(quotes)})
    return evidence_agreement([statement], [(text, assess_text(text, rubric, None))], rubric)


@pytest.mark.parametrize(
    ("quote", "near"),
    [
        ("audited nine sites", 1),
        ("AUDITED  nine\nsites", 1),  # blanks and case of a copied quote do not matter
        ("statement on modern slavery", 1),  # the neighbouring sentence
        ("factory makes benches", 0),
    ],
)
def test_near(tmp_path: Path, quote: str, near: int) -> None:
    assert agreement(tmp_path, True, quote) == EvidenceAgreement(1, near, 1, near)


def test_only_what_readers_found_and_quoted_counts(tmp_path: Path) -> None:
    nothing = EvidenceAgreement(0, 0, 0, 0)
    assert agreement(tmp_path, False, "audited nine sites") == nothing
    assert agreement(tmp_path, True) == nothing
    assert agreement(tmp_path, True, "not in the text at all") == nothing

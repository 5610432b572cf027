"""Evidence by a learned part is kept with the terms that moved it, and these add up exactly."""

from __future__ import annotations

import json
import math
import pickle
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from assess.batch import extract_pending, score_pending
from assess.check import check_documents, json_line
from assess.records import Assessment, Evidence, Reason
from assess.score.criteria_model import Learned
from assess.score.features import LAYOUT, Features, Row, Term
from assess.score.model import load_model, save_model
from assess.score.reasons import MAX_TERMS, linear_reasons
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace
from assess.store.reasons import reasons_from_json, reasons_to_json

MODEL, RUBRIC = load_model(), load_rubric()
SENTENCES = (
    "Our company makes glass.",
    "We screened 87 suppliers in India and found three risks of bonded labour.",
    "Training reached 100% of employees in 2024.",
    "",
    "The board approved this modern slavery statement.",
)
STATEMENT = (
    "This modern slavery statement was approved by the board of Alder Limited.\n"
    "We make glass and sell it in Leeds.\nOur people are at the heart of what we do.\n"
) * 3
CONTRACT = {"quote", "page", "start", "end", "status", "method"}
# The model computes in single precision.
near = partial(pytest.approx, abs=2e-5)


def learned() -> Learned:
    found = MODEL.sense(SENTENCES).learned
    assert found is not None
    return found


def by_model(assessment: Assessment) -> dict[tuple[str, int], Evidence]:
    return {
        (finding.criterion, evidence.start): evidence
        for finding in assessment.findings
        for evidence in finding.evidence
        if evidence.method.startswith("model:")
    }


def neighbours(at: int, place: str) -> str:
    """The text at a place as seen from the sentence at an index."""
    offsets = {"sentence": [0], "before": [-1], "after": [1], "further_up": [-2, -3]}[place]
    inside = [at + offset for offset in offsets if 0 <= at + offset < len(SENTENCES)]
    return " | ".join(SENTENCES[index] for index in inside).lower()


def test_columns_are_named_by_what_they_count() -> None:
    matrix = MODEL.features.matrix([Row("", sentence) for sentence in SENTENCES])
    seen = set()
    for at in range(len(SENTENCES)):
        for column in matrix[[at]].indices:
            term = MODEL.features.term(int(column))
            seen.add((term.block, term.place))
            text = f" {neighbours(at, term.place)} "
            if term.block != "letters":  # words of one letter are no words
                text = " ".join(re.findall(r"\w\w+", text))
                assert re.search(rf"\b{re.escape(term.text)}\b", text), term
            else:
                assert term.text in re.sub(r"[\W]", " ", text) or term.text in text, term
    assert seen == set(LAYOUT)


def test_the_same_word_has_a_column_for_each_place() -> None:
    width = MODEL.weights.shape[0]
    terms = [MODEL.features.term(column) for column in range(width)]
    assert len(set(terms)) == width
    assert {("neighbours", "slavery", place) for place in ("before", "after", "further_up")} <= {
        tuple(term) for term in terms
    }
    assert terms[0] == Term("words", MODEL.features.vocabularies()["words"][0], "sentence")
    for outside in (-1, width):
        with pytest.raises(IndexError, match="no column"):
            MODEL.features.term(outside)


def test_reasons_add_up_to_the_leaning() -> None:
    found = learned()
    for criterion, leanings in found.leanings.items():
        for sentence, leaning in enumerate(leanings):
            base, *terms, rest = found.reasons(criterion, sentence)
            assert (base.kind, rest.kind) == ("base", "rest")
            assert len(terms) <= MAX_TERMS and all(term.text for term in terms)
            assert all(abs(a.weight) >= abs(b.weight) for a, b in pairwise(terms))
            assert math.fsum(r.weight for r in (base, *terms, rest)) == near(leaning)


def test_a_reason_is_value_times_weight() -> None:
    found = learned()
    assert found.matrix is not None
    terms = MODEL.features.vocabularies()
    for criterion in found.leanings:
        column = found.model.criteria.index(criterion)
        own = [reason for reason in found.reasons(criterion, 1) if reason.kind == "words"]
        assert own
        for reason in own:
            at = terms["words"].index(reason.text)
            assert reason.weight == near(found.matrix[1, at] * found.model.weights[at, column])


def small() -> Features:
    vocabularies = {"words": ["audit"], "letters": [" aud"], "neighbours": ["audit"]}
    idf = {name: np.ones(1, dtype=np.float32) for name in vocabularies}
    return Features(vocabularies, idf)


def test_kinds_of_reasons() -> None:
    row = csr_matrix(np.array([[1, 1, 1, 1, 0.5]], dtype=np.float32))
    weights = np.array([1, -2, 3, 0, 8], dtype=np.float32)
    assert linear_reasons(row, weights, -0.5, small()) == (
        Reason("base", "", -0.5),
        Reason("further_up", "audit", 4),
        Reason("before", "audit", 3),
        Reason("letters", " aud", -2),
        Reason("words", "audit", 1),
        Reason("rest", "", 0),
    )


def test_nothing_known_leaves_the_base() -> None:
    row = csr_matrix(np.zeros((1, 5), dtype=np.float32))
    found = linear_reasons(row, np.ones(5, dtype=np.float32), -6.0779981, small())
    assert found == (Reason("base", "", -6.077998), Reason("rest", "", 0))
    assert "-0.0" not in reasons_to_json(found)


def test_without_the_matrix_there_are_none() -> None:
    assert replace(learned(), matrix=None).reasons("kpi_defined", 0) == ()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that finds evidence in every text, and a statement."""
    made = tmp_path_factory.mktemp("eager")
    assert MODEL.criteria is not None
    always = np.zeros_like(MODEL.criteria.thresholds)
    save_model(replace(MODEL, criteria=replace(MODEL.criteria, thresholds=always)), made, {})
    (made / "statement.txt").write_text(STATEMENT, "utf-8")
    return made


def checked(folder: Path) -> Assessment:
    [(_, found)] = check_documents([folder / "statement.txt"], RUBRIC, load_model(folder))
    return found


@pytest.fixture(scope="module")
def assessment(folder: Path) -> Assessment:
    return checked(folder)


def test_only_what_a_model_found_has_reasons(assessment: Assessment) -> None:
    for finding in assessment.findings:
        for evidence in finding.evidence:
            assert bool(evidence.reasons) == evidence.method.startswith("model:")


def test_every_learned_criterion_is_explained(assessment: Assessment) -> None:
    explained = {evidence.method for evidence in by_model(assessment).values()}
    assert explained == {f"model:{criterion}" for criterion in learned().leanings}


def test_same_text_same_reasons_in_another_process_too(
    assessment: Assessment, folder: Path
) -> None:
    assert checked(folder) == assessment == pickle.loads(pickle.dumps(assessment))


def test_json_has_the_key_only_where_there_are_reasons(assessment: Assessment) -> None:
    kept = by_model(assessment)
    criteria = json.loads(json_line("a.pdf", assessment))["criteria"]
    for criterion, finding in criteria.items():
        for told in finding["evidence"]:
            evidence = kept.get((criterion, told["start"]))
            assert set(told) == CONTRACT | ({"reasons"} if evidence else set())
            if evidence:
                assert told["reasons"] == [asdict(reason) for reason in evidence.reasons]


@pytest.fixture
def workspace(tmp_path: Path, folder: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "a.db") as opened:
        import_files(opened, [folder / "statement.txt"])
        extract_pending(opened)
        yield opened


def test_the_database_keeps_them_and_scoring_again_changes_nothing(
    workspace: Workspace, assessment: Assessment, folder: Path
) -> None:
    def score() -> int:
        return score_pending(workspace, RUBRIC, load_model(folder).key, folder).assessed

    def rows() -> list[tuple[str, int, str]]:
        return workspace.db.execute(
            "SELECT criterion, start, reasons FROM evidence_quotes WHERE reasons <> '[]'"
            " ORDER BY criterion, start"
        ).fetchall()

    assert score() == 1
    before = rows()
    kept = {(criterion, start): reasons_from_json(told) for criterion, start, told in before}
    expected = by_model(assessment)
    assert kept == {place: evidence.reasons for place, evidence in expected.items()}
    assert score() == 0
    assert rows() == before
    with workspace.db.atomic():
        workspace.db.execute("DELETE FROM assessments")
    assert score() == 1
    assert rows() == before

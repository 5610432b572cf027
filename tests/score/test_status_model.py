"""The learned part of evidence status: what it decides, and that its file is plain checked data."""

from __future__ import annotations

import hashlib
import json
import math
import time
from pathlib import Path

import pytest

from assess.errors import ModelError
from assess.resources import models_folder
from assess.score.model import load_model
from assess.score.status import sentence_status, whole_status
from assess.score.status_model import (
    STATUS_FILE,
    Likelihood,
    Line,
    StatusModel,
    blocks,
    from_json,
    to_json,
)
from assess.score.status_training import StatusSet, train_status

MODEL = StatusModel({"soon": (9.0, 0.0), "cues:vague": (0.0, 9.0)}, (-4.0, -4.0), (0.5, 0.5))
PATH = Path(STATUS_FILE)


def test_words_and_cues_decide_together() -> None:
    assert sentence_status("Audits follow soon.", model=MODEL) == "planned"
    assert sentence_status("Audits follow.", model=MODEL) == "implemented"
    assert sentence_status("We strive to respect all.", model=MODEL) == "conditional"
    assert sentence_status("We strive to respect all.") == "vague"


def test_admissions_are_left_to_the_cues() -> None:
    assert sentence_status("We have not yet audited; soon, soon.", model=MODEL) == "negated"


def test_without_a_model_nothing_is_likely() -> None:
    assert whole_status("Audits follow soon.").likelihood is None


def test_terms_know_where_they_stand() -> None:
    own, lead, heading, cues = blocks(Line("By 2027, 12 audits", "Next", "We will:", "planned"))
    assert list(own)[:6] == ["by", "yyyy", "0", "audits", "by yyyy", "yyyy 0"]
    assert "^by yyyy" in own
    assert list(lead) == ["lead:we", "lead:will", "lead::"]
    assert list(heading) == ["heading:next"]
    assert list(cues) == ["cues:planned"]


def test_same_after_writing_and_reading() -> None:
    assert from_json(to_json(MODEL), PATH) == MODEL
    assert to_json(from_json(to_json(MODEL), PATH)) == to_json(MODEL)


def holding(**changes: object) -> bytes:
    """The model's file with other data, and their true checksum."""
    whole = json.loads(to_json(MODEL))
    data = changes["data"] if "data" in changes else whole["data"] | changes
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    return json.dumps({**whole, "data": data, "data_sha256": digest}).encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "not a model of format"),
        (to_json(MODEL).replace(b"9.0", b"8.0"), "checksum differs"),
        (b'{"a":' * 100_000, "not valid JSON"),
        (b'{"format":"assess-status-1","data":"\\ud800"}', "checksum differs"),
        (holding(data=None), "must hold 'terms'"),
        (holding(terms=None), "must hold 'terms'"),
        (holding(terms={"soon": ["9", 0]}), "'terms, soon' must be two numbers"),
        (holding(terms={"soon": None}), "'terms, soon' must be two numbers"),
        (holding(terms={"soon": [math.nan, 0]}), "'terms, soon' must be two numbers"),
        (holding(terms={"soon": [10**400, 0]}), "'terms, soon' must be two numbers"),
        (holding(terms={"soon": [1, True]}), "'terms, soon' must be two numbers"),
        (holding(intercepts=[math.inf, 0]), "'intercepts' must be two numbers"),
        (holding(intercepts=[0]), "'intercepts' must be two numbers"),
        (holding(intercepts="00"), "'intercepts' must be two numbers"),
        (holding(thresholds=[0, 0.5]), "'thresholds' must be above 0"),
        (holding(thresholds=[0.5, -1]), "'thresholds' must be above 0"),
    ],
)
def test_refuses_what_is_damaged(content: bytes, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        from_json(content, PATH)


def test_shipped_model() -> None:
    content = (models_folder() / STATUS_FILE).read_bytes()
    assert len(content) < 300_000
    assert json.loads(content)["format"] == "assess-status-1"
    model = load_model().status
    assert model is not None
    assert sentence_status("We will map our second tier next year.", model=model) == "planned"
    assert sentence_status("We audited nine mills.", model=model) == "implemented"
    case = "If a breach were found, we would support the victim."
    assert sentence_status(case, model=model) == "conditional"


def test_any_length_in_linear_time() -> None:
    start = time.perf_counter()
    for text in ("will " * 100_000, "x" * 500_000, "", "2027" * 100_000):
        found = MODEL.likelihood(Line(text, text, text, "implemented"))
        assert all(0 <= share <= 1 for share in found)
    assert time.perf_counter() - start < 1.0


def test_learns_from_few_statements_or_not_at_all() -> None:
    lines = {
        "planned": "We will audit the mills next year.",
        "conditional": "If we found a case we would act.",
        "implemented": "We audited the mills.",
    }
    rows = [
        (Line(text, "", "", "implemented"), status, f"s{number}")
        for number in range(30)
        for status, text in lines.items()
    ]
    model = train_status(StatusSet(*map(tuple, zip(*rows, strict=True))))
    assert model is not None
    assert model.decide(rows[0][0], model.likelihood(rows[0][0])) == "planned"
    assert train_status(StatusSet(*map(tuple, zip(*rows[:9], strict=True)))) is None
    assert isinstance(model.likelihood(rows[0][0]), Likelihood)

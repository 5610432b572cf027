"""A model is measured on a table it has learned from by what it said of it before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from assess.evaluate.predictions import predictions
from assess.score.aims import read_sentences
from assess.score.left_out import LeftOut, digest
from tests.score.model_factory import small_model


def test_left_out_where_the_table_is_known(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("statement_id,sentence\na,We train staff.\nb,Hello\n", "utf-8")
    table = read_sentences(path)
    before = LeftOut(np.full((2, 9), 0.25, np.float32), np.ones((2, 9), bool))
    model = replace(small_model(), left_out={digest(table.rows): before})
    found = predictions(table, model)
    assert found.left_out
    assert found.probabilities is before.probabilities and found.called is before.called
    path.write_text("statement_id,sentence\na,We train staff.\nb,Other\n", "utf-8")
    other = read_sentences(path)
    found = predictions(other, model)
    assert not found.left_out
    np.testing.assert_array_equal(found.probabilities, model.probabilities(other.rows))

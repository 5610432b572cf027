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
    path.write_text("statement_id,sentence\na,One.\nb,Two.\na,Three.\n", "utf-8")
    table = read_sentences(path)
    # Kept with the rows of one statement together, and told in the order of the table.
    shares = np.repeat(np.array([[0.1], [0.2], [0.3]], np.float32), 9, axis=1)
    kept = digest([table.rows[0], table.rows[2], table.rows[1]])
    model = replace(small_model(), left_out={kept: LeftOut(shares, shares > 0.15)})
    found = predictions(table, model)
    assert found.left_out
    np.testing.assert_array_equal(found.probabilities, shares[[0, 2, 1]])
    np.testing.assert_array_equal(found.called, shares[[0, 2, 1]] > 0.15)
    path.write_text("statement_id,sentence\na,One.\nb,Two.\na,Other.\n", "utf-8")
    other = read_sentences(path)
    found = predictions(other, model)
    assert not found.left_out
    np.testing.assert_array_equal(found.probabilities, model.probabilities(other.rows))

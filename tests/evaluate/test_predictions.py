"""A model is measured on a table it has learned from by what it said of it before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assess.evaluate.predictions import predictions
from assess.score.aims import SentenceTable, read_sentences
from assess.score.left_out import LeftOut, digest, sentence_hashes
from tests.score.model_factory import small_model


def read(path: Path, *lines: str) -> SentenceTable:
    path.write_text("\n".join(("statement_id,sentence", *lines)), "utf-8")
    return read_sentences(path)


def test_left_out_whatever_the_order_and_names_of_statements(tmp_path: Path) -> None:
    shares = np.repeat(np.array([[0.1], [0.3]], np.float32), 9, axis=1)
    left_out = {
        digest(["One.", "Three."]): LeftOut(shares, shares > 0.15),
        digest(["Two."]): LeftOut(shares[:1] + 0.1, shares[:1] < 0.15),
    }
    model = replace(small_model(), left_out=left_out)
    for lines in (["a,One.", "b,Two.", "a,Three. "], ["x,One.", "x,Three.", "y,Two."]):
        table = read(tmp_path / "t.csv", *lines)
        found = predictions(table, model)
        assert found.left_out and not found.learned_from
        by_sentence = dict(
            zip([row.sentence.strip() for row in table.rows], found.probabilities, strict=True)
        )
        assert [by_sentence[name][0] for name in ("One.", "Two.", "Three.")] == pytest.approx(
            [0.1, 0.2, 0.3]
        )


def test_what_is_not_known_is_judged_anew_and_counted_where_learned_from(tmp_path: Path) -> None:
    known = "We act against slavery here."
    model = replace(small_model(), learned=frozenset(sentence_hashes([known])))
    table = read(
        tmp_path / "t.csv", f"a,{known}", "b,This is all new to it.", f"c,{known}", "c,No."
    )
    found = predictions(table, model)
    assert (found.left_out, found.learned_from) == (False, 2)
    np.testing.assert_array_equal(found.probabilities, model.probabilities(table.rows))

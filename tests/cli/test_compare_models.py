"""`assess compare-models` as a user meets it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assess.resources import models_folder
from assess.score.labels import LABELS
from assess.score.left_out import sentence_hashes
from assess.score.model import load_model, save_model
from tests.command import assess
from tests.evaluate.factory import Labels, write_table

SHIPPED = models_folder()
APPROVED: list[tuple[str, str, Labels]] = [
    (f"s{n}", f"This statement was approved by the board of directors on {n} May", ("approval",))
    for n in range(1, 7)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables, and a model that calls hardly anything."""
    folder = tmp_path_factory.mktemp("models")
    write_table(folder / "aims" / "uk_dev.csv", APPROVED)
    write_table(folder / "plain.csv", APPROVED, named=())
    write_table(folder / "few.csv", APPROVED[:2])
    dull = replace(load_model(), thresholds=np.full(len(LABELS), 0.99999, np.float32))
    save_model(dull, folder / "dull", {})
    learned = frozenset(sentence_hashes(sentence for _, sentence, _ in APPROVED))
    save_model(replace(load_model(), learned=learned), folder / "learned", {})
    return folder


def test_worse(folder: Path) -> None:
    done = assess("compare-models", SHIPPED, folder / "dull", "--data", folder)
    assert done.returncode == 0
    assert "worse" in done.stdout
    done = assess(
        "compare-models", SHIPPED, folder / "dull", "--data", folder, "--fail-on-worse", "--json"
    )
    assert done.returncode == 1
    assert done.stderr.endswith("assess: clearly worse: approval, macro F1\n")
    found = json.loads(done.stdout)
    assert found["macro_f1"]["verdict"] == "worse"
    assert found["labels"][0]["only_old"] == found["labels"][0]["statements_lost"] == 6


def test_better(folder: Path) -> None:
    done = assess("compare-models", folder / "dull", SHIPPED, "--data", folder, "--fail-on-worse")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_table_without_labels(folder: Path) -> None:
    models, table = (SHIPPED, folder / "dull"), folder / "plain.csv"
    done = assess("compare-models", *models, "--table", table)
    assert done.returncode == 0
    assert "F1 is not compared" in done.stdout
    done = assess("compare-models", *models, "--table", table, "--fail-on-worse")
    assert done.returncode == 2
    assert "too few statements with labels" in done.stderr


def test_no_verdict_where_one_has_learned_from_the_table(folder: Path) -> None:
    models = (folder / "dull", folder / "learned")
    done = assess("compare-models", *models, "--data", folder)
    assert done.returncode == 0
    assert f"the model in {folder / 'learned'} was trained on 6 statements" in done.stderr
    assert "learned from: no measure" in done.stdout and "better" not in done.stdout
    done = assess("compare-models", *models, "--data", folder, "--fail-on-worse")
    assert done.returncode == 2 and "learned from" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["A", "B"], "Give '--data' or '--table'"),
        (["A"], "Missing argument"),
        (["A", "", "--data", "D"], "a path is empty"),
        (["A", "none", "--data", "D"], "none: no classifier there"),
        (["A", "B", "--data", "none"], "none/aims/uk_dev.csv: cannot be read"),
        (["A", "B", "--table", "D"], "not a file"),
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str], says: str) -> None:
    paths = {"A": str(SHIPPED), "B": str(folder / "dull"), "D": str(folder)}
    done = assess("compare-models", *(paths.get(word, word) for word in arguments))
    assert done.returncode == 2
    assert says in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr

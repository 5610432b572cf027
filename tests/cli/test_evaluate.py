"""`assess evaluate` and its command as a user meets them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assess.score.aims import read_sentences
from assess.score.labels import LABELS
from assess.score.left_out import sentence_hashes
from assess.score.model import load_model, save_model
from tests.command import assess
from tests.evaluate.factory import write_table

ROWS = [
    ("a", "This statement was approved by the board of directors on 1 May 2021", ("approval",)),
    ("b", "The board of directors approved this statement", ("approval",)),
    ("c", "Our board of directors has approved this statement", ("approval",)),
    ("c", "We train our buyers on the signs of forced labour", ("mitigation",)),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_table(folder / "aims" / "uk_dev.csv", ROWS)
    return folder


def test_sentences_as_text_and_json(data: Path) -> None:
    done = assess("evaluate", "sentences", "--data", data)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("aims/uk_dev.csv: 4 sentences of 3 statements; sentences+")
    table = data / "aims" / "uk_dev.csv"
    done = assess("evaluate", "sentences", "--data", "/nowhere", "--table", table, "--json")
    found = json.loads(done.stdout)
    assert [one["label"] for one in found["labels"]] == list(LABELS)
    assert found["labels"][0]["f1"] > 0.5
    assert found["labels"][0]["f1_interval"]["high"] <= 1


def test_a_model_trained_on_the_table_is_told(data: Path, tmp_path: Path) -> None:
    sentences = [row.sentence for row in read_sentences(data / "aims" / "uk_dev.csv").rows]
    learned = frozenset(sentence_hashes(sentences))
    save_model(replace(load_model(), learned=learned), tmp_path, {})
    done = assess("evaluate", "sentences", "--data", data, "--models", tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith(f"assess: warning: the model in {tmp_path} was trained on ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("evaluate", "Missing option '--data'"),
        ("evaluate sentences", "Missing option '--data'"),
        ("evaluate --data D --bands", "holds no statement"),
        ("evaluate --bands sentences --data D", "Give the options after 'sentences'"),
        ("evaluate nonsense", "No such command"),
        ("evaluate sentences --data D --table none.csv", "none.csv: cannot be read"),
        ("evaluate sentences --data D --models none", "no classifier there"),
    ],
)
def test_wrong_use_is_told(data: Path, command: str, says: str) -> None:
    done = assess(*(str(data) if word == "D" else word for word in command.split()))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_table_name_is_not_a_folder(data: Path) -> None:
    done = assess("evaluate", "sentences", "--data", data, "--table", "")
    assert done.returncode == 2
    assert "a path is empty" in done.stderr

"""The page on Python tells what there is, and its example runs."""

from __future__ import annotations

import re

import pytest

from assess.resources import corpus_folder
from tools.reference import INTRODUCTION, PARTS, page


def test_everything_is_described() -> None:
    told = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", page(), re.MULTILINE | re.DOTALL))
    names = [name.replace(":", ".") for part in PARTS.values() for name in part]
    assert list(told) == names
    for name, text in told.items():
        assert re.sub(r"```python.*?```", "", text, flags=re.DOTALL).strip(), name
        assert "'" not in re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0].split("=")[0], name


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"```python\n(.*?)```", INTRODUCTION, re.DOTALL)
    document = corpus_folder() / "documents" / "KEYHOLLOW GUARDING LIMITED.txt"
    exec(example.replace("statement.pdf", str(document)))
    assert capsys.readouterr().out == "80.0 7.0 Silent\n"

"""`assess doctor`: what works, what is missing, and what that means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess import doctor
from assess.errors import ModelError
from assess.extract.ocr import tesseract
from assess.extract.ocr.tesseract import Tesseract
from tests.cli.test_commands import assess


def test_this_installation_works() -> None:
    done = assess("doctor", "--json")
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    states = {check["name"]: check["state"] for check in report["checks"]}
    assert report["ok"] and len(states) == len(doctor.CHECKS)
    needed = {check["name"] for check in report["checks"] if check["needed"]}
    assert needed >= {"PDF reader", "rubric", "classifier", "database"}
    assert {states[name] for name in needed} == {"ok"}


def test_a_line_for_each_check() -> None:
    lines = assess("doctor").stdout.splitlines()
    assert len(lines) == len(doctor.CHECKS)
    assert all(line.split()[0] in ("ok", "missing", "broken") for line in lines)


@pytest.mark.parametrize(
    ("found", "state", "says"),
    [
        (None, "missing", "to install: "),
        (Tesseract("/x/tesseract", "5.3.0", frozenset()), "broken", "does not answer"),
        (Tesseract("/x/tesseract", "5.3.0", frozenset({"deu"})), "missing", "lacks English"),
        (Tesseract("/x/tesseract", "5.3.0", frozenset({"eng"})), "ok", "without osd"),
        (Tesseract("/x/tesseract", "5.3.0", frozenset({"eng", "osd"})), "ok", "5.3.0 (eng, osd)"),
    ],
)
def test_tesseract_is_optional(
    monkeypatch: pytest.MonkeyPatch, found: Tesseract | None, state: str, says: str
) -> None:
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: found)
    [check] = [check for check in doctor.examine() if check.name == "tesseract"]
    assert (check.state, check.fails) == (state, False)
    assert says in check.detail
    assert ("needs_ocr" in check.detail) == (state != "ok")


def test_a_broken_classifier_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail() -> None:
        raise ModelError("sentences.npz: checksum differs; install it again")

    monkeypatch.setattr("assess.score.model.load_model", fail)
    [check] = [check for check in doctor.examine() if check.fails]
    assert (check.name, check.state) == ("classifier", "broken")
    assert "install it again" in check.detail


def test_a_system_without_memory_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused:
        returncode = 1

    monkeypatch.setattr("subprocess.run", lambda *_, **__: Refused())
    check = doctor._limits()
    assert (check.state, check.fails) == ("missing", False)

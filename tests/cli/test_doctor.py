"""`assess doctor`: what works, what is missing, and what that means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess import doctor
from assess.errors import ModelError
from assess.extract.ocr import tesseract
from assess.extract.ocr.tesseract import Tesseract
from tests.command import assess
from tests.extract.scans import needs_tesseract, pose


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
    monkeypatch.setattr(doctor, "_ocr_trouble", str)
    [check] = [check for check in doctor.examine() if check.name == "tesseract"]
    assert (check.state, check.fails) == (state, False)
    assert says in check.detail
    assert ("needs_ocr" in check.detail) == (state != "ok")


@needs_tesseract
def test_a_page_is_read_to_see_that_tesseract_works() -> None:
    assert doctor._ocr_trouble() == ""


def test_a_tesseract_that_hangs_on_pages_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pose(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(doctor, "_TRIAL_SECONDS", 0.5)
    [check] = [check for check in doctor.examine() if check.name == "tesseract"]
    tesseract.find_tesseract.cache_clear()
    assert (check.state, check.fails) == ("broken", False)
    assert "took too long" in check.detail


def test_a_deleted_folder_keeps_nothing_from_working(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    [check] = [check for check in doctor.examine() if check.name == "folder"]
    assert (check.state, check.fails) == ("broken", False)
    assert "was deleted" in check.detail


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

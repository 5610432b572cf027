"""What `assess check` says of a document of which only a part is judged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assess.check import check_documents, json_line, summary
from assess.extract import Extractor
from assess.records import Assessment
from assess.score.model import load_model
from assess.score.rubric import load_rubric
from tests.command import assess
from tests.extract.reports import make_report, make_statement
from tests.extract.test_language import ENGLISH, WELSH


def checked(folder: Path, content: str) -> tuple[str, Assessment]:
    path = folder / "report.txt"
    path.write_text(content, encoding="utf-8")
    ((file, assessment),) = check_documents([path], load_rubric(None), load_model())
    return file, assessment


def test_part_of_a_report(tmp_path: Path) -> None:
    report = make_report(3, make_statement(3), pages=60, at=0.5)
    file, assessment = checked(tmp_path, report.text)
    line = json.loads(json_line(file, assessment))
    first, last = (report.text.count("\f", 0, at) + 1 for at in (report.start, report.end))
    part = line["part"]
    assert part["pages"] == [first, last] and part["confidence"] >= 0.9
    assert part["title"] == "Modern Slavery Act 2015 transparency statement"
    assert report.text[part["start"] :].startswith(part["title"])
    pages = report.text.count("\f") + 1
    words = summary(file, assessment, load_rubric(None)).splitlines()[1]
    assert words == (
        f"  judged: pages {first}-{last} of {pages} (confidence {part['confidence']}): "
        f"'{part['title']}'"
    )


def test_english_part_of_a_bilingual_document(tmp_path: Path) -> None:
    file, assessment = checked(tmp_path, "\n\n".join((*WELSH, *ENGLISH)))
    assert json.loads(json_line(file, assessment))["part"]["other_languages"] == ["cy"]
    assert "not judged: cy" in summary(file, assessment, load_rubric(None))


def test_flags_and_details_are_said(tmp_path: Path) -> None:
    file, assessment = checked(tmp_path, " ".join(ENGLISH)[:400])
    assert json.loads(json_line(file, assessment))["flags"] == ["little_text"]
    assert summary(file, assessment, load_rubric(None)).splitlines()[-1] == "  text: little_text"
    path = tmp_path / "old.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600)
    ((file, assessment),) = check_documents([path], load_rubric(None), load_model())
    line = json.loads(json_line(file, assessment))
    assert (line["reason"], line["flags"]) == ("unsupported_type", [])
    assert "save it as .docx or PDF" in line["detail"]
    assert line["detail"] in summary(file, assessment, load_rubric(None))


def test_whole_document_has_no_part(tmp_path: Path) -> None:
    file, assessment = checked(tmp_path, "\n\n".join(ENGLISH))
    assert "part" not in json.loads(json_line(file, assessment))
    assert "judged: page" not in summary(file, assessment, load_rubric(None))


def test_a_document_that_is_no_statement_says_so_first(tmp_path: Path) -> None:
    page = "Cookies\n" + "Our cookies keep personal data. " * 40 + "Modern slavery statement"
    file, assessment = checked(tmp_path, page)
    assert (assessment.statement_kind, assessment.minimal_compliance) == ("other", None)
    lines = summary(file, assessment, load_rubric(None)).splitlines()
    assert lines[0] == f"{file}: does not read like a statement; its scores mean little"
    assert "minimal compliance" not in "\n".join(lines)
    assert json.loads(json_line(file, assessment))["minimal_compliance"] is None
    file, assessment = checked(tmp_path, "\n\n".join(ENGLISH))
    assert assessment.minimal_compliance is not None
    assert summary(file, assessment, load_rubric(None)).splitlines()[0] == file


def test_what_no_text_can_show_is_called_not_assessed(tmp_path: Path) -> None:
    file, assessment = checked(tmp_path, "\n\n".join(ENGLISH))
    assert json.loads(json_line(file, assessment))["criteria"]["homepage_link"]["value"] == "na"
    told = summary(file, assessment, load_rubric(None))
    assert "homepage_link not assessed" in told and "homepage_link na" not in told


def test_loads_neither_scikit_learn_nor_the_database() -> None:
    code = (
        "import sys, assess.check, assess.score.model; assess.score.model.load_model(); "
        "print({'sklearn', 'sqlite_utils', 'pandas'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_an_error_ends_the_worker_that_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = []
    start = Extractor.start

    def noted(extractor: Extractor) -> None:
        start(extractor)
        workers.append(extractor._process)

    monkeypatch.setattr(Extractor, "start", noted)
    assert assess("check", "--rubric", "nowhere.yaml", "a.pdf").returncode == 2
    (worker,) = workers
    assert worker is not None and worker.returncode is not None

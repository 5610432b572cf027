"""`assess benchmark` from end to end, on the corpus; nothing of the draft is kept."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assess.cli import app
from assess.resources import corpus_folder
from tests.copies import copied
from tests.extract.makers import SHARED, needs_shared

DOCUMENTS = corpus_folder() / "documents"
DRAFT = DOCUMENTS / "KEYHOLLOW GUARDING LIMITED.txt"
SECTOR = "Food"


def benchmark(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["benchmark", *map(str, arguments)])


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder with its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def quotes(database: Path, found: dict[str, object]) -> list[tuple[dict[str, object], str]]:
    """Each quote of a peer, and the kept text that it is of."""
    with sqlite3.connect(database) as db:
        texts = dict(
            db.execute(
                "SELECT kept_as, content FROM texts JOIN documents ON sha256 = document_sha256"
            ).fetchall()
        )
    gaps = found["gaps"]
    assert isinstance(gaps, list)
    return [(one, texts[one["kept"]["kept_as"]]) for gap in gaps for one in gap["quotes"]]


def test_database_and_folder_are_left_as_they_were(corpus_db: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"  # nobody else has it open, as somebody may have that of all tests
    database, before = copied(corpus_db, own), state(own)
    for form in ("html", "md", "csv"):
        output = tmp_path / f"b.{form}"
        done = benchmark(DRAFT, "--sector", SECTOR, "--db", database, "-o", output)
        assert done.exit_code == 0, done.output
        assert done.stdout == f"benchmark: {output}\n"
    assert benchmark(DRAFT, "--sector", SECTOR, "--db", database, "--json").exit_code == 0
    assert state(own) == before


def test_it_is_the_same_when_run_twice(corpus_db: Path, tmp_path: Path) -> None:
    pages = []
    for _ in range(2):
        benchmark(DRAFT, "--sector", SECTOR, "--db", corpus_db, "-o", tmp_path / "b.html")
        pages.append((tmp_path / "b.html").read_bytes())
    assert pages[0] == pages[1]


def test_every_quote_stands_in_a_kept_text_of_another_owner(corpus_db: Path) -> None:
    done = benchmark(DRAFT, "--sector", SECTOR, "--db", corpus_db, "--json")
    found = json.loads(done.stdout)
    told = quotes(corpus_db, found)
    assert len(told) >= 20
    for quote, text in told:
        assert str(quote["quote"]) in text
        assert len(str(quote["quote"])) <= 400
    for gap in found["gaps"]:
        owners = [quote["organisation"] for quote in gap["quotes"]]
        assert len(owners) == len(set(owners)) <= 3


def test_the_law_comes_first_and_plans_are_not_counted(corpus_db: Path) -> None:
    found = json.loads(benchmark(DRAFT, "--sector", SECTOR, "--db", corpus_db, "--json").stdout)
    lawful = [gap["authority"] == "LAW" for gap in found["gaps"]]
    assert lawful == sorted(lawful, reverse=True)
    statuses = {seen["status"] for gap in found["gaps"] for seen in gap["seen"]}
    assert "planned" in statuses  # this draft only plans


def test_an_organisation_is_compared_without_itself(corpus_db: Path) -> None:
    done = benchmark("--organisation", "Quillfeather", "--db", corpus_db, "--json")
    found = json.loads(done.stdout)
    assert (found["kind"], found["left_out"]) == ("organisation", 1)
    assert found["group"]["sectors"] == ["Fashion, textiles, apparel and luxury goods"]
    assert found["kept"]["name"].startswith("QUILLFEATHER")
    owners = {quote["organisation"] for gap in found["gaps"] for quote in gap["quotes"]}
    assert not [owner for owner in owners if owner.startswith("QUILLFEATHER")]


def test_a_draft_that_is_in_the_database_is_not_its_own_peer(corpus_db: Path) -> None:
    own = DOCUMENTS / "QUILLFEATHER MILLS LIMITED 2024.pdf"
    done = benchmark(own, "--sector", "Fashion", "--db", corpus_db, "--json")
    assert json.loads(done.stdout)["left_out"] == 1


def test_the_same_words_in_another_layout_are_no_peer(corpus_db: Path, tmp_path: Path) -> None:
    draft = tmp_path / "d.txt"
    draft.write_text(DRAFT.read_text("utf-8") + "\n\n", "utf-8")
    done = benchmark(draft, "--sector", "Cleaning", "--db", corpus_db, "--json")
    assert json.loads(done.stdout)["left_out"] == 1


def test_two_drafts_are_compared(corpus_db: Path, tmp_path: Path) -> None:
    old, new = (tmp_path / name for name in ("old.txt", "new.txt"))
    text = DRAFT.read_text("utf-8")
    old.write_text(text)
    new.write_text(f"We carried out 12 audits of our suppliers of uniforms this year.\n\n{text}")
    done = benchmark(new, "--before", old, "--sector", SECTOR, "--db", corpus_db, "--json")
    items = {one["criterion"]: one for one in json.loads(done.stdout)["changes"]["items"]}
    assert items["audits"]["change"] == "gained"
    assert items["audits"]["seen"]["quote"].startswith("We carried out 12 audits")
    assert items["signature"]["change"] == "unchanged"
    told = benchmark(new, "--before", old, "--sector", SECTOR, "--db", corpus_db).stdout
    assert "Compared with old.txt" in told
    assert "Audits and site visits (not found in the text → found)" in " ".join(told.split())


def test_few_peers_are_said(corpus_db: Path) -> None:
    args = (DRAFT, "--sector", SECTOR, "--db", corpus_db)
    assert "Too few to compare" in benchmark(*args).stdout
    assert "Too few to compare" not in benchmark(*args, "--minimum", 1).stdout


def test_the_table_can_be_worked_in(corpus_db: Path, tmp_path: Path) -> None:
    output = tmp_path / "b.csv"
    benchmark(DRAFT, "--sector", SECTOR, "--db", corpus_db, "-o", output)
    with output.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["item"] for row in rows[:3]] == ["approval", "signature", "homepage_link"]
    assert all(row["title"] and row["question"] and row["state"] for row in rows)
    assert len({row["place_of_gap"] for row in rows if row["place_of_gap"]}) > 20


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "which sector"),
        (("--sector", SECTOR), "give a draft"),
        ((DRAFT,), "which sector"),
        ((DRAFT, "--sector", "Sorcery"), "Cleaning and security services"),
        ((DRAFT, "--sector", SECTOR, "--turnover", "Tiny"), "turnover band"),
        ((DRAFT, "--sector", SECTOR, "-o", "b.docx"), "must end in .html, .md, .csv"),
        ((DRAFT, "--sector", SECTOR, "-o", "no/b.html"), "cannot be written"),
        (("nowhere.pdf", "--sector", SECTOR), "no such file"),
        ((DOCUMENTS, "--sector", SECTOR), "give the draft alone"),
        ((DRAFT, "--sector", SECTOR, "--before", "nowhere.txt"), "no such file"),
        (("--organisation", "Nobody"), "no such organisation"),
        (("--organisation", "Hexwater"), "no assessed statement of it"),
    ],
)
def test_mistakes_are_told(corpus_db: Path, arguments: tuple[object, ...], told: str) -> None:
    done = benchmark(*arguments, "--db", corpus_db)
    assert done.exit_code != 0
    assert told in str(done.exception) + done.output


def test_the_draft_is_never_written_over(corpus_db: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT.read_text("utf-8"))
    done = benchmark(draft, "--sector", SECTOR, "--db", corpus_db, "-o", draft)
    assert "is a draft" in str(done.exception)
    assert draft.read_text() == DRAFT.read_text("utf-8")


@needs_shared
def test_a_real_draft_among_fictional_peers(corpus_db: Path) -> None:
    real = SHARED / "documents" / "pdf" / "pm-group-2019.pdf"
    done = benchmark(real, "--sector", "Construction", "--db", corpus_db, "--json")
    found = json.loads(done.stdout)
    assert {gap["criterion"] for gap in found["gaps"]} >= {"approval", "training_delivered"}
    states = {item["id"]: item["state"] for item in found["checklist"]}
    assert (states["signature"], states["financial_year"]) == ("done", "done")

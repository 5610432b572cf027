"""A person's name is blocked out where it stood, and offsets stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assess.cli import app
from assess.errors import InputError
from assess.extract import EXTRACTOR_VERSION
from assess.forget.apply import in_transaction
from assess.forget.person import Redacted, forget_person
from assess.records import Page
from assess.resources import corpus_folder
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from assess.store.forgotten import BLOCK, redactor, redactor_of
from assess.store.results import ReadResult, write_texts
from tests.copies import copied
from tests.forget.raw import holding

NAME = "Bartholomew Nye"
BLOCKED = f"{BLOCK * 11} {BLOCK * 3}"


@pytest.fixture
def database(corpus_db: Path, tmp_path: Path) -> Path:
    return copied(corpus_db, tmp_path / "own")


@pytest.fixture
def workspace(database: Path) -> Iterator[Workspace]:
    with open_workspace(database) as opened:
        yield opened


def forget(workspace: Workspace, name: str = NAME, *, keep_originals: bool = False) -> Redacted:
    return in_transaction(
        workspace, lambda: forget_person(workspace, name, keep_originals=keep_originals), keep=True
    )


def test_the_name_is_in_no_file_and_every_quote_equals_its_text(
    workspace: Workspace, database: Path
) -> None:
    assert holding(database, "bartholomew")
    told = forget(workspace)
    assert told.values == {"evidence": 1, "statements": 1, "texts": 1} and told.files == 1
    assert holding(database, "bartholomew") == []
    wrong = workspace.db.execute(
        'SELECT count(*), sum(substr(content, start + 1, "end" - start) <> quote) FROM evidence'
        " JOIN findings ON findings.id = finding_id"
        " JOIN assessments ON assessments.id = assessment_id"
        " JOIN texts USING (document_sha256)"
    ).fetchone()
    assert wrong[0] > 1000 and wrong[1] == 0
    (quote,) = workspace.db.execute(
        "SELECT quote FROM evidence WHERE quote GLOB ?", [f"*{BLOCK}*"]
    ).fetchone()
    assert BLOCKED in quote and "Managing Director" in quote
    assert workspace.db.execute("SELECT count(*) FROM texts_fts('bartholomew')").fetchone() == (0,)


def test_originals_stay_where_that_is_asked(workspace: Workspace, database: Path) -> None:
    told = forget(workspace, keep_originals=True)
    assert (told.files, told.kept_files) == (0, 1)
    assert [name.endswith(".html") for name in holding(database, "bartholomew")] == [True]


def test_an_original_that_went_is_not_kept_again(workspace: Workspace, database: Path) -> None:
    from assess.scrape.files import import_files

    forget(workspace)
    taken = import_files(workspace, [corpus_folder() / "documents"])
    assert (taken.new, taken.skipped) == (0, 1) and holding(database, "bartholomew") == []


def test_what_is_read_again_is_blocked_out_again(workspace: Workspace) -> None:
    (document,) = workspace.db.execute(
        "SELECT document_sha256 FROM texts WHERE content LIKE '%Bartholomew Nye%'"
    ).fetchone()
    forget(workspace)
    text = "Signed,\nBARTHOLOMEW\nNye, who is not Bartholomew Nyere."
    result = ReadResult(document, text, (Page(1, 0, len(text), "text"),), "en", ())
    write_texts(workspace, EXTRACTOR_VERSION, [result])
    (content,) = workspace.db.execute(
        "SELECT content FROM texts WHERE document_sha256 = ?", [document]
    ).fetchone()
    assert content == f"Signed,\n{BLOCK * 11}\n{BLOCK * 3}, who is not Bartholomew Nyere."


def test_the_registry_does_not_bring_it_back(workspace: Workspace, database: Path) -> None:
    forget(workspace)
    again = import_registry(workspace, corpus_folder() / "registry.csv")
    assert again.unchanged == again.statements
    assert holding(database, "bartholomew") == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("by Zoë O'Brien-Roe.", f"by {BLOCK * 3} {BLOCK * 11}."),
        ("ZOE\u0308 O\u2019BRIEN ROE", f"{BLOCK * 4} {BLOCK * 7} {BLOCK * 3}"),
        ("Zoë of O'Brien Roe", "Zoë of O'Brien Roe"),
        ("Zoë O'Brien", "Zoë O'Brien"),
        (f"Zoë{' ' * 40}O'Brien | Roe", f"{BLOCK * 3}{' ' * 40}{BLOCK * 7} {BLOCK} {BLOCK * 3}"),
        ("Zoë\n \n \n \n O'Brien\tRoe", f"{BLOCK * 3}\n \n \n \n {BLOCK * 7}\t{BLOCK * 3}"),
        ("zoë_obrien zoë.o_brien/roe@x.org", f"zoë_obrien {BLOCK * 15}@x.org"),
        ("Zoë\u200bO'Brien Roe", f"{BLOCK * 11} {BLOCK * 3}"),
    ],
)
def test_spellings_of_one_name(text: str, made: str) -> None:
    assert redactor_of(["Zoë O'Brien-Roe"]).redacted(text) == made


@given(st.text("ab \n\f-'.é", max_size=60), st.text("ab é-", min_size=1, max_size=8))
def test_length_and_blanks_stay(text: str, name: str) -> None:
    made = redactor_of([name]).redacted(text)
    assert len(made) == len(text)
    assert [c for c in made if c.isspace()] == [c for c in text if c.isspace()]
    assert redactor_of([name]).redacted(made) == made


def test_names_in_escaped_json_and_notes_of_people(workspace: Workspace) -> None:
    db = workspace.db
    (document,) = db.execute("SELECT min(document_sha256) FROM texts").fetchone()
    db.execute(
        "INSERT INTO reviews (document_sha256, criterion, verdict, reviewer, reviewed_at, reason)"
        " VALUES (?, 'policies', 'confirmed', 'Zoë Roe', '2024-01-01T00:00:00Z', 'by Zoë Roe')",
        [document],
    )
    db.execute(
        "UPDATE texts SET flags = ? WHERE document_sha256 = ?", ['["by Zo\\u00eb Roe"]', document]
    )
    assert forget(workspace, "Zoë Roe").values == {"reviews": 2, "texts": 1}
    assert db.execute("SELECT reviewer FROM reviews").fetchone() == (f"{BLOCK * 3} {BLOCK * 3}",)
    (flags,) = db.execute(
        "SELECT flags FROM texts WHERE document_sha256 = ?", [document]
    ).fetchone()
    assert flags == f'["by {BLOCK * 3} {BLOCK * 3}"]'


def test_hashes_and_no_names_are_remembered(workspace: Workspace) -> None:
    forget(workspace, "Zoë Roe")
    ((key, words),) = workspace.db.execute("SELECT key, words FROM redactions").fetchall()
    assert len(key) == 64 and words == 2
    assert redactor(workspace.db).redacted("zoë ROE") == f"{BLOCK * 3} {BLOCK * 3}"


@pytest.mark.parametrize("name", ["Nye", "...", "a b c d e f g h i"])
def test_what_would_block_out_others_is_refused(workspace: Workspace, name: str) -> None:
    with pytest.raises(InputError, match="first and last name"):
        forget(workspace, name)


def test_the_name_of_a_file_is_blocked_out_and_an_address_stays(workspace: Workspace) -> None:
    (sha256,) = workspace.db.execute("SELECT min(sha256) FROM documents").fetchone()
    paths = (f"in/{NAME}.txt", f"in/{NAME.upper()}.txt", "https://x.example/bartholomew-nye")
    workspace.db.table("document_sources").insert_all(
        {"document_sha256": sha256, "source": one, "name": "a.txt", "read_at": "2026-01-01"}
        for one in paths
    )
    forget(workspace)
    found = workspace.db.execute(
        "SELECT source FROM document_sources WHERE name = 'a.txt' ORDER BY 1 DESC"
    )
    assert [row[0] for row in found] == [f"in/{BLOCKED}.txt", paths[2]]


def test_common_words_are_told_from_a_name(database: Path) -> None:
    def told(name: str) -> str:
        return CliRunner().invoke(app, ["forget", "--person", name, "--db", str(database)]).output

    assert "make sure that it is the name of a person" in told("modern slavery")
    assert "make sure" not in told(NAME) and "go: 1 file" in told(NAME)

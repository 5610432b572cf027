"""Pairs of consecutive statements in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assess.batch import extract_pending, score_pending
from assess.compare.years import refresh
from assess.compare.years.comparer import Comparer
from assess.compare.years.read import read_years
from assess.compare.years.refresh import refresh_years
from assess.engine import WORKER_LOST
from assess.errors import EngineError
from assess.records import Review
from assess.score.model import model_key
from assess.score.rubric import load_rubric
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from assess.store.reviews import add_review
from tests.elsewhere import in_killed_ones, in_others
from tests.scrape.made import registry_bytes, row

BODY = """Modern slavery statement of {name}

This statement is made under section 54 of the Modern Slavery Act 2015
for the financial year ended 31 December {year}.

We bake bread in {place} and buy flour from twelve mills in Kent and sugar from Brazil.

All new suppliers answer a questionnaire on wages and hours before we order from them.

{extra}

The board of directors approved this statement on 3 May {next}.

Ada Quill, Chair
"""


def write(folder: Path, name: str, year: int, extra: str, place: str = "Yorkbury") -> None:
    text = BODY.format(name=name, year=year - 1, next=year, extra=extra, place=place)
    (folder / f"{name} {year}.txt").write_text(text, encoding="utf-8")


def tables(workspace: Workspace) -> dict[str, list[Any]]:
    names = ("year_pairs", "year_pair_organisations", "year_sentences", "promises")
    return {
        name: sorted(
            tuple(value for key, value in one.items() if key not in ("id", "pair_id"))
            for one in workspace.db.query(f"SELECT * FROM {name}")
        )
        for name in names
    }


def fill(workspace: Workspace, folder: Path, *, backwards: bool = False) -> None:
    rows = [
        row("ALDERMOOR BREAD LIMITED", "alder", StatementYear=year) for year in ("2022", "2023")
    ] + [
        row(name, "brack", StatementYear=year, GroupSubmission="Yes", ParentName="BRACKEN PLC")
        for year in ("2022", "2023")
        for name in ("BRACKEN CAKE LIMITED", "BRACKEN PLC")
    ]
    registry = folder.parent / "registry.csv"
    registry.write_bytes(registry_bytes(reversed(rows) if backwards else rows))
    import_registry(workspace, registry)
    files = sorted(folder.iterdir(), reverse=backwards)
    for file in files:
        import_files(workspace, [file])
    extract_pending(workspace)
    match_documents(workspace)
    score_pending(workspace, load_rubric(), model_key(), None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    write(
        made,
        "ALDERMOOR BREAD LIMITED",
        2022,
        "By December 2022 we will interview pickers on every vanilla plantation.",
    )
    write(made, "ALDERMOOR BREAD LIMITED", 2023, "We moved to new premises.")
    write(made, "BRACKEN PLC", 2022, "We trained 14 bakers on the signs of forced labour.", "Hull")
    write(made, "BRACKEN PLC", 2023, "We trained 19 bakers on the signs of forced labour.", "Hull")
    return made


@pytest.fixture
def workspace(tmp_path: Path, folder: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        fill(opened, folder)
        yield opened


def test_pairs_promises_and_criteria(workspace: Workspace) -> None:
    assert refresh_years(workspace).computed == 2
    bread, group = read_years(workspace.db)
    assert (bread.organisation, bread.earlier_year, bread.later_year) == (
        "ALDERMOOR BREAD LIMITED", 2022, 2023,
    )  # fmt: skip
    assert [(one.outcome, one.due) for one in bread.promises] == [("not_found", "2022-12-31")]
    assert {one.criterion: one.change for one in bread.criteria}["timebound_goals"] == "lost"
    # One pair for the whole group, named by its parent.
    assert (group.organisation, group.organisations, group.unchanged_share) == (
        "BRACKEN PLC",
        2,
        1.0,
    )


def test_run_again_nothing_is_computed(workspace: Workspace) -> None:
    refresh_years(workspace)
    before = tables(workspace)
    assert refresh_years(workspace).computed == 0
    assert tables(workspace) == before


def test_other_processes_compare_the_same(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_years(workspace)
    here = tables(workspace)
    workspace.db.execute("DELETE FROM year_pairs")
    monkeypatch.setattr(refresh, "in_order", in_others)
    assert refresh_years(workspace).computed == 2
    assert tables(workspace) == here


def test_a_pair_that_kills_its_worker_stays_to_be_compared(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(refresh, "in_order", in_killed_ones)
        assert refresh_years(workspace).lost == 2
    assert "2 pairs of statements could not be compared and are left out" in capsys.readouterr().err
    found = workspace.db.execute("SELECT stage, code FROM issues WHERE stage = 'compare'")
    assert found.fetchall() == [("compare", WORKER_LOST)] * 2
    assert refresh_years(workspace).computed == 2


def test_goals_that_a_person_calls_none_are_no_promises(tmp_path: Path, folder: Path) -> None:
    write(folder, "ALDERMOOR BREAD LIMITED", 2022, "We will make 160 night visits to our bakeries.")
    rubric = load_rubric()
    with open_workspace(tmp_path / "own.db") as workspace:
        fill(workspace, folder)
        refresh_years(workspace)
        bread, _ = read_years(workspace.db)
        assert len(bread.promises) == 1
        for criterion in ("future_goals", "timebound_goals"):
            told = Review(
                bread.earlier_id, "changed", "A Reader", "2026-11-28T00:00:00Z", "not its own",
                criterion=criterion, value=False,
            )  # fmt: skip
            add_review(workspace, told, rubric)
        score_pending(workspace, rubric, model_key(), None)
        assert refresh_years(workspace).computed == 1
        bread, _ = read_years(workspace.db)
        assert not bread.promises


def test_a_worker_of_another_version_is_refused() -> None:
    with pytest.raises(EngineError, match="install the same"):
        Comparer("0")([])


def test_a_statement_passes_from_one_pair_to_another(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pairs are written one after the other; the earlier written may have it from a later one."""
    monkeypatch.setattr(refresh, "BATCH", 1)
    refresh_years(workspace)
    # Each pair holds the other's organisations, and both are out of date.
    workspace.db.execute(
        "UPDATE year_pair_organisations SET pair_id = (SELECT sum(id) FROM year_pairs) - pair_id"
    )
    workspace.db.execute("UPDATE year_pairs SET inputs = ''")
    assert refresh_years(workspace).computed == 2
    assert [one.organisations for one in read_years(workspace.db)] == [1, 2]


def test_order_of_input_makes_no_difference(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    refresh_years(workspace)
    with open_workspace(tmp_path / "other.db") as other:
        fill(other, folder, backwards=True)
        refresh_years(other)
        assert [one.promises for one in read_years(other.db)] == [
            one.promises for one in read_years(workspace.db)
        ]
        assert tables(other)["year_sentences"] == tables(workspace)["year_sentences"]


def test_a_pair_that_is_no_more_is_removed(workspace: Workspace) -> None:
    refresh_years(workspace)
    workspace.db.execute(
        "UPDATE statements SET withdrawn_at = '2026-01-01T00:00:00Z' WHERE year = 2023"
        " AND summary_url LIKE '%alder%'"
    )
    assert refresh_years(workspace).pairs == 1
    assert [one.organisation for one in read_years(workspace.db)] == ["BRACKEN PLC"]


def test_only_changed_pairs_are_computed_anew(workspace: Workspace) -> None:
    refresh_years(workspace)
    workspace.db.execute(
        "UPDATE statements SET end_date = '2022-06-30' WHERE summary_url LIKE '%alder%/2023'"
    )
    assert refresh_years(workspace).computed == 1


def test_a_year_with_several_documents_is_left_out(workspace: Workspace) -> None:
    """Nothing tells which of two statements of one year follows the one before."""
    workspace.db.execute(
        "INSERT INTO statement_organisations SELECT DISTINCT"
        " (SELECT id FROM statements WHERE summary_url LIKE '%alder%/2023'), id"
        " FROM organisations WHERE name LIKE 'BRACKEN%'"
    )
    refresh_years(workspace)
    bread, group = read_years(workspace.db)
    # What its group says for BRACKEN CAKE is still one series; BRACKEN PLC has two documents.
    assert (bread.organisation, bread.organisations) == ("ALDERMOOR BREAD LIMITED", 1)
    assert (group.organisation, group.organisations) == ("BRACKEN CAKE LIMITED", 1)


def test_a_group_statement_does_not_follow_an_own_one(workspace: Workspace) -> None:
    """What an organisation promised by itself is not looked for in what another says for it."""
    workspace.db.execute(
        "UPDATE statements SET group_submission = 1, parent_name = 'ELM HOLDINGS PLC'"
        " WHERE summary_url LIKE '%alder%/2023'"
    )
    refresh_years(workspace)
    assert [one.organisation for one in read_years(workspace.db)] == ["BRACKEN PLC"]


@pytest.mark.parametrize("flags", ["[]", '["mixed_scan"]'])
def test_a_text_that_was_read_in_part_lacks_nothing(workspace: Workspace, flags: str) -> None:
    workspace.db.execute("UPDATE texts SET flags = ?", [flags])
    refresh_years(workspace)
    bread = next(read_years(workspace.db))
    assert [one.outcome for one in bread.promises] == ["not_found" if flags == "[]" else "unclear"]


def test_one_file_for_both_years_says_so(workspace: Workspace) -> None:
    workspace.db.execute(
        "UPDATE statement_documents SET document_sha256 = ("
        " SELECT document_sha256 FROM statement_documents JOIN statements ON id = statement_id"
        " WHERE summary_url LIKE '%alder%/2022')"
        " WHERE statement_id = (SELECT id FROM statements WHERE summary_url LIKE '%alder%/2023')"
    )
    refresh_years(workspace)
    bread = next(read_years(workspace.db))
    assert (bread.same_file, bread.unchanged_share, bread.promises[0].outcome) == (
        1,
        1.0,
        "repeated",
    )


def test_part_of_a_name_chooses_and_shows_sentences(workspace: Workspace) -> None:
    refresh_years(workspace)
    (bread,) = read_years(workspace.db, "moor bread", sentences=True)
    assert {one.change for one in bread.sentences} >= {"added", "dropped"}


def test_a_text_read_anew_by_the_same_extractor_is_compared_anew(workspace: Workspace) -> None:
    """As a scan is, once its pages can be recognised."""
    refresh_years(workspace)
    workspace.db.execute("UPDATE texts SET words = words + 1 WHERE content LIKE '%Hull%'")
    assert refresh_years(workspace).computed == 1

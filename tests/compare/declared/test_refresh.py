"""Checks in the workspace: written once, anew where something changed, in no order of input."""

from __future__ import annotations

from typing import Any

import pytest

from assess.compare.declared import refresh
from assess.compare.declared.by_sector import declared_by_group
from assess.compare.declared.checker import Checker
from assess.compare.declared.read import checked_statements
from assess.compare.declared.refresh import DeclaredReport, refresh_declared
from assess.engine import WORKER_LOST
from assess.errors import EngineError
from tests.compare.factory import Factory
from tests.elsewhere import in_killed_ones, in_others

DECLARED = {"StatementIncludesTraining": "Yes", "Policies": "Prohibits child labour\nOther"}
TEXT = (
    "Our modern slavery statement for the year ended 31 March 2025. We do not tolerate child"
    " labour. No training on modern slavery was given in the year."
)


def statement(made: Factory, name: str, sectors: tuple[str, ...] = (), text: str = TEXT) -> int:
    """A statement that declares, with an assessed document of this text."""
    values = {"training": "0", "audits": "false"}
    document = made.document(name, values=values)
    made.workspace.db.execute(
        "UPDATE texts SET content = ? WHERE document_sha256 = ?", [text, document]
    )
    number = made.statement(
        name, sectors, document=document, start_date="2024-04-01", end_date="2025-03-31"
    )
    for field, value in DECLARED.items():
        made.workspace.db.execute(
            "INSERT INTO declarations VALUES (?, ?, ?)", [number, field, value]
        )
    return number


def rows(made: Factory) -> list[tuple[Any, ...]]:
    return made.workspace.db.execute(
        """SELECT summary_url, field, answer, result, quote, start, "end", search
        FROM declaration_checks JOIN statements ON statements.id = statement_id ORDER BY 1, 2, 3"""
    ).fetchall()


def test_checks_are_written_with_their_quotes(made: Factory) -> None:
    statement(made, "A")
    assert refresh_declared(made.workspace) == DeclaredReport(1, 0, 0)
    found = {(field, answer): (result, quote) for _, field, answer, result, quote, *_ in rows(made)}
    assert found["Policies", "Prohibits child labour"] == (
        "confirmed",
        "We do not tolerate child labour.",
    )
    assert found["Policies", "Other"] == ("not_checked", None)
    assert found["StatementIncludesTraining", "Yes"] == (
        "contradicted",
        "No training on modern slavery was given in the year.",
    )
    assert found["StatementEndDate", "2025-03-31"][0] == "confirmed"
    for *_, quote, start, end, _ in rows(made):
        assert quote is None or TEXT[start:end] == quote


def test_what_is_unchanged_is_not_done_again(made: Factory) -> None:
    first, second = statement(made, "A"), statement(made, "B")
    refresh_declared(made.workspace)
    before = rows(made)
    assert refresh_declared(made.workspace) == DeclaredReport(0, 2, 0)
    made.workspace.db.execute(
        "UPDATE declarations SET value = 'Freedom of movement'"
        " WHERE statement_id = ? AND field = 'Policies'",
        [first],
    )
    assert refresh_declared(made.workspace) == DeclaredReport(1, 1, 0)
    made.workspace.db.execute("UPDATE texts SET content = content || ' Fine.'")
    assert refresh_declared(made.workspace) == DeclaredReport(2, 0, 0)
    assert [row for row in rows(made) if row[0].endswith(str(second))] == [
        row for row in before if row[0].endswith(str(second))
    ]


def test_other_processes_check_the_same(made: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    statement(made, "A")
    statement(made, "B", text=TEXT.replace("We do not tolerate child labour. ", ""))
    refresh_declared(made.workspace)
    here = rows(made)
    made.workspace.db.execute("UPDATE declaration_inputs SET inputs = ''")
    monkeypatch.setattr(refresh, "in_order", in_others)
    assert refresh_declared(made.workspace) == DeclaredReport(2, 0, 0)
    assert rows(made) == here


def test_what_kills_its_worker_has_no_old_checks_and_stays_to_be_done(
    made: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement(made, "A")
    refresh_declared(made.workspace)
    before = rows(made)
    made.workspace.db.execute("UPDATE declaration_inputs SET inputs = ''")
    with monkeypatch.context() as patched:
        patched.setattr(refresh, "in_order", in_killed_ones)
        assert refresh_declared(made.workspace) == DeclaredReport(0, 0, 0, lost=1)
    assert not rows(made)
    [(stage, code)] = made.workspace.db.execute("SELECT stage, code FROM issues").fetchall()
    assert (stage, code) == ("compare", WORKER_LOST)
    assert refresh_declared(made.workspace) == DeclaredReport(1, 0, 0)
    assert rows(made) == before


def test_a_worker_with_another_model_is_refused() -> None:
    with pytest.raises(EngineError, match="install the same"):
        Checker("0, another model")([])


def test_a_statement_whose_document_is_taken_away_has_no_checks(made: Factory) -> None:
    number = statement(made, "A")
    refresh_declared(made.workspace)
    made.workspace.db.execute(
        "UPDATE statement_documents SET state = 'rejected' WHERE statement_id = ?", [number]
    )
    assert refresh_declared(made.workspace) == DeclaredReport(0, 0, 1)
    assert not rows(made)


def test_sectors_count_answers_that_could_be_checked(made: Factory) -> None:
    statement(made, "A", ("Food", "Fashion"))
    statement(made, "B", ("Food",), text=TEXT.replace("We do not tolerate child labour. ", ""))
    refresh_declared(made.workspace)
    counts = {(one.sector, one.field): one for one in declared_by_group(made.workspace)}
    food = counts["Food", "Policies"]
    assert (food.answers, food.checked) == (4, 2)
    assert (food.confirmed.count, food.not_found.count, food.contradicted.count) == (1, 1, 0)
    assert counts["Fashion", "Policies"].confirmed.value == 1.0
    assert counts["", "Policies"].answers == 4
    assert counts["", "StatementIncludesTraining"].contradicted.count == 2


def test_an_organisation_is_asked_for_by_a_part_of_its_name(made: Factory) -> None:
    statement(made, "Brick and Tile Limited")
    statement(made, "Clay Limited")
    made.workspace.db.execute(
        "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations"
    )
    refresh_declared(made.workspace)
    [found] = checked_statements(made.workspace, "brick AND")
    assert found.organisation == "Brick and Tile Limited"
    assert len(list(checked_statements(made.workspace))) == 2
    assert found.of("contradicted")[0].field == "StatementIncludesTraining"

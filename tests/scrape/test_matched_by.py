"""A document is matched anew where something that it is matched by changed, and only there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assess.batch import extract_pending
from assess.scrape import match
from assess.scrape.match import decide, match_documents
from assess.store import Workspace, open_workspace
from tests.scrape.made import links, matched, row

ROWS = [row("ACME LTD", "a"), row("BOLT LTD", "b")]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        matched(opened, tmp_path, ROWS, ACME__LTD="Acme", BOLT__LTD="Bolt", other="Nobody")
        extract_pending(opened)
        match_documents(opened)
        yield opened


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Workspace], list[str]]:
    """Matches, and gives the names of the documents that were looked at."""

    def run(workspace: Workspace) -> list[str]:
        names: list[str] = []
        found = match._match

        def noted(*given: Any) -> Any:
            names.extend(given[1].names)
            return found(*given)

        with monkeypatch.context() as patch:
            patch.setattr(match, "_match", noted)
            match_documents(workspace)
        return sorted(names)

    return run


def test_nothing_changed(workspace: Workspace, seen: Callable[[Workspace], list[str]]) -> None:
    before = links(workspace)
    assert seen(workspace) == []
    assert links(workspace) == before


def test_a_new_document_alone(
    workspace: Workspace, tmp_path: Path, seen: Callable[[Workspace], list[str]]
) -> None:
    matched(workspace, tmp_path, ROWS, more="More")
    extract_pending(workspace)
    assert seen(workspace) == ["more.txt"]


def test_another_register(
    workspace: Workspace, tmp_path: Path, seen: Callable[[Workspace], list[str]]
) -> None:
    matched(workspace, tmp_path, [*ROWS, row("OTHER LTD", "c")])
    workspace.db.execute("UPDATE organisations SET company_number = '01234567' WHERE id = 1")
    assert len(seen(workspace)) == 3


def test_a_text_read_anew_and_a_link_taken_away(
    workspace: Workspace, seen: Callable[[Workspace], list[str]]
) -> None:
    workspace.db.execute("UPDATE texts SET words = 99 WHERE content = 'Acme'")
    assert seen(workspace) == ["ACME LTD.txt"]
    before = links(workspace)
    workspace.db.execute("DELETE FROM statement_documents")
    assert seen(workspace) == ["ACME LTD.txt", "BOLT LTD.txt"]
    assert links(workspace) == before


def test_a_decision_that_is_taken_back(
    workspace: Workspace, seen: Callable[[Workspace], list[str]]
) -> None:
    (sha256,) = workspace.db.execute(
        "SELECT document_sha256 FROM texts WHERE content = 'Acme'"
    ).fetchone()
    decide(workspace, sha256, 2, accept=True)
    assert seen(workspace) == []
    decide(workspace, sha256, 2, accept=False)
    assert seen(workspace) == ["ACME LTD.txt"]
    assert {state for name, _, _, state in links(workspace) if name == "ACME LTD.txt"} == {
        "accepted",
        "rejected",
    }

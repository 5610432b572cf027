"""That an organisation has no statement is said of it only when it is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.compare.missing import Held, Known, find_missing, read_known
from assess.scrape.doors import statement_targets
from assess.scrape.fetch.transport import Answer
from assess.scrape.lists import Listed
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace
from tests.scrape.fetch.scripted import page
from tests.scrape.made import registry_bytes, row
from tests.scrape.test_hard_collect import run

NOW, BEFORE = Held(2022, False, "kept"), Held(2021, False, "kept")


@pytest.mark.parametrize(
    ("listed", "names"),
    [("Acme", ("ACME LIMITED", "Acme Ltd")), ("Acme Food", ("Acme Foodz", "Acme Foodx"))],
)
def test_of_several_one_has_a_statement(listed: str, names: tuple[str, str]) -> None:
    register = [
        Known(number, name, f"0000000{number}", (name,), (held,))
        for number, name, held in zip((1, 2), names, (BEFORE, NOW), strict=True)
    ]
    [found] = find_missing(register, [Listed(listed, "")], 2022)
    assert (found.state, found.matched) == ("doubtful", names[1])


@pytest.mark.parametrize(
    ("cells", "document"),
    [
        ({"StatementURL": "www.acme.example/gone"}, "http_404"),
        ({"StatementURL": "", "PDFURL": "https://registry.example/a b.pdf"}, "http_404"),
        ({"StatementURL": "https://acme.example/"}, "kept, but not surely of this statement"),
    ],
)
def test_what_was_visited_is_not_called_not_fetched(
    workspace: Workspace, tmp_path: Path, cells: dict[str, str], document: str
) -> None:
    (tmp_path / "r.csv").write_bytes(registry_bytes([row("Acme Limited", "acme", **cells)]))
    import_registry(workspace, tmp_path / "r.csv")
    script = {
        "https://acme.example/": page(b"<html><a href=/a.pdf>Modern slavery statement</a>"),
        "https://acme.example/a.pdf": Answer(200, {}, b"%PDF-1.4 text"),
    }
    run(workspace, statement_targets(workspace.db), script, door="statements")
    match_documents(workspace)
    [found] = find_missing(read_known(workspace.db), [Listed("Acme Limited", "")], 2022)
    assert (found.state, found.document) == ("found", document)

"""Workspaces to export: the corpus, and one whose names and texts attack what opens them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store import Workspace, open_workspace
from tests.compare.factory import TYPICAL, Factory

ATTACKS = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "＝1+1",
    "nul\x00inside",
    "right\u202eto left",
    "N" * 10_000,
    "<img src=x onerror=alert(1)>",
    "../../etc/passwd",
    'quote " comma , and\nline',
    "_x0041_ is no A",
    "https://evil.example/",
    "internal:Sheet1!A1",
    "C:\\secret\\folder",
)
LONG = "long 😀 text " * 10_000


@pytest.fixture(scope="module")
def grouped_db(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, scored and compared, sectors too; not to be changed."""
    from assess.compare.groups import Choice, refresh_sectors

    path = Path(shutil.copy(corpus_db, tmp_path_factory.mktemp("grouped") / "corpus.db"))
    with open_workspace(path) as workspace:
        refresh_sectors(workspace, Choice())
    return path


@pytest.fixture
def corpus(grouped_db: Path) -> Iterator[Workspace]:
    """The same, opened."""
    with open_workspace(grouped_db, create=False, write=False) as workspace:
        yield workspace


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Workspace]:
    """A statement of each hostile name, which its text repeats; the last text is very long."""
    with open_workspace(tmp_path / "hostile.db") as workspace:
        made = Factory(workspace)
        for number, name in enumerate((*ATTACKS, LONG)):
            quotes = {"approval": name, "audits": f"{name}!"}
            sha = made.document(f"{number}.pdf", values=TYPICAL, quotes=quotes)
            with workspace.db.atomic():
                workspace.db.execute(
                    "UPDATE texts SET content = ?, words = 1 WHERE document_sha256 = ?", [name, sha]
                )
            made.statement(
                name, ["Food"], document=sha, year=2024, end_date="2024-03-31",
                statement_url="https://a.example/s; b?q=1 2", approving_person=name,
            )  # fmt: skip
        yield workspace


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace without anything in it."""
    with open_workspace(tmp_path / "empty.db") as workspace:
        yield workspace

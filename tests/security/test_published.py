"""What is published names neither the machine nor its user nor the folders of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.export.delimited import export_csv
from assess.export.lines import export_lines
from assess.report.dossier.write import write_dossiers
from assess.report.national.write import write_national_report
from assess.report.sectors import write_sector_report
from assess.score.rubric import load_rubric
from assess.store import Workspace, open_workspace

Write = Callable[[Workspace, Path], object]
# A user's folder as it may stand in a path of the machine where documents were read.
HOME = "/home/zz-analyst/zz-private"


def _sectors(workspace: Workspace, folder: Path) -> object:
    return write_sector_report(workspace, folder / "s.html", rubric=load_rubric())


def _dossiers(workspace: Workspace, folder: Path) -> object:
    return write_dossiers(workspace, folder, rubric=load_rubric())


@pytest.fixture(scope="module")
def own(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that was read from an analyst's own folder."""
    import sqlite3
    from contextlib import closing

    from tests.copies import copied

    path = copied(corpus_db, tmp_path_factory.mktemp("published") / "own")
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE document_sources SET source = ? || '/' || name", [HOME])
        db.commit()
    return path


@pytest.mark.parametrize(
    "write",
    [
        _sectors,
        _dossiers,
        lambda workspace, folder: write_national_report(workspace, folder / "n.html"),
        lambda workspace, folder: export_csv(workspace, folder / "csv"),
        lambda workspace, folder: export_lines(workspace, folder / "lines.jsonl"),
    ],
    ids=["sectors", "dossiers", "national", "csv", "jsonl"],
)
def test_no_path_user_or_machine(own: Path, tmp_path: Path, write: Write) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with open_workspace(own) as workspace:
        write(workspace, folder)
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written
    for path in written:
        content = path.read_text("utf-8", "replace")
        for told in ("zz-analyst", "zz-private", str(own.parent), str(tmp_path)):
            assert told not in content, f"{path.name} tells {told}"
        name = socket.gethostname()
        assert len(name) < 6 or name not in content

"""The plain texts: exact, under names that cannot leave the folder."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, strategies

from assess.export.texts import INDEX, export_texts, file_name
from assess.store import Workspace


@pytest.mark.parametrize("which", ["corpus", "hostile"])
def test_texts_are_exactly_those_of_the_database(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    workspace: Workspace = request.getfixturevalue(which)
    out = tmp_path / "out"
    report = export_texts(workspace, out)
    texts = dict(
        workspace.db.execute(
            "SELECT document_sha256, content FROM texts WHERE status = 'read'"
        ).fetchall()
    )
    with (out / INDEX).open(encoding="utf-8-sig", newline="") as handle:
        index = list(csv.DictReader(handle))
    assert len(index) == len(texts) == report.rows["texts"] == len(list(out.glob("*.txt")))
    for row in index:
        found = (out / row["file"]).read_bytes().decode("utf-8")
        assert found == texts[row["document_sha256"]]
        assert len(found) == int(row["characters"])


def test_documents_without_a_text_are_told(hostile: Workspace, tmp_path: Path) -> None:
    with hostile.db.atomic():
        hostile.db.execute("UPDATE texts SET status = 'cannot_assess', reason = 'x' WHERE id < 3")
    report = export_texts(hostile, tmp_path / "out")
    assert report.rows == {"texts": 17}
    assert report.notes == ("2 documents have no text and are left out",)


@given(strategies.text(), strategies.none() | strategies.integers(2015, 2099))
def test_names_are_plain_and_short(whose: str, year: int | None) -> None:
    name = file_name(whose, year, "0123456789abcdef", set())
    assert Path(name).name == name and name.isascii() and len(name) < 120
    assert not set(name) & {*'\\/:*?"<>|\0 '} and not name.startswith((".", "-"))


def test_hashes_that_begin_alike_do_not_share_a_file() -> None:
    taken: set[str] = set()
    one = file_name("A", 2024, "0123456789", taken)
    other = file_name("a", 2024, "01234567ff", taken)
    assert (one, other) == ("A-2024-01234567.txt", "a-2024-01234567ff.txt")

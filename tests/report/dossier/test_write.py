"""Dossiers as files: one, or a folder of all."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import InputError
from assess.report.dossier import write_dossier, write_dossiers
from assess.report.dossier.write import file_name
from tests.compare.factory import Factory
from tests.report.dossier.making import text_of, tree


def organisation(made: Factory, name: str) -> int:
    rows = made.workspace.db.execute("SELECT id FROM organisations WHERE name = ?", [name])
    return int(rows.fetchone()[0])


def test_a_second_time_changes_nothing(made: Factory, tmp_path: Path) -> None:
    made.statement("Org", document=made.document("d.pdf"))
    path = tmp_path / "d.html"
    first = write_dossier(made.workspace, organisation(made, "Org"), path)
    content, stamp = path.read_bytes(), path.stat().st_mtime_ns
    second = write_dossier(made.workspace, organisation(made, "Org"), path)
    assert (first.changed, second.changed) == (True, False)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, stamp)
    made.workspace.db.execute("UPDATE assessments SET substance = 77")
    assert write_dossier(made.workspace, organisation(made, "Org"), path).changed


def test_without_a_name_the_file_has_the_organisations(
    made: Factory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made.statement("Hobnail & Thrush/../Limited", document=made.document("d.pdf"))
    done = write_dossier(made.workspace, organisation(made, "Hobnail & Thrush/../Limited"))
    assert done.path == Path("hobnail-thrush-limited.html") and done.path.is_file()


@pytest.mark.parametrize(
    ("name", "file"),
    [("Café Ltd.", "cafe-ltd"), ("../..", ""), ("会社", ""), ("A" * 999, "a" * 80)],
)
def test_file_names_are_plain(name: str, file: str) -> None:
    assert file_name(name) == file


def test_a_place_that_cannot_be_written_is_a_clear_error(made: Factory, tmp_path: Path) -> None:
    made.statement("Org", document=made.document("d.pdf"))
    with pytest.raises(InputError, match="cannot be written"):
        write_dossier(made.workspace, organisation(made, "Org"), tmp_path / "none" / "d.html")
    with pytest.raises(InputError, match="cannot be made"):
        write_dossiers(made.workspace, tmp_path / "none" / "all")


def test_all_have_a_page_of_their_own_and_a_line_in_the_index(
    made: Factory, tmp_path: Path
) -> None:
    for name in ("Org", "ORG.", "Index", "会社"):
        made.statement(name, ["Food"], document=made.document(name))
    made.statement("Unread", document=made.document("u", reason="needs_ocr"))
    done = write_dossiers(made.workspace, tmp_path / "all")
    names = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert (done.pages, done.failed, len(names)) == (4, (), 5)
    page = tree(done.index.read_text("utf-8"))
    linked = [link.get("href") for link in page.iter("a")]
    assert sorted([*map(str, linked), "index.html"]) == names
    assert "Org" in text_of(page) and "Unread" not in text_of(page)
    assert write_dossiers(made.workspace, tmp_path / "all").changed == 0


def test_a_bad_one_costs_itself_only(made: Factory, tmp_path: Path) -> None:
    for name in ("Bad", "Good"):
        made.statement(name, document=made.document(name))
    made.workspace.db.execute("UPDATE statements SET date_approved = '31/12/24' WHERE id = 1")
    done = write_dossiers(made.workspace, tmp_path / "all")
    assert done.pages == 1 and [name for name, _ in done.failed] == ["Bad"]
    assert "the dossier could not be made" in done.index.read_text("utf-8")


def test_somebody_elses_front_page_is_left_alone(made: Factory, tmp_path: Path) -> None:
    made.statement("Org", document=made.document("d"))
    (tmp_path / "index.html").write_text("my site")
    with pytest.raises(InputError, match="no index of dossiers"):
        write_dossiers(made.workspace, tmp_path)
    assert [path.name for path in tmp_path.glob("*.html")] == ["index.html"]


def test_pages_of_earlier_runs_are_told(made: Factory, tmp_path: Path) -> None:
    for name in ("Stays", "Goes"):
        made.statement(name, document=made.document(name))
    assert write_dossiers(made.workspace, tmp_path / "all").others == ()
    made.workspace.db.execute("UPDATE statements SET withdrawn_at = '2026-01-01' WHERE id = 2")
    assert write_dossiers(made.workspace, tmp_path / "all").others == ("goes.html",)

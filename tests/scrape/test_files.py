"""Documents from folders, files and JSON Lines."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from assess.errors import InputError
from assess.records import Issue
from assess.scrape import files
from assess.scrape.files import import_files, iter_documents
from assess.store import Workspace


def put(folder: Path, **texts: str | bytes) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read(*paths: Path) -> tuple[list[str], list[str]]:
    """Names of the documents, and codes of the issues."""
    issues: list[Issue] = []
    documents = iter_documents(paths, on_issue=issues.append)
    return [document.name for document, _ in documents], [issue.code for issue in issues]


def json_lines(path: Path, *records: object) -> Path:
    lines: Sequence[str] = [r if isinstance(r, str) else json.dumps(r) for r in records]
    path.write_text("\n".join(lines))
    return path


def test_folders_are_read_sorted_and_inputs_in_their_order(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", b_dot_txt="b", a__z_dot_md="z", a_dot_html="<html>")
    single = put(tmp_path, last_dot_txt="l") / "last.txt"
    assert read(single, folder) == (["last.txt", "z.md", "a.html", "b.txt"], [])


def test_hidden_files_and_junk_are_passed_over_without_a_word(tmp_path: Path) -> None:
    folder = put(tmp_path, _dot_hidden_dot_txt="h", a_dot_txt="a")
    (folder / "~$a.docx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"t")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "x.txt").write_text("x")
    assert read(folder) == (["a.txt"], [])


def test_files_of_other_kinds_leave_an_issue(tmp_path: Path) -> None:
    folder = put(tmp_path, a_dot_txt="a", table_dot_csv="x,y", statement="%PDF-1.7 no extension")
    assert read(folder) == (["a.txt", "statement"], ["unsupported_type"])


def test_a_file_given_by_name_is_read_whatever_its_kind(tmp_path: Path) -> None:
    assert read(put(tmp_path, x_dot_csv="x,y") / "x.csv") == (["x.csv"], [])


def test_missing_paths_and_empty_folders_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        iter_documents([tmp_path / "none"])
    with pytest.raises(InputError, match="no document in this folder"):
        iter_documents([put(tmp_path / "f", x_dot_csv="x")])


def test_each_line_of_json_lines_is_a_document(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "s.jsonl", {"id": "s1", "text": "Größe"}, "", {"id": 2, "text": "<html>"}
    )
    (first, data), (second, _) = iter_documents([path])
    assert data == "Größe".encode()
    assert (first.source, first.name, first.size) == (f"{path.as_posix()}#s1", "s1", 7)
    assert (second.name, second.media_type) == ("2", "text/plain")


def test_bad_lines_cost_themselves(tmp_path: Path) -> None:
    path = json_lines(
        tmp_path / "s.jsonl",
        "{cut",
        "[" * 100_000,
        {"id": "a"},
        {"text": "no id"},
        {"id": "b", "text": "  "},
        {"id": None, "text": "t"},
        {"id": "c", "text": "\ud800 lone surrogate"},
        {"id": "c", "text": "other text"},
    )
    assert read(path) == (["c", "c"], ["bad_line"] * 6 + ["duplicate_id"])


def test_what_is_too_large_leaves_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 30)
    put(tmp_path, a_dot_txt="a" * 31, b_dot_txt="b" * 30)
    json_lines(tmp_path / "c.jsonl", {"id": "x", "text": "x" * 200}, {"id": "y", "text": "y"})
    assert read(tmp_path) == (["b.txt", "y"], ["too_large", "bad_line"])


def test_what_cannot_be_opened_leaves_an_issue(tmp_path: Path) -> None:
    put(tmp_path, a_dot_txt="a")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert read(tmp_path) == (["a.txt"], ["unreadable", "unreadable"])


def test_names_that_are_not_utf8_can_be_kept(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("text")
    assert import_files(workspace, [folder]).new == 1


def test_import_keeps_originals_once_with_every_source(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = put(tmp_path / "in", a_dot_txt="same", b_dot_txt="same", c_dot_html="<html>c")
    report = import_files(workspace, [folder])
    assert (report.read, report.new, report.known, report.skipped) == (3, 2, 1, 0)
    again = import_files(workspace, [folder])
    assert (again.read, again.new, again.known) == (3, 0, 3)
    assert workspace.db.table("document_sources").count == 3
    kept = sorted(workspace.documents.rglob("*.*"))
    assert sorted(path.read_text() for path in kept) == ["<html>c", "same"]
    assert {path.suffix for path in kept} == {".txt", ".html"}


def test_import_notes_what_was_skipped(workspace: Workspace, tmp_path: Path) -> None:
    path = json_lines(tmp_path / "s.jsonl", {"id": "a", "text": "t"}, "{bad")
    assert import_files(workspace, [path]).skipped == 1
    assert [issue["subject"] for issue in workspace.db.table("issues").rows] == [
        f"{path.as_posix()} line 2"
    ]


def test_a_batch_that_fails_leaves_no_row_without_a_file(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(tmp_path / "in", a_dot_txt="a", b_dot_txt="b")

    def killed(_: Path) -> bytes:
        raise KeyboardInterrupt

    original = files._open
    monkeypatch.setattr(
        files, "_open", lambda path: killed(path) if path.name == "b.txt" else original(path)
    )
    with pytest.raises(KeyboardInterrupt):
        import_files(workspace, [folder])
    monkeypatch.undo()
    assert import_files(workspace, [folder]).read == 2
    for row in workspace.db.table("documents").rows:
        assert (workspace.documents / row["kept_as"]).is_file()

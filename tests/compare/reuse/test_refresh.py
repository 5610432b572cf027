"""Reused text in the database: relations, kills, order, and work done once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assess.batch import extract_pending
from assess.compare.reuse import partly, whole
from assess.compare.reuse.read import document_names, read_clusters, read_pairs, read_sentences
from assess.compare.reuse.refresh import refresh_reuse
from assess.scrape.files import import_files
from assess.store import Workspace, open_workspace

COMMON = "We keep a list of suppliers of {} and look each of them up before we order anything."
GOODS = ("flour", "sugar", "salt", "yeast", "butter", "eggs", "milk", "cream", "nuts", "seeds")
TEMPLATE = "\n\n".join(COMMON.format(one) for one in GOODS)
TABLES = ("text_pairs", "text_clusters", "shared_sentences", "sentence_uses", "text_reuse")
TEXTS = {
    "one": f"One Ltd bakes bread in Hull.\n\n{TEMPLATE}",
    "two": f"Two Ltd sells cakes by post.\n\n{TEMPLATE}",
    "three": "\n\n".join(
        f"Line {n} of three tells what three did about matter {n}x in its {n}th year of work."
        for n in range(20)
    ),
}


def fill(workspace: Workspace, folder: Path, texts: dict[str, str]) -> None:
    lines = folder / f"{'-'.join(texts)}.jsonl"
    lines.write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    )
    import_files(workspace, [lines])
    extract_pending(workspace)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        fill(opened, tmp_path, TEXTS)
        yield opened


def tables(workspace: Workspace) -> dict[str, list[Any]]:
    return {name: workspace.db.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}


def test_pairs_clusters_and_sentences(workspace: Workspace) -> None:
    assert refresh_reuse(workspace).changed
    names = document_names(workspace.db)
    [pair] = read_pairs(workspace.db, names)
    assert ({pair.a, pair.b}, pair.relation) == ({"one", "two"}, "unknown")
    assert pair.overlap > 0.9
    [cluster] = read_clusters(workspace.db, names)
    assert (cluster.owners, len(cluster.documents)) == (2, 2)
    assert len(read_sentences(workspace.db, 50)) == len(GOODS)
    quotes = workspace.db.execute(
        'SELECT DISTINCT substr(content, start + 1, "end" - start) = sentence.text'
        " FROM sentence_uses JOIN shared_sentences AS sentence ON sentence.id = sentence_id"
        " JOIN texts USING (document_sha256)"
    ).fetchall()
    assert quotes == [(1,)]


def test_run_again_nothing_is_computed(workspace: Workspace) -> None:
    refresh_reuse(workspace)
    before = tables(workspace)
    assert not refresh_reuse(workspace).changed
    assert tables(workspace) == before


def test_order_of_input_makes_no_difference(workspace: Workspace, tmp_path: Path) -> None:
    refresh_reuse(workspace)
    with open_workspace(tmp_path / "other.db") as other:
        for name in reversed(TEXTS):
            fill(other, tmp_path, {name: TEXTS[name]})
        refresh_reuse(other)
        assert tables(other) == tables(workspace)


def test_several_processes_give_the_same(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_reuse(workspace)
    monkeypatch.setattr(whole, "_MIN_PARALLEL", 0)
    with open_workspace(tmp_path / "other.db") as other:
        fill(other, tmp_path, TEXTS)
        refresh_reuse(other, jobs=2)
        assert tables(other) == tables(workspace)


def test_a_kill_half_way_leaves_the_tables_as_before(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh_reuse(workspace)
    before = tables(workspace)
    fill(workspace, tmp_path, {"four": f"Four Ltd grinds coffee.\n\n{TEMPLATE}"})

    def killed(*_: Sequence[Any]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(partly, "write_clusters", killed)
        refresh_reuse(workspace)
    assert tables(workspace) == before
    assert refresh_reuse(workspace).changed
    assert len(list(read_pairs(workspace.db, document_names(workspace.db)))) == 3


def test_the_same_file_under_two_names_is_told(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "copy.jsonl").write_text(json.dumps({"id": "copy of one", "text": TEXTS["one"]}))
    import_files(workspace, [tmp_path / "copy.jsonl"])
    refresh_reuse(workspace)
    same = next(read_pairs(workspace.db, document_names(workspace.db)))
    assert ({same.a, same.b}, same.overlap, same.relation) == ({"copy of one", "one"}, 1.0, None)


def test_no_texts_at_all(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "empty.db") as empty:
        assert refresh_reuse(empty).texts == 0
        assert list(read_pairs(empty.db, {})) == []


def test_documents_of_one_name_are_told_apart(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for folder, text in ((tmp_path, "alpha " * 30), (tmp_path / "other", "beta " * 30)):
        (folder / "statement.txt").write_text(text)
        import_files(workspace, [folder / "statement.txt"])
    names = [name for name in document_names(workspace.db).values() if name.startswith("statement")]
    assert len(set(names)) == 2


def test_a_text_read_anew_by_the_same_extractor_is_compared_anew(workspace: Workspace) -> None:
    """As a scan is, once its pages can be recognised."""
    refresh_reuse(workspace)
    workspace.db.execute("UPDATE texts SET content = content || ' more', words = words + 1")
    assert refresh_reuse(workspace).changed

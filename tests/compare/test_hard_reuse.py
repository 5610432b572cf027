"""What is said of a named organisation's text must not rest on texts of nobody knows whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.batch import extract_pending
from assess.compare.reuse.refresh import refresh_reuse
from assess.store import Workspace, open_workspace
from tests.scrape.made import matched, row

# 200 words that are in no standard passage.
TEXT = "\n".join(
    f"We visited plant {place} and spoke with the cooks, drivers and cleaners who work at {place}."
    for place in (
        "Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper",
        "Larch", "Maple", "Nettle", "Oak",
    )
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        yield opened


def own_shares(workspace: Workspace, folder: Path, *names: str, **texts: str) -> dict[str, float]:
    rows = [row(name, name.split()[0].lower()) for name in names]
    matched(workspace, folder, rows, **texts)
    extract_pending(workspace)
    matched(workspace, folder, rows)
    refresh_reuse(workspace)
    return dict(
        workspace.db.execute(
            "SELECT name, own_share FROM text_reuse JOIN document_sources USING (document_sha256)"
        ).fetchall()
    )


def test_a_text_without_a_row_takes_no_words_from_one_with_a_row(
    workspace: Workspace, tmp_path: Path
) -> None:
    texts = {"ACME__FOODS__LIMITED": TEXT, "scan0017": TEXT + "\nPage two."}
    found = own_shares(workspace, tmp_path, "ACME FOODS LIMITED", **texts)
    assert found["ACME FOODS LIMITED.txt"] == 1
    assert found["scan0017.txt"] < 0.1


def test_a_text_of_another_organisation_does(workspace: Workspace, tmp_path: Path) -> None:
    texts = {"ACME__FOODS__LIMITED": TEXT, "BRIMBLE__COACHES__LIMITED": TEXT + "\nPage two."}
    names = "ACME FOODS LIMITED", "BRIMBLE COACHES LIMITED"
    found = own_shares(workspace, tmp_path, *names, **texts)
    assert found["ACME FOODS LIMITED.txt"] == 0


def test_texts_of_nobody_known_are_compared_with_one_another(
    workspace: Workspace, tmp_path: Path
) -> None:
    found = own_shares(workspace, tmp_path, "ACME LIMITED", scan1=TEXT, scan2=TEXT + "\nPage two.")
    assert max(found.values()) < 0.1

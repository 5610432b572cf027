"""Comparing only what moved gives what comparing all anew gives, in all tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from assess.compare.reuse import refresh, sketch
from assess.compare.reuse.refresh import refresh_reuse
from assess.store import Workspace, open_workspace

RESULTS = (
    *("text_pairs", "text_clusters", "shared_sentences", "sentence_uses", "text_reuse"),
    *("organisation_groups", "reuse_texts", "reuse_runs", "reuse_sentences"),
)
SENTENCES = [
    f"Sentence {n} of matter {n}x tells what was done about thing {n}y in place {n}z that year."
    for n in range(40)
]
ORGANISATIONS = 6


class Changing:
    """A workspace in which one thing at a time changes by chance."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.db = workspace.db
        self.chance = Random(seed)
        self.made = 0
        self.db.execute(
            "INSERT INTO registry_files (sha256, name, row_count, extra_columns, read_at)"
            " VALUES ('', '', 1, '[]', '')"
        )
        for number in range(1, ORGANISATIONS + 1):
            row = (number, f"org{number}", f"Sentence {number} Ltd", f"sentence {number}")
            self.db.execute("INSERT INTO organisations VALUES (?, ?, ?, ?, '', '', '', NULL)", row)
            self.db.execute("INSERT INTO organisation_names VALUES (?, ?, ?)", [number, *row[2:]])
            self.db.execute(
                "INSERT INTO statements (id, summary_url, year, registry_file_id)"
                " VALUES (?, ?, 2024, 1)",
                [number, f"url{number}"],
            )
            self.db.execute("INSERT INTO statement_organisations VALUES (?, ?)", [number, number])
        self.db.execute("UPDATE statements SET parent_name = 'Sentence 1 Ltd' WHERE id = 2")

    def text(self) -> str:
        """Stretches of sentences in one order, so that texts hold much of one another."""
        start = self.chance.choice((0, 1, 2, 20))
        own = [f"Only text {self.made} says this of itself and of nobody else, as number {n}."
               for n in range(self.chance.randrange(4))]  # fmt: skip
        return "\n\n".join((*own, *SENTENCES[start : start + self.chance.randrange(9)]))

    def add(self) -> None:
        self.made += 1
        sha256 = hashlib.sha256(f"{self.made}".encode()).hexdigest()
        text = self.text()
        self.db.execute("INSERT INTO documents VALUES (?, 'text/plain', 1, 'none')", [sha256])
        self.db.execute(
            "INSERT INTO texts (document_sha256, extractor, status, content, language, words,"
            " flags) VALUES (?, 'x', 'read', ?, 'en', ?, '[]')",
            [sha256, text, len(text)],
        )
        if self.chance.random() < 0.6:
            self._own(sha256)

    def read_anew(self) -> None:
        text = self.text()
        self.db.execute(
            "UPDATE texts SET content = ?, words = ?, extractor = extractor || 'x'"
            " WHERE document_sha256 = ?",
            [text, len(text), self._one()],
        )

    def cannot_be_read(self) -> None:
        self.db.execute(
            "UPDATE texts SET status = iif(status = 'read', 'cannot_assess', 'read')"
            " WHERE document_sha256 = ?",
            [self._one()],
        )

    def own(self) -> None:
        sha256 = self._one()
        self.db.execute("DELETE FROM statement_documents WHERE document_sha256 = ?", [sha256])
        if self.chance.random() < 0.7:
            self._own(sha256)

    def rename(self) -> None:
        number = self._organisation()
        name = f"sentence {self.chance.randrange(40)}"
        self.db.execute("DELETE FROM organisation_names WHERE organisation_id = ?", [number])
        self.db.execute("INSERT INTO organisation_names VALUES (?, ?, ?)", [number, name, name])

    def join(self) -> None:
        parent = self.chance.choice(("", "Sentence 1 Ltd", "Nowhere Ltd"))
        self.db.execute(
            "UPDATE statements SET parent_name = ? WHERE id = ?", [parent, self._organisation()]
        )

    def _own(self, sha256: str) -> None:
        self.db.execute(
            "INSERT INTO statement_documents VALUES (?, ?, 'url', 1, 'accepted', '')",
            [self._organisation(), sha256],
        )

    def _organisation(self) -> int:
        return self.chance.randrange(1, ORGANISATIONS + 1)

    def _one(self) -> str:
        rows = self.db.execute("SELECT document_sha256 FROM texts ORDER BY 1").fetchall()
        return str(self.chance.choice(rows)[0])

    def step(self) -> None:
        change = self.chance.choice(
            (self.add, self.add, self.read_anew, self.cannot_be_read, self.own, self.rename,
             self.join)
        )  # fmt: skip
        for _ in range(self.chance.choice((1, 1, 3))):
            change()


def tables(workspace: Workspace) -> dict[str, list[Any]]:
    return {
        name: workspace.db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
        for name in RESULTS
    }


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w.db") as opened:
        yield opened


def from_nothing(workspace: Workspace) -> dict[str, list[Any]]:
    for table in ("comparisons", *reversed(RESULTS)):
        workspace.db.execute(f"DELETE FROM {table}")
    refresh_reuse(workspace)
    return tables(workspace)


@pytest.mark.parametrize("seed", range(2))
def test_the_same_as_from_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # Small, so that runs become stock phrases here as well.
    monkeypatch.setattr(sketch, "COMMON", 2)
    monkeypatch.setattr(sketch, "FEW", 12)
    changing = Changing(workspace, seed)
    for _ in range(8):
        changing.add()
    refresh_reuse(workspace)
    filled: set[str] = set()
    for _ in range(15):
        changing.step()
        with monkeypatch.context() as patch:
            patch.setattr(refresh, "compare_all", None)  # an error if it were called
            refresh_reuse(workspace)
        found = tables(workspace)
        for name, rows in from_nothing(workspace).items():
            assert found[name] == rows, name
            filled |= {name} if rows else set()
    assert filled == set(RESULTS)


def test_where_what_was_kept_is_gone_all_is_compared(workspace: Workspace) -> None:
    changing = Changing(workspace, 9)
    for _ in range(6):
        changing.add()
    refresh_reuse(workspace)
    workspace.db.execute(
        "DELETE FROM reuse_texts WHERE document_sha256 = (SELECT min(document_sha256) FROM texts)"
    )
    changing.add()
    refresh_reuse(workspace)
    found = tables(workspace)
    assert found == from_nothing(workspace)
    assert len(found["reuse_texts"]) == 7

"""Three small databases that differ in every way that parts can differ."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from assess.records import Document, Issue
from assess.store import Workspace, open_workspace

LETTERS: Final = ("a", "b", "c")
# What the machines of the parts do not share: when they did things, and what they found.
_MONTH: Final = {"a": "2024-01", "b": "2024-02", "c": "2024-03"}
_TEXT: Final = "Slavery. We audited nine mills."
_QUOTE: Final = "We audited nine mills."


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def make(folder: Path, letter: str) -> Path:
    """The part of one letter."""
    folder.mkdir()
    with open_workspace(folder / "part.db") as workspace:
        _registry(workspace, letter)
        _documents(workspace, letter)
        _judged(workspace, letter)
        _collected(workspace, letter)
        workspace.note(
            [
                Issue("files", "shared.txt", "odd", f"said by {letter}"),
                Issue("files", f"{letter}.txt", "odd", "its own"),
            ]
        )
    return folder / "part.db"


def insert(workspace: Workspace, table: str, **row: Any) -> int:
    key: Any = workspace.db.table(table).insert(row).last_pk
    return key if isinstance(key, int) else 0


def _registry(workspace: Workspace, letter: str) -> None:
    month = _MONTH[letter]
    common = {"row_count": 9, "extra_columns": "[]", "read_at": f"{month}-05T00:00:00Z"}
    insert(workspace, "registry_files", sha256=digest(letter), name=f"{letter}.csv",
        complete=int(letter != "a"), **common)  # fmt: skip
    insert(workspace, "registry_files", sha256=digest("shared"), name=f"shared-{letter}.csv",
        complete=0, url=None if letter == "a" else f"https://r.example/{letter}",
        **common)  # fmt: skip
    for identity in ("00000001", "name:beta", f"name:{letter}"):
        insert(workspace, "organisations", identity=identity, name=f"{identity} by {letter}",
            name_key=f"{identity} by {letter}", address=f"{letter} street",
            company_number=identity if identity.isdigit() else None)  # fmt: skip
    workspace.db.execute(
        "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations"
    )
    # One is the same for all; one was updated at other times; of one day one is fuller; one is
    # known to this part alone; one is withdrawn where a complete file was read last.
    for number, (name, updated, turnover) in enumerate(
        [
            ("same", "2023-01-01", None),
            ("updated", f"{month}-01", None),
            ("fuller", "2023-01-01", {"a": None, "b": "1m", "c": "2m"}[letter]),
            (letter, "2023-01-01", None),
            ("withdrawn", "2023-01-01", None),
        ],
        1,
    ):
        gone = name == "withdrawn" and letter == "b"
        insert(workspace, "statements", summary_url=f"https://r.example/{name}", year=2023,
            registry_file_id=1, last_updated=updated, turnover=turnover,
            withdrawn_at="2024-02-05T00:00:00Z" if gone else None)  # fmt: skip
        owner = 1 if name in ("same", "updated") else 2
        insert(workspace, "statement_organisations", statement_id=number, organisation_id=owner)
        insert(workspace, "statement_sectors", statement_id=number, sector="Food")
        insert(workspace, "statement_changes", statement_id=number, registry_file_id=1,
            change="withdrawn" if gone else "new")  # fmt: skip
    insert(workspace, "declarations", statement_id=2, field="Policies", value=f"by {letter}")
    insert(workspace, "companies", company_number="00000001", name=f"One {letter}",
        category="Ltd", status="Active")  # fmt: skip
    insert(workspace, "company_sic", company_number="00000001", position=1,
        code=f"1000{LETTERS.index(letter)}", title="Food")  # fmt: skip
    insert(workspace, "listed_groups", group_name="index", organisation=letter, company_number="")


def _documents(workspace: Workspace, letter: str) -> None:
    for name in ("shared", "read twice", letter):
        data = f"{name} {_TEXT}".encode()
        sha256 = hashlib.sha256(data).hexdigest()
        kind, ending = ("text/html", ".htm") if letter == "c" else ("text/plain", ".txt")
        workspace.keep(
            data, Document(sha256, kind, len(data), f"{letter}/{name}", f"{name}.txt"), ending
        )
    shared = shared_document()
    # Decided by persons, both ways; and matched to another.
    for statement, state in ((1, "rejected" if letter == "b" else "accepted"), (3, "accepted")):
        method = "reviewed" if statement == 1 else "url"
        insert(workspace, "statement_documents", statement_id=statement, document_sha256=shared,
            method=method, quality=1.0, state=state, matched_on=f"by {letter}")  # fmt: skip


def shared_document() -> str:
    return hashlib.sha256(f"shared {_TEXT}".encode()).hexdigest()


def _judged(workspace: Workspace, letter: str) -> None:
    for rubric in ("r1", "r2"):
        insert(workspace, "criteria", rubric=rubric, id="audits", position=0, title="Audits",
            question="?", kind="indicator", authority="BENCHMARK", source="s")  # fmt: skip
    shared = shared_document()
    hashes = [row["sha256"] for row in workspace.db.table("documents").rows]
    for sha256 in hashes:
        twice = sha256 == hashlib.sha256(f"read twice {_TEXT}".encode()).hexdigest()
        # The shared one is the same for all; the other was read by an older extractor, without
        # tesseract, and whole.
        extractor = {"a": "2", "b": "3", "c": "3"}[letter] if twice else "3"
        content = f"{letter}: {_TEXT}" if twice else _TEXT
        flags = ["mixed_scan"] if twice and letter == "b" else []
        text = insert(workspace, "texts", document_sha256=sha256, extractor=extractor,
            status="read", content=content, language="en", words=6,
            flags=json.dumps(flags))  # fmt: skip
        insert(workspace, "pages", text_id=text, number=1, start=0, end=len(content), method="text")
        insert(workspace, "parts", text_id=text, start=0, end=9, kind="statement",
            title=content[:2],
            language="en", confidence=1.0, judged=1)  # fmt: skip
        if twice:
            workspace.note([Issue("extract", sha256, f"read_by_{letter}", "of this text")])
        rubrics = {"a": ("r1", "r2"), "b": ("r2", "r1"), "c": ("r1",)}[letter]
        review = _review(workspace, sha256, letter) if sha256 == shared else None
        for rubric in rubrics:
            _assess(workspace, sha256, extractor, rubric, content, review)


def _review(workspace: Workspace, sha256: str, letter: str) -> int:
    """Of each part one of its own; of two the same as well."""
    common = {
        "document_sha256": sha256, "criterion": "audits", "verdict": "confirmed", "value": "true",
        "reason": "",
    }  # fmt: skip
    if letter != "c":
        insert(workspace, "reviews", **common, reviewer="Same", reviewed_at="2023-12-01T00:00:00Z")
    return insert(
        workspace,
        "reviews",
        **common,
        reviewer=letter,
        reviewed_at=f"{_MONTH[letter]}-09T00:00:00Z",
    )


def _assess(
    workspace: Workspace, sha256: str, extractor: str, rubric: str, content: str, review: int | None
) -> None:
    assessment = insert(workspace, "assessments", document_sha256=sha256, extractor=extractor,
        rubric=rubric, model="m", status="assessed", statement_kind="statement",
        minimal_reasons="[]", reviews="" if review is None else str(review))  # fmt: skip
    finding = insert(workspace, "findings", assessment_id=assessment, criterion="audits",
        value="true", present=1, confidence=1.0, review_id=review)  # fmt: skip
    start = content.index(_QUOTE)
    insert(workspace, "evidence", finding_id=finding, quote=_QUOTE, page=1, start=start,
        end=start + len(_QUOTE), status="implemented", method="rule:x",
        review_id=review)  # fmt: skip


def _collected(workspace: Workspace, letter: str) -> None:
    month = _MONTH[letter]
    empty = {"headers": "{}", "hops": "[]", "detail": "", "source": "network", "size": 0}
    shared = shared_document()
    kept_as = f"{shared[:2]}/{shared}.{'htm' if letter == 'c' else 'txt'}"
    insert(workspace, "attempts", url="https://s.example/", final_url="https://s.example/",
        started_at="2023-06-01T00:00:00Z", seconds=1.0, status=503, outcome="failed",
        reason="http_5xx", **empty)  # fmt: skip
    insert(workspace, "collections", door="urls", mode="missing", first_attempt=1,
        started_at="2023-06-01T00:00:00Z",
        finished_at=None if letter == "a" else "2023-06-02T00:00:00Z")  # fmt: skip
    run = insert(workspace, "collections", door="urls", mode="refresh", first_attempt=2,
        started_at=f"{month}-10T00:00:00Z")  # fmt: skip
    for day in ("10", "20"):
        insert(workspace, "attempts", url="https://s.example/", final_url=f"https://{letter}.example/",
            started_at=f"{month}-{day}T00:00:00Z", seconds=1.0, status=200, outcome="got",
            sha256=shared, kept_as=kept_as, **empty)  # fmt: skip
    insert(workspace, "robots", origin="https://s.example", fetched_at=f"{month}-10T00:00:00Z",
        status=200, verdict="rules", detail="", body=letter)  # fmt: skip
    for name in ("https://s.example/", f"https://{letter}.example/"):
        outcome = {"a": "kept", "b": "failed", "c": "postponed"}[letter]
        target = insert(workspace, "targets", door="urls", url=name, organisation="", detail="",
            outcome=outcome, reason=None if outcome == "kept" else "http_5xx",
            decided_at=f"{month}-11T00:00:00Z", collection_id=run)  # fmt: skip
        insert(workspace, "target_documents", target_id=target, document_sha256=shared,
            how="own_url", url=f"https://{letter}.example/x", link_text="")  # fmt: skip
        insert(workspace, "homepage_links", target_id=target,
            value={"a": "met", "b": "absent", "c": "met"}[letter], reason="", link_text="",
            link_url=letter, place="menu", page_url="p", page_sha256=shared,
            visited_at=f"{month}-11T00:00:00Z")  # fmt: skip
        if outcome == "failed":
            workspace.note([Issue("collect", name, "http_5xx", "of this visit")])

"""Builds small workspaces by direct inserts, as the steps before would leave them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assess.records import Reason
from assess.score.rubric import Criterion, Rubric, Tier
from assess.store.reasons import reasons_to_json
from assess.store.workspace import Workspace

READ_AT = "2026-03-01T09:00:00Z"
CRITERIA = (
    ("approval", "legal", "LAW", "Board approval"),
    ("group_entities", "legal", "GUIDANCE", "Entities covered"),
    ("no_steps_statement", "flag", "LAW", "States that no steps were taken"),
    ("risk", "depth", "LAW", "Risk assessment"),
    ("training", "depth", "LAW", "Training"),
    ("audits", "indicator", "BENCHMARK", "Audits carried out"),
    ("worker_outcome", "indicator", "BENCHMARK", "Outcome for workers"),
)
# Unchecked: only what is shown and compared matters here, not how criteria are judged.
RUBRIC = Rubric.model_construct(
    id="test",
    version="1",
    title="Test",
    notice="",
    lists={},
    signals=(),
    digest="0",
    tiers=(
        Tier(name="basic", at_least=0, meaning="Little is said."),
        Tier(name="strong", at_least=50, meaning="Much is shown."),
    ),
    criteria=tuple(
        Criterion.model_validate(
            {
                "id": id_,
                "kind": kind,
                "authority": authority,
                "title": title,
                "question": f"{title}?",
                "source": "the source",
                "weight": 0 if id_ == "no_steps_statement" else 1,
                "why": f"Why {id_}.",
                "good_practice": f"Good {id_}.",
                "advice": f"Do {id_}.",
            }
        )
        for id_, kind, authority, title in CRITERIA
    ),
)
TYPICAL: Mapping[str, str] = {
    "approval": "met",
    "group_entities": "na",
    "no_steps_statement": "false",
    "risk": "1",
    "training": "2",
    "audits": "true",
    "worker_outcome": "false",
}
PRESENT = {"met": 1, "true": 1, "1": 1, "2": 1, "3": 1, "na": None}


@dataclass
class Factory:
    """Inserts statements, documents and assessments into a workspace."""

    workspace: Workspace
    rubric: str = RUBRIC.key
    made: int = 0
    criteria: Sequence[tuple[str, str, str, str]] = field(default=CRITERIA)

    def __post_init__(self) -> None:
        self._insert(
            "registry_files",
            id=1,
            sha256="r",
            name="registry.csv",
            row_count=3,
            extra_columns="[]",
            read_at=READ_AT,
        )
        for position, (id_, kind, authority, title) in enumerate(self.criteria):
            self._insert(
                "criteria",
                rubric=self.rubric,
                id=id_,
                position=position,
                title=title,
                question=f"{title}?",
                kind=kind,
                authority=authority,
                source="the source",
            )

    def statement(
        self,
        name: str,
        sectors: Sequence[str] = (),
        *,
        year: int = 2025,
        others: Sequence[str] = (),
        document: str | None = None,
        **columns: Any,
    ) -> int:
        """A registry statement of one or more organisations, with its document if given."""
        self.made += 1
        number = self.made
        row = {"summary_url": f"https://registry.example/{number}", "registry_file_id": 1}
        self._insert("statements", id=number, year=year, **(row | columns))
        for organisation in (name, *others):
            self._insert(
                "organisations", identity=organisation, name=organisation, name_key=organisation
            )
            self.workspace.db.execute(
                "INSERT INTO statement_organisations SELECT ?, id FROM organisations"
                " WHERE identity = ?",
                [number, organisation],
            )
        for sector in sectors:
            self._insert("statement_sectors", statement_id=number, sector=sector)
        if document:
            self._insert(
                "statement_documents",
                statement_id=number,
                document_sha256=document,
                method="name_exact",
                quality=1.0,
                state="accepted",
                matched_on=name,
            )
        return number

    def document(
        self,
        name: str,
        *,
        reason: str | None = None,
        scored: bool = True,
        values: Mapping[str, str] | None = None,
        quotes: Mapping[str, str] | None = None,
        status: str = "implemented",
        reasons: Sequence[Reason] = (),
        **columns: Any,
    ) -> str:
        """A document, its text and (unless not ``scored``) its assessment; gives its hash."""
        sha = hashlib.sha256(name.encode(errors="replace")).hexdigest()
        self._insert(
            "documents",
            sha256=sha,
            media_type="application/pdf",
            size=1,
            kept_as=f"{sha[:2]}/{sha}.pdf",
        )
        self._insert(
            "document_sources", document_sha256=sha, source=name, name=name, read_at=READ_AT
        )
        self._insert(
            "texts",
            document_sha256=sha,
            extractor="x1",
            status="cannot_assess" if reason else "read",
            reason=reason,
            content="",
            language="en",
            words=0,
            flags="[]",
        )
        if scored and not reason:
            self._assessment(sha, values or TYPICAL, quotes or {}, status, reasons, columns)
        return sha

    def _assessment(
        self,
        sha: str,
        values: Mapping[str, str],
        quotes: Mapping[str, str],
        status: str,
        reasons: Sequence[Reason],
        columns: Mapping[str, Any],
    ) -> None:
        row: dict[str, Any] = {
            "document_sha256": sha,
            "extractor": "x1",
            "rubric": self.rubric,
            "model": "m1",
            "status": "assessed",
            "statement_kind": "statement",
            "compliance": 80.0,
            "substance": 30.0,
            "tier": "basic",
            "minimal_index": 0.2,
            "minimal_flag": 0,
            "minimal_reasons": [],
            **columns,
        }
        row["minimal_reasons"] = json.dumps(row["minimal_reasons"])
        assessment = self._insert("assessments", **row)
        for criterion, value in values.items():
            finding = self._insert(
                "findings",
                assessment_id=assessment,
                criterion=criterion,
                value=value,
                present=PRESENT.get(value, 0),
                confidence=0.9,
            )
            if quote := quotes.get(criterion):
                self._insert(
                    "evidence",
                    finding_id=finding,
                    quote=quote,
                    page=2,
                    start=0,
                    end=len(quote),
                    status=status,
                    method="rule:test",
                    reasons=reasons_to_json(reasons),
                )

    def visit(self, sha: str, value: str, *, site: int = 1) -> None:
        """A visit of a home page that led to a document."""
        run = {"id": 1, "door": "sites", "mode": "missing", "first_attempt": 1}
        self._insert("collections", **run, started_at=READ_AT)
        url = f"https://{site}.example/"
        self._insert(
            "targets",
            id=site,
            door="sites",
            url=url,
            organisation="",
            outcome="kept",
            detail="",
            decided_at=READ_AT,
            collection_id=1,
        )
        self._insert(
            "target_documents",
            target_id=site,
            document_sha256=sha,
            how="link",
            url=url,
            link_text="",
        )
        self._insert(
            "homepage_links",
            target_id=site,
            value=value,
            reason="the reason",
            link_text="Modern <b>slavery</b>" if value == "met" else "",
            link_url="",
            place="",
            page_url=url,
            page_sha256="",
            visited_at=READ_AT,
        )

    def _insert(self, table: str, **row: Any) -> int:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        cursor = self.workspace.db.execute(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", list(row.values())
        )
        return int(cursor.lastrowid or 0)

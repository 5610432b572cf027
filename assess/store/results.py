"""Texts and assessments in the workspace: what is to do, and writing what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from sqlite_utils import Database

from assess.extract.limits import MIXED_SCAN, NEEDS_OCR, OCR_FAILED
from assess.records import Assessment, Evidence, Finding, Page, Part
from assess.store.forgotten import Redactor, redactor
from assess.store.inserts import insert_rows, next_id
from assess.store.reasons import reasons_to_json
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric


# Rows of what is to do that are read at once.
PAGE: Final = 1_000
# Runs in which a scan is tried whose recognition fails: a busy machine or a killed program heals by
# the next, and what never can be read costs its minutes no more often.
OCR_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class PendingDocument:
    """A kept document that has no text by this extractor yet."""

    sha256: str
    name: str
    kept_as: str
    """Path of the original below the folder of documents."""
    tries: int = 0
    """How often its character recognition failed before."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of reading a document: a text, or the reason why there is none."""

    sha256: str
    content: str
    pages: tuple[Page, ...]
    language: str
    flags: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    reason: str | None = None
    detail: str = ""
    tries: int = 0
    """As of `PendingDocument`."""

    @property
    def ocr_failed(self) -> bool:
        """Whether scanned pages are unread that may be read another time."""
        return self.reason == OCR_FAILED or OCR_FAILED in self.flags


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as the database holds it; sentences are split anew, which is quick and exact."""

    sha256: str
    content: str
    pages: tuple[Page, ...]
    language: str
    flags: tuple[str, ...]
    parts: tuple[Part, ...]
    reason: str | None


def documents_to_read(
    workspace: Workspace, extractor: str, *, ocr: bool = False
) -> Iterator[PendingDocument]:
    """Kept documents without a text by this extractor, by hash.

    With ``ocr`` also those whose scanned pages could not be read for want of it, and those where it
    failed, in `OCR_TRIES` runs at most. Texts may be written meanwhile.
    """
    known = _to_read(extractor, ocr=ocr)
    for row in _paged(workspace, f"{_TO_READ} {_BY_HASH}", known):
        yield PendingDocument(*row)


def count_to_read(workspace: Workspace, extractor: str, *, ocr: bool = False) -> int:
    """How many `documents_to_read` gives."""
    known = _to_read(extractor, ocr=ocr) | {"after": ""}
    (number,) = workspace.db.execute(f"SELECT count(*) FROM ({_TO_READ})", known).fetchone()  # noqa: S608 - our own
    return int(number)


_TO_READ: Final = """
    WITH failures AS (
        SELECT subject, count(*) AS number FROM issues
        WHERE stage = 'extract' AND code GLOB :failed || '*' GROUP BY subject
    )
    SELECT documents.sha256, min(document_sources.name), documents.kept_as,
        iif(texts.id IS NULL, 0, coalesce(failures.number, 0)) AS tries
    FROM documents
    JOIN document_sources ON document_sources.document_sha256 = documents.sha256
    LEFT JOIN texts ON texts.document_sha256 = documents.sha256 AND texts.extractor = :extractor
    LEFT JOIN failures ON failures.subject = documents.sha256
    WHERE documents.sha256 > :after
        AND (texts.id IS NULL OR (:ocr AND media_type = 'application/pdf' AND EXISTS (
            SELECT 1 FROM (SELECT value FROM json_each(texts.flags) UNION SELECT texts.reason)
            WHERE value IN (:missing, :mixed) OR (value = :failed AND tries < :most))))
    GROUP BY documents.sha256"""
_BY_HASH: Final = "ORDER BY documents.sha256 LIMIT :page"


def _to_read(extractor: str, *, ocr: bool) -> dict[str, object]:
    return {
        "extractor": extractor,
        "ocr": ocr,
        "missing": NEEDS_OCR,
        "mixed": MIXED_SCAN,
        "failed": OCR_FAILED,
        "most": OCR_TRIES,
    }


def _paged(
    workspace: Workspace, query: str, known: Mapping[str, object]
) -> Iterator[tuple[Any, ...]]:
    """Rows whose first column is above all before, a page at a time: what is read stays small, and
    what is written between pages does no harm."""
    after = ""
    while True:
        page = workspace.db.execute(query, {**known, "after": after, "page": PAGE}).fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1][0]


def write_texts(workspace: Workspace, extractor: str, results: Iterable[ReadResult]) -> None:
    """Write one batch of texts in one transaction; the texts from before are replaced."""
    with workspace.db.atomic():
        blocks = redactor(workspace.db)
        for result in results:
            _write_text(workspace.db, extractor, _redacted(result, blocks))


def _redacted(result: ReadResult, blocks: Redactor) -> ReadResult:
    """The text with the names blocked out that were to be forgotten; offsets stay."""
    parts = tuple(replace(part, title=blocks.redacted(part.title)) for part in result.parts)
    return replace(result, content=blocks.redacted(result.content), parts=parts)


def _write_text(db: Database, extractor: str, result: ReadResult) -> None:
    outdated = [NEEDS_OCR] if result.ocr_failed and result.tries else [NEEDS_OCR, f"{OCR_FAILED}*"]
    db.execute("DELETE FROM texts WHERE document_sha256 = ?", [result.sha256])
    # Read anew by the same extractor, with OCR now: what was judged before is out of date.
    db.execute(
        "DELETE FROM assessments WHERE document_sha256 = ? AND extractor = ?",
        [result.sha256, extractor],
    )
    for codes in outdated:
        db.execute(
            "DELETE FROM issues WHERE stage = 'extract' AND subject = ? AND code GLOB ?",
            [result.sha256, codes],
        )
    row: dict[str, object] = {
        "document_sha256": result.sha256,
        "extractor": extractor,
        "status": "cannot_assess" if result.reason else "read",
        "reason": result.reason,
        "content": result.content,
        "language": result.language,
        "words": len(result.content.split()),
        "flags": json.dumps(result.flags),
    }
    text_id = next_id(db, "texts")
    insert_rows(db, "texts", [{"id": text_id, **row}])
    insert_rows(db, "pages", [{"text_id": text_id, **_fields(page)} for page in result.pages])
    insert_rows(db, "parts", [{"text_id": text_id, **_fields(part)} for part in result.parts])


def _fields(record: Page | Part) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def texts_to_score(workspace: Workspace, rubric: str, model: str) -> Iterator[str]:
    """Hashes of documents whose current text has no assessment by this rubric and model, or one
    from before what persons say of it now. Assessments may be written meanwhile.

    Those of one organisation, or of like names, follow one another: years repeat sentences, which
    are judged once. One of these at a time: they share a temporary table.
    """
    db, known = workspace.db, {"rubric": rubric, "model": model}
    db.execute("DROP TABLE IF EXISTS temp.to_score")
    db.execute("CREATE TEMP TABLE to_score (place INTEGER PRIMARY KEY, sha256 TEXT NOT NULL)")
    db.execute(f"INSERT INTO to_score (sha256) {_TO_SCORE} {_BY_ORGANISATION}", known)
    after = 0
    while page := db.execute(_SOME_TO_SCORE, {"after": after, "page": PAGE}).fetchall():
        yield from (str(sha256) for _, sha256 in page)
        after, _ = page[-1]
    db.execute("DROP TABLE temp.to_score")


def count_to_score(workspace: Workspace, rubric: str, model: str) -> int:
    """How many `texts_to_score` gives."""
    (number,) = workspace.db.execute(
        f"SELECT count(*) FROM ({_TO_SCORE})",  # noqa: S608 - our own
        {"rubric": rubric, "model": model},
    ).fetchone()
    return int(number)


_TO_SCORE: Final = """
    SELECT texts.document_sha256 FROM texts LEFT JOIN assessments
    ON assessments.document_sha256 = texts.document_sha256
    AND assessments.extractor = texts.extractor
    AND assessments.rubric = :rubric AND assessments.model = :model
    LEFT JOIN document_reviews AS said
    ON said.document_sha256 = texts.document_sha256
    WHERE assessments.id IS NULL OR assessments.reviews <> coalesce(said.reviews, '')"""
_BY_ORGANISATION: Final = """
    ORDER BY (
        SELECT min(organisation_id) FROM statement_documents JOIN statement_organisations
            USING (statement_id)
        WHERE state <> 'rejected' AND document_sha256 = texts.document_sha256
    ), (SELECT min(name) FROM document_sources WHERE document_sha256 = texts.document_sha256),
    texts.document_sha256"""
_SOME_TO_SCORE: Final = """
    SELECT place, sha256 FROM temp.to_score WHERE place > :after ORDER BY place LIMIT :page"""


def reviewed_since(workspace: Workspace, rubric: str, model: str) -> list[str]:
    """Hashes of documents that this rubric and model judged before what persons say of them now."""
    rows = workspace.db.execute(
        """SELECT results.document_sha256 FROM current_assessments AS results
        LEFT JOIN document_reviews AS said ON said.document_sha256 = results.document_sha256
        WHERE rubric = ? AND model = ? AND results.reviews <> coalesce(said.reviews, '')
        ORDER BY results.document_sha256""",
        [rubric, model],
    ).fetchall()
    return [str(row[0]) for row in rows]


def make_current(workspace: Workspace, rubric: str, model: str) -> int:
    """Let assessments by this rubric and model be the newest again; the number that were not.

    Of several assessments of a text the newest is the current one, so that whoever scores with
    one rubric, then with another, and then with the first again, sees the first.
    """
    db = workspace.db
    with db.atomic():
        db.execute("PRAGMA defer_foreign_keys = ON")
        older = db.execute(
            """SELECT id FROM assessments WHERE rubric = ? AND model = ?
            AND EXISTS (SELECT 1 FROM texts
                WHERE texts.document_sha256 = assessments.document_sha256
                AND texts.extractor = assessments.extractor)
            AND id NOT IN (SELECT id FROM current_assessments) ORDER BY id""",
            [rubric, model],
        ).fetchall()
        (newest,) = db.execute("SELECT coalesce(max(id), 0) FROM assessments").fetchone()
        for new, (old,) in enumerate(older, start=newest + 1):
            db.execute("UPDATE assessments SET id = ? WHERE id = ?", [new, old])
            db.execute("UPDATE findings SET assessment_id = ? WHERE assessment_id = ?", [new, old])
    return len(older)


def read_text(workspace: Workspace, sha256: str) -> tuple[StoredText, str]:
    """The current text of a document, and the extractor that made it."""
    text_id, extractor, content, language, flags, reason = workspace.db.execute(
        "SELECT id, extractor, content, language, flags, reason FROM texts"
        " WHERE document_sha256 = ?",
        [sha256],
    ).fetchone()
    pages = workspace.db.execute(
        'SELECT number, start, "end", method, confidence FROM pages WHERE text_id = ?'
        " ORDER BY number",
        [text_id],
    )
    parts = workspace.db.execute(
        'SELECT start, "end", kind, title, language, confidence, judged FROM parts'
        " WHERE text_id = ? ORDER BY start, kind",
        [text_id],
    )
    stored = StoredText(
        sha256,
        content,
        tuple(Page(*page) for page in pages),
        language,
        tuple(json.loads(flags)),
        tuple(_part(row) for row in parts),
        reason,
    )
    return stored, extractor


def _part(row: Sequence[Any]) -> Part:
    *columns, judged = row
    return Part(*columns, judged=bool(judged))  # type: ignore[misc]


def write_criteria(workspace: Workspace, rubric: Rubric) -> None:
    """Describe the rubric's criteria in the database, so that findings can be read there."""
    workspace.db.table("criteria").insert_all(
        (
            {
                "rubric": rubric.key,
                "id": criterion.id,
                "position": position,
                "title": criterion.title,
                "question": criterion.question,
                "kind": criterion.kind,
                "authority": criterion.authority,
                "source": criterion.source,
            }
            for position, criterion in enumerate(rubric.criteria)
        ),
        ignore=True,
    )


def write_assessments(
    workspace: Workspace, batch: Mapping[str, Assessment], reviews: Mapping[str, Sequence[int]] = {}
) -> None:
    """Write one batch of assessments (by document hash) in one transaction.

    ``reviews`` are the keys of those that were taken into account, by document hash.
    """
    with workspace.db.atomic():
        for sha256, assessment in batch.items():
            _write_assessment(workspace.db, sha256, assessment, sorted(reviews.get(sha256, ())))


def _write_assessment(
    db: Database, sha256: str, assessment: Assessment, reviews: Sequence[int]
) -> None:
    # One from before what persons say now goes, with its findings.
    db.execute(
        "DELETE FROM assessments WHERE (document_sha256, extractor, rubric, model) = (?, ?, ?, ?)",
        [sha256, *(assessment.versions[of] for of in ("extractor", "rubric", "model"))],
    )
    assessment_id, first = next_id(db, "assessments"), next_id(db, "findings")
    row = _assessment_row(sha256, assessment) | {"reviews": ",".join(map(str, reviews))}
    insert_rows(db, "assessments", [{"id": assessment_id, **row}])
    findings = list(enumerate(assessment.findings, first))
    insert_rows(
        db, "findings", [{"id": at, **_finding_row(assessment_id, one)} for at, one in findings]
    )
    insert_rows(
        db, "evidence", [_evidence_row(at, quote) for at, one in findings for quote in one.evidence]
    )


def _assessment_row(sha256: str, assessment: Assessment) -> dict[str, object]:
    minimal, particulars = assessment.minimal_compliance, assessment.specificity
    return {
        "document_sha256": sha256,
        "extractor": assessment.versions["extractor"],
        "rubric": assessment.versions["rubric"],
        "model": assessment.versions["model"],
        "status": assessment.status,
        "reason": assessment.reason,
        "statement_kind": assessment.statement_kind,
        "compliance": assessment.compliance,
        "substance": assessment.substance,
        "tier": assessment.tier,
        "minimal_index": minimal.index if minimal else None,
        "minimal_flag": int(minimal.flag) if minimal else None,
        "minimal_reasons": json.dumps(minimal.reasons if minimal else (), ensure_ascii=False),
        "minimal_parts": json.dumps(
            [asdict(part) for part in minimal.parts] if minimal else [], ensure_ascii=False
        ),
        "particulars_per_100_words": particulars.per_100_words if particulars else None,
        "vague_share": particulars.vague_share if particulars else None,
    }


def _finding_row(assessment_id: int, finding: Finding) -> dict[str, Any]:
    return {
        "assessment_id": assessment_id,
        "criterion": finding.criterion,
        "value": str(finding.value).lower(),
        "present": _present(finding),
        "confidence": finding.confidence,
        "found_value": None if finding.found_value is None else str(finding.found_value).lower(),
        "review_id": finding.review_id,
    }


def _evidence_row(finding_id: int, evidence: Evidence) -> dict[str, object]:
    return {
        "finding_id": finding_id,
        "quote": evidence.quote,
        "page": evidence.page,
        "start": evidence.start,
        "end": evidence.end,
        "status": evidence.status,
        "method": evidence.method,
        "reasons": reasons_to_json(evidence.reasons),
        "review_id": evidence.review_id,
    }


def _present(finding: Finding) -> int | None:
    if finding.value == "na":
        return None
    if isinstance(finding.value, str):
        return int(finding.value == "met")
    return int(finding.value >= 1)

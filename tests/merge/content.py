"""What a database holds, without keys and without the times at which it was written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

Content = dict[str, list[tuple[Any, ...]]]

QUERIES: Final = {
    "forgotten": "SELECT kind, key FROM forgotten",
    "redactions": "SELECT key, words FROM redactions",
    "registry_files": "SELECT sha256, name, row_count, extra_columns, url, content_md5, complete"
    " FROM registry_files",
    "organisations": "SELECT own.identity, own.name, own.name_key, own.company_number, own.address,"
    " own.sector_type, other.identity FROM organisations AS own"
    " LEFT JOIN organisations AS other ON other.id = own.same_as",
    "organisation_names": "SELECT identity, names.name, names.name_key FROM organisation_names AS"
    " names JOIN organisations ON organisations.id = organisation_id",
    "statements": "SELECT summary_url, year, statement_url, group_submission, parent_name,"
    " start_date, end_date, approving_person, date_approved, turnover, last_updated, pdf_url,"
    " sha256, withdrawn_at FROM statements"
    " JOIN registry_files ON registry_files.id = registry_file_id",
    "statement_changes": "SELECT summary_url, sha256, change FROM statement_changes AS changes"
    " JOIN statements ON statements.id = statement_id"
    " JOIN registry_files ON registry_files.id = changes.registry_file_id",
    "statement_organisations": "SELECT summary_url, identity FROM statement_organisations"
    " JOIN statements ON statements.id = statement_id"
    " JOIN organisations ON organisations.id = organisation_id",
    "statement_sectors": "SELECT summary_url, sector FROM statement_sectors"
    " JOIN statements ON statements.id = statement_id",
    "declarations": "SELECT summary_url, field, value FROM declarations"
    " JOIN statements ON statements.id = statement_id",
    "companies": "SELECT * FROM companies",
    "company_sic": "SELECT * FROM company_sic",
    "listed_groups": "SELECT group_name, organisation, company_number FROM listed_groups",
    "documents": "SELECT * FROM documents",
    "document_sources": "SELECT document_sha256, source, name FROM document_sources",
    "statement_documents": "SELECT summary_url, document_sha256, method, quality, state, matched_on"
    " FROM statement_documents JOIN statements ON statements.id = statement_id",
    "texts": "SELECT document_sha256, extractor, status, reason, content, language, words, flags"
    " FROM texts",
    "texts_fts": "SELECT document_sha256 FROM texts_fts JOIN texts ON texts.id = texts_fts.rowid"
    " WHERE texts_fts MATCH 'slavery'",
    "pages": 'SELECT document_sha256, number, start, "end", method, confidence FROM pages'
    " JOIN texts ON texts.id = text_id",
    "parts": 'SELECT document_sha256, start, "end", kind, title, parts.language, confidence, judged'
    " FROM parts JOIN texts ON texts.id = text_id",
    "criteria": "SELECT * FROM criteria",
    "assessments": "SELECT document_sha256, extractor, rubric, model, status, reason,"
    " statement_kind, compliance, substance, tier, minimal_index, minimal_flag, minimal_reasons,"
    " particulars_per_100_words, vague_share, minimal_parts,"
    " length(reviews) - length(replace(reviews, ',', '')) + (reviews <> '') FROM assessments",
    "current_assessments": "SELECT document_sha256, rubric, model FROM current_assessments",
    "findings": "SELECT assessments.document_sha256, extractor, rubric, model, findings.criterion,"
    " findings.value, present, confidence, found_value, reviews.reviewer, reviewed_at FROM findings"
    " JOIN assessments ON assessments.id = assessment_id"
    " LEFT JOIN reviews ON reviews.id = review_id",
    "evidence": "SELECT assessments.document_sha256, extractor, rubric, model, findings.criterion,"
    ' evidence.quote, page, evidence.start, evidence."end", evidence.status, method, reasons,'
    " reviews.reviewer FROM evidence JOIN findings ON findings.id = finding_id"
    " JOIN assessments ON assessments.id = assessment_id"
    " LEFT JOIN reviews ON reviews.id = evidence.review_id",
    "reviews": 'SELECT document_sha256, criterion, label, start, "end", quote, verdict, value,'
    " reviewer, reviewed_at, reason FROM reviews",
    "current_reviews": "SELECT document_sha256, criterion, label, verdict, reviewer, reviewed_at"
    " FROM current_reviews",
    "issues": "SELECT stage, subject, code, message FROM issues",
    "collections": "SELECT door, mode, started_at, finished_at,"
    " (SELECT count(*) FROM attempts WHERE id >= first_attempt) FROM collections",
    "attempts": "SELECT row_number() OVER (ORDER BY id), url, final_url, started_at, seconds,"
    " status, headers, hops, size, sha256, kept_as, outcome, reason, detail, source FROM attempts",
    "robots": "SELECT * FROM robots",
    "targets": "SELECT targets.door, url, organisation, outcome, reason, detail, decided_at, mode,"
    " started_at FROM targets JOIN collections ON collections.id = collection_id",
    "target_documents": "SELECT door, targets.url, organisation, document_sha256, how, found.url,"
    " link_text FROM target_documents AS found JOIN targets ON targets.id = target_id",
    "homepage_links": "SELECT door, url, organisation, value, home.reason, link_text, link_url,"
    " place, page_url, page_sha256, visited_at FROM homepage_links AS home"
    " JOIN targets ON targets.id = target_id",
}


def content(path: Path) -> Content:
    """By table, in an order that has nothing to do with that of writing; files of originals too."""
    with closing(sqlite3.connect(path)) as db:
        found: Content = {
            name: sorted(db.execute(query).fetchall(), key=repr) for name, query in QUERIES.items()
        }
    folder = path.with_name(f"{path.stem}.documents")
    found["files"] = sorted(
        (str(file.relative_to(folder)),) for file in folder.rglob("*") if file.is_file()
    )
    return found


def differences(one: Content, other: Content) -> dict[str, list[tuple[Any, ...]]]:
    """The first rows that only one of two has, by table."""
    return {
        name: sorted(set(one[name]) ^ set(other[name]), key=repr)[:3]
        for name in one
        if one[name] != other[name]
    }

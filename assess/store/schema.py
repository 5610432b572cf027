"""The workspace's tables and views, as numbered migrations. docs/database.md describes them.

Dates are ISO 8601 text; booleans are 0/1; every table is STRICT.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from assess.store.schema_collecting import COLLECTING, COLLECTING_VIEWS
from assess.store.schema_comparing import COMPARING, COMPARING_VIEWS
from assess.store.schema_forgotten import FORGOTTEN
from assess.store.schema_reuse import MATCHED, MINIMAL_INPUTS, REUSE_INDEX
from assess.store.schema_runs import RUN_TRIGGERS, RUNS

migrations = Migrations("assess")
# Every migration this version knows; a database that has others was made by a newer one.
NAMES = (
    "m001_first_tables",
    "m002_parts",
    "m003_specificity",
    "m004_reviews",
    "m005_reasons",
    "m006_collecting",
    "m007_comparing",
    "m008_corrections",
    "m009_runs",
    "m010_reuse",
    "m011_forgotten",
)

TABLES = (
    """CREATE TABLE registry_files (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        row_count INTEGER NOT NULL,
        extra_columns TEXT NOT NULL,
        read_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE organisations (
        id INTEGER PRIMARY KEY,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        company_number TEXT,
        address TEXT,
        sector_type TEXT
    ) STRICT""",
    "CREATE INDEX organisations_name_key ON organisations (name_key)",
    """CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        summary_url TEXT NOT NULL UNIQUE,
        year INTEGER NOT NULL,
        statement_url TEXT,
        group_submission INTEGER,
        parent_name TEXT,
        start_date TEXT,
        end_date TEXT,
        approving_person TEXT,
        date_approved TEXT,
        turnover TEXT,
        last_updated TEXT,
        pdf_url TEXT,
        registry_file_id INTEGER NOT NULL REFERENCES registry_files (id)
    ) STRICT""",
    """CREATE TABLE statement_organisations (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        organisation_id INTEGER NOT NULL REFERENCES organisations (id),
        PRIMARY KEY (statement_id, organisation_id)
    ) STRICT""",
    "CREATE INDEX statement_organisations_by_organisation"
    " ON statement_organisations (organisation_id)",
    """CREATE TABLE statement_sectors (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        sector TEXT NOT NULL,
        PRIMARY KEY (statement_id, sector)
    ) STRICT""",
    """CREATE TABLE declarations (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (statement_id, field)
    ) STRICT""",
    """CREATE TABLE documents (
        sha256 TEXT PRIMARY KEY,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        kept_as TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE document_sources (
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        source TEXT NOT NULL,
        name TEXT NOT NULL,
        read_at TEXT NOT NULL,
        PRIMARY KEY (document_sha256, source)
    ) STRICT""",
    """CREATE TABLE statement_documents (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        method TEXT NOT NULL,
        quality REAL NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('accepted', 'review', 'rejected')),
        matched_on TEXT NOT NULL,
        PRIMARY KEY (statement_id, document_sha256)
    ) STRICT""",
    "CREATE INDEX statement_documents_by_document ON statement_documents (document_sha256)",
    """CREATE TABLE texts (
        id INTEGER PRIMARY KEY,
        document_sha256 TEXT NOT NULL UNIQUE REFERENCES documents (sha256),
        extractor TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('read', 'cannot_assess')),
        reason TEXT,
        content TEXT NOT NULL,
        language TEXT NOT NULL,
        words INTEGER NOT NULL,
        flags TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE pages (
        text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        method TEXT NOT NULL,
        PRIMARY KEY (text_id, number)
    ) STRICT""",
    """CREATE TABLE criteria (
        rubric TEXT NOT NULL,
        id TEXT NOT NULL,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        question TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('legal', 'flag', 'depth', 'indicator')),
        authority TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (rubric, id)
    ) STRICT""",
    """CREATE TABLE assessments (
        id INTEGER PRIMARY KEY,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        extractor TEXT NOT NULL,
        rubric TEXT NOT NULL,
        model TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('assessed', 'cannot_assess')),
        reason TEXT,
        statement_kind TEXT NOT NULL,
        compliance REAL,
        substance REAL,
        tier TEXT,
        minimal_index REAL,
        minimal_flag INTEGER,
        minimal_reasons TEXT NOT NULL,
        UNIQUE (document_sha256, extractor, rubric, model)
    ) STRICT""",
    """CREATE TABLE findings (
        id INTEGER PRIMARY KEY,
        assessment_id INTEGER NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
        criterion TEXT NOT NULL,
        value TEXT NOT NULL,
        present INTEGER,
        confidence REAL NOT NULL,
        UNIQUE (assessment_id, criterion)
    ) STRICT""",
    """CREATE TABLE evidence (
        id INTEGER PRIMARY KEY,
        finding_id INTEGER NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
        quote TEXT NOT NULL,
        page INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        status TEXT NOT NULL,
        method TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX evidence_by_finding ON evidence (finding_id)",
    """CREATE TABLE issues (
        id INTEGER PRIMARY KEY,
        stage TEXT NOT NULL,
        subject TEXT NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        UNIQUE (stage, subject, code)
    ) STRICT""",
)

PARTS = (
    "ALTER TABLE pages ADD COLUMN confidence REAL",
    """CREATE TABLE parts (
        text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('statement', 'other_language')),
        title TEXT NOT NULL,
        language TEXT NOT NULL,
        confidence REAL NOT NULL,
        judged INTEGER NOT NULL,
        PRIMARY KEY (text_id, start, kind)
    ) STRICT""",
)

SPECIFICITY = (
    "ALTER TABLE assessments ADD COLUMN particulars_per_100_words REAL",
    "ALTER TABLE assessments ADD COLUMN vague_share REAL",
)

# No reference to findings or texts: those are written anew, and what a person said stays.
REVIEWS = (
    """CREATE TABLE reviews (
        id INTEGER PRIMARY KEY,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        criterion TEXT,
        label TEXT CHECK (label IN ('approval', 'signature', 'structure', 'operations',
            'supply_chains', 'risk', 'mitigation', 'remediation', 'effectiveness')),
        start INTEGER,
        "end" INTEGER,
        quote TEXT,
        verdict TEXT NOT NULL CHECK (verdict IN ('confirmed', 'rejected', 'changed')),
        value TEXT CHECK (value IS NULL OR json_valid(value)),
        reviewer TEXT NOT NULL CHECK (reviewer <> ''),
        reviewed_at TEXT NOT NULL CHECK (reviewed_at GLOB '????-??-??T??:??:??Z'),
        reason TEXT NOT NULL,
        CHECK ((criterion IS NULL) <> (label IS NULL)),
        CHECK ((start IS NULL) = ("end" IS NULL) AND (start IS NULL) = (quote IS NULL)),
        CHECK (start IS NULL OR (start >= 0 AND start < "end")),
        CHECK (label IS NULL OR (start IS NOT NULL AND coalesce(value, '') IN ('0', '1')))
    ) STRICT""",
    "CREATE INDEX reviews_by_document ON reviews (document_sha256)",
)

REASONS = (
    "ALTER TABLE evidence ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]'"
    " CHECK (json_valid(reasons))",
)

# A correction stands in the findings themselves, so that all that counts them counts it; what was
# found by rules and classifier is kept beside it. Reviews are never removed.
CORRECTIONS = (
    "ALTER TABLE findings ADD COLUMN found_value TEXT",
    "ALTER TABLE findings ADD COLUMN review_id INTEGER REFERENCES reviews (id)",
    "ALTER TABLE evidence ADD COLUMN review_id INTEGER REFERENCES reviews (id)",
    "ALTER TABLE assessments ADD COLUMN reviews TEXT NOT NULL DEFAULT ''",
)

VIEWS = {
    **COLLECTING_VIEWS,
    # An assessment is current when it was made from the text as it is now; of several
    # (other rubrics or models), the newest.
    "current_assessments": """
        SELECT assessments.* FROM assessments
        WHERE assessments.id = (
            SELECT max(other.id) FROM assessments AS other
            JOIN texts ON texts.document_sha256 = other.document_sha256
                AND texts.extractor = other.extractor
            WHERE other.document_sha256 = assessments.document_sha256)""",
    # One row per statement that has an accepted document; of several, an assessed one, then
    # the best match.
    "statement_results": """
        SELECT id AS statement_id, * FROM (
            SELECT statements.id, statements.summary_url, statements.year,
                statements.statement_url, statements.turnover, statements.group_submission,
                links.document_sha256, links.method AS match_method,
                links.quality AS match_quality,
                results.id AS assessment_id, results.status, results.reason,
                results.statement_kind, results.compliance, results.substance, results.tier,
                results.minimal_index, results.minimal_flag, results.minimal_reasons,
                results.particulars_per_100_words, results.vague_share,
                row_number() OVER (PARTITION BY statements.id ORDER BY
                    results.status IS NOT 'assessed', results.statement_kind IS NOT 'statement',
                    links.quality DESC, links.document_sha256) AS preference
            FROM statements
            JOIN statement_documents AS links ON links.statement_id = statements.id
                AND links.state = 'accepted'
            LEFT JOIN current_assessments AS results
                ON results.document_sha256 = links.document_sha256
            WHERE statements.withdrawn_at IS NULL)
        WHERE preference = 1""",
    # Of several reviews of the same words, or of the document, by the same criterion or label, the
    # last one.
    "current_reviews": """
        SELECT reviews.* FROM reviews
        WHERE reviews.id = (
            SELECT other.id FROM reviews AS other
            WHERE other.document_sha256 = reviews.document_sha256
                AND other.criterion IS reviews.criterion AND other.label IS reviews.label
                AND other.start IS reviews.start AND other."end" IS reviews."end"
            ORDER BY other.reviewed_at DESC, other.id DESC LIMIT 1)""",
    "statement_names": """
        SELECT statement_id, count(*) AS organisations,
            CASE count(*) WHEN 1 THEN min(name)
                ELSE min(name) || ' and ' || (count(*) - 1) || ' more' END AS label
        FROM statement_organisations
        JOIN organisations ON organisations.id = organisation_id
        GROUP BY statement_id""",
    "sector_results": """
        SELECT statement_sectors.sector, statement_results.*
        FROM statement_sectors JOIN statement_results USING (statement_id)""",
    "organisation_results": """
        SELECT DISTINCT organisations.id AS organisation_id, organisations.name AS organisation,
            organisations.company_number, statement_results.*
        FROM organisations
        JOIN organisations AS rows ON coalesce(rows.same_as, rows.id) = organisations.id
        JOIN statement_organisations ON organisation_id = rows.id
        JOIN statement_results USING (statement_id)""",
    "evidence_quotes": """
        SELECT current_assessments.document_sha256, document_sources.name AS document,
            findings.criterion, findings.value, findings.confidence, evidence.quote,
            evidence.page, evidence.start, evidence."end", evidence.status, evidence.method,
            evidence.reasons
        FROM current_assessments
        JOIN findings ON findings.assessment_id = current_assessments.id
        JOIN evidence ON evidence.finding_id = findings.id
        JOIN document_sources
            ON document_sources.document_sha256 = current_assessments.document_sha256
        GROUP BY evidence.id""",
    # What an assessment has to take into account; in the order of their keys.
    "document_reviews": """
        SELECT document_sha256, group_concat(id) AS reviews FROM (
            SELECT document_sha256, id FROM current_reviews WHERE criterion IS NOT NULL
            ORDER BY document_sha256, id)
        GROUP BY document_sha256""",
    # What persons said of findings, beside what had been found; both are equal where it was
    # confirmed.
    "reviewed_findings": """
        SELECT current_assessments.document_sha256, current_assessments.id AS assessment_id,
            findings.id AS finding_id, findings.criterion, findings.value,
            coalesce(findings.found_value, findings.value) AS found_value, reviews.verdict,
            reviews.reviewer, reviews.reviewed_at, reviews.reason
        FROM current_assessments
        JOIN findings ON findings.assessment_id = current_assessments.id
        JOIN reviews ON reviews.id = findings.review_id""",
    "documents_not_assessed": """
        SELECT documents.sha256, min(document_sources.name) AS document,
            coalesce(texts.reason, results.reason, 'not yet read') AS reason
        FROM documents
        JOIN document_sources ON document_sources.document_sha256 = documents.sha256
        LEFT JOIN texts ON texts.document_sha256 = documents.sha256
        LEFT JOIN current_assessments AS results ON results.document_sha256 = documents.sha256
        WHERE results.status IS NOT 'assessed'
        GROUP BY documents.sha256""",
    "matches_for_review": """
        SELECT statement_documents.statement_id, statement_documents.document_sha256,
            document_sources.name AS document, statement_names.label AS statement,
            statements.year, statement_documents.method, statement_documents.quality,
            statement_documents.matched_on
        FROM statement_documents
        JOIN statements ON statements.id = statement_documents.statement_id
        JOIN statement_names ON statement_names.statement_id = statements.id
        JOIN document_sources
            ON document_sources.document_sha256 = statement_documents.document_sha256
        WHERE statement_documents.state = 'review'
        GROUP BY statement_documents.statement_id, statement_documents.document_sha256""",
    "documents_without_statement": """
        SELECT documents.sha256, min(document_sources.name) AS document
        FROM documents
        JOIN document_sources ON document_sources.document_sha256 = documents.sha256
        WHERE documents.sha256 NOT IN (
            SELECT document_sha256 FROM statement_documents WHERE state = 'accepted')
        GROUP BY documents.sha256""",
    "statements_without_document": """
        SELECT statements.id AS statement_id, statements.summary_url, statements.year,
            statements.statement_url, statement_names.label AS statement
        FROM statements JOIN statement_names ON statement_names.statement_id = statements.id
        WHERE statements.withdrawn_at IS NULL AND statements.id NOT IN (
            SELECT statement_id FROM statement_documents WHERE state = 'accepted')""",
    **COMPARING_VIEWS,
}


@migrations()
def m001_first_tables(db: Database) -> None:
    """The tables, the full-text index and the views of version 1."""
    _execute(db, TABLES)
    db.table("texts").enable_fts(["content"], create_triggers=True)
    _create_views(db)


@migrations()
def m002_parts(db: Database) -> None:
    """Confidence of character recognition, and the parts of long documents."""
    _execute(db, PARTS)


@migrations()
def m003_specificity(db: Database) -> None:
    """How particular the text of an assessment is."""
    _execute(db, SPECIFICITY)
    _renew_views(db)


@migrations()
def m004_reviews(db: Database) -> None:
    """What persons say of findings."""
    _execute(db, REVIEWS)
    _renew_views(db)


@migrations()
def m005_reasons(db: Database) -> None:
    """What made a model take a sentence for evidence."""
    _execute(db, REASONS)
    _renew_views(db)


@migrations()
def m006_collecting(db: Database) -> None:
    """What was asked of the network, what came back, and what is known from it."""
    _execute(db, COLLECTING)
    _renew_views(db)


@migrations()
def m007_comparing(db: Database) -> None:
    """What statements show beside one another."""
    _execute(db, COMPARING)
    _renew_views(db)


@migrations()
def m008_corrections(db: Database) -> None:
    """What persons corrected, in the findings."""
    _execute(db, CORRECTIONS)
    _renew_views(db)


@migrations()
def m009_runs(db: Database) -> None:
    """What was run, and digests of what it left."""
    _execute(db, RUNS)
    _execute(db, RUN_TRIGGERS)


@migrations()
def m010_reuse(db: Database) -> None:
    """What documents were matched and compared by; empty until they are the next time."""
    _execute(db, (*MATCHED, *MINIMAL_INPUTS, *REUSE_INDEX))


@migrations()
def m011_forgotten(db: Database) -> None:
    """What is not to come back."""
    _execute(db, FORGOTTEN)


def _renew_views(db: Database) -> None:
    _execute(db, (f"DROP VIEW IF EXISTS {name}" for name in VIEWS))
    _create_views(db)


def _create_views(db: Database) -> None:
    _execute(db, (f"CREATE VIEW {name} AS {sql}" for name, sql in VIEWS.items()))


def _execute(db: Database, statements: Iterable[str]) -> None:
    for statement in statements:
        db.execute(statement)

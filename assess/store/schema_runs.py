"""Tables of what was run, and of what it left: see docs/runs.md."""

from __future__ import annotations

RUNS = (
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        command TEXT NOT NULL,
        arguments TEXT NOT NULL CHECK (json_valid(arguments)),
        settings TEXT NOT NULL CHECK (json_valid(settings)),
        versions TEXT NOT NULL CHECK (json_valid(versions)),
        began_empty INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        seconds REAL,
        outcome TEXT CHECK (outcome IN ('done', 'failed', 'interrupted', 'killed')),
        exit_code INTEGER,
        message TEXT,
        issues TEXT CHECK (issues IS NULL OR json_valid(issues)),
        content TEXT
    ) STRICT""",
    """CREATE TABLE run_stages (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        stage TEXT NOT NULL,
        started_at TEXT NOT NULL,
        seconds REAL,
        counts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts)),
        PRIMARY KEY (run_id, position)
    ) STRICT""",
    """CREATE TABLE run_inputs (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        sha256 TEXT,
        documents INTEGER,
        PRIMARY KEY (run_id, path)
    ) STRICT""",
    "ALTER TABLE issues ADD COLUMN run_id INTEGER REFERENCES runs (id) ON DELETE SET NULL",
    "CREATE INDEX issues_by_run ON issues (run_id)",
    """CREATE TABLE document_digests (
        document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256) ON DELETE CASCADE,
        digest TEXT
    ) STRICT""",
    "INSERT INTO document_digests SELECT document_sha256, NULL FROM texts",
)

# What a document's digest is made of has changed: it is made anew at the end of the run. A
# finding or a quote is added and removed together with its assessment.
_CHANGED = {
    "texts_added": ("INSERT ON texts", "new.document_sha256"),
    "texts_changed": ("UPDATE ON texts", "new.document_sha256"),
    "texts_removed": ("DELETE ON texts", "old.document_sha256"),
    "assessments_added": ("INSERT ON assessments", "new.document_sha256"),
    "assessments_changed": (
        "UPDATE OF status, reason, statement_kind, compliance, substance, tier ON assessments",
        "new.document_sha256",
    ),
    "assessments_removed": ("DELETE ON assessments", "old.document_sha256"),
    "findings_changed": (
        "UPDATE OF value, confidence, found_value ON findings",
        "(SELECT document_sha256 FROM assessments WHERE id = new.assessment_id)",
    ),
    "evidence_changed": (
        'UPDATE OF quote, page, start, "end", status, method ON evidence',
        "(SELECT document_sha256 FROM findings JOIN assessments"
        " ON assessments.id = assessment_id WHERE findings.id = new.finding_id)",
    ),
}

_TRIGGER = """CREATE TRIGGER digest_after_{name} AFTER {event} BEGIN
        INSERT INTO document_digests (document_sha256) VALUES ({document})
        ON CONFLICT (document_sha256) DO UPDATE SET digest = NULL;
    END"""
RUN_TRIGGERS = tuple(
    _TRIGGER.format(name=name, event=event, document=document)
    for name, (event, document) in _CHANGED.items()
)

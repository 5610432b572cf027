"""Tables and views of collecting: what was asked of the network, and what came back."""

from __future__ import annotations

# No reference from attempts to documents: home pages and list pages are kept by their hash as well,
# but are no document to be judged.
COLLECTING = (
    "ALTER TABLE registry_files ADD COLUMN url TEXT",
    "ALTER TABLE registry_files ADD COLUMN content_md5 TEXT",
    "ALTER TABLE registry_files ADD COLUMN complete INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE statements ADD COLUMN withdrawn_at TEXT",
    "CREATE INDEX statements_by_url ON statements (statement_url)",
    "ALTER TABLE organisations ADD COLUMN same_as INTEGER REFERENCES organisations (id)",
    """CREATE TABLE statement_changes (
        statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
        registry_file_id INTEGER NOT NULL REFERENCES registry_files (id),
        change TEXT NOT NULL CHECK (change IN ('new', 'updated', 'withdrawn', 'returned')),
        PRIMARY KEY (statement_id, registry_file_id)
    ) STRICT""",
    """CREATE TABLE organisation_names (
        organisation_id INTEGER NOT NULL REFERENCES organisations (id),
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        PRIMARY KEY (organisation_id, name)
    ) STRICT""",
    "INSERT INTO organisation_names SELECT id, name, name_key FROM organisations",
    "CREATE INDEX organisation_names_by_key ON organisation_names (name_key)",
    """CREATE TABLE collections (
        id INTEGER PRIMARY KEY,
        door TEXT NOT NULL CHECK (door IN ('statements', 'sites', 'urls', 'warc')),
        mode TEXT NOT NULL CHECK (mode IN ('missing', 'recheck', 'refresh')),
        first_attempt INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT
    ) STRICT""",
    """CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        final_url TEXT NOT NULL,
        started_at TEXT NOT NULL,
        seconds REAL NOT NULL,
        status INTEGER,
        headers TEXT NOT NULL CHECK (json_valid(headers)),
        hops TEXT NOT NULL CHECK (json_valid(hops)),
        size INTEGER NOT NULL,
        sha256 TEXT,
        kept_as TEXT,
        outcome TEXT NOT NULL CHECK (outcome IN ('got', 'unchanged', 'failed', 'retried')),
        reason TEXT,
        detail TEXT NOT NULL,
        source TEXT NOT NULL,
        CHECK ((sha256 IS NULL) = (kept_as IS NULL)),
        CHECK ((outcome IN ('got', 'unchanged')) = (reason IS NULL))
    ) STRICT""",
    "CREATE INDEX attempts_by_url ON attempts (url, id)",
    "CREATE INDEX attempts_by_sha256 ON attempts (sha256)",
    """CREATE TABLE robots (
        origin TEXT PRIMARY KEY,
        fetched_at TEXT NOT NULL,
        status INTEGER,
        verdict TEXT NOT NULL CHECK (verdict IN ('rules', 'allow', 'disallow')),
        detail TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE targets (
        id INTEGER PRIMARY KEY,
        door TEXT NOT NULL CHECK (door IN ('statements', 'sites', 'urls', 'warc')),
        url TEXT NOT NULL,
        organisation TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'failed', 'postponed')),
        reason TEXT,
        detail TEXT NOT NULL,
        decided_at TEXT NOT NULL,
        collection_id INTEGER NOT NULL REFERENCES collections (id),
        UNIQUE (door, url, organisation),
        CHECK ((outcome = 'kept') = (reason IS NULL))
    ) STRICT""",
    """CREATE TABLE target_documents (
        target_id INTEGER NOT NULL REFERENCES targets (id) ON DELETE CASCADE,
        document_sha256 TEXT NOT NULL REFERENCES documents (sha256),
        how TEXT NOT NULL CHECK (how IN
            ('own_url', 'link', 'corrected', 'registry_copy', 'web_archive', 'warc')),
        url TEXT NOT NULL,
        link_text TEXT NOT NULL,
        PRIMARY KEY (target_id, document_sha256)
    ) STRICT""",
    "CREATE INDEX target_documents_by_document ON target_documents (document_sha256)",
    """CREATE TABLE homepage_links (
        target_id INTEGER PRIMARY KEY REFERENCES targets (id) ON DELETE CASCADE,
        value TEXT NOT NULL CHECK (value IN ('met', 'partial', 'absent')),
        reason TEXT NOT NULL,
        link_text TEXT NOT NULL,
        link_url TEXT NOT NULL,
        place TEXT NOT NULL,
        page_url TEXT NOT NULL,
        page_sha256 TEXT NOT NULL,
        visited_at TEXT NOT NULL
    ) STRICT""",
)

COLLECTING_VIEWS = {
    # What visits of home pages say of a document; where they differ (a group's statement on
    # several sites), nothing.
    "document_homepage_links": """
        SELECT target_documents.document_sha256, min(homepage_links.value) AS value,
            min(homepage_links.target_id) AS target_id, count(*) AS visits
        FROM homepage_links JOIN target_documents USING (target_id)
        GROUP BY target_documents.document_sha256
        HAVING count(DISTINCT homepage_links.value) = 1""",
    # As a list names it; else the latest of the registry's rows with that address.
    "target_names": """
        SELECT id AS target_id, coalesce(nullif(organisation, ''), (
            SELECT CASE count(*) WHEN 0 THEN '' WHEN 1 THEN min(name)
                ELSE min(name) || ' and ' || (count(*) - 1) || ' more' END
            FROM statement_organisations
            JOIN organisations ON organisations.id = organisation_id
            WHERE statement_id = (SELECT statements.id FROM statements
                WHERE statement_url = targets.url ORDER BY year DESC LIMIT 1))) AS label
        FROM targets""",
    "collecting_status": """
        SELECT door, outcome, coalesce(reason, '') AS reason, count(*) AS targets
        FROM targets GROUP BY door, outcome, reason""",
}

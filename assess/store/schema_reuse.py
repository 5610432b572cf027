"""Tables of what documents were matched and compared by, so that only new ones are anew."""

from __future__ import annotations

from typing import Final

MATCHED: Final = (
    """CREATE TABLE match_inputs (
        document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256) ON DELETE CASCADE,
        inputs TEXT NOT NULL
    ) STRICT""",
)

MINIMAL_INPUTS: Final = (
    """CREATE TABLE minimal_inputs (
        result_id INTEGER PRIMARY KEY REFERENCES minimal_results (id) ON DELETE CASCADE,
        inputs TEXT NOT NULL
    ) STRICT""",
)

# Large columns in tables of their own: who is in the comparison is read without them.
REUSE_INDEX: Final = (
    """CREATE TABLE reuse_texts (
        document_sha256 TEXT PRIMARY KEY REFERENCES documents (sha256) ON DELETE CASCADE,
        made_from TEXT NOT NULL,
        owner INTEGER,
        names TEXT NOT NULL,
        size INTEGER NOT NULL,
        own_size INTEGER NOT NULL,
        sketch BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE reuse_runs (
        document_sha256 TEXT PRIMARY KEY
            REFERENCES reuse_texts (document_sha256) ON DELETE CASCADE,
        runs BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE reuse_sentences (
        document_sha256 TEXT PRIMARY KEY
            REFERENCES reuse_texts (document_sha256) ON DELETE CASCADE,
        sentences BLOB NOT NULL
    ) STRICT""",
)

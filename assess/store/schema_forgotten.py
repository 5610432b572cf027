"""Tables of what was forgotten: hashes, so that the same does not come back, and no names."""

from __future__ import annotations

from typing import Final

FORGOTTEN: Final = (
    """CREATE TABLE forgotten (
        kind TEXT NOT NULL CHECK (kind IN
            ('company_number', 'name', 'statement', 'address', 'document')),
        key TEXT NOT NULL,
        forgotten_at TEXT NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT""",
    """CREATE TABLE redactions (
        key TEXT PRIMARY KEY,
        words INTEGER NOT NULL CHECK (words > 0),
        redacted_at TEXT NOT NULL
    ) STRICT""",
    # What a forgetting run has still to do; empty but while it runs, or after it was killed.
    """CREATE TABLE removals (
        kept_as TEXT PRIMARY KEY
    ) STRICT""",
)

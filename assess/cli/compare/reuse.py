"""`assess compare reuse`."""

from __future__ import annotations

from assess.cli.options import DEFAULT_DB, AsJson, Database
from assess.cli.tables import AsCsv, one_form


def reuse(db: Database = DEFAULT_DB, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Find text that several organisations share: sentences, near-copies, clusters."""
    one_form(as_json=as_json, as_csv=as_csv)

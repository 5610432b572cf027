"""`assess compare coverage`."""

from __future__ import annotations

from assess.cli.options import DEFAULT_DB, AsJson, Database
from assess.cli.tables import AsCsv, one_form


def coverage(db: Database = DEFAULT_DB, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Tell late and missing statements, and which organisations of a list were found."""
    one_form(as_json=as_json, as_csv=as_csv)

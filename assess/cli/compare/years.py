"""`assess compare years`."""

from __future__ import annotations

from assess.cli.options import DEFAULT_DB, AsJson, Database
from assess.cli.tables import AsCsv, one_form


def years(db: Database = DEFAULT_DB, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Compare each organisation's statements year on year."""
    one_form(as_json=as_json, as_csv=as_csv)

"""`assess compare sectors`."""

from __future__ import annotations

from assess.cli.options import DEFAULT_DB, AsJson, Database
from assess.cli.tables import AsCsv, one_form


def sectors(db: Database = DEFAULT_DB, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Compare sectors and other groups: shares, scores and minimal compliance, with intervals."""
    one_form(as_json=as_json, as_csv=as_csv)

"""`assess compare declared`."""

from __future__ import annotations

from assess.cli.options import DEFAULT_DB, AsJson, Database
from assess.cli.tables import AsCsv, one_form


def declared(db: Database = DEFAULT_DB, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    """Check what organisations declared in the registry against the text of their statements."""
    one_form(as_json=as_json, as_csv=as_csv)

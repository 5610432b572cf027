"""Parquet is read by others with its types, and with what its columns mean."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet as pq
import pytest

from assess.export import parquet
from assess.export.parquet import export_parquet
from assess.export.source import rows, snapshot
from assess.export.tables import TABLES, chosen
from assess.store import Workspace
from tests.export.conftest import ATTACKS, LONG

PANDAS = {
    "text": {"object", "str", "string"},
    "integer": {"int64", "float64"},  # pandas has no whole numbers with gaps
    "number": {"float64"},
    "boolean": {"bool", "object"},
    "date": {"object"},
    "time": {f"datetime64[{unit}, UTC]" for unit in ("s", "ms", "us", "ns")},
}
DUCKDB = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIMESTAMP WITH TIME ZONE",
}


@pytest.fixture(scope="module")
def made(grouped_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from assess.store import open_workspace

    out = tmp_path_factory.mktemp("parquet") / "out"
    with open_workspace(grouped_db, create=False, write=False) as workspace:
        export_parquet(workspace, out)
    return out


def test_pandas_and_duckdb_read_the_types(made: Path) -> None:
    with duckdb.connect() as db:
        for table in TABLES:
            path = made / f"{table.name}.parquet"
            frame = pandas.read_parquet(path)
            described = db.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
            assert tuple(frame.columns) == table.names == tuple(row[0] for row in described)
            for column, kind in zip(table.columns, described, strict=True):
                assert kind[1] == DUCKDB[column.kind], (table.name, column.name)
                assert len(frame) == 0 or str(frame[column.name].dtype) in PANDAS[column.kind]


def test_the_rows_are_those_of_the_database(made: Path, corpus: Workspace) -> None:
    for table in chosen(["statements", "findings", "group_shares"]):
        with snapshot(corpus) as connection:
            expected = [dict(zip(table.names, row, strict=True)) for row in rows(connection, table)]
        assert pq.read_table(made / f"{table.name}.parquet").to_pylist() == expected


def test_columns_carry_their_meaning(made: Path) -> None:
    schema = pq.read_schema(made / "findings.parquet")
    assert schema.field("confidence").metadata[b"description"] == b"0 to 1"
    assert not schema.field("criterion").nullable
    assert schema.metadata[b"title"] == b"Findings"


def test_rows_go_in_groups(
    hostile: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS_IN_GROUP", 5)
    export_parquet(hostile, tmp_path / "out", ["organisations"])
    file = pq.ParquetFile(tmp_path / "out" / "organisations.parquet")
    assert file.num_row_groups == 4
    assert file.read().column("name").to_pylist() == [*ATTACKS, LONG]

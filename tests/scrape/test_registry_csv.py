"""The CSV as its writer makes it."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.registry_csv import parse

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


def fits(column: str, cell: str) -> bool:
    return column != "StatementYear" or cell.isdigit()


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4))
def test_well_formed_tables_come_back_as_written(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["StatementYear", "A", "B", "C"])
    writer.writerows([["2022", *row] for row in rows])
    table = parse(out.getvalue().encode(), "t.csv", fits)
    assert [row.cells for row in table.rows] == [("2022", *row) for row in rows]


@given(
    st.lists(
        st.text('ab"', min_size=1, max_size=6).map(lambda text: f"x{text}x, y"),
        min_size=1,
        max_size=4,
    )
)
def test_quotes_within_quoted_cells_survive_undoubled(cells: list[str]) -> None:
    lines = ["StatementYear,A,B", *(f'2022,"{cell}",end' for cell in cells)]
    table = parse("\n".join(lines).encode(), "t.csv", fits)
    told = [row.cells[1] if row.cells else None for row in table.rows]
    # The registry never doubles quotes, other writers do: two in a row are read as one.
    assert told == [cell.replace('""', '"') for cell in cells] or told == cells

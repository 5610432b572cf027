"""What comparisons found as tables, of whatever report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assess.compare.minimal.trends import WORDS
from assess.report.compared.declared import DeclaredRow
from assess.report.compared.practice import GoodPractice
from assess.report.compared.shared import SharedText
from assess.report.compared.years import OfYear
from assess.report.tables.columns import (
    HIGH,
    LOW,
    integer,
    score_cells,
    score_columns,
    share_cells,
    share_columns,
    text,
    year,
)
from assess.report.tables.records import Column, Table


def years_table(years: Sequence[OfYear]) -> Table:
    """Medians and shares of each registry year."""
    columns = (
        year("year", "registry year"),
        integer("assessed", "judged as a statement"),
        *score_columns("compliance"),
        *score_columns("substance"),
        *share_columns("minimal", "statements that look like minimal compliance"),
    )
    rows = tuple(
        (
            one.year,
            one.assessed,
            *score_cells(one.compliance),
            *score_cells(one.substance),
            *share_cells(one.minimal),
        )
        for one in years
    )
    return Table("years", "Registry years", columns, rows)


def trends_table(trends: Sequence[Mapping[str, Any]]) -> Table:
    """Form against substance, each organisation with itself."""
    names = ("form_slope", "form_low", "form_high", "substance_slope", "substance_low")
    columns = (
        text("sector", "the registry's sector, or all"),
        year("first_year", "of the statements used"),
        year("last_year", "of the statements used"),
        integer("organisations", "with assessed statements of two years or more"),
        Column("compliance_slope", "number", "points a year"),
        Column("compliance_low", "number", LOW),
        Column("compliance_high", "number", HIGH),
        Column("substance_slope", "number", "points a year"),
        Column("substance_low", "number", LOW),
        Column("substance_high", "number", HIGH),
        text("verdict", "what follows from it"),
    )
    rows = tuple(
        (
            row["group_name"] or "All sectors",
            row["first_year"],
            row["last_year"],
            row["organisations"],
            *(row[name] for name in (*names, "substance_high")),
            WORDS[row["verdict"]],
        )
        for row in trends
    )
    return Table("trends", "Form against substance over the years", columns, rows)


def clusters_table(shared: SharedText | None) -> Table:
    """Documents that share text across organisations."""
    columns = (
        integer("cluster", "1 is the largest"),
        integer("owners", "organisations or groups of the cluster"),
        text("organisations", "whose statement the document is; empty without a registry row"),
        text("document", "file in the folder of kept documents"),
        Column("nearest_to_others", "flag", "overlaps most with the others; not: was first"),
        Column("overlap", "share", "with that text"),
    )
    rows = tuple(
        (
            one.number,
            one.owners,
            "; ".join(sharer.names),
            sharer.document.kept_as,
            sharer.is_template,
            sharer.overlap,
        )
        for one in (shared.largest if shared else ())
        for sharer in one.sharers
    )
    return Table("shared_text", "Texts shared between organisations", columns, rows)


def declared_table(name: str, title: str, declared: Sequence[DeclaredRow]) -> Table:
    """Answers given to the registry beside the text."""
    columns = (
        text("declared", "sector, or what was declared"),
        text("field", "column of the registry's file; empty for all"),
        integer("answers", "self-declared answers"),
        *share_columns("confirmed", "answers that the text shows"),
        *share_columns("not_found", "answers not found in the text"),
        *share_columns("contradicted", "answers that the text contradicts"),
    )
    rows = tuple(
        (
            row.name,
            row.field,
            row.answers,
            *share_cells(row.confirmed),
            *share_cells(row.not_found),
            *share_cells(row.contradicted),
        )
        for row in declared
    )
    return Table(name, title, columns, rows)


def practice_table(practice: Sequence[GoodPractice]) -> Table:
    """Quotes of leading statements."""
    columns = (
        text("criterion", "what few report"),
        *share_columns("found", "statements that report it"),
        text("statement", "whose words they are"),
        year("year", "registry year"),
        text("quote", "words of the statement"),
        integer("page", "of the kept document"),
        text("document", "file in the folder of kept documents"),
        text("published_at", "address, as the organisation gave it"),
    )
    rows = tuple(
        (
            one.title,
            *share_cells(one.found),
            example.statement.label,
            example.statement.year,
            example.quote,
            example.page,
            example.statement.document.kept_as,
            example.statement.statement_url,
        )
        for one in practice
        for example in one.examples
    )
    return Table("good_practice", "Good practice in their own words", columns, rows)

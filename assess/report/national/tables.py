"""The national report as tables."""

from __future__ import annotations

from collections.abc import Sequence

from assess.report.compared.declared import by_field, by_sector
from assess.report.compared.years import by_year
from assess.report.national.changes import Change
from assess.report.national.read import NationalData
from assess.report.tables.columns import integer, share_cells, share_columns, text, year
from assess.report.tables.compared import (
    clusters_table,
    declared_table,
    trends_table,
    years_table,
)
from assess.report.tables.records import Column, Table, Tabular
from assess.store.rows import Mapped

NOTES = (
    "None found: in a complete registry file as it was when it was read; it may be published all "
    "the same. Not known: no complete file of the year was read.",
    "Late: approved more than six months after the year end, by the dates given to the registry. "
    "Six months are guidance, not law.",
    "More and less: substance of the text, which says nothing of what an organisation does.",
    "Shared text is no fault; nothing tells who wrote it first.",
    "Answers in the registry are self-declared. Contradicted means that words of the text say "
    "otherwise; read them before relying on it.",
    "Scores and kinds are judgements by rules and a classifier and can be wrong in single cases. "
    "Missing words are no proof of a breach, and words are no proof of action.",
)


def national_tables(national: NationalData, findings: Sequence[str]) -> Tabular:
    """The report's findings, and all rows of its lists."""
    compared = national.compared
    sectors, fields = by_sector(compared.declared), by_field(compared.declared)
    return Tabular(
        "Modern slavery statements: national overview",
        tuple(findings),
        NOTES,
        (
            _years(national),
            years_table(by_year(national.data.registered.figures())),
            trends_table(compared.trends),
            _missing(national),
            _late(national),
            _changes(national),
            clusters_table(compared.shared),
            declared_table("declared_by_sector", "Declared and evidenced, by sector", sectors),
            declared_table("declared_by_field", "Declared and evidenced, by field", fields),
            _contradicted(national),
        ),
    )


def _years(national: NationalData) -> Table:
    columns = (
        year("year", "registry year"),
        Column("complete", "flag", "whether a complete registry file of it was read"),
        integer("statements", "in the registry files read"),
        integer("organisations", "that they cover"),
        integer("with_document", "statements whose document is at hand"),
        integer("assessed", "of which were judged"),
        *share_columns("late", "statements approved more than six months after the year end"),
    )
    rows = tuple(
        (
            one.year,
            one.complete,
            one.statements,
            national.organisations.get(one.year, 0),
            one.with_document,
            one.assessed,
            *share_cells(one.late),
        )
        for one in national.coverage.years
    )
    return Table("registry_years", "Statements in the registry by year", columns, rows)


def _missing(national: NationalData) -> Table:
    columns = (
        text("organisation", "as the registry names it"),
        year("year", "registry year without a statement of it"),
        text("state", "none_found, or not_known where no complete file of the year was read"),
        text("years_found", "years of its statements"),
    )
    rows = Mapped(
        lambda one: (one.organisation, one.year, one.state, ", ".join(map(str, one.years_found))),
        national.coverage.missing_years,
    )
    return Table("missing", "Years without a statement", columns, rows)


def _late(national: NationalData) -> Table:
    columns = (
        text("statement", "organisation, as the registry names it"),
        year("year", "registry year"),
        text("year_end", "as declared"),
        text("approved", "as declared"),
        integer("days", "between them"),
        text("registry_entry", "address of the registry's page"),
    )
    rows = Mapped(
        lambda one: (
            one.statement,
            one.year,
            one.year_end,
            one.approved,
            one.days,
            one.summary_url,
        ),
        national.coverage.late,
    )
    return Table("late", "Approved more than six months after the year end", columns, rows)


def _changes(national: NationalData) -> Table:
    columns = (
        text("statement", "organisation, as the later statement is called"),
        year("earlier_year", "registry year"),
        year("later_year", "registry year"),
        Column("earlier_substance", "score", "0 to 100"),
        Column("later_substance", "score", "0 to 100"),
        Column("points", "number", "later less earlier"),
        Column("earlier_compliance", "score", "0 to 100"),
        Column("later_compliance", "score", "0 to 100"),
        text("earlier_document", "file in the folder of kept documents"),
        text("later_document", "file in the folder of kept documents"),
    )
    rows = Mapped(_change, national.changes.more, national.changes.less)
    return Table("changes", "Statements that report more or less than before", columns, rows)


def _change(one: Change) -> tuple[str | int | float | None, ...]:
    return (
        one.label,
        one.earlier.year,
        one.later.year,
        one.earlier.substance,
        one.later.substance,
        one.points,
        one.earlier.compliance,
        one.later.compliance,
        one.earlier.document.kept_as,
        one.later.document.kept_as,
    )


def _contradicted(national: NationalData) -> Table:
    columns = (
        text("statement", "organisation, as the registry names it"),
        year("year", "registry year"),
        text("declared", "what the registry's field asks"),
        text("answer", "self-declared"),
        text("quote", "words of the text that say otherwise"),
        text("document", "file in the folder of kept documents"),
        text("registry_entry", "address of the registry's page"),
    )
    rows = Mapped(
        lambda one: (
            one.organisation,
            one.year,
            one.declared,
            one.answer,
            one.quote,
            one.document.kept_as,
            one.summary_url,
        ),
        national.contradictions,
    )
    return Table("contradicted", "Answers that the text contradicts", columns, rows)

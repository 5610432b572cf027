"""The sector report as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assess.compare.counts import LETTERS
from assess.compare.minimal.typology import TYPES
from assess.compare.sectors import GroupSummary
from assess.report import words
from assess.report.compared.declared import by_field, by_sector
from assess.report.compared.types import TITLES, types_of
from assess.report.compared.years import by_year
from assess.report.data import SetAside, StatementRow
from assess.report.tables.columns import (
    HIGH,
    LOW,
    integer,
    kept_score_cells,
    kept_share_cells,
    score_cells,
    score_columns,
    share_cells,
    share_columns,
    text,
    year,
)
from assess.report.tables.compared import (
    clusters_table,
    declared_table,
    practice_table,
    trends_table,
    years_table,
)
from assess.report.tables.records import Cell, Column, Table, Tabular
from assess.store.rows import Mapped

if TYPE_CHECKING:
    from assess.report.page import Content

NOTES = (
    "Compliance (0 to 100) counts what section 54 asks, item by item; substance (0 to 100) how "
    "deeply seven areas are described and which practices are reported as done. They are never "
    "added up.",
    "Minimal compliance names the pattern of form without substance: a sign to look closer, and no "
    "finding of fault.",
    "Only text was judged: missing words are no proof of a breach, and words are no proof of "
    "action.",
    "Intervals are at 95%: Wilson of shares, bootstrap of medians (above 200 statements Woodruff). "
    "They tell of chance in which statements were collected, not of errors of judgement.",
    "A statement of several sectors counts in each, so that sectors add up to more than all. "
    "Answers in the registry are self-declared.",
)


def sector_tables(content: Content, findings: Sequence[str]) -> Tabular:
    """The page's findings and numbers; statements with the value of every criterion."""
    data, compared = content.data, content.compared
    sectors = by_sector(compared.declared)
    fields = by_field(compared.declared)
    return Tabular(
        "Modern slavery statements: sector comparison",
        tuple(findings),
        NOTES,
        (
            _sectors(content),
            _minimal(content),
            _types(content),
            _turnover(content),
            years_table(by_year(data.registered.figures())),
            trends_table(compared.trends),
            clusters_table(compared.shared),
            declared_table("declared_by_sector", "Declared and evidenced, by sector", sectors),
            declared_table("declared_by_field", "Declared and evidenced, by field", fields),
            _declared_whole(content),
            practice_table(compared.practice),
            _criteria(content),
            _statements(content),
            _set_aside(content),
            Table(
                "without_document",
                "Statements without a document",
                (
                    text("statement", "organisation, as the registry names it"),
                    year("year", "registry year"),
                    text("published_at", "address, as the organisation gave it"),
                ),
                data.without_document,
                in_text=False,
            ),
        ),
    )


def _groups(content: Content) -> Iterator[tuple[str, GroupSummary]]:
    comparison = content.comparison
    for group in (comparison.overall, *comparison.sectors, comparison.unregistered):
        yield words.group_name(group), group


def _sectors(content: Content) -> Table:
    columns = (
        text("sector", "the registry's sector; a statement may have several"),
        integer("statements", "in the registry; of documents without a row, documents"),
        integer("organisations", "that they cover"),
        integer("with_document", "statements whose document is at hand"),
        integer("assessed", "judged as a statement: the ground of all shares"),
        integer("cannot_assess", "whose document could not be judged"),
        integer("other_kinds", "whose document is a policy or something else"),
        *score_columns("compliance"),
        *score_columns("substance"),
        *share_columns("minimal", "statements that look like minimal compliance"),
        Column("too_few", "flag", "fewer assessed statements than are needed to compare"),
    )
    rows = tuple(
        (
            name,
            group.statements,
            group.organisations,
            group.with_document,
            group.assessed,
            sum(number for _, number in group.cannot_assess),
            sum(number for _, number in group.other_kinds),
            *score_cells(group.compliance),
            *score_cells(group.substance),
            *share_cells(group.minimal),
            group.too_few,
        )
        for name, group in _groups(content)
        if group.statements
    )
    return Table("sectors", "Sectors", columns, rows)


def _minimal(content: Content) -> Table:
    columns = (
        text("sector", "the registry's sector"),
        integer("rank", "by the pooled share, 1 the highest; none where too few"),
        *share_columns("raw", "statements that look like minimal compliance"),
        Column("pooled_share", "share", "drawn toward all sectors (empirical Bayes)"),
        Column("pooled_low", "share", LOW),
        Column("pooled_high", "share", HIGH),
        Column("difference", "number", "share less that of the rest, -1 to 1"),
        Column("difference_low", "number", f"{LOW} (Newcombe)"),
        Column("difference_high", "number", f"{HIGH} (Newcombe)"),
        Column("q_value", "number", "after control of false discoveries; 0.05 or less: differs"),
    )
    names = ("pooled", "pooled_low", "pooled_high")
    compared = ("difference", "difference_low", "difference_high", "q_value")
    rows = []
    for group in content.compared.sectors:
        if group.kind == "group":
            row = group.shares["minimal_flag", "true"]
            cells = (*kept_share_cells(row), *(row[name] for name in (*names, *compared)))
            rows.append((group.name, group.counts["rank"], *cells))
    return Table("minimal_compliance", "Minimal compliance by sector, pooled", columns, tuple(rows))


def _types(content: Content) -> Table:
    columns = (
        text("sector", "the registry's sector"),
        text("kind", "of statement, from form to substance"),
        *share_columns("kind", "statements of this kind"),
    )
    rows = tuple(
        (row.group.name or _ALL.get(row.group.kind, ""), TITLES[name], *share_cells(found))
        for row in types_of(content.compared.sectors)
        for name, found in zip(TYPES, row.shares, strict=True)
    )
    return Table("kinds", "Kinds of statement by sector", columns, rows)


_ALL = {"all": "All sectors", "none": "No sector given in the registry"}


def _turnover(content: Content) -> Table:
    columns = (
        text("turnover", "band, as declared to the registry"),
        integer("statements", "in the registry"),
        integer("assessed", "judged as a statement"),
        *score_columns("compliance"),
        *score_columns("substance"),
        *share_columns("minimal", "statements that look like minimal compliance"),
    )
    rows = tuple(
        (
            group.name or "Not provided",
            group.counts["statements"],
            group.counts["assessed"],
            *kept_score_cells(group.scores["compliance"]),
            *kept_score_cells(group.scores["substance"]),
            *kept_share_cells(group.shares["minimal_flag", "true"]),
        )
        for group in content.compared.turnover
        if group.kind in ("group", "none")
    )
    return Table("turnover", "Turnover bands", columns, rows)


def _declared_whole(content: Content) -> Table:
    columns = (
        text("sector", "the registry's sector, or all"),
        text("field", "column of the registry's file"),
        integer("answers", "self-declared answers"),
        *share_columns("confirmed", "answers that the text shows"),
        *share_columns("not_found", "answers not found in the text"),
        *share_columns("contradicted", "answers that the text contradicts"),
    )
    rows = tuple(
        (
            one.sector or "All sectors",
            one.field,
            one.answers,
            *share_cells(one.confirmed),
            *share_cells(one.not_found),
            *share_cells(one.contradicted),
        )
        for one in content.compared.declared
    )
    title = "Declared and evidenced, by sector and field"
    return Table("declared_by_sector_and_field", title, columns, rows, in_text=False)


def _criteria(content: Content) -> Table:
    columns = (
        text("criterion", "id in the rubric"),
        text("title", "short name"),
        text("authority", "LAW, BILL (proposed, not law), GUIDANCE or BENCHMARK"),
        text("level", "what is counted of it: met, partial, true, 1+ or 2+"),
        text("sector", "the registry's sector, or all"),
        *share_columns("found", "statements that reach the level"),
    )
    rows = tuple(
        (
            measure.criterion.id,
            measure.criterion.title,
            measure.criterion.authority,
            measure.level,
            name,
            *share_cells(group.shares[place]),
        )
        for place, measure in enumerate(content.comparison.measures)
        for name, group in _groups(content)
        if group.assessed
    )
    return Table("criteria", "Criteria by sector", columns, rows, in_text=False)


def _statements(content: Content) -> Table:
    columns = (
        text("statement", "organisation, as the registry names it, or name of the document"),
        year("year", "registry year"),
        text("sectors", "the registry's, separated by semicolons"),
        text("turnover", "band, as declared to the registry"),
        Column("compliance", "score", "0 to 100"),
        Column("substance", "score", "0 to 100"),
        text("tier", "band of substance"),
        Column("minimal_index", "number", "0 to 1"),
        Column("looks_like_minimal_compliance", "flag", "whether the index reaches the threshold"),
        text("kind", "of statement"),
        text("reasons", "of the index, in words"),
        text("published_at", "address, as the organisation gave it"),
        text("registry_entry", "address of the registry's page"),
        text("document", "file in the folder of kept documents"),
        *(text(one.id, f"{one.title}: {one.question}") for one in content.data.counts.criteria),
    )
    data, criteria = content.data, len(content.data.counts.criteria)
    rows = Mapped(lambda row: _statement(row, criteria), data.registered, data.unregistered)
    return Table("statements", "Statements", columns, rows, in_text=False)


_VALUES = {letter: value for value, letter in LETTERS.items()}


def _statement(row: StatementRow, criteria: int) -> tuple[Cell, ...]:
    return (
        row.label,
        row.year,
        "; ".join(row.sectors),
        row.turnover,
        row.compliance,
        row.substance,
        row.tier,
        row.minimal_index,
        None if row.minimal_index is None else row.minimal_flag,
        row.type,
        "; ".join(row.reasons),
        row.statement_url,
        row.summary_url,
        row.document.kept_as,
        *(_VALUES.get(letter) for letter in row.values.ljust(criteria)),
    )


def _set_aside(content: Content) -> Table:
    data = content.data
    columns = (
        text("statement", "organisation or document"),
        year("year", "registry year"),
        text("reason", "why it is in no share"),
        text("document", "file in the folder of kept documents"),
    )
    rows = Mapped(
        tuple,
        Mapped(lambda row: _apart(row, words.reason(row.why)), data.not_assessed),
        Mapped(lambda row: _apart(row, words.KINDS.get(row.why, row.why)), data.not_statements),
    )
    return Table("set_aside", "Set aside", columns, rows)


def _apart(row: SetAside, why: str) -> tuple[Cell, ...]:
    return row.label, row.year, why, row.document.kept_as

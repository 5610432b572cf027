"""Answers to WikiRate's modern slavery metrics, in the form of its bulk import."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from assess import __version__
from assess.export.about import ExportReport, report
from assess.export.crosswalk import (
    UNKNOWN,
    Crosswalk,
    Decided,
    Found,
    Metric,
    Quote,
    decide,
    load_crosswalk,
)
from assess.export.source import snapshot
from assess.files import writing
from assess.progress import track
from assess.records import HOMEPAGE_LINK
from assess.report.words import cut, formula_safe, shown, web_link
from assess.store.workspace import Workspace

COLUMNS = ("Metric", "Company", "Year", "Value", "Source", "Comment")
LOOK = "a machine read this: look at each answer and its quote before you import it"
# Between values of one answer, as WikiRate's importer splits them.
BETWEEN_VALUES = ";"
# Enough to find the place; the source has the rest.
QUOTE_CHARACTERS = 500
# Walk Free counts a financial year that ends by April to the year before.
_LAST_MONTH_OF_YEAR_BEFORE = 4

# Of each organisation and year of WikiRate one statement, the newest.
_STATEMENTS = """
    SELECT *, row_number() OVER (PARTITION BY organisation_id, answer_year
        ORDER BY year DESC, coalesce(last_updated, '') DESC, statement_id) AS place
    FROM (
        SELECT DISTINCT whole.id AS organisation_id, whole.name AS company,
            statements.id AS statement_id, statements.year, statements.last_updated,
            (SELECT count(*) FROM organisations AS same WHERE same.same_as IS NULL
                AND same.name_key = whole.name_key AND same.name = whole.name COLLATE NOCASE
            ) AS namesakes,
            statements.statement_url, results.assessment_id, results.statement_kind,
            results.status, coalesce(names.organisations, 1) AS organisations,
            CAST(substr(statements.end_date, 1, 4) AS INTEGER)
                - (CAST(substr(statements.end_date, 6, 2) AS INTEGER) <= :month) AS answer_year
        FROM statements
        JOIN statement_organisations AS owners ON owners.statement_id = statements.id
        JOIN organisations AS named ON named.id = owners.organisation_id
        JOIN organisations AS whole ON whole.id = coalesce(named.same_as, named.id)
        JOIN statement_names AS names ON names.statement_id = statements.id
        LEFT JOIN own_results AS results ON results.statement_id = statements.id
        WHERE statements.withdrawn_at IS NULL)
    ORDER BY statement_id, organisation_id"""
_FINDINGS = """
    SELECT findings.id, findings.criterion, findings.value, reviews.reviewer
    FROM findings LEFT JOIN reviews ON reviews.id = findings.review_id
    WHERE findings.assessment_id = ?"""
_QUOTES = """
    SELECT quote, 'page ' || page FROM evidence WHERE finding_id = ? AND status = 'implemented'
    ORDER BY start, id"""

_LINKS = """
    SELECT links.link_text, 'on ' || links.page_url
    FROM judged
    JOIN document_homepage_links AS visited ON visited.document_sha256 = judged.document_sha256
    JOIN homepage_links AS links ON links.target_id = visited.target_id
    WHERE judged.id = ? AND links.value = 'met' AND links.link_text <> ''"""

Answers = tuple[tuple[Metric, Decided], ...]


@dataclass(frozen=True, slots=True)
class _Statement:
    company: str
    year: int
    source: str
    assessment: int
    organisations: int


def export_answers(workspace: Workspace, path: Path, *, unknown: bool = True) -> ExportReport:
    """Write one row for each metric of each organisation that a statement covers.

    Args:
        unknown: whether to write a row also where findings do not decide the answer.

    Raises:
        InputError: it cannot be written.
    """
    left_out: Counter[str] = Counter()
    crosswalk, answers, companies = load_crosswalk(), 0, set[tuple[str, int]]()
    with snapshot(workspace) as connection, writing(path) as handle:
        # The organisations of a group statement come one after the other.
        decided = lru_cache(maxsize=1)(partial(_decided, connection, crosswalk))
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        (total,) = connection.execute("SELECT count(*) FROM statement_organisations").fetchone()
        for statement in track(_statements(connection, left_out), total, "statements"):
            companies.add((statement.company, statement.year))
            for row in _answers(statement, decided(statement.assessment)):
                if unknown or row[3] != UNKNOWN:
                    writer.writerow(row)
                    answers += 1
    notes = [LOOK] + [f"left out, {why}: {number:,}" for why, number in sorted(left_out.items())]
    rows = {"answers": answers, "companies and years": len(companies)}
    return report(path, "wikirate", rows, *notes)


def _statements(connection: sqlite3.Connection, left_out: Counter[str]) -> Iterator[_Statement]:
    found = connection.execute(_STATEMENTS, {"month": _LAST_MONTH_OF_YEAR_BEFORE})
    names = [column[0] for column in found.description]
    for values in found:
        row = dict(zip(names, values, strict=True))
        source = web_link(row["statement_url"])
        if row["status"] != "assessed":
            left_out["not assessed"] += 1
        elif row["statement_kind"] != "statement":
            left_out["not a statement"] += 1
        elif row["answer_year"] is None:
            left_out["no year end"] += 1
        elif source is None:
            left_out["no web address"] += 1
        elif row["namesakes"] > 1:  # WikiRate knows companies by name: whose answer would it be?
            left_out["name of several organisations"] += 1
        elif row["place"] != 1:
            left_out["another statement of the same year"] += 1
        else:
            yield _Statement(
                row["company"],
                row["answer_year"],
                _one_source(source),
                row["assessment_id"],
                row["organisations"],
            )


def _one_source(url: str) -> str:
    """The address so that the importer, which splits at semicolons, takes it for one."""
    return url.replace(" ", "%20").replace(";", "%3B")


def _answers(
    statement: _Statement, answers: Answers
) -> Iterator[tuple[str, str, int, str, str, str]]:
    for metric, decided in answers:
        yield (
            metric.name,
            formula_safe(statement.company),
            statement.year,
            BETWEEN_VALUES.join(decided.values),
            formula_safe(statement.source),
            _comment(metric, decided, statement),
        )


def _decided(connection: sqlite3.Connection, crosswalk: Crosswalk, assessment: int) -> Answers:
    findings = _findings(connection, assessment)
    return tuple(
        (metric, decide(metric, findings, crosswalk.never)) for metric in crosswalk.metrics
    )


def _findings(connection: sqlite3.Connection, assessment: int) -> dict[str, Found]:
    return {
        criterion: Found(value, _quotes(connection, assessment, id_, criterion), reviewer)
        for id_, criterion, value, reviewer in connection.execute(
            _FINDINGS, [assessment]
        ).fetchall()
    }


def _quotes(
    connection: sqlite3.Connection, assessment: int, finding: int, criterion: str
) -> tuple[Quote, ...]:
    """What a finding rests on: words of the text, or the link that was seen on a home page."""
    if criterion == HOMEPAGE_LINK:
        found = connection.execute(_LINKS, [assessment])
    else:
        found = connection.execute(_QUOTES, [finding])
    return tuple(Quote(*row) for row in found)


def _without_quote(metric: Metric, decided: Decided) -> str:
    if decided.values != (UNKNOWN,):
        return "Not found in the text." if not decided.seen else ""
    if not metric.answers:
        return "No criterion of assess decides it."
    if not decided.judged:
        return "Not assessed."
    if decided.seen:
        return "What the text says of it does not decide the answer."
    return "Not found in the text."


def _comment(metric: Metric, decided: Decided, statement: _Statement) -> str:
    quotes = [
        f"“{cut(' '.join(shown(quote.text).split()), QUOTE_CHARACTERS)}” ({shown(quote.place)})"
        for quote in decided.quotes
    ]
    told = " ".join(quotes) or _without_quote(metric, decided)
    group = (
        f" Group statement of {statement.organisations:,} organisations."
        if statement.organisations > 1
        else ""
    )
    by = f", looked at by {', '.join(decided.reviewed_by)}" if decided.reviewed_by else ""
    return shown(f"{told}{group} Machine-read by assess {__version__}{by}.".strip())

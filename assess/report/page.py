"""Turns a comparison and its evidence into one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assess import __version__
from assess.compare.sectors import SectorComparison
from assess.compare.stats import share
from assess.report import charts, heatmap, html, words
from assess.report.data import (
    EVIDENCE_STATEMENTS,
    QUOTE_CHARACTERS,
    SET_ASIDE_ROWS,
    FindingRow,
    ReportData,
    evidence_shown,
)

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

NOTHING = ("absent", "false", "0")
MATCH_WORDS = {
    "url": "web address",
    "company_number": "company number",
    "name_exact": "name",
    "name_fuzzy": "similar name",
    "reviewed": "a reviewer",
}


def render(
    data: ReportData,
    comparison: SectorComparison,
    *,
    digest: str,
    kept_at: str,
    rubric: Rubric | None,
) -> str:
    """The page as text.

    Args:
        kept_at: The folder of kept documents, as a URL path relative to the page.
        rubric: Gives the tiers their meaning; None where another rubric judged.
    """
    css = html.own_file("report.css") + heatmap.colour_css()
    # Sectors that can be compared come first: with many small ones the rest would drown.
    comparison = replace(
        comparison, sectors=tuple(sorted(comparison.sectors, key=lambda group: group.too_few))
    )
    environment = html.environment(html.kept_link(kept_at))
    environment.filters |= _filters()
    return environment.get_template("sectors.html").render(
        css=css,
        policy=html.policy(css),
        digest=digest,
        headlines=words.headlines(comparison),
        version=__version__,
        quote_characters=QUOTE_CHARACTERS,
        evidence_statements=EVIDENCE_STATEMENTS,
        aside_rows=SET_ASIDE_ROWS,
        **_content(data, comparison, rubric),
    )


def _content(
    data: ReportData, comparison: SectorComparison, rubric: Rubric | None
) -> dict[str, Any]:
    base = words.base(comparison)
    drawn = data.unregistered if base.kind == "unregistered" else data.registered
    able = [group for group in comparison.sectors if not group.too_few]
    proposal = words.is_proposal(data.counts.criteria)
    every = (*data.registered, *data.unregistered)
    content: dict[str, Any] = {
        "data": data,
        "counts": data.counts,
        "comparison": comparison,
        "base": base,
        "findings": words.key_findings(comparison),
        "facts": _facts(comparison),
        "criteria": {criterion.id: criterion.title for criterion in data.counts.criteria},
        "registry_date": max((day for _, _, day in data.registry_files), default=None),
        "scatter": charts.scatter(drawn, data.counts.tiers, proposal=proposal),
        "proposal": proposal,
        "proposal_title": rubric.title if rubric else "",
        "drawn": sum(None not in (row.compliance, row.substance) for row in drawn),
        "dense": len(drawn) > charts.MAX_POINTS,
        "notice": rubric.notice if rubric else "",
        "tiers": sorted(rubric.tiers, key=lambda tier: tier.at_least) if rubric else [],
        "tier_shares": [
            (tier, share(number, sum(n for _, n in base.tiers))) for tier, number in base.tiers
        ],
        "dots": charts.dot_intervals(able, comparison.overall.minimal),
        "few": [words.group_name(group) for group in comparison.sectors if group.too_few],
        "heat": heatmap.sections(comparison),
        "home_pages": words.home_pages(comparison),
        "missing": comparison.overall.statements - comparison.overall.with_document,
        "reasoned": any(found.reasons for row in every for found in row.findings or ()),
        "evidence_limited": len(evidence_shown(every)) < len({r.assessment_id for r in every}),
    }
    return content | {"contents": _contents(data, content)}


def _facts(comparison: SectorComparison) -> list[tuple[int, str]]:
    overall, loose = comparison.overall, comparison.unregistered
    registry = [
        (overall.statements, "statements in the registry"),
        (overall.organisations, "organisations they cover"),
        (overall.with_document, "statements with a document"),
    ]
    # Of the same statements as the table of sectors and the lines on a terminal.
    group = words.base(comparison)
    return [
        *(registry if overall.statements else []),
        (group.assessed, "assessed"),
        (_total(group.cannot_assess), "could not be assessed"),
        (_total(group.other_kinds), "documents that are not statements"),
        *([(loose.statements, "documents without a registry row")] if overall.statements else []),
    ]


def _contents(data: ReportData, content: dict[str, Any]) -> list[tuple[str, str]]:
    sections = [
        ("findings", "Key findings", True),
        ("reading", "How to read", True),
        ("scores", "Compliance against substance", content["scatter"]),
        ("minimal", "Minimal compliance", content["comparison"].sectors),
        ("sectors", "Sectors", content["comparison"].sectors),
        ("criteria", "Criteria", content["base"].assessed),
        ("statements", "Statements and evidence", data.registered),
        ("unregistered", "Without a registry row", data.unregistered),
        ("aside", "Set aside", data.not_assessed or data.not_statements),
        ("missing", "Without a document", content["missing"]),
        ("method", "Method and limits", True),
    ]
    return [(id_, title) for id_, title, present in sections if present]


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "evidenced": lambda rows: [row for row in rows if _evidenced(row)],
        "judgement": _judgement,
        "match_words": lambda method: MATCH_WORDS.get(method, method),
        "not_applicable": lambda rows, titles: _titles(rows, titles, ("na",)),
        "not_assessed": lambda rows, titles: [
            f"{titles.get(row.criterion, row.criterion)} ({row.note})"
            for row in rows
            if row.note and row.value == "na"
        ],
        "not_found": lambda rows, titles: _titles(rows, titles, NOTHING),
        "total": _total,
    }


def _evidenced(row: FindingRow) -> bool:
    """Whether there is something to show, a note on what was not seen on a page included."""
    nothing = (*(() if row.note else NOTHING), "na")
    return bool(row.quote) or row.value not in nothing


def _judgement(row: FindingRow) -> str:
    """The value in words; what was seen but does not count is not called missing."""
    if row.value in NOTHING and row.quote:
        return "Seen, not counted"
    if row.note and row.value == "absent":
        return "Not found on the home page"
    return words.VALUES.get(row.value, row.value)


def _titles(rows: Sequence[FindingRow], titles: dict[str, str], values: Sequence[str]) -> list[str]:
    return [
        titles.get(row.criterion, row.criterion)
        for row in rows
        if row.value in values and not row.quote and not row.note
    ]


def _total(parts: Sequence[tuple[str, int]]) -> int:
    return sum(number for _, number in parts)

"""Turns a comparison and its evidence into one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assess import __version__
from assess.compare.group_tables import KeptGroup
from assess.compare.minimal.trends import WORDS as VERDICTS
from assess.compare.minimal.typology import TYPES
from assess.compare.sectors import SectorComparison
from assess.compare.stats import share
from assess.report import charts, heatmap, html, words
from assess.report.compared import findings as sentences
from assess.report.compared.declared import by_field, by_sector
from assess.report.compared.read import Compared
from assess.report.compared.types import MEANINGS, TITLES, types_of
from assess.report.compared.years import by_year
from assess.report.data import EVIDENCE_STATEMENTS, SET_ASIDE_ROWS, ReportData
from assess.report.evidence import QUOTE_CHARACTERS, FindingRow, ReviewNote
from assess.report.selection import FILTERED_STATEMENTS, choices_of, selection_json

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
# Longer tables get a field to search in.
SEARCHABLE_ROWS = 15
# Documents that no registry row was found for, beside thousands that have one.
LOOSE_ROWS = 500
# Of a statement; the data to take along have all.
SECTORS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Content:
    """What the page is made from."""

    data: ReportData
    comparison: SectorComparison
    compared: Compared
    rubric: Rubric | None
    """Gives the tiers their meaning; None where the one that judged is not at hand."""


def render(content: Content, *, digest: str, kept_at: str) -> str:
    """The page as text.

    Args:
        kept_at: The folder of kept documents, as a URL path relative to the page.
    """
    css = html.own_file("report.css") + html.own_file("sectors.css") + heatmap.colour_css()
    script = html.own_file("tables.js") + html.own_file("filters.js")
    # Sectors that can be compared come first: with many small ones the rest would drown.
    sectors = sorted(content.comparison.sectors, key=lambda group: group.too_few)
    comparison = replace(content.comparison, sectors=tuple(sectors))
    environment = html.environment(html.kept_link(kept_at))
    environment.filters |= filters()
    return environment.get_template("sectors.html").render(
        css=css,
        script=script,
        policy=html.policy(css, script),
        digest=digest,
        headlines=words.headlines(comparison),
        version=__version__,
        kept_folder=kept_at,
        quote_characters=QUOTE_CHARACTERS,
        evidence_statements=EVIDENCE_STATEMENTS,
        aside_rows=SET_ASIDE_ROWS,
        loose_rows=LOOSE_ROWS,
        searchable_rows=SEARCHABLE_ROWS,
        **_content(replace(content, comparison=comparison)),
    )


def _content(content: Content) -> dict[str, Any]:
    data, comparison, rubric = content.data, content.comparison, content.rubric
    base = words.base(comparison)
    drawn = data.unregistered if base.kind == "unregistered" else data.registered
    able = [group for group in comparison.sectors if not group.too_few]
    proposal = words.is_proposal(data.counts.criteria)
    choices = choices_of(drawn, comparison)
    explored = drawn if len(drawn) <= FILTERED_STATEMENTS else ()
    printed = [found for findings in data.evidence.values() for found in findings]
    able_to_draw = sum(None not in (row.compliance, row.substance) for row in drawn.figures())
    found: dict[str, Any] = {
        "data": data,
        "counts": data.counts,
        "comparison": comparison,
        "base": base,
        "facts": _facts(comparison),
        "criteria": {criterion.id: criterion.title for criterion in data.counts.criteria},
        "registry_date": max((day for _, _, day in data.registry_files), default=None),
        "scatter": charts.scatter(drawn.figures(), data.counts.tiers, proposal=proposal),
        "proposal": proposal,
        "proposal_title": rubric.title if rubric else "",
        "drawn": able_to_draw,
        "explored": explored,
        "too_many": 0 if explored else len(drawn),
        "choices": choices,
        "selection": selection_json(explored, comparison, choices, data.counts.tiers),
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
        "reasoned": any(found.reasons for found in printed),
        "reviewed": any(found.review for found in printed),
        "evidence_limited": len(data.evidence) < data.judged,
    }
    found |= _of_comparisons(content)
    return found | {"contents": _contents(data, found)}


def _of_comparisons(content: Content) -> dict[str, Any]:
    """What the page tells of the comparisons, key findings included."""
    compared = content.compared
    years = by_year(content.data.registered.figures())
    return {
        "findings": key_findings(content),
        "stale": is_stale(compared, content.comparison),
        "types": types_of(compared.sectors),
        "type_titles": [TITLES[name] for name in TYPES],
        "type_meanings": [(TITLES[name], MEANINGS[name]) for name in TYPES],
        "pooled": _by_rank(compared.sectors),
        "turnover": [group for group in compared.turnover if group.kind in ("group", "none")],
        "years": years,
        "year_lines": charts.year_lines(years),
        "trends": [row for row in compared.trends if row["verdict"] != "too_few"],
        "trends_too_few": sum(row["verdict"] == "too_few" for row in compared.trends),
        "verdicts": VERDICTS,
        "shared": compared.shared,
        "declared_fields": [row for row in by_field(compared.declared) if row.checked],
        "unchecked_fields": sum(not row.checked for row in by_field(compared.declared)),
        "declared_sectors": by_sector(compared.declared),
        "practice": compared.practice,
    }


def key_findings(content: Content) -> list[str]:
    """The findings of the whole report, a sentence or two each."""
    compared = content.compared
    return [
        *words.key_findings(content.comparison),
        *sentences.type_sentences(types_of(compared.sectors)),
        *sentences.year_sentences(by_year(content.data.registered.figures())),
        *sentences.trend_sentences(compared.trends),
        *sentences.shared_sentences(compared.shared),
        *sentences.declared_sentences(compared.declared),
    ]


def is_stale(compared: Compared, comparison: SectorComparison) -> bool:
    """Whether comparisons were made before statements came or were judged (or reviewed) since."""
    every = next((group for group in compared.sectors if group.kind == "all"), None)
    return compared.outdated or (
        every is not None and every.counts["assessed"] != comparison.overall.assessed
    )


def _by_rank(groups: Sequence[KeptGroup]) -> list[KeptGroup]:
    """Sectors by their pooled share of minimal compliance; those without a rank come last."""
    sectors = [group for group in groups if group.kind == "group"]
    return sorted(sectors, key=lambda group: group.counts["rank"] or len(sectors) + 1)


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
        ("types", "Kinds of statement", content["types"]),
        ("minimal", "Minimal compliance", content["comparison"].sectors),
        ("sectors", "Sectors", content["comparison"].sectors),
        ("years", "Years", content["years"]),
        ("shared", "Shared text", content["shared"]),
        ("declared", "Declared and evidenced", content["declared_fields"]),
        ("practice", "Good practice", content["practice"]),
        ("criteria", "Criteria", content["base"].assessed),
        ("statements", "Statements and evidence", data.registered),
        ("unregistered", "Without a registry row", data.unregistered),
        ("aside", "Set aside", data.not_assessed or data.not_statements),
        ("missing", "Without a document", content["missing"]),
        ("method", "Method, limits and data", True),
    ]
    return [(id_, title) for id_, title, present in sections if present]


def filters() -> dict[str, Callable[..., Any]]:
    """What the templates of reports ask beside what every page has."""
    return {
        "evidenced": lambda rows: [row for row in rows if _evidenced(row)],
        "judgement": _judgement,
        "kept_name": _kept_name,
        "match_words": lambda method: MATCH_WORDS.get(method, method),
        "numbered": enumerate,
        "not_applicable": lambda rows, titles: _titles(rows, titles, ("na",)),
        "not_assessed": lambda rows, titles: [
            f"{titles.get(row.criterion, row.criterion)} ({row.note})"
            for row in rows
            if row.note and row.value == "na"
        ],
        "not_found": lambda rows, titles: _titles(rows, titles, NOTHING),
        "points": lambda value: f"{value:+.0f}",
        "review_words": _review_words,
        "some": _some,
        "signed": lambda value: f"{value:+.1f}",
        "total": _total,
        "type_words": lambda name: dict(TITLES).get(name, name),
    }


def _kept_name(group: KeptGroup) -> str:
    names = {"all": "All sectors", "none": "No sector given in the registry"}
    return names.get(group.kind) or words.cut(group.name)


def _evidenced(row: FindingRow) -> bool:
    """Whether there is something to show, a note on what was not seen on a page included."""
    nothing = (*(() if row.note else NOTHING), "na")
    return bool(row.quote or row.review) or row.value not in nothing


def _judgement(row: FindingRow) -> str:
    """The value in words; what was seen but does not count is not called missing."""
    if row.value in NOTHING and row.quote:
        return "Seen, not counted"
    if row.note and row.value == "absent":
        return "Not found on the home page"
    return words.VALUES.get(row.value, row.value)


def _review_words(review: ReviewNote) -> str:
    """Who confirmed or corrected a finding, when and why."""
    told = "Confirmed" if review.verdict == "confirmed" and not review.found else "Corrected"
    found = f" (found: {words.VALUES.get(review.found, review.found)})" if review.found else ""
    why = f": {review.reason}" if review.reason else ""
    return f"{told} by {review.reviewer} on {html.day_words(review.day)}{found}{why}"


def _some(names: Sequence[str]) -> str:
    """The first few names; some organisations declare nearly all sectors."""
    more = len(names) - SECTORS_SHOWN
    return "; ".join(names[:SECTORS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _titles(rows: Sequence[FindingRow], titles: dict[str, str], values: Sequence[str]) -> list[str]:
    return [
        titles.get(row.criterion, row.criterion)
        for row in rows
        if row.value in values and not row.quote and not row.note and not row.review
    ]


def _total(parts: Sequence[tuple[str, int]]) -> int:
    return sum(number for _, number in parts)

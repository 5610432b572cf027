"""The national report as one self-contained HTML page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assess import __version__
from assess.compare.minimal.trends import WORDS as VERDICTS
from assess.compare.minimal.typology import TYPES
from assess.report import charts, heatmap, html, words
from assess.report.compared.declared import by_field, by_sector
from assess.report.compared.types import MEANINGS, TITLES, types_of
from assess.report.compared.years import by_year
from assess.report.national.changes import CHANGED
from assess.report.national.findings import national_findings
from assess.report.national.read import LISTED, NationalData
from assess.report.page import SEARCHABLE_ROWS, filters, is_stale

if TYPE_CHECKING:
    from assess.compare.sectors import SectorComparison


def render(national: NationalData, comparison: SectorComparison, kept_at: str) -> str:
    """The page as text.

    Args:
        kept_at: The folder of kept documents, as a URL path relative to the page.
    """
    sectors = sorted(comparison.sectors, key=lambda group: group.too_few)
    comparison = replace(comparison, sectors=tuple(sectors))
    css = html.own_file("report.css") + html.own_file("sectors.css") + heatmap.colour_css()
    script = html.own_file("tables.js")
    environment = html.environment(html.kept_link(kept_at))
    environment.filters |= filters()
    content = _content(national, comparison)
    return environment.get_template("national.html").render(
        css=css,
        script=script,
        policy=html.policy(css, script),
        version=__version__,
        listed=LISTED,
        searchable_rows=SEARCHABLE_ROWS,
        contents=_contents(content),
        **content,
    )


def _content(national: NationalData, comparison: SectorComparison) -> dict[str, Any]:
    data, compared = national.data, national.compared
    years = by_year(data.registered.figures())
    declared = by_field(compared.declared)
    return {
        "data": data,
        "comparison": comparison,
        "base": words.base(comparison),
        "proposal": words.is_proposal(data.counts.criteria),
        "findings": national_findings(national, comparison),
        "stale": is_stale(compared, comparison),
        "coverage": national.coverage,
        "organisations": national.organisations,
        "missing_by_year": national.missing,
        "missing_known": national.missing_known,
        "changes": national.changes,
        "changed": CHANGED,
        "contradictions": national.contradictions,
        "types": types_of(compared.sectors),
        "type_titles": [TITLES[name] for name in TYPES],
        "type_meanings": [(TITLES[name], MEANINGS[name]) for name in TYPES],
        "turnover": [group for group in compared.turnover if group.kind in ("group", "none")],
        "years": years,
        "year_lines": charts.year_lines(years),
        "trends": [row for row in compared.trends if row["verdict"] != "too_few"],
        "trends_too_few": sum(row["verdict"] == "too_few" for row in compared.trends),
        "verdicts": VERDICTS,
        "shared": compared.shared,
        "declared_fields": [row for row in declared if row.checked],
        "unchecked_fields": sum(not row.checked for row in declared),
        "declared_sectors": by_sector(compared.declared),
        "notice": national.rubric.notice if national.rubric else "",
    }


def _contents(content: dict[str, Any]) -> list[tuple[str, str]]:
    sections = [
        ("findings", "Key findings", True),
        ("registry", "Statements by year", content["coverage"].years),
        ("missing", "Missing", content["coverage"].years),
        ("late", "Late", content["coverage"].years),
        ("sectors", "Form and substance", content["comparison"].sectors),
        ("types", "Kinds of statement", content["types"]),
        ("years", "Years", content["years"]),
        ("changes", "More and less", content["changes"].pairs),
        ("shared", "Shared text", content["shared"]),
        ("declared", "Declared and evidenced", content["declared_fields"]),
        ("contradicted", "Contradicted", content["declared_fields"]),
        ("method", "Method and limits", True),
    ]
    return [(id_, title) for id_, title, present in sections if present]

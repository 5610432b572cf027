"""The findings of one assessment with their quotes and what persons said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlite_utils import Database

from assess.compare.counts import CriterionRow
from assess.report.dossier.areas import Judging
from assess.report.dossier.read import rows
from assess.report.dossier.records import Item, Person, Quote
from assess.report.words import cut
from assess.store.reasons import reasons_from_json

NOTHING: Final = ("absent", "false", "0")
# A longer quote is read in the text beside it, where all of it is marked.
QUOTE_CHARACTERS: Final = 400

_FINDINGS: Final = """
    SELECT findings.id, findings.criterion, findings.value, confidence, found_value, reviewer,
        substr(reviewed_at, 1, 10) AS day, reviews.reason, verdict
    FROM findings LEFT JOIN reviews ON reviews.id = findings.review_id
    WHERE assessment_id = ? ORDER BY findings.id"""

_EVIDENCE: Final = """
    SELECT finding_id, own.criterion, evidence.quote, page, evidence.start, evidence."end", status,
        method, reasons, reviewer, substr(reviewed_at, 1, 10) AS day, reviews.reason, verdict
    FROM (SELECT id, criterion FROM findings WHERE assessment_id = ?) AS own
    JOIN evidence ON finding_id = own.id
    LEFT JOIN reviews ON reviews.id = evidence.review_id
    ORDER BY evidence.id"""


def read_items(
    db: Database,
    assessment: int,
    criteria: Sequence[CriterionRow],
    judging: Judging,
    content: str | None,
) -> tuple[Item, ...]:
    """Findings in the rubric's order; quotes in the order of the text.

    A quote that does not stand at its place in ``content`` is none of the organisation's words,
    whatever wrote it there, and is left out.
    """
    quotes: dict[int, list[Quote]] = defaultdict(list)
    rejected: dict[int, int] = defaultdict(int)
    for row in rows(db, _EVIDENCE, [assessment]):
        if row["status"] == "rejected":
            rejected[row["finding_id"]] += 1
        elif content is None or content[row["start"] : row["end"]] == row["quote"]:
            quotes[row["finding_id"]].append(_quote(row, judging))
    found = {row["criterion"]: row for row in rows(db, _FINDINGS, [assessment])}
    judged = [(criterion, found[criterion.id]) for criterion in criteria if criterion.id in found]
    return tuple(
        _item(criterion, row, judging, quotes[row["id"]], rejected[row["id"]])
        for criterion, row in judged
    )


def _quote(row: Mapping[str, Any], judging: Judging) -> Quote:
    return Quote(
        criterion=row["criterion"],
        text=cut(" ".join(row["quote"].split()), QUOTE_CHARACTERS),
        page=row["page"],
        start=row["start"],
        end=row["end"],
        status=row["status"],
        counts=judging.counts(row["method"], row["status"]),
        reasons=reasons_from_json(row["reasons"]),
        person=_person(row),
    )


def _person(row: Mapping[str, Any]) -> Person | None:
    if row["reviewer"] is None:
        return None
    return Person(cut(row["reviewer"]), row["day"], row["reason"], row["verdict"])


def _item(
    criterion: CriterionRow,
    row: Mapping[str, Any],
    judging: Judging,
    quotes: Sequence[Quote],
    rejected: int,
) -> Item:
    return Item(
        criterion=criterion,
        area=judging.of_criterion[criterion.id],
        value=row["value"],
        confidence=row["confidence"],
        quotes=tuple(_in_order(quotes, row["value"])),
        rejected=rejected,
        person=_person(row),
        found_value=row["found_value"],
    )


def _in_order(quotes: Sequence[Quote], value: str) -> list[Quote]:
    """What counts comes first, each in the order of the text.

    Where nothing was found by a person's word, nothing counts.
    """
    if value in NOTHING:
        quotes = [replace(quote, counts=False) for quote in quotes]
    return sorted(quotes, key=lambda quote: (not quote.counts, quote.start))


_VISITS: Final = """
    SELECT homepage_links.value, reason, homepage_links.link_text, place, page_url,
        substr(visited_at, 1, 10) AS day
    FROM target_documents JOIN homepage_links USING (target_id)
    WHERE document_sha256 = ? ORDER BY page_url, target_id"""


def visit_notes(db: Database, sha256: str, value: str) -> tuple[str, ...]:
    """What visits of home pages saw of a document, or why the link is not assessed.

    Args:
        value: Of the finding, which may rest on visits before the last.
    """
    visits = rows(db, _VISITS, [sha256])
    if not visits:
        return ("no home page was visited",)
    told = tuple(_visit(visit) for visit in visits)
    agreed = {visit["value"] for visit in visits}
    if len(agreed) > 1:
        return (f"the home pages of {len(visits):,} sites differ, so it is not assessed", *told)
    if agreed != {value}:
        return ("what visits say has changed since it was scored; score again", *told)
    return told


def _visit(visit: Mapping[str, Any]) -> str:
    link = f"“{cut(visit['link_text'])}”: " if visit["link_text"] else ""
    return f"{link}{visit['reason']} ({cut(visit['page_url'])}, visited on {visit['day']})"

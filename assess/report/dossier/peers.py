"""Where a statement stands among its sectors' statements."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from assess.compare.counts import CriterionRow
from assess.compare.sectors import MINIMUM
from assess.report.dossier.records import Item, Peers, Standing, StatementRow
from assess.report.words import VALUES

Median = tuple[float, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Peer:
    """One assessed statement of a sector."""

    document: str
    compliance: float | None
    substance: float | None
    areas: Mapping[str, float]
    """Depth 0 to 3."""


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector's statements: of each organisation the latest that was assessed."""

    peers: tuple[Peer, ...]
    medians: Mapping[str, Median]


# A document that answers for several statements of the sector is one text, and one peer.
_PEERS: Final = """
    SELECT assessments.id, assessments.document_sha256, min(assessments.compliance),
        min(assessments.substance)
    FROM statement_sectors AS own
    JOIN statement_results AS results ON results.statement_id = own.statement_id
    JOIN assessments ON assessments.id = results.assessment_id
    WHERE sector = ? AND assessments.status = 'assessed' AND rubric = ?
        AND assessments.statement_kind = 'statement'
        AND own.statement_id IN (SELECT statement_id FROM latest_statements)
    GROUP BY assessments.id, assessments.document_sha256 ORDER BY assessments.document_sha256"""

_AREAS: Final = """
    SELECT assessment_id, criterion, value FROM findings
    JOIN criteria ON criteria.id = criterion AND rubric = :rubric AND kind = 'depth'
    WHERE assessment_id IN (SELECT value FROM json_each(:ids)) ORDER BY findings.id"""

# Of one comparison: as `assess compare sectors` makes it without options.
_MEDIANS: Final = """
    SELECT score, median, median_low, median_high FROM group_scores
    WHERE grouping = 'sector' AND unit = 'statements' AND which = 'latest' AND years = ''
        AND kind = 'group' AND group_name = ? AND median IS NOT NULL"""


def read_sector(db: Database, name: str, rubric: str) -> Sector:
    """The statements of a sector that this rubric judged."""
    found = db.execute(_PEERS, [name, rubric]).fetchall()
    areas: dict[int, dict[str, float]] = defaultdict(dict)
    values = {"rubric": rubric, "ids": json.dumps([row[0] for row in found])}
    for assessment, criterion, value in db.execute(_AREAS, values):
        areas[assessment][criterion] = float(value)
    return Sector(
        tuple(
            Peer(document, compliance, substance, areas[assessment])
            for assessment, document, compliance, substance in found
        ),
        {score: (middle, low, high) for score, middle, low, high in db.execute(_MEDIANS, [name])},
    )


def place(
    name: str,
    sector: Sector,
    statement: StatementRow,
    items: Sequence[Item],
    criteria: Sequence[CriterionRow],
) -> Peers:
    """The statement among the others of a sector; no places among fewer than `MINIMUM`."""
    others = [peer for peer in sector.peers if peer.document != statement.document]
    if len(others) < MINIMUM:
        return Peers(name, len(others), ())
    depths = [row for row in criteria if row.kind == "depth"]
    own = {item.criterion.id: item.value for item in items}
    return Peers(
        name,
        len(others),
        (
            *_scores(sector, statement, others),
            *(
                _standing(
                    row.title,
                    VALUES[own[row.id]],
                    float(own[row.id]),
                    [peer.areas[row.id] for peer in others if row.id in peer.areas],
                )
                for row in depths
                if row.id in own
            ),
        ),
    )


def _scores(sector: Sector, statement: StatementRow, others: Sequence[Peer]) -> Iterator[Standing]:
    scores = (
        ("compliance", statement.compliance, [peer.compliance for peer in others]),
        ("substance", statement.substance, [peer.substance for peer in others]),
    )
    for title, value, of_peers in scores:
        if value is not None:
            yield _standing(
                title.capitalize(),
                f"{value:.0f} of 100",
                value,
                [one for one in of_peers if one is not None],
                sector.medians.get(title),
            )


def _standing(
    title: str, told: str, value: float, others: Sequence[float], median: Median | None = None
) -> Standing:
    return Standing(
        title=title,
        value=told,
        below=sum(one < value for one in others),
        same=sum(one == value for one in others),
        above=sum(one > value for one in others),
        median=median,
    )

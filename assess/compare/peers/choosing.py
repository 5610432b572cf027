"""Who the peers are: of each organisation of the sector its latest assessed statement."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from sqlite_utils import Database

from assess.compare.peers.records import Peer, PeerGroup, Subject
from assess.compare.peers.subjects import value_of, words_key
from assess.records import Value

# A statement counts where it is the latest of an organisation: sector and turnover are its own.
_LATEST: Final = """
    WITH assessed AS (
        SELECT own.organisation_id, own.statement_id, own.year, own.document_sha256,
            own.assessment_id, own.substance, row_number() OVER (
                PARTITION BY own.organisation_id
                ORDER BY own.year DESC, own.end_date DESC, own.summary_url) AS place
        FROM organisation_statements AS own
        JOIN assessments ON assessments.id = own.assessment_id AND assessments.rubric = :rubric
        WHERE own.status = 'assessed' AND own.statement_kind = 'statement'
            AND own.substance IS NOT NULL
            AND (:years IS NULL OR own.year IN (SELECT value FROM json_each(:years))))
    SELECT document_sha256, assessment_id, label, assessed.year, statement_url,
        assessed.organisation_id, coalesce(group_id, assessed.organisation_id), substance,
        iif(group_submission, parent_name, NULL)
    FROM assessed
    JOIN statements ON statements.id = statement_id
    JOIN statement_names USING (statement_id)
    LEFT JOIN organisation_groups AS family
        ON family.organisation_id = assessed.organisation_id
    WHERE place = 1 AND (:turnover IS NULL OR turnover = :turnover)
        AND EXISTS (SELECT 1 FROM statement_sectors AS of_it
            WHERE of_it.statement_id = assessed.statement_id
                AND sector IN (SELECT value FROM json_each(:sectors)))
    ORDER BY document_sha256, assessed.year DESC, statement_id, assessed.organisation_id"""

# What people write where a parent is asked for and there is none.
_NO_PARENT: Final = re.compile(r"\W*(?:n\W?a|none?|nil|not applicable|tbc)?\W*", re.IGNORECASE)

_VALUES: Final = """
    SELECT assessment_id, criterion, value FROM findings
    WHERE assessment_id IN (SELECT value FROM json_each(?))"""


def other_rubrics(db: Database, rubric: str | None) -> dict[str, int]:
    """Other rubrics than the subject's that judged documents last, with their numbers."""
    return dict(
        db.execute(
            "SELECT rubric, count(*) FROM current_assessments"
            " WHERE status = 'assessed' AND rubric IS NOT ? GROUP BY rubric ORDER BY rubric",
            [rubric],
        ).fetchall()
    )


def choose_peers(
    db: Database, group: PeerGroup, subject: Subject, rubric: str | None
) -> tuple[tuple[Peer, ...], int]:
    """The peers, best substance first, then by name; and how many were the subject's own.

    Only what the same rubric judged is compared: another asks other things.
    A document that is the statement of several organisations is one peer: it is one text.
    """
    rows: dict[str, list[Sequence[object]]] = {}
    for row in db.execute(
        _LATEST,
        {
            "rubric": rubric,
            "years": None if group.years is None else json.dumps(sorted(group.years)),
            "turnover": group.turnover,
            "sectors": json.dumps(group.sectors),
        },
    ):
        rows.setdefault(str(row[0]), []).append(row)
    own = subject.documents | _same_text(db, rows, subject.documents)
    values = _values(db, [of_one[0][1] for of_one in rows.values()])
    peers = [_peer(of_one, values) for sha256, of_one in rows.items() if sha256 not in own]
    peers.sort(key=lambda peer: (-peer.substance, peer.label.casefold(), peer.document))
    return tuple(peers), len(rows.keys() & own)


def _same_text(db: Database, among: Iterable[str], own: frozenset[str]) -> set[str]:
    """Documents whose text is the subject's word for word, whatever file it came in."""
    texts = db.execute(
        "SELECT document_sha256, content FROM texts"
        " WHERE document_sha256 IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(among))],
    )
    return {sha256 for sha256, content in texts if words_key(content) in own}


def _values(db: Database, assessments: Iterable[object]) -> dict[int, dict[str, Value]]:
    values: dict[int, dict[str, Value]] = {}
    for assessment, criterion, value in db.execute(_VALUES, [json.dumps(list(assessments))]):
        values.setdefault(int(assessment), {})[str(criterion)] = value_of(str(value))
    return values


def _called(label: str, parent: object) -> str:
    """A group's statement is known by its parent, as the registry names it."""
    if not isinstance(parent, str) or _NO_PARENT.fullmatch(parent):
        return label
    return label if label.startswith(parent) else f"{parent} ({label})"


def _peer(rows: Sequence[Sequence[object]], values: dict[int, dict[str, Value]]) -> Peer:
    document, assessment, label, year, url, _, _, substance, parent = rows[0]
    return Peer(
        document=str(document),
        assessment_id=int(str(assessment)),
        label=_called(str(label), parent),
        year=int(str(year)),
        statement_url=None if url is None else str(url),
        organisations=frozenset(int(str(row[5])) for row in rows),
        families=frozenset(int(str(row[6])) for row in rows),
        substance=float(str(substance)),
        values=values.get(int(str(assessment)), {}),
    )

"""Puts a benchmark together: reads the workspace, writes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlite_utils import Database

from assess.compare.peers.changes import changes
from assess.compare.peers.checklist import checklist
from assess.compare.peers.choosing import choose_peers, other_rubrics
from assess.compare.peers.gaps import find_gaps, leading_quarter
from assess.compare.peers.quotes import Quoter, reuse_known
from assess.compare.peers.records import Benchmark, Peer, PeerGroup, Subject
from assess.compare.peers.standings import standings, text_compliance
from assess.compare.sectors import MINIMUM
from assess.errors import InputError
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assess.score.rubric import Rubric


def benchmark(
    workspace: Workspace,
    subject: Subject,
    group: PeerGroup,
    *,
    rubric: Rubric,
    before: Subject | None = None,
    minimum: int = MINIMUM,
) -> Benchmark:
    """Compare a subject with the peers of a group; nothing is stored.

    Args:
        rubric: The one that judged the subject; it explains what is asked and why.
        before: An earlier draft to compare it with.
        minimum: Fewer peers are marked as too few.

    Raises:
        InputError: another rubric judged the subject.
    """
    db = workspace.db
    judged_by = subject.assessment.versions.get("rubric")
    if judged_by != rubric.key:
        raise InputError(
            f"{subject.name}: was judged by rubric {judged_by}, not by {rubric.key}; give that one "
            "with --rubric, or score again with this one (assess score)"
        )
    peers, left_out = choose_peers(db, group, subject, rubric.key)
    quoter = Quoter(db, peers, subject.families)
    return Benchmark(
        name=subject.name,
        kind=subject.kind,
        statement_kind=subject.assessment.statement_kind,
        year=subject.year,
        words=subject.assessment.words,
        compliance=text_compliance(rubric, subject.values),
        substance=subject.assessment.substance,
        tier=subject.assessment.tier,
        kept=subject.kept,
        group=group,
        peers=len(peers),
        organisations=len({one for peer in peers for one in peer.organisations}),
        leading=len(leading_quarter(peers)),
        minimum=minimum,
        too_few=len(peers) < minimum,
        left_out=left_out,
        rubric=rubric.key,
        other_rubrics=other_rubrics(db, rubric.key),
        same_model=_same_model(db, peers, subject),
        proposal=rubric.title if rubric.proposal else "",
        reuse_known=reuse_known(db),
        versions=dict(subject.assessment.versions),
        standings=standings(rubric, subject, peers),
        gaps=find_gaps(rubric, subject, peers, quoter.quotes),
        checklist=checklist(rubric, subject),
        changes=None if before is None else changes(rubric, before, subject),
    )


def _same_model(db: Database, peers: Sequence[Peer], subject: Subject) -> bool:
    """Whether the classifier that judged the subject judged all peers."""
    models = db.execute(
        "SELECT DISTINCT model FROM assessments WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps([peer.assessment_id for peer in peers])],
    )
    return {row[0] for row in models} <= {subject.assessment.versions.get("model")}

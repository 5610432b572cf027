"""A benchmark as a person asks for it: names and files resolved, then compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.compare.named import Named, find_organisation
from assess.compare.peers.benchmarked import benchmark
from assess.compare.peers.records import Benchmark, PeerGroup, Subject
from assess.compare.peers.sector import find_sector, find_turnover
from assess.compare.peers.subjects import owned, read_draft, sectors_of, stored_statement
from assess.compare.sectors import MINIMUM
from assess.errors import InputError
from assess.store.workspace import Workspace

if TYPE_CHECKING:
    from assess.score.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare with whom; as typed."""

    draft: Path | None = None
    organisation: str | None = None
    """Whose statement it is, or (without a draft) whose latest statement is benchmarked."""
    before: Path | None = None
    sectors: tuple[str, ...] = ()
    """Empty: those that the registry gives the organisation."""
    years: tuple[int, ...] | None = None
    turnover: str | None = None


def benchmark_asked(
    workspace: Workspace, asked: Asked, rubric: Rubric, minimum: int = MINIMUM
) -> Benchmark:
    """The benchmark that was asked for; drafts are read and judged, and kept nowhere.

    Raises:
        InputError: no draft and no organisation, no sector, an unknown name, or a text that cannot
            be judged.
    """
    named = find_organisation(workspace.db, asked.organisation) if asked.organisation else None
    group = _group(workspace, asked, named)
    return benchmark(
        workspace,
        _subject(workspace, asked, named, rubric),
        group,
        rubric=rubric,
        before=_draft(asked.before, rubric) if asked.before else None,
        minimum=minimum,
    )


def _group(workspace: Workspace, asked: Asked, named: Named | None) -> PeerGroup:
    sectors = tuple(dict.fromkeys(find_sector(workspace, one) for one in asked.sectors))
    if not sectors:
        if named is None:
            raise InputError("which sector? give --sector, or --organisation for its own sectors")
        sectors = sectors_of(workspace.db, named)
    turnover = find_turnover(workspace, asked.turnover) if asked.turnover else None
    return PeerGroup(sectors, asked.years, turnover)


def _subject(workspace: Workspace, asked: Asked, named: Named | None, rubric: Rubric) -> Subject:
    if asked.draft:
        subject = _draft(asked.draft, rubric)
        return owned(workspace.db, subject, named) if named else subject
    if named is None:
        raise InputError("give a draft, or --organisation for a statement of the database")
    return stored_statement(workspace, named, asked.years)


def _draft(path: Path, rubric: Rubric) -> Subject:
    from assess.score.model import load_model

    return read_draft(path, rubric, load_model())

"""All that a dossier shows, read from the workspace; no markup."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from assess.compare.counts import CriterionRow, criteria
from assess.records import HOMEPAGE_LINK, Text
from assess.report.dossier import beside, read
from assess.report.dossier.areas import Judging, judging
from assess.report.dossier.findings import read_items, visit_notes
from assess.report.dossier.peers import Sector, place, read_sector
from assess.report.dossier.records import (
    Check,
    Coverage,
    Difference,
    Doubtful,
    Item,
    Kept,
    Peers,
    Reuse,
    StatementRow,
    Timing,
)
from assess.report.words import is_proposal
from assess.score.rubric import rubric_of_key
from assess.store.results import read_text
from assess.store.workspace import Workspace
from assess.stored import text_of

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

NOT_JUDGED: Final = Judging((), {})


@dataclass(frozen=True, slots=True)
class Dossier:
    """One organisation, its statements, and one of them in full."""

    id: int
    name: str
    company_number: str | None
    address: str | None
    other_names: tuple[str, ...]
    statements: tuple[StatementRow, ...]
    missing: tuple[tuple[int, bool], ...]
    """Years without a statement, and whether all statements of the year are known."""
    doubtful: tuple[Doubtful, ...]
    open: StatementRow
    covers: Coverage
    kept: Kept | None
    text: Text | None
    """None where no text could be read."""
    criteria: tuple[CriterionRow, ...]
    judging: Judging
    proposal: bool
    items: tuple[Item, ...]
    difference: Difference | None
    reuse: Reuse | None
    checks: tuple[Check, ...]
    peers: tuple[Peers, ...]
    timing: Timing | None
    declared: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Known:
    """What is the same for many dossiers and is read once."""

    rubrics: MutableMapping[str, tuple[tuple[CriterionRow, ...], Judging]] = field(
        default_factory=dict
    )
    sectors: MutableMapping[tuple[str, str], Sector] = field(default_factory=dict)
    complete: frozenset[int] | None = None
    """Years of which a complete registry file was read."""


def collect(
    workspace: Workspace,
    organisation_id: int,
    *,
    year: int | None = None,
    rubric: Rubric | None = None,
    known: Known | None = None,
) -> Dossier:
    """Read the dossier of an organisation.

    Args:
        year: Registry year of the statement to open; without it the newest that was assessed.
        rubric: Explains areas and tiers if it is the one that judged; shipped ones are found
            without.
        known: Kept between dossiers of one workspace that does not change meanwhile.

    Raises:
        InputError: there is no such organisation, or no statement (of this year) of it.
    """
    db, known = workspace.db, known or Known()
    organisation_id, name, number, address = read.read_organisation(db, organisation_id)
    statements = read.read_statements(db, organisation_id)
    chosen = read.choose(statements, name, year)
    kept = read.read_kept(db, chosen)
    judged_by, how = _judged(workspace, kept, rubric, known)
    covers = read.read_coverage(db, chosen.id)
    text = _text(workspace, kept)
    items = _items(workspace, chosen, judged_by, how, text.content if text else None)
    return Dossier(
        id=organisation_id,
        name=name,
        company_number=number,
        address=address,
        other_names=read.former_names(db, organisation_id, name),
        statements=statements,
        missing=beside.missing_years(statements, _complete(workspace, known)),
        doubtful=read.read_doubtful(db, organisation_id),
        open=chosen,
        covers=covers,
        kept=kept,
        text=text,
        criteria=judged_by,
        judging=how,
        proposal=is_proposal(judged_by),
        items=items,
        difference=beside.read_difference(db, organisation_id, chosen),
        reuse=beside.read_reuse(db, kept.sha256) if kept else None,
        checks=beside.read_checks(db, chosen),
        peers=_peers(workspace, chosen, covers, kept, known, (items, judged_by)),
        timing=beside.read_timing(db, chosen.id),
        declared=read.read_declared(db, chosen.id),
    )


def _complete(workspace: Workspace, known: Known) -> frozenset[int]:
    if known.complete is None:
        known.complete = beside.complete_years(workspace.db)
    return known.complete


def _judged(
    workspace: Workspace, kept: Kept | None, given: Rubric | None, known: Known
) -> tuple[tuple[CriterionRow, ...], Judging]:
    if kept is None or kept.rubric is None:
        return (), NOT_JUDGED
    if kept.rubric not in known.rubrics:
        found = tuple(criteria(workspace.db, kept.rubric))
        how = judging(found, rubric_of_key(kept.rubric, given))
        known.rubrics[kept.rubric] = (found, how)
    return known.rubrics[kept.rubric]


def _items(
    workspace: Workspace,
    chosen: StatementRow,
    judged_by: tuple[CriterionRow, ...],
    how: Judging,
    content: str | None,
) -> tuple[Item, ...]:
    if chosen.assessment is None or chosen.document is None:
        return ()
    items = read_items(workspace.db, chosen.assessment, judged_by, how, content)
    return tuple(
        replace(item, notes=visit_notes(workspace.db, chosen.document, item.value))
        if item.criterion.id == HOMEPAGE_LINK
        else item
        for item in items
    )


def _text(workspace: Workspace, kept: Kept | None) -> Text | None:
    if kept is None or kept.extractor is None:
        return None
    text = text_of(*read_text(workspace, kept.sha256))
    return text if text.content.strip() else None


def _peers(
    workspace: Workspace,
    chosen: StatementRow,
    covers: Coverage,
    kept: Kept | None,
    known: Known,
    found: tuple[tuple[Item, ...], tuple[CriterionRow, ...]],
) -> tuple[Peers, ...]:
    if chosen.state != "assessed" or kept is None or kept.rubric is None:
        return ()
    placed: list[Peers] = []
    for sector in covers.sectors:
        key = (sector, kept.rubric)
        if key not in known.sectors:
            known.sectors[key] = read_sector(workspace.db, *key)
        placed.append(place(sector, known.sectors[key], chosen, *found))
    return tuple(placed)

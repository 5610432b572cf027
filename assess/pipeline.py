"""All steps in their order, for `assess run`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assess.batch import extract_pending, score_pending
from assess.engine import LOCAL, Engine
from assess.progress import counting
from assess.report.compared.refresh import refresh_for_reports
from assess.report.sectors import write_sector_report
from assess.score.model import model_key
from assess.score.rubric import Rubric
from assess.scrape.files import import_files
from assess.scrape.match import match_documents
from assess.scrape.registry_store import import_registry
from assess.store import Workspace


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run found, in lines for the terminal, and whether the report changed."""

    lines: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to bring in: registry downloads, and documents or folders."""

    registry: tuple[Path, ...]
    files: tuple[Path, ...]


def run_all(
    workspace: Workspace,
    inputs: Inputs,
    rubric: Rubric,
    report: Path,
    minimum: int,
    engine: Engine = LOCAL,
) -> RunResult:
    """Bring in, match, read, judge and report; what is done already is not done again."""
    for path in inputs.registry:
        import_registry(workspace, path)
    taken = import_files(workspace, inputs.files) if inputs.files else None
    read = extract_pending(workspace, engine)
    matched = match_documents(workspace)
    scored = score_pending(workspace, rubric, model_key(), None, engine)
    with counting("compare") as progress:
        refresh_for_reports(workspace, rubric, minimum, engine.jobs, progress)
    written = write_sector_report(workspace, report, minimum=minimum, rubric=rubric)
    lines = [
        f"registry: {workspace.db.table('statements').count:,} statements of "
        f"{workspace.db.table('organisations').count:,} organisations",
        f"documents: {taken.read if taken else 0:,} ({matched.accepted:,} matched, "
        f"{matched.review:,} doubtful, {matched.unmatched:,} without a row); "
        f"{read.read:,} read now, {read.cannot_assess:,} could not be",
        f"assessed: {scored.assessed:,} now, {scored.known:,} before, "
        f"{scored.cannot_assess:,} cannot be assessed",
    ]
    return RunResult((*lines, *written.headlines), written.changed)

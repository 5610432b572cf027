"""Reading and scoring all that a workspace holds and that is not done yet, in batches.

Every batch is one transaction; a killed run loses at most the batch in hand, and the next run
goes on where this one stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assess.engine import KILLED, LOCAL, WORKER_LOST, Engine, Lost, batches, in_order
from assess.errors import EngineError, WorkspaceError
from assess.extract import EXTRACTOR_VERSION
from assess.extract.limits import OCR_FAILED
from assess.records import Assessment, Issue, KeptReview
from assess.running import staged
from assess.store import Workspace
from assess.store.homepage import apply_homepage_links
from assess.store.originals import Originals
from assess.store.results import (
    OCR_TRIES,
    ReadResult,
    count_to_read,
    count_to_score,
    documents_to_read,
    make_current,
    read_text,
    reviewed_since,
    texts_to_score,
    write_assessments,
    write_criteria,
    write_texts,
)
from assess.store.reviews import kept_reviews
from assess.workers import Case, Judge, Reader

if TYPE_CHECKING:
    from assess.score.rubric import Rubric

# Small enough that a kill costs seconds, large enough that commits cost nothing beside the work.
BATCH = 64
# Starting a reader takes as long as reading about this many documents, and two judges as long as
# judging these.
MIN_READERS = 40
MIN_SCORERS = 80


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What a run of extraction did."""

    read: int
    cannot_assess: int
    known: int
    """Done before, left as they were."""
    lost: int
    """Whose kept original is gone or was changed, or whose worker was killed; each left an issue
    and stays to be read."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What a run of scoring did."""

    assessed: int
    cannot_assess: int
    known: int
    lost: int = 0
    """Whose worker was killed each time; each left an issue and stays to be done."""


@staged("extract")
def extract_pending(workspace: Workspace, engine: Engine = LOCAL) -> ExtractReport:
    """Read every kept document that has no text by this extractor version.

    Scans that were kept unread are read where tesseract has been installed since, and tried again
    where it failed.

    Raises:
        EngineError: the cluster cannot be used, or its workers do not find the originals.
    """
    from assess.extract.ocr.scans import available
    from assess.progress import track

    ocr = available()
    pending = count_to_read(workspace, EXTRACTOR_VERSION, ocr=ocr)
    known = workspace.db.table("documents").count - pending
    read = unreadable = 0
    if pending:
        found = track(_read_all(workspace, engine, pending, ocr=ocr), pending, "extract")
        for batch in batches(_kept(workspace, found), BATCH):
            with workspace.db.atomic():  # a text is not read again to note what is wrong with it
                write_texts(workspace, EXTRACTOR_VERSION, batch)
                workspace.note(
                    _issue(result) for result in batch if result.reason or result.ocr_failed
                )
            unreadable += sum(result.reason is not None for result in batch)
            read += len(batch)
    return ExtractReport(read - unreadable, unreadable, known, pending - read)


def _read_all(
    workspace: Workspace, engine: Engine, number: int, *, ocr: bool
) -> Iterator[ReadResult | Issue]:
    """What became of each document, by hash."""
    from assess.extract.isolation import close_isolated

    reader = Reader.here(Originals(engine.originals) if engine.originals else workspace.originals)
    pending = documents_to_read(workspace, EXTRACTOR_VERSION, ocr=ocr)
    try:
        for found in in_order(engine.worth(number, MIN_READERS), reader, pending, waits=True):
            if isinstance(found, Lost):
                yield Issue("extract", found.item.sha256, WORKER_LOST, KILLED)
                continue
            if isinstance(found, Issue) and engine.remote:
                _refuse_blind_workers(workspace, found, reader.originals.place)
            yield found
    finally:
        close_isolated()


def _refuse_blind_workers(workspace: Workspace, lost: Issue, place: str) -> None:
    """Do not call an original lost that only a worker elsewhere cannot read."""
    with suppress(WorkspaceError):
        workspace.read(lost.subject)
        raise EngineError(
            f"a worker cannot read what is here: {lost.message}; share the folder {place} between "
            "the machines, or name a copy of it with --originals"
        )


def _kept(workspace: Workspace, found: Iterable[ReadResult | Issue]) -> Iterator[ReadResult]:
    """Results to write; of what could not be tried an issue is noted, and it stays to be read."""
    for result in found:
        if isinstance(result, Issue):
            workspace.note([result])
        else:
            yield result


def _issue(result: ReadResult) -> Issue:
    if result.ocr_failed:
        code = OCR_FAILED + (f"_{result.tries + 1}" if result.tries else "")
        what = result.detail or "character recognition failed on some pages"
        message = f"{what}; try {result.tries + 1} of {OCR_TRIES}"
        return Issue("extract", result.sha256, code, message)
    reason = result.reason or ""
    return Issue("extract", result.sha256, reason, result.detail or reason)


@staged("score")
def score_pending(
    workspace: Workspace,
    rubric: Rubric,
    model_key: str,
    models: Path | None,
    engine: Engine = LOCAL,
) -> ScoreReport:
    """Assess every text that this rubric and model have not assessed.

    Raises:
        EngineError: the cluster cannot be used.
    """
    from assess.progress import track

    pending = count_to_score(workspace, rubric.key, model_key)
    said = _said(workspace)
    known = workspace.db.table("texts").count - pending
    if known:
        make_current(workspace, rubric.key, model_key)
    assessed = refused = 0
    if pending:
        write_criteria(workspace, rubric)
        documents = texts_to_score(workspace, rubric.key, model_key)
        used = engine.worth(pending, MIN_SCORERS)
        found = _assess_all(workspace, documents, said, Judge.by(rubric, models), used)
        for batch in batches(track(found, pending, "score"), BATCH):
            with workspace.db.atomic():
                write_assessments(workspace, dict(batch), _keys(said))
                workspace.note(
                    Issue("score", sha256, result.reason, "the text is not fit to judge")
                    for sha256, result in batch
                    if result.reason and not _had_no_text(workspace, sha256)
                )
            refused += sum(result.status == "cannot_assess" for _, result in batch)
            assessed += len(batch)
    visits_to_findings(workspace, rubric)
    return ScoreReport(assessed - refused, refused, known, pending - assessed)


def score_reviewed(
    workspace: Workspace, document: str, rubric: Rubric, models: Path | None
) -> None:
    """Assess one document anew, by what persons say of it now."""
    said = _said(workspace, document)
    [(_, assessment)] = _assess_all(workspace, [document], said, Judge.by(rubric, models), LOCAL)
    write_assessments(workspace, {document: assessment}, _keys(said))
    visits_to_findings(workspace, rubric)


def catch_up_reviews(workspace: Workspace, rubric: Rubric, models: Path | None) -> None:
    """Let reviews count that were kept by a command that was killed before they did."""
    from assess.score.model import model_key

    for document in reviewed_since(workspace, rubric.key, model_key(models)):
        score_reviewed(workspace, document, rubric, models)


def _said(workspace: Workspace, document: str | None = None) -> dict[str, tuple[KeptReview, ...]]:
    """What persons said of criteria, oldest first, by document; of one document, or of all."""
    found: dict[str, tuple[KeptReview, ...]] = {}
    for kept in kept_reviews(workspace, document):
        if kept.review.criterion is not None:
            of = kept.review.document
            found[of] = (*found.get(of, ()), kept)
    return found


def _keys(said: Mapping[str, Sequence[KeptReview]]) -> dict[str, list[int]]:
    return {document: [kept.id for kept in reviews] for document, reviews in said.items()}


def visits_to_findings(workspace: Workspace, rubric: Rubric) -> int:
    """Let what visits of home pages found count in the assessments by a rubric; how many changed.

    The order of visiting and scoring makes no difference.
    """
    from assess.score.homepage import homepage_criterion, homepage_finding
    from assess.score.scores import compliance_score

    criterion = homepage_criterion(rubric)
    if criterion is None:
        return 0
    return apply_homepage_links(
        workspace,
        rubric.key,
        criterion,
        lambda value: homepage_finding(criterion, value),
        lambda findings: compliance_score(rubric, findings),
    )


def _had_no_text(workspace: Workspace, sha256: str) -> bool:
    return bool(
        workspace.db.table("texts").count_where(
            "document_sha256 = ? AND reason IS NOT NULL", [sha256]
        )
    )


def _assess_all(
    workspace: Workspace,
    documents: Iterable[str],
    said: Mapping[str, tuple[KeptReview, ...]],
    judge: Judge,
    engine: Engine,
) -> Iterator[tuple[str, Assessment]]:
    """Assessments in the order of ``documents``; of one that could not be made an issue is noted.

    Texts are read here: SQLite is not shared between threads.
    """
    cases = (Case(*read_text(workspace, sha256), said.get(sha256, ())) for sha256 in documents)
    for found in in_order(engine, judge, cases):
        if isinstance(found, Lost):
            workspace.note([Issue("score", found.item.stored.sha256, WORKER_LOST, KILLED)])
        else:
            yield found

"""Reading and scoring all that a workspace holds and that is not done yet, in batches.

Every batch is one transaction; a killed run loses at most the batch in hand, and the next run
goes on where this one stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assess.errors import UnreadableDocument, WorkspaceError
from assess.extract import EXTRACTOR_VERSION
from assess.extract.limits import OCR_FAILED
from assess.records import Assessment, Issue, KeptReview, Sentence, Text
from assess.store import Workspace
from assess.store.homepage import apply_homepage_links
from assess.store.results import (
    OCR_TRIES,
    PendingDocument,
    ReadResult,
    StoredText,
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

if TYPE_CHECKING:
    from assess.extract import Extractor
    from assess.score.model import SentenceModel
    from assess.score.rubric import Rubric

# Small enough that a kill costs seconds, large enough that commits cost nothing beside the work.
BATCH = 64
# Texts handed to a scoring process at a time: few, so that the processes end together.
TASK = 8
# Tasks given to each process before their results are collected.
TASKS_AHEAD = 4
# Starting two worker processes takes as long as scoring about this many statements.
MIN_PARALLEL = 80

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """What a run of extraction did."""

    read: int
    cannot_assess: int
    known: int
    """Done before, left as they were."""
    lost: int
    """Whose kept original is gone or was changed; each left an issue."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What a run of scoring did."""

    assessed: int
    cannot_assess: int
    known: int


def extract_pending(workspace: Workspace) -> ExtractReport:
    """Read every kept document that has no text by this extractor version.

    Scans that were kept unread are read where tesseract has been installed since, and tried again
    where it failed.
    """
    from assess.extract.ocr.scans import available
    from assess.progress import track

    pending = documents_to_read(workspace, EXTRACTOR_VERSION, ocr=available())
    known = workspace.db.table("documents").count - len(pending)
    read = unreadable = 0
    if pending:
        for batch in _batches(track(_read_all(workspace, pending), len(pending), "extract")):
            write_texts(workspace, EXTRACTOR_VERSION, batch)
            workspace.note(_issue(result) for result in batch if result.reason or result.ocr_failed)
            unreadable += sum(result.reason is not None for result in batch)
            read += len(batch)
    return ExtractReport(read - unreadable, unreadable, known, len(pending) - read)


def _read_all(workspace: Workspace, pending: Sequence[PendingDocument]) -> Iterator[ReadResult]:
    from assess.extract import Extractor

    with Extractor() as extractor:
        for document in pending:
            try:
                data = workspace.read(document.sha256)
            except WorkspaceError as error:
                # No text row: it is read as soon as the original is there again.
                workspace.note([Issue("extract", document.sha256, "original_lost", str(error))])
                continue
            yield _read(extractor, data, document)


def _read(extractor: Extractor, data: bytes, document: PendingDocument) -> ReadResult:
    sha256, tries = document.sha256, document.tries
    try:
        text = extractor.extract(data, document.name)
    except UnreadableDocument as error:
        return ReadResult(
            sha256, "", (), "und", (), reason=error.reason, detail=error.detail, tries=tries
        )
    return ReadResult(
        sha256, text.content, text.pages, text.language, text.flags, text.parts, tries=tries
    )


def _issue(result: ReadResult) -> Issue:
    if result.ocr_failed:
        code = OCR_FAILED + (f"_{result.tries + 1}" if result.tries else "")
        what = result.detail or "character recognition failed on some pages"
        message = f"{what}; try {result.tries + 1} of {OCR_TRIES}"
        return Issue("extract", result.sha256, code, message)
    reason = result.reason or ""
    return Issue("extract", result.sha256, reason, result.detail or reason)


def score_pending(
    workspace: Workspace, rubric: Rubric, model_key: str, models: Path | None, jobs: int = 1
) -> ScoreReport:
    """Assess every text that this rubric and model have not assessed.

    ``jobs`` processes share the work where there is enough of it to pay for starting them.
    """
    from assess.progress import track

    pending = list(texts_to_score(workspace, rubric.key, model_key))
    said = _said(workspace)
    known = workspace.db.table("texts").count - len(pending)
    if known:
        make_current(workspace, rubric.key, model_key)
    assessed = refused = 0
    if pending:
        write_criteria(workspace, rubric)
        found = _assess_all(workspace, pending, said, Judge(rubric, models), jobs)
        for batch in _batches(track(found, len(pending), "score")):
            write_assessments(workspace, dict(batch), _keys(said))
            workspace.note(
                Issue("score", sha256, result.reason, "the text is not fit to judge")
                for sha256, result in batch
                if result.reason and not _had_no_text(workspace, sha256)
            )
            refused += sum(result.status == "cannot_assess" for _, result in batch)
            assessed += len(batch)
    visits_to_findings(workspace, rubric)
    return ScoreReport(assessed - refused, refused, known)


def score_reviewed(
    workspace: Workspace, document: str, rubric: Rubric, models: Path | None
) -> None:
    """Assess one document anew, by what persons say of it now."""
    said = _said(workspace, document)
    [(_, assessment)] = _assess_all(workspace, [document], said, Judge(rubric, models), 1)
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


@dataclass(frozen=True, slots=True)
class Judge:
    """What judges a text; a process of its own loads the model itself."""

    rubric: Rubric
    models: Path | None


@dataclass(frozen=True, slots=True)
class _Case:
    """One text to judge."""

    stored: StoredText
    extractor: str
    reviews: tuple[KeptReview, ...]


def _assess_all(
    workspace: Workspace,
    pending: Sequence[str],
    said: Mapping[str, tuple[KeptReview, ...]],
    judge: Judge,
    jobs: int,
) -> Iterator[tuple[str, Assessment]]:
    """Assessments in the order of ``pending``, whatever the number of processes."""
    cases = (_Case(*read_text(workspace, sha256), said.get(sha256, ())) for sha256 in pending)
    if jobs == 1 or len(pending) < MIN_PARALLEL:
        for batch in _batches(cases):
            yield from _assess_batch(batch, judge)
        return
    from joblib import Parallel, delayed

    # Texts are read here, a few tasks a process at a time: SQLite is not shared between threads.
    with Parallel(n_jobs=jobs) as parallel:
        for chunk in _batches(cases, TASK * TASKS_AHEAD * jobs):
            tasks = (delayed(_assess_batch)(t, judge) for t in _batches(chunk, TASK))
            for results in parallel(tasks):
                yield from results


def _assess_batch(batch: Sequence[_Case], judge: Judge) -> list[tuple[str, Assessment]]:
    from assess.score.model import load_model

    model = load_model(judge.models)
    return [
        (
            case.stored.sha256,
            assess_stored(case.stored, case.extractor, judge.rubric, model, case.reviews),
        )
        for case in batch
    ]


def assess_stored(
    stored: StoredText,
    extractor: str,
    rubric: Rubric,
    model: SentenceModel | None,
    reviews: Sequence[KeptReview] = (),
) -> Assessment:
    """Assess a text as the database holds it, by what persons say of it."""
    from assess.score.assessment import assess_text, cannot_assess, versions_of

    if stored.reason:
        return cannot_assess(stored.reason, versions_of(rubric, model, extractor))
    return assess_text(text_of(stored, extractor), rubric, model, reviews)


def text_of(stored: StoredText, extractor: str) -> Text:
    """A text as it was when it was read, with its sentences."""
    from assess.extract import split_sentences

    return Text(
        stored.content,
        stored.pages,
        split_sentences(stored.content, stored.pages),
        stored.language,
        stored.flags,
        extractor,
        stored.parts,
    )


def judged_sentences(stored: StoredText, extractor: str) -> tuple[Sentence, ...]:
    """The sentences of what is judged of a text, with their offsets in the whole."""
    from assess.score.scope import judged_ranges

    text = text_of(stored, extractor)
    if not text.parts:
        return text.sentences
    ranges = list(judged_ranges(text))
    return tuple(
        sentence
        for sentence in text.sentences
        if any(start <= sentence.start and sentence.end <= end for start, end in ranges)
    )


def _batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch

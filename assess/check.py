"""Judging documents without a database, and the JSON line that other programs read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

from assess.errors import InputError, UnreadableDocument
from assess.extract import EXTRACTOR_VERSION, Extractor
from assess.extract.limits import MAX_BYTES
from assess.files import read_regular
from assess.records import (
    Assessment,
    Document,
    Evidence,
    Finding,
    Issue,
    JudgedPart,
    Specificity,
    Text,
    Value,
)
from assess.report.words import authority, compliance_words, shown
from assess.score.assessment import assess_text, cannot_assess, rule_book, versions_of
from assess.score.model import SentenceModel
from assess.score.rubric import Rubric
from assess.scrape.files import DUPLICATE_ID, JSON_LINES, iter_documents


def check_documents(
    paths: Sequence[Path],
    rubric: Rubric,
    model: SentenceModel,
    extractor: Extractor | None = None,
) -> Iterator[tuple[str, Assessment]]:
    """(source, assessment) for each document, in the order of ``paths`` (folders sorted).

    A path that does not exist or cannot be read, or a folder without a document, has its own entry
    and stops nothing. ``extractor`` may have been started before; whoever gives it closes it.
    """
    if extractor is None:
        with Extractor() as own:
            yield from check_documents(paths, rubric, model, own)
        return
    versions = versions_of(rubric, model, EXTRACTOR_VERSION)
    with ThreadPoolExecutor(1) as beside:
        read = partial(_read, extractor, beside, rubric)
        for path in paths:
            issues: list[Issue] = []
            found = False
            try:
                for document, data in _documents(path, issues):
                    yield from _refused(issues, versions)
                    found = True
                    yield document.source, _check(read, document, data, rubric, model)
            except UnreadableDocument as error:
                issues.append(Issue("files", str(path), error.reason, error.detail))
            refused = list(_refused(issues, versions))
            yield from refused
            if not (found or refused):
                yield str(path), cannot_assess("empty", versions, detail="no document in it")


def _documents(path: Path, issues: list[Issue]) -> Iterator[tuple[Document, bytes]]:
    """The documents at a path.

    Raises:
        UnreadableDocument: ``not_found``, or ``empty`` for a folder without any.
    """
    if not _exists(path):
        raise UnreadableDocument("not_found", "no such file or folder")
    try:
        documents = iter_documents([path], on_issue=issues.append)
    except InputError as error:
        if issues:  # they say what is in the folder
            return
        raise UnreadableDocument("empty", str(error).removeprefix(f"{path}: ")) from None
    yield from documents


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that the system cannot hold
        return False


def _read(extractor: Extractor, beside: Executor, rubric: Rubric, data: bytes, name: str) -> Text:
    """The text of a document; while the worker reads the first, the rules are compiled."""
    compiled = beside.submit(rule_book, rubric)
    text = extractor.extract(data, name)
    compiled.result()
    return text


def _check(
    read: Callable[[bytes, str], Text],
    document: Document,
    data: bytes,
    rubric: Rubric,
    model: SentenceModel,
) -> Assessment:
    try:
        text = read(data, document.name)
    except UnreadableDocument as error:
        versions = versions_of(rubric, model, EXTRACTOR_VERSION)
        return cannot_assess(error.reason, versions, detail=error.detail)
    return assess_text(text, rubric, model)


def _refused(issues: list[Issue], versions: Mapping[str, str]) -> Iterator[tuple[str, Assessment]]:
    """Files that could not be taken; empties the list."""
    while issues:
        issue = issues.pop(0)
        if issue.code == DUPLICATE_ID:
            continue  # the document itself has its entry
        yield issue.subject, cannot_assess(issue.code, versions, detail=issue.message)


def read_document(path: Path) -> bytes:
    """The bytes of one document: a file, or a line of JSON Lines as ``file.jsonl#id``.

    Raises:
        InputError: it cannot be read.
    """
    if not _exists(path) and (lines := _lines_named_in(path)):
        return _line(lines, path)
    if path.suffix.lower() in JSON_LINES:
        raise InputError(f"{path}: holds several documents; name one as {path}#ID")
    return read_regular(path, MAX_BYTES)


def _lines_named_in(path: Path) -> Path | None:
    """The JSON Lines of ``file.jsonl#id``; there may be a "#" in the file's name and in the id."""
    text = str(path)
    places = (at for at, sign in enumerate(text) if sign == "#")
    files = [Path(text[:at]) for at in places if Path(text[:at]).suffix.lower() in JSON_LINES]
    return next(filter(_exists, files), files[0] if files else None)


def _line(path: Path, named: Path) -> bytes:
    """One document of a JSON Lines file."""
    for document, data in iter_documents([path]):
        if Path(document.source) == named:  # as paths: an id may hold "//"
            return data
    raise InputError(f"{path}: has no document {str(named)[len(str(path)) + 1 :]!r}")


def json_line(file: str, assessment: Assessment, rubric: Rubric | None = None) -> str:
    """One assessment as a JSON object on one line; design contract 1.

    Of a rubric of proposed law it names the proposal, so that nobody takes it for the law.
    """
    minimal = assessment.minimal_compliance
    return json.dumps(
        {
            "file": file,
            "status": assessment.status,
            "reason": assessment.reason,
            "detail": assessment.detail or None,
            "flags": assessment.flags,
            "words": assessment.words,
            "language": assessment.language,
            "statement_kind": assessment.statement_kind,
            "criteria": {f.criterion: _finding(f) for f in assessment.findings},
            "scores": {
                "compliance": assessment.compliance,
                "substance": assessment.substance,
            },
            "tier": assessment.tier,
            "minimal_compliance": minimal
            and {"index": minimal.index, "flag": minimal.flag, "reasons": minimal.reasons},
            "specificity": _specificity(assessment.specificity),
            "versions": dict(assessment.versions),
        }
        | _part(assessment)
        | ({"proposal": rubric.title} if rubric and rubric.proposal else {}),
        ensure_ascii=False,
    )


def _part(assessment: Assessment) -> dict[str, object]:
    """What was judged of a longer document; nothing where the whole was."""
    part = assessment.part
    if part is None:
        return {}
    return {
        "part": {
            "start": part.start,
            "end": part.end,
            "pages": [part.first_page, part.last_page],
            "title": part.title,
            "confidence": part.confidence,
            "other_languages": part.other_languages,
        }
    }


def _specificity(found: Specificity | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        **asdict(found),
        "per_100_words": found.per_100_words,
        "vague_share": found.vague_share,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "value": finding.value,
        "confidence": finding.confidence,
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    """As in the contract; with ``reasons`` only where there are any."""
    told = asdict(evidence)
    del told["review_id"]  # no database, no reviews
    if not evidence.reasons:
        del told["reasons"]
    return told


def summary(file: str, assessment: Assessment, rubric: Rubric) -> str:
    """One assessment in a few lines for a person."""
    if assessment.status == "cannot_assess":
        detail = f" ({shown(assessment.detail)})" if assessment.detail else ""
        lines = [shown(file), f"  cannot assess: {assessment.reason}{detail}", *_flags(assessment)]
        return "\n".join(lines)
    values = {finding.criterion: finding.value for finding in assessment.findings}
    minimal = assessment.minimal_compliance
    doubt = ": does not read like a statement; its scores mean little"
    lines = [
        shown(file) + (doubt if assessment.statement_kind == "other" else ""),
        f"  {assessment.statement_kind}, {assessment.words:,} words: "
        f"{compliance_words(rubric.proposal)} {assessment.compliance}, "
        f"substance {assessment.substance} ({assessment.tier})",
        *_legal(values, rubric),
        "  depth: " + ", ".join(f"{c.id} {values[c.id]}" for c in rubric.of_kind("depth")),
        "  found: " + (", ".join(c.id for c in rubric.of_kind("indicator") if values[c.id]) or "-"),
    ]
    if assessment.part:
        lines.insert(1, _judged(assessment.part))
    if minimal:
        mark = "looks like minimal compliance" if minimal.flag else "not minimal compliance"
        lines.append(f"  {mark} (index {minimal.index}): {'; '.join(minimal.reasons) or '-'}")
    return "\n".join([*lines, *_flags(assessment)])


def _legal(values: Mapping[str, Value], rubric: Rubric) -> Iterator[str]:
    """What is law or guidance, and apart from it what is only proposed."""
    legal = rubric.of_kind("legal")
    for name, proposed in (("law", False), (authority("BILL"), True)):
        of = [
            f"{c.id} {values[c.id] if c.judged_from == 'text' else 'not assessed'}"
            for c in legal
            if (c.authority == "BILL") is proposed
        ]
        if of:
            yield f"  {name}: {', '.join(of)}"


def _flags(assessment: Assessment) -> list[str]:
    """The line that says what to know about the text; docs/extraction.md explains the flags."""
    return [f"  text: {', '.join(assessment.flags)}"] if assessment.flags else []


def _judged(part: JudgedPart) -> str:
    """The line that says which part of a document was judged."""
    pages = (
        f"{part.first_page}-{part.last_page}"
        if part.last_page > part.first_page
        else (f"{part.first_page}")
    )
    title = f": {shown(part.title)!r}" if part.title else ""
    beside = f"; not judged: {', '.join(part.other_languages)}" if part.other_languages else ""
    return (
        f"  judged: page{'s' * (part.last_page > part.first_page)} {pages} of {part.of_pages}"
        f" (confidence {part.confidence}){title}{beside}"
    )

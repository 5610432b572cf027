"""Whose statement is this document? Kept documents matched to registry statements.

The first lead that holds decides (`assess.scrape.leads`): address, company number in the file
name, organisation's name as file name or page title, company number in the text, name of like
spelling, name in the opening paragraphs. What only makes a statement likely goes to the review
list: a wrong match is worse than a missing one.

Of several statements of the organisation, the document's signatory, dates and years choose. Where
these do not tell the years apart, all are left for review: no document is guessed into a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final, Literal

from sqlite_utils import Database

from assess.errors import InputError, WorkspaceError
from assess.records import Issue, MatchMethod
from assess.running import staged
from assess.scrape.clues import Head, html_head, html_text
from assess.scrape.leads import SURE, Lead, Origin, Subject, leads
from assess.scrape.matched_by import document_keys, read_matched, register_key, set_matched
from assess.scrape.origins import read_origins
from assess.scrape.register import YEAR_MARGIN, Candidate, Register, read_register, same_page
from assess.store import Workspace
from assess.store.forgotten import is_forgotten
from assess.store.rows import Rows

State = Literal["accepted", "review", "rejected"]

# What a match loses where the choice among an organisation's statements rests on little.
_CHOSEN: Final = 0.95
_MOST_SPECIFIC: Final = 0.8
_OTHER_YEAR_IN_TEXT: Final = 0.8
_UNDECIDED: Final = 0.5

_HTML: Final = "text/html"
_PLAIN: Final = frozenset({"text/plain", "text/markdown"})


@dataclass(frozen=True, slots=True)
class MatchReport:
    """Documents by what is known of their statement."""

    accepted: int
    review: int
    unmatched: int


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A doubtful match, for a person to accept or reject."""

    document_sha256: str
    document: str
    statement_id: int
    statement: str
    year: int
    method: str
    quality: float
    matched_on: str


@dataclass(frozen=True, slots=True)
class Link:
    """A document's tie to one statement."""

    statement: int
    method: MatchMethod
    quality: float
    state: State
    matched_on: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document of the workspace."""

    sha256: str
    media_type: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    found_from: tuple[Origin, ...]


@staged("match")
def match_documents(workspace: Workspace) -> MatchReport:
    """Match kept documents, where what they are matched by changed; what a reviewer decided stays.

    The outcome depends on what is kept, not on the order it came in. Run it again after
    extraction: the text of a PDF is a clue as well.
    """
    db = workspace.db
    settled, before = _settled(db), read_matched(db)
    documents = [kept for kept in _documents(db) if kept.sha256 not in settled]
    register = register_key(db)
    keys = document_keys(db, register, documents)
    changed = [
        kept
        for kept in documents
        if kept.sha256 not in keys or keys[kept.sha256] != before.get(kept.sha256)
    ]
    if changed:
        _match_all(workspace, register, changed)
    return _report(db)


def _match_all(workspace: Workspace, key: str, documents: Sequence[_Kept]) -> None:
    register = read_register(workspace.db)
    issues: list[Issue] = []
    found = {kept.sha256: _match(workspace, kept, register, issues) for kept in documents}
    with workspace.db.atomic():
        _write(workspace.db, found)
        workspace.note(issues)
        set_matched(
            workspace.db,
            document_keys(workspace.db, key, documents),
            but=[issue.subject for issue in issues],
        )


def match_subject(subject: Subject, register: Register) -> tuple[Link, ...]:
    """The links of a document under one name; pure, given its text."""
    doubtful: tuple[Link, ...] = ()
    for lead in leads(subject, register):
        links = choose(lead, subject, register)
        if lead.floor == SURE or any(link.state == "accepted" for link in links):
            return links
        doubtful = doubtful or links
    return doubtful


def choose(lead: Lead, subject: Subject, register: Register) -> tuple[Link, ...]:
    """Choose among the statements that a lead leads to."""
    candidates = [register.statements[number] for number in sorted(lead.statements)]
    if lead.floor > SURE:
        candidates = [c for c in candidates if not _of_other_year(c, subject)]
    if not candidates:
        return ()
    points = {c.id: c.points(subject.clues, subject.years) for c in candidates}
    most = max(points.values())
    top = [candidate for candidate in candidates if points[candidate.id] == most]
    near = [candidate for candidate in candidates if points[candidate.id] > most - YEAR_MARGIN]
    if len({candidate.year for candidate in near}) > 1:
        return _doubtful(lead, near, "its year is not told")
    if most < lead.floor:
        return _doubtful(lead, top, "signatory and dates not found in the text")
    if lead.floor > SURE and _others_as_likely(top[0], most, lead, subject, register):
        return _doubtful(lead, top, "its signatory signed others of the same dates")
    # An organisation's own statement goes before its group's.
    specific = [c for c in top if c.organisations == 1] or top
    first = specific[0]
    if not all(same_page(first, other) for other in specific[1:]):
        return _doubtful(lead, specific, "several statements of that year")
    if lead.method == "url" and _of_other_year(first, subject):
        # One address shows each year's statement in its turn.
        years = ", ".join(map(str, subject.clues.year_ends[:3]))
        return _doubtful(lead, specific, f"its text names {years}")
    if subject.years and not any(first.years.intersection(span) for span in subject.years):
        return _doubtful(lead, specific, "the file name has another year")
    return _accepted(lead, specific, [c for c in top if c not in specific], candidates, subject)


def _of_other_year(candidate: Candidate, subject: Subject) -> bool:
    """Whether the text speaks of financial years, and of none that the statement is called by."""
    ends = subject.clues.year_ends
    return bool(ends) and not candidate.years.intersection(ends)


def _others_as_likely(
    candidate: Candidate, points: int, lead: Lead, subject: Subject, register: Register
) -> bool:
    """Whether the signatory's statements for other organisations fit the text as well.

    Companies of one family share signatory and dates, and a text may name the parent only.
    """
    others = register.by_signatory[candidate.signatory.casefold()] - lead.statements
    return any(
        register.statements[other].points(subject.clues, subject.years) >= points
        and not same_page(candidate, register.statements[other])
        for other in others
    )


def _accepted(
    lead: Lead,
    chosen: Sequence[Candidate],
    rivals: Sequence[Candidate],
    candidates: Sequence[Candidate],
    subject: Subject,
) -> tuple[Link, ...]:
    """Links to the chosen statements; to those of its group, links for review."""
    quality, notes = lead.quality, [lead.matched_on]
    if rivals:
        quality *= _MOST_SPECIFIC
        notes.append("its own statement rather than its group's")
    elif len(candidates) > len(chosen):
        quality *= _CHOSEN
        notes.append("chosen by signatory, dates or years")
    if _of_other_year(chosen[0], subject):
        quality *= _OTHER_YEAR_IN_TEXT
        notes.append(f"but its text names {', '.join(map(str, subject.clues.year_ends[:3]))}")
    accepted = tuple(
        Link(c.id, lead.method, round(quality, 4), "accepted", "; ".join(notes)) for c in chosen
    )
    return accepted + _doubtful(lead, rivals, "its group's statement")


def _doubtful(lead: Lead, candidates: Iterable[Candidate], why: str) -> tuple[Link, ...]:
    quality = round(lead.quality * _UNDECIDED, 4)
    return tuple(
        Link(c.id, lead.method, quality, "review", f"{lead.matched_on}; {why}") for c in candidates
    )


def decide(
    workspace: Workspace, document_sha256_prefix: str, statement_id: int, accept: bool
) -> None:
    """Record a reviewer's decision; matching never changes it.

    Accepting settles the document: its links that nobody decided are dropped. A statement that
    matching did not find may be accepted as well.

    Raises:
        InputError: no such document or statement, or the prefix fits several documents.
    """
    sha256 = _document_of(workspace.db, document_sha256_prefix)
    if not workspace.db.table("statements").count_where("id = ?", [statement_id]):
        raise InputError(f"{statement_id}: no statement of this id; see the review list")
    with workspace.db.atomic():
        workspace.db.execute(
            "INSERT INTO statement_documents"
            " (statement_id, document_sha256, method, quality, state, matched_on)"
            " VALUES (:statement, :document, 'reviewed', 1.0, :state, 'decided by a reviewer')"
            " ON CONFLICT (statement_id, document_sha256) DO UPDATE SET"
            " method = excluded.method, quality = excluded.quality, state = excluded.state",
            {
                "statement": statement_id,
                "document": sha256,
                "state": "accepted" if accept else "rejected",
            },
        )
        if accept:
            workspace.db.table("statement_documents").delete_where(
                f"document_sha256 = ? AND NOT {_DECIDED}", [sha256]
            )


def review_list(workspace: Workspace) -> Sequence[ReviewRow]:
    """Doubtful matches, by document, the likeliest first."""
    columns = ", ".join(field.name for field in fields(ReviewRow))
    return Rows(
        workspace.db,
        f"SELECT {columns} FROM matches_for_review"  # noqa: S608 - our own names
        " ORDER BY document, document_sha256, quality DESC, year DESC, statement_id",
        ReviewRow,
    )


_DECIDED: Final = "(method = 'reviewed' OR state = 'rejected')"


def _document_of(db: Database, prefix: str) -> str:
    found = [
        str(row["sha256"])
        for row in db.table("documents").rows_where(
            "substr(sha256, 1, ?) = ?", [len(prefix), prefix.lower()], select="sha256", limit=2
        )
    ]
    if not prefix or not found:
        raise InputError(f"{prefix or '(nothing)'}: no kept document whose hash begins so")
    if len(found) > 1:
        raise InputError(f"{prefix}: several documents' hashes begin so; give more of it")
    return found[0]


def _settled(db: Database) -> frozenset[str]:
    """Documents that a reviewer has tied to a statement."""
    rows = db.execute(
        "SELECT DISTINCT document_sha256 FROM statement_documents"
        " WHERE method = 'reviewed' AND state = 'accepted'"
    )
    return frozenset(row[0] for row in rows)


def _documents(db: Database) -> list[_Kept]:
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for sha256, media_type, name, source in db.execute(
        "SELECT sha256, media_type, name, source FROM documents"
        " JOIN document_sources ON document_sha256 = sha256 ORDER BY sha256, name, source"
    ):
        rows.setdefault((sha256, media_type), []).append((name, source))
    origins = read_origins(db)
    return [
        _Kept(
            sha256,
            media_type,
            names=tuple(dict.fromkeys(name for name, _ in places)),
            sources=tuple(source for _, source in places),
            found_from=tuple(origins.get(sha256, ())),
        )
        for (sha256, media_type), places in rows.items()
    ]


def _match(
    workspace: Workspace, kept: _Kept, register: Register, issues: list[Issue]
) -> dict[int, Link]:
    """The links of a document; found under several names, the surest of each statement."""
    head = Head()
    if kept.media_type == _HTML:
        head = html_head(_original(workspace, kept, issues))

    @cache
    def text() -> str:
        return _text(workspace, kept, issues)

    links: dict[int, Link] = {}
    for name in kept.names:
        for link in match_subject(
            Subject(name, kept.sources, head, text, kept.found_from), register
        ):
            before = links.get(link.statement)
            if before is None or _sureness(link) > _sureness(before):
                links[link.statement] = link
    return links


def _sureness(link: Link) -> tuple[bool, float]:
    return link.state == "accepted", link.quality


def _text(workspace: Workspace, kept: _Kept, issues: list[Issue]) -> str:
    """The extracted text; before extraction, what can be read at no cost."""
    row = workspace.db.execute(
        "SELECT content FROM texts WHERE document_sha256 = ?", [kept.sha256]
    ).fetchone()
    if row:
        return str(row[0])
    if kept.media_type == _HTML:
        return html_text(_original(workspace, kept, issues))
    if kept.media_type in _PLAIN:
        return _original(workspace, kept, issues).decode("utf-8", errors="replace")
    return ""


def _original(workspace: Workspace, kept: _Kept, issues: list[Issue]) -> bytes:
    try:
        return workspace.read(kept.sha256)
    except WorkspaceError as error:
        if not is_forgotten(workspace.db, "document", kept.sha256):
            issues.append(Issue("match", kept.sha256, "original_lost", str(error)))
        return b""


def _write(db: Database, found: Mapping[str, Mapping[int, Link]]) -> None:
    """Bring the links of these documents to what was found; decided ones stay."""
    rows = {
        (link.statement, sha256): (link.method, link.quality, link.state, link.matched_on)
        for sha256, links in found.items()
        for link in links.values()
    }
    for before in list(db.table("statement_documents").rows):
        key = (before["statement_id"], before["document_sha256"])
        decided = before["method"] == "reviewed" or before["state"] == "rejected"
        if decided:
            rows.pop(key, None)
        elif key[1] in found and key not in rows:
            db.table("statement_documents").delete(key)
    table: Any = db.table("statement_documents")
    table.upsert_all(
        (
            {
                "statement_id": statement,
                "document_sha256": sha256,
                "method": method,
                "quality": quality,
                "state": state,
                "matched_on": matched_on,
            }
            for (statement, sha256), (method, quality, state, matched_on) in sorted(rows.items())
        ),
        pk=("statement_id", "document_sha256"),
    )


def _report(db: Database) -> MatchReport:
    documents = db.table("documents").count
    accepted, review = (
        int(
            db.execute(
                "SELECT count(DISTINCT document_sha256) FROM statement_documents WHERE state = ?",
                [state],
            ).fetchone()[0]
        )
        for state in ("accepted", "review")
    )
    both = db.execute(
        "SELECT count(*) FROM (SELECT document_sha256 FROM statement_documents WHERE state ="
        " 'accepted' INTERSECT SELECT document_sha256 FROM statement_documents WHERE state ="
        " 'review')"
    ).fetchone()[0]
    only_review = review - int(both)
    return MatchReport(accepted, only_review, documents - accepted - only_review)

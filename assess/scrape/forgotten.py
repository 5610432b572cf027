"""Keeps out what comes in and was to be forgotten, and says that it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database

from assess.records import Document, Issue, Organisation, Statement
from assess.scrape.names import name_key
from assess.store import Workspace
from assess.store.forgotten import Redactor, forgotten_among, is_forgotten, redactor

if TYPE_CHECKING:
    from assess.scrape.registry import RegistryFile
    from assess.scrape.seek import Find, Sought
    from assess.scrape.targets import Target

CODE: Final = "forgotten"
_STAGE: Final = "forget"


def without_forgotten_rows(workspace: Workspace, file: RegistryFile) -> RegistryFile:
    """The file without what was forgotten, persons' names blocked out; an issue says how much."""
    db, blocks = workspace.db, redactor(workspace.db)
    of_statements = [o for s in file.statements for o in s.organisations]
    numbers = {o.company_number for o in of_statements if o.company_number}
    gone_numbers = forgotten_among(db, "company_number", numbers)
    gone_names = forgotten_among(
        db, "name", {name_key(o.name) for o in of_statements if not o.company_number}
    )
    gone = forgotten_among(db, "statement", (s.summary_url for s in file.statements))

    def stays(organisation: Organisation) -> bool:
        if organisation.company_number:
            return organisation.company_number not in gone_numbers
        return name_key(organisation.name) not in gone_names

    kept = []
    for statement in file.statements:
        left = tuple(filter(stays, statement.organisations))
        if left and statement.summary_url not in gone:
            kept.append(_redacted(replace(statement, organisations=left), blocks))
    left_out = len(of_statements) - sum(len(s.organisations) for s in kept)
    if left_out:
        message = f"{left_out} organisations that were to be forgotten are left out of this file"
        workspace.note([Issue(_STAGE, file.name, CODE, message)])
    return replace(file, statements=tuple(kept))


def _redacted(statement: Statement, blocks: Redactor) -> Statement:
    if not blocks.lengths:
        return statement
    person = statement.approving_person
    return replace(
        statement,
        approving_person=person and blocks.redacted(person),
        declarations={f: blocks.redacted(value) for f, value in statement.declarations.items()},
    )


def without_forgotten_targets(workspace: Workspace, targets: Sequence[Target]) -> list[Target]:
    """The targets that may be visited; an issue says how many are not."""
    from assess.scrape.urls import any_key

    addresses = forgotten_among(workspace.db, "address", (any_key(t.url) for t in targets))
    names = forgotten_among(workspace.db, "name", (name_key(t.organisation) for t in targets))
    kept = [
        target
        for target in targets
        if any_key(target.url) not in addresses and name_key(target.organisation) not in names
    ]
    if len(kept) < len(targets):
        number = len(targets) - len(kept)
        message = f"{number} addresses that were to be forgotten are not visited"
        workspace.note([Issue(_STAGE, targets[0].door, CODE, message)])
    return kept


def without_forgotten_finds(workspace: Workspace, sought: Sought) -> Sought:
    """What was found, without documents that were to be forgotten."""
    kept = tuple(find for find in sought.finds if not _is_gone(workspace, find))
    if len(kept) == len(sought.finds):
        return sought
    from assess.scrape.seek import Failure

    failure = sought.failure if kept else Failure(CODE, "what was found there was to be forgotten")
    return replace(sought, finds=kept, failure=failure)


def _is_gone(workspace: Workspace, find: Find) -> bool:
    return find.visit.sha256 is not None and is_forgotten(
        workspace.db, "document", find.visit.sha256
    )


def without_forgotten_documents(
    db: Database, found: Iterable[tuple[Document, bytes]], on_issue: Callable[[Issue], None]
) -> Iterator[tuple[Document, bytes]]:
    """The documents that may be kept; of each other an issue tells."""
    for document, data in found:
        if is_forgotten(db, "document", document.sha256):
            on_issue(Issue(_STAGE, document.sha256, CODE, "was to be forgotten; left out"))
        else:
            yield document, data

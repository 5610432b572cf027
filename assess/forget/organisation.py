"""Forgetting an organisation: its statements, documents, texts, judgements and traces."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from assess.errors import InputError
from assess.forget.person import redact_tables
from assess.forget.rows import clear_comparisons, delete_rows
from assess.forget.traces import plan_removal
from assess.scrape.company_numbers import company_number
from assess.scrape.names import name_key
from assess.scrape.urls import any_key, is_file_store, site_of
from assess.store import Workspace, now
from assess.store.forgotten import is_forgotten, redactor_of, remember

# What tells of runs rather than of statements: names of files and lists stand in it.
JOURNALS = ("runs", "run_stages", "run_inputs")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to forget: by number, or by name."""

    name: str = ""
    number: str = ""


@dataclass(slots=True)
class Gone:
    """What was deleted, or would be."""

    rows: Counter[str] = field(default_factory=Counter)
    """By table."""
    files: int = 0
    """Kept originals and pages."""
    shared_statements: int = 0
    """Of several organisations: they stay, without this one."""


@dataclass(frozen=True, slots=True)
class _Organisation:
    """All that a workspace has of one."""

    rows: frozenset[int]
    names: frozenset[str]
    keys: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Own:
    """What is its alone."""

    statements: frozenset[int]
    shared: frozenset[int]
    targets: frozenset[int]
    documents: frozenset[str]
    addresses: frozenset[str]
    """Their keys (`any_key`)."""
    sites: frozenset[str]


def already_forgotten(workspace: Workspace, wanted: Wanted) -> bool:
    """Whether it was to be forgotten before."""
    number = company_number(wanted.number) if wanted.number else None
    if number:
        return is_forgotten(workspace.db, "company_number", number)
    return is_forgotten(workspace.db, "name", name_key(wanted.name))


def forget_organisation(workspace: Workspace, wanted: Wanted) -> Gone:
    """Delete its rows and remember not to take them in again; `traces.finish` does the rest.

    To be run in a transaction.

    Raises:
        InputError: there is no such organisation, or several of that name.
    """
    db, gone = workspace.db, Gone()
    found = _find(db, wanted)
    own = _own(db, found)
    gone.shared_statements = len(own.shared)
    _remember(db, found, own)
    clear_comparisons(db)
    gone.files = _delete_visits(workspace, own, gone.rows)
    delete_rows(db, "targets", "id", own.targets, gone.rows)
    delete_rows(db, "documents", "sha256", own.documents, gone.rows)
    delete_rows(db, "statements", "id", own.statements, gone.rows)
    delete_rows(db, "organisations", "id", found.rows, gone.rows)
    delete_rows(db, "companies", "company_number", found.numbers, gone.rows)
    _delete_listed(db, found, gone.rows)
    _delete_issues(db, found, own, gone.rows)
    redact_tables(db, redactor_of(found.names), JOURNALS)
    return gone


def _find(db: Database, wanted: Wanted) -> _Organisation:
    ids = _by_number(db, wanted.number) if wanted.number else _by_name(db, wanted.name)
    among = json.dumps(sorted(ids))
    rows = db.execute(
        "SELECT id, company_number FROM organisations"
        " WHERE coalesce(same_as, id) IN (SELECT value FROM json_each(?))",
        [among],
    ).fetchall()
    every = json.dumps([row[0] for row in rows])
    names = {wanted.name.strip()} | {
        row[0]
        for row in db.execute(
            "SELECT name FROM organisation_names"
            " WHERE organisation_id IN (SELECT value FROM json_each(?))",
            [every],
        )
    }
    return _Organisation(
        frozenset(row[0] for row in rows),
        frozenset(filter(None, names)),
        frozenset(filter(None, map(name_key, names))),
        frozenset(row[1] for row in rows if row[1]),
    )


def _by_number(db: Database, written: str) -> set[int]:
    number = company_number(written)
    if number is None:
        raise InputError(f"{written!r} is no company number; it has eight characters")
    found = db.execute(
        "SELECT coalesce(same_as, id) FROM organisations WHERE company_number = ?", [number]
    ).fetchall()
    if not found:
        raise InputError(
            f"no organisation of the company number {number}; look at `assess missing`"
        )
    return {row[0] for row in found}


def _by_name(db: Database, name: str) -> set[int]:
    key = name_key(name)
    if not key:
        raise InputError(f"{name!r} is no name; give its letters, or --company-number")
    found = db.execute(
        "SELECT DISTINCT coalesce(same_as, id) FROM organisations"
        " JOIN organisation_names AS names ON names.organisation_id = organisations.id"
        " WHERE names.name_key = ? ORDER BY 1",
        [key],
    ).fetchall()
    ids = {row[0] for row in found}
    if len(ids) > 1:
        numbers = [
            row[0] or "one without a number"
            for row in db.execute(
                "SELECT company_number FROM organisations"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY 1",
                [json.dumps(sorted(ids))],
            )
        ]
        raise InputError(
            f"{len(ids)} organisations have had the name {name!r} ({', '.join(numbers)}); "
            "give --company-number"
        )
    if not ids and not any(name_key(row[0]) == key for row in _listed_names(db)):
        raise InputError(f"no organisation of the name {name!r}; write it as the registry does")
    return ids


def _listed_names(db: Database) -> Iterable[tuple[str]]:
    return db.execute(
        "SELECT organisation FROM targets UNION SELECT organisation FROM listed_groups"
    )


def _own(db: Database, found: _Organisation) -> _Own:
    statements, shared = _statements(db, found.rows)
    others = _others_addresses(db, statements)
    addresses = {
        any_key(url)
        for row in _rows(db, "statements", "statement_url, pdf_url, summary_url", statements)
        for url in row
        if url
    } - others
    targets = {
        row[0]
        for row in db.execute("SELECT id, url, organisation FROM targets")
        if name_key(row[2]) in found.keys or (not row[2] and any_key(row[1]) in addresses)
    }
    others |= {
        any_key(url) for id_, url in db.execute("SELECT id, url FROM targets") if id_ not in targets
    }
    documents = _documents(db, statements, targets)
    addresses |= {any_key(row[0]) for row in _rows(db, "targets", "url", targets)}
    addresses |= {
        any_key(row[0])
        for row in _rows(db, "document_sources", "source", documents, "document_sha256")
        if "://" in row[0]
    }
    addresses -= others
    return _Own(
        frozenset(statements),
        frozenset(shared),
        frozenset(targets),
        frozenset(documents),
        frozenset(addresses),
        frozenset(_sites(addresses) - _sites(others)),
    )


def _rows(
    db: Database, table: str, columns: str, values: Iterable[str | int], key: str = "id"
) -> Iterable[tuple[str, ...]]:
    sql = f"SELECT {columns} FROM {table} WHERE {key} IN (SELECT value FROM json_each(?))"  # noqa: S608
    return db.execute(sql, [json.dumps(sorted(values, key=str))]).fetchall()


def _statements(db: Database, rows: Iterable[int]) -> tuple[set[int], set[int]]:
    """Its statements: those of it alone, and those of others too."""
    own: set[int] = set()
    shared: set[int] = set()
    for statement, others in db.execute(
        "WITH own AS (SELECT value FROM json_each(:own))"
        " SELECT statement_id, sum(organisation_id NOT IN own) FROM statement_organisations"
        " WHERE statement_id IN (SELECT statement_id FROM statement_organisations"
        " WHERE organisation_id IN own) GROUP BY statement_id",
        {"own": json.dumps(sorted(rows))},
    ):
        (shared if others else own).add(statement)
    return own, shared


def _others_addresses(db: Database, own: set[int]) -> set[str]:
    return {
        any_key(url)
        for id_, *urls in db.execute(
            "SELECT id, statement_url, pdf_url, summary_url FROM statements"
        )
        if id_ not in own
        for url in urls
        if url
    }


def _documents(db: Database, statements: set[int], targets: set[int]) -> set[str]:
    """Documents of its statements and addresses that are nobody else's.

    One that is doubtful of it goes too, unless it may be another's.
    """
    of: dict[str, set[str]] = {"accepted": set(), "review": set(), "rejected": set()}
    others: dict[str, set[str]] = {state: set() for state in of}
    for statement, document, state in db.execute(
        "SELECT statement_id, document_sha256, state FROM statement_documents"
    ):
        (of if statement in statements else others)[state].add(document)
    for target, document in db.execute("SELECT target_id, document_sha256 FROM target_documents"):
        (of if target in targets else others)["accepted"].add(document)
    own = of["accepted"] | (of["review"] - others["review"])
    return own - others["accepted"]


def _sites(keys: Iterable[str]) -> set[str]:
    hosts = {key.partition("/")[0].partition(":")[0] for key in keys}
    return {site_of(f"https://{host}/") for host in hosts if not is_file_store(host)} - {""}


def _remember(db: Database, found: _Organisation, own: _Own) -> None:
    when = now()
    summaries = {row[0] for row in _rows(db, "statements", "summary_url", own.statements)}
    remember(db, "company_number", found.numbers, when)
    remember(db, "name", found.keys, when)
    remember(db, "statement", summaries, when)
    remember(db, "address", own.addresses, when)
    remember(db, "document", own.documents, when)


def _delete_visits(workspace: Workspace, own: _Own, gone: Counter[str]) -> int:
    """Delete attempts at its addresses and sites; plans the removal of files nobody else has."""
    db = workspace.db
    kept = {row[0] for row in _rows(db, "documents", "kept_as", own.documents, "sha256")}
    attempts = set()
    for id_, sha256, *urls in db.execute("SELECT id, sha256, url, final_url FROM attempts"):
        keys = set(map(any_key, urls))
        if sha256 in own.documents or keys & own.addresses or _sites(keys) & own.sites:
            attempts.add(id_)
    kept |= {row[0] for row in _rows(db, "attempts", "kept_as", attempts) if row[0]}
    delete_rows(db, "attempts", "id", attempts, gone)
    origins = {
        row[0] for row in db.execute("SELECT origin FROM robots") if site_of(row[0]) in own.sites
    }
    delete_rows(db, "robots", "origin", origins, gone)
    still = {row[0] for row in db.execute("SELECT kept_as FROM attempts WHERE kept_as IS NOT NULL")}
    still |= {
        kept_as
        for sha256, kept_as in db.execute("SELECT sha256, kept_as FROM documents")
        if sha256 not in own.documents
    }
    plan_removal(workspace, kept - still)
    return len(kept - still)


def _delete_listed(db: Database, found: _Organisation, gone: Counter[str]) -> None:
    """Delete it from the groups that a user gave."""
    ids = {
        id_
        for id_, name, number in db.execute(
            "SELECT id, organisation, company_number FROM listed_groups"
        )
        if company_number(number) in found.numbers or name_key(name) in found.keys
    }
    delete_rows(db, "listed_groups", "id", ids, gone)


def _delete_issues(db: Database, found: _Organisation, own: _Own, gone: Counter[str]) -> None:
    names = [name.casefold() for name in found.names]
    ids = {
        id_
        for id_, subject, message in db.execute("SELECT id, subject, message FROM issues")
        if subject in own.documents
        or any_key(subject.partition(" ")[0]) in own.addresses
        or any(name in f"{subject} {message}".casefold() for name in names)
    }
    delete_rows(db, "issues", "id", ids, gone)

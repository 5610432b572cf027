"""Registry statements into the workspace: new ones added, changed ones replaced in place."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from assess.errors import RegistryError
from assess.records import Issue, Organisation, Statement
from assess.running import staged
from assess.scrape.forgotten import without_forgotten_rows
from assess.scrape.names import name_key
from assess.scrape.presence import Change, update_presence, write_changes
from assess.scrape.registry import CUT_OFF, RegistryFile, read_registry
from assess.scrape.unite import unite
from assess.store import Workspace, now

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a download came from."""

    url: str
    content_md5: str
    """As the server states it, base64."""


# Statements of a file held against what is kept at a time.
_AT_A_TIME: Final = 500
_OUR_OWN: Final = frozenset({"id", "registry_file_id", "withdrawn_at"})
_CHILDREN: Final = ("statement_organisations", "statement_sectors", "declarations")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A statement as the workspace has it."""

    id: int
    columns: Row
    organisations: frozenset[str]
    sectors: frozenset[str]
    declarations: Mapping[str, str]

    @property
    def rank(self) -> tuple[str, int]:
        """The later update wins; of one day, the fuller copy (early files lack columns)."""
        filled = sum(value is not None for value in self.columns.values())
        return self.columns["last_updated"] or "", filled + len(self.declarations)


@dataclass(frozen=True, slots=True)
class RegistryReport:
    """What an import did; ``new + updated + unchanged == statements``."""

    rows: int
    statements: int
    organisations: int
    new: int
    updated: int
    unchanged: int
    withdrawn: int
    """Of a complete file's years, not in it any more."""
    returned: int
    """In it, and withdrawn before."""
    extra_columns: tuple[str, ...]
    issues: int


@staged("registry")
def import_registry(workspace: Workspace, path: Path, *, complete: bool = False) -> RegistryReport:
    """Read a registry download into the workspace; a second run changes nothing.

    A statement that was there is replaced, unless what was kept is newer. Of a ``complete`` file's
    years, statements that it lacks are marked as withdrawn; never by a file that was filtered.

    Raises:
        RegistryError: as `read_registry`.
    """
    return write_registry(workspace, read_registry(path), complete=complete)


def write_registry(
    workspace: Workspace,
    file: RegistryFile,
    origin: Origin | None = None,
    *,
    complete: bool = False,
) -> RegistryReport:
    """Write a registry file; all of it or nothing.

    Args:
        complete: whether it holds all of its years: then what it lacks was withdrawn.

    Raises:
        RegistryError: a ``complete`` file ends within a row.
    """
    if complete and any(issue.code == CUT_OFF for issue in file.issues):
        raise RegistryError(
            f"{file.name}: is cut off in its last row, so it is not complete; download it again"
        )
    with workspace.db.atomic():
        file = without_forgotten_rows(workspace, file)
        file_id = _write_file(workspace.db, file, origin, complete=complete)
        new, changed, older = _compared(workspace.db, file.statements)
        _write_organisations(workspace.db, [*new, *changed.values()])
        _insert_statements(workspace.db, new, file_id)
        _replace_statements(workspace.db, changed, file_id)
        _write_names(workspace.db, file.statements)
        unite(workspace.db)
        withdrawn, returned = update_presence(workspace.db, file, complete=complete)
        changes: dict[Change, list[str]] = {
            "new": [s.summary_url for s in new],
            "updated": [s.summary_url for s in changed.values()],
            "withdrawn": withdrawn,
            "returned": returned,
        }
        write_changes(workspace.db, file_id, changes)
        issues = (*file.issues, *older)
        workspace.note(issues)
    return RegistryReport(
        rows=file.row_count,
        statements=len(file.statements),
        organisations=len({identity(o) for s in file.statements for o in s.organisations}),
        new=len(new),
        updated=len(changed),
        unchanged=len(file.statements) - len(new) - len(changed),
        withdrawn=len(withdrawn),
        returned=len(returned),
        extra_columns=file.extra_columns,
        issues=len(issues),
    )


def identity(organisation: Organisation) -> str:
    """What makes two rows one organisation: the company number, or else the whole name."""
    if organisation.company_number:
        return organisation.company_number
    return f"name:{organisation.name.casefold()}"


def _write_file(db: Database, file: RegistryFile, origin: Origin | None, *, complete: bool) -> int:
    db.table("registry_files").insert(
        {
            "sha256": file.sha256,
            "name": file.name,
            "row_count": file.row_count,
            "extra_columns": json.dumps(file.extra_columns),
            "read_at": now(),
        },
        ignore=True,
    )
    row = db.execute("SELECT id FROM registry_files WHERE sha256 = ?", [file.sha256]).fetchone()
    if complete:
        db.table("registry_files").update(int(row[0]), {"complete": 1})
    if origin:
        db.table("registry_files").update(
            int(row[0]), {"url": origin.url, "content_md5": origin.content_md5}
        )
    return int(row[0])


def _compared(
    db: Database, statements: Sequence[Statement]
) -> tuple[list[Statement], dict[int, Statement], list[Issue]]:
    """The new statements, those that differ from what is kept and are not older than it by their
    keys, and what is said of older ones."""
    new: list[Statement] = []
    changed: dict[int, Statement] = {}
    issues: list[Issue] = []
    for start in range(0, len(statements), _AT_A_TIME):
        some = statements[start : start + _AT_A_TIME]
        kept = _kept_statements(db, [statement.summary_url for statement in some])
        for statement in some:
            before, after = kept.get(statement.summary_url), _as_kept(statement)
            if before is None:
                new.append(statement)
            elif replace(before, id=after.id) == after:
                continue
            elif after.rank >= before.rank:
                changed[before.id] = statement
            elif after.rank[0] < before.rank[0]:
                message = f"its copy of {after.rank[0] or 'no date'} is older than what is kept"
                issues.append(Issue("registry", statement.summary_url, "older_copy", message))
    return new, changed, issues


def _as_kept(statement: Statement) -> _Kept:
    return _Kept(
        id=0,
        columns=_columns(statement),
        organisations=frozenset(map(identity, statement.organisations)),
        sectors=frozenset(statement.sectors),
        declarations=dict(statement.declarations),
    )


def _columns(statement: Statement) -> Row:
    group = statement.group_submission
    return {
        "summary_url": statement.summary_url,
        "year": statement.year,
        "statement_url": statement.statement_url,
        "group_submission": None if group is None else int(group),
        "parent_name": statement.parent_name,
        "start_date": _iso(statement.start_date),
        "end_date": _iso(statement.end_date),
        "approving_person": statement.approving_person,
        "date_approved": _iso(statement.date_approved),
        "turnover": statement.turnover,
        "last_updated": _iso(statement.last_updated),
        "pdf_url": statement.pdf_url,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_IDENTITIES: Final = """
    SELECT statement_id, identity FROM statement_organisations
    JOIN organisations ON organisations.id = organisation_id
    WHERE statement_id IN (SELECT value FROM json_each(?))"""
_SECTORS: Final = """
    SELECT statement_id, sector FROM statement_sectors
    WHERE statement_id IN (SELECT value FROM json_each(?))"""
_DECLARATIONS: Final = """
    SELECT statement_id, field, value FROM declarations
    WHERE statement_id IN (SELECT value FROM json_each(?))"""


def _kept_statements(db: Database, urls: Sequence[str]) -> dict[str, _Kept]:
    """What is kept of these summaries."""
    sql = "SELECT * FROM statements WHERE summary_url IN (SELECT value FROM json_each(?))"
    rows = {row["id"]: row for row in db.query(sql, [json.dumps(urls)])}
    ids = json.dumps(list(rows))
    organisations: dict[int, set[str]] = defaultdict(set)
    for statement, organisation in db.execute(_IDENTITIES, [ids]):
        organisations[statement].add(organisation)
    sectors: dict[int, set[str]] = defaultdict(set)
    for statement, sector in db.execute(_SECTORS, [ids]):
        sectors[statement].add(sector)
    declarations: dict[int, dict[str, str]] = defaultdict(dict)
    for statement, field, value in db.execute(_DECLARATIONS, [ids]):
        declarations[statement][field] = value
    return {
        row["summary_url"]: _Kept(
            number,
            {name: cell for name, cell in row.items() if name not in _OUR_OWN},
            frozenset(organisations[number]),
            frozenset(sectors[number]),
            declarations[number],
        )
        for number, row in rows.items()
    }


_LAST_TOLD: Final = """
    SELECT coalesce(max(last_updated), '') FROM organisations
    JOIN statement_organisations ON organisation_id = organisations.id
    JOIN statements ON statements.id = statement_id WHERE identity = ?"""


def _write_organisations(db: Database, statements: Iterable[Statement]) -> None:
    """Organisations as the latest statement that names them has them."""
    latest: dict[str, str] = {}
    rows: dict[str, Row] = {}
    for statement in sorted(statements, key=_age):
        for organisation in statement.organisations:
            key = identity(organisation)
            if key not in latest:
                latest[key] = db.execute(_LAST_TOLD, [key]).fetchone()[0]
            if (_iso(statement.last_updated) or "") >= latest[key]:
                rows[key] = _organisation_row(key, organisation)
    db.conn.executemany(
        "INSERT INTO organisations (identity, name, name_key, company_number, address, sector_type)"
        " VALUES (:identity, :name, :name_key, :company_number, :address, :sector_type)"
        " ON CONFLICT (identity) DO UPDATE SET name = excluded.name,"
        " name_key = excluded.name_key, address = excluded.address,"
        " sector_type = excluded.sector_type",
        list(rows.values()),
    )


def _write_names(db: Database, statements: Iterable[Statement]) -> None:
    """Every name that an organisation was ever written by."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO organisation_names (organisation_id, name, name_key)"
        " SELECT id, ?, ? FROM organisations WHERE identity = ?",
        {
            (organisation.name, name_key(organisation.name), identity(organisation))
            for statement in statements
            for organisation in statement.organisations
        },
    )


def _age(statement: Statement) -> tuple[str, int, str]:
    return _iso(statement.last_updated) or "", statement.year, statement.summary_url


def _organisation_row(key: str, organisation: Organisation) -> Row:
    return {
        "identity": key,
        "name": organisation.name,
        "name_key": name_key(organisation.name),
        "company_number": organisation.company_number,
        "address": organisation.address,
        "sector_type": organisation.sector_type,
    }


def _insert_statements(db: Database, statements: list[Statement], file_id: int) -> None:
    db.table("statements").insert_all(
        {**_columns(statement), "registry_file_id": file_id} for statement in statements
    )
    sql = "SELECT id FROM statements WHERE summary_url = ?"
    _insert_children(
        db, {db.execute(sql, [one.summary_url]).fetchone()[0]: one for one in statements}
    )


def _replace_statements(db: Database, statements: Mapping[int, Statement], file_id: int) -> None:
    """Replace in place: documents stay linked to the statement."""
    for number, statement in statements.items():
        db.table("statements").update(number, {**_columns(statement), "registry_file_id": file_id})
        for table in _CHILDREN:
            db.table(table).delete_where("statement_id = ?", [number])
    _insert_children(db, statements)


def _insert_children(db: Database, statements: Mapping[int, Statement]) -> None:
    db.conn.executemany(
        "INSERT INTO statement_organisations (statement_id, organisation_id)"
        " SELECT ?, id FROM organisations WHERE identity = ?",
        (
            (number, key)
            for number, statement in statements.items()
            for key in dict.fromkeys(map(identity, statement.organisations))
        ),
    )
    db.table("statement_sectors").insert_all(
        {"statement_id": number, "sector": sector}
        for number, statement in statements.items()
        for sector in statement.sectors
    )
    db.table("declarations").insert_all(
        {"statement_id": number, "field": field, "value": value}
        for number, statement in statements.items()
        for field, value in statement.declarations.items()
    )

"""One SQLite file, and beside it the original documents by hash."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from assess.errors import WorkspaceError, in_words
from assess.records import Document, Issue
from assess.store.originals import Originals
from assess.store.schema import NAMES, migrations

# Another assess process may hold the write lock for a batch; a batch is far shorter than this.
BUSY_TIMEOUT_SECONDS = 30.0
_PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open database and its folder of kept documents."""

    db: Database
    documents: Path

    def keep(self, data: bytes, document: Document, extension: str) -> bool:
        """Keep an original by its hash, with its provenance; True if it was not there before.

        The file is complete before its row exists, so a kill leaves no row without a file.
        """
        return self.register(document, self.keep_bytes(data, document.sha256, extension))

    def register(self, document: Document, kept_as: str) -> bool:
        """Make a document of bytes that `keep_bytes` kept; True if it was not one before."""
        new = not self.db.table("documents").count_where("sha256 = ?", [document.sha256])
        with self.db.atomic():
            self.db.table("documents").insert(
                {
                    "sha256": document.sha256,
                    "media_type": document.media_type,
                    "size": document.size,
                    "kept_as": kept_as,
                },
                ignore=True,
            )
            self.db.table("document_sources").insert(
                {
                    "document_sha256": document.sha256,
                    "source": document.source,
                    "name": document.name,
                    "read_at": now(),
                },
                ignore=True,
            )
        return new

    def keep_bytes(self, data: bytes, sha256: str, extension: str) -> str:
        """Keep bytes by their hash, whole or not at all; the path below the folder."""
        relative = f"{sha256[:2]}/{sha256}{extension}"
        _write_once(self.documents / relative, data)
        return relative

    def clear_partial(self) -> None:
        """Remove files that a killed run had not written to the end; nobody else may write."""
        for path in self.documents.glob(f"*/{_PARTIAL}*"):
            path.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """The kept original; checked against its hash.

        Raises:
            WorkspaceError: the file is gone or was changed.
        """
        row = self.db.execute("SELECT kept_as FROM documents WHERE sha256 = ?", [sha256]).fetchone()
        return self.read_bytes(str(row[0]), sha256)

    def read_bytes(self, kept_as: str, sha256: str) -> bytes:
        """What `keep_bytes` kept; checked against its hash.

        Raises:
            WorkspaceError: the file is gone or was changed.
        """
        return self.originals.read(kept_as, sha256)

    @property
    def originals(self) -> Originals:
        """Where the kept originals are."""
        return Originals(str(self.documents.absolute()))

    def note(self, issues: Iterable[Issue]) -> None:
        """Write issues; one already noted is left as it is."""
        self.db.table("issues").insert_all(
            (
                {
                    "stage": issue.stage,
                    "subject": issue.subject,
                    "code": issue.code,
                    "message": issue.message,
                    "noted_at": now(),
                }
                for issue in issues
            ),
            ignore=True,
        )


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def open_workspace(path: Path, *, create: bool = True, write: bool = True) -> Generator[Workspace]:
    """Open (or make) the workspace at ``path``; with ``write``, nobody else writes meanwhile.

    Raises:
        WorkspaceError: missing (with ``create=False``), unwritable, not a workspace, made by a
            newer version, or in use by another process that writes.
    """
    if not create and not path.is_file():
        raise WorkspaceError(f"{path}: no such database; make it with `assess scrape` or `run`")
    if not path.parent.is_dir():
        raise WorkspaceError(f"{path}: its folder does not exist; make it first")
    if path.name == ":memory:":
        raise WorkspaceError(":memory: would be lost at the end; give the name of a file")
    with _alone(path) if write else nullcontext():
        yield from _opened(path)


@contextmanager
def open_to_read(path: Path) -> Generator[Workspace]:
    """Open a workspace as it is: it is neither made, locked, changed nor migrated.

    Tables and views of later migrations may be missing.

    Raises:
        WorkspaceError: missing, not a workspace, damaged, or made by a newer version.
    """
    if not path.is_file():
        raise WorkspaceError(f"{path}: no such database; give one made by `assess run`")
    try:
        with closing(sqlite3.connect(_read_only(path), BUSY_TIMEOUT_SECONDS, uri=True)) as opened:
            opened.execute("PRAGMA query_only = ON")
            db = Database(opened)
            _refuse_foreign(db, path)
            if not migrations.applied(db):
                raise WorkspaceError(f"{path}: is no database of assess; give another one")
            yield Workspace(db, _documents(path))
    except sqlite3.DatabaseError as error:
        raise WorkspaceError(f"{path}: cannot be used as a database ({error})") from None


def _read_only(path: Path) -> str:
    """Its address; where SQLite can make no files beside it, and nobody else can, as it is."""
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if alone else 'rw'}"


def _opened(path: Path) -> Generator[Workspace]:
    db = _connect(path)
    try:
        yield Workspace(db, _documents(path))
    except sqlite3.OperationalError as error:
        raise WorkspaceError(f"{path}: {error}") from error
    finally:
        db.close()


def _documents(path: Path) -> Path:
    return path.with_name(f"{path.stem}.documents")


@contextmanager
def _alone(path: Path) -> Generator[None]:
    """Hold the workspace's lock; the system lets go of it when the process ends, however."""
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = lock.open("w")
    except OSError as error:
        raise WorkspaceError(f"{path}: its folder cannot be written ({error.strerror})") from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkspaceError(
                f"{path}: another assess process is writing to it; try again when it has ended"
            ) from None
        yield


def _connect(path: Path) -> Database:
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS)
        db = Database(connection, strict=True)
        _refuse_foreign(db, path)
        db.enable_wal()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        if migrations.pending(db):
            migrations.apply(db)
    except sqlite3.DatabaseError as error:
        _close(connection)
        raise WorkspaceError(f"{path}: cannot be used as a database ({error})") from None
    except WorkspaceError:
        _close(connection)
        raise
    return db


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def _refuse_foreign(db: Database, path: Path) -> None:
    """Refuse a database that is not ours, or that a newer version of assess has migrated."""
    names = set(db.table_names())
    if names and migrations.migrations_table not in names:
        raise WorkspaceError(f"{path}: is a database of another program; give another --db")
    applied = [migration.name for migration in migrations.applied(db)]
    if newer := sorted(set(applied) - set(NAMES)):
        raise WorkspaceError(
            f"{path}: was made by a newer version of assess ({newer[-1]}); upgrade assess"
        )


def _write_once(path: Path, data: bytes) -> None:
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=_PARTIAL, delete=False) as handle:
            try:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
                Path(handle.name).replace(path)
            finally:
                Path(handle.name).unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceError(
            f"{path.parent}: cannot keep documents there {in_words(error)}"
        ) from None

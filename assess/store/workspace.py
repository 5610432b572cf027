"""One SQLite file, and beside it the original documents by hash."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from assess.clock import now
from assess.errors import WorkspaceError, in_words
from assess.records import Document, Issue
from assess.store.backup import keep_older
from assess.store.distrust import distrust, kept_path, open_lock
from assess.store.faults import told
from assess.store.forgotten import is_forgotten
from assess.store.originals import Originals
from assess.store.runs import recording
from assess.store.schema import NAMES, migrations

# Another assess process may hold the write lock for a batch; a batch is far shorter than this.
BUSY_TIMEOUT_SECONDS = 30.0
# How names of files begin that are being written.
PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open database and its folder of kept documents."""

    db: Database
    documents: Path
    run: int | None = None
    """Key of the run that has it open, where runs are recorded."""

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
        relative = _relative(sha256, extension)
        _write_once(self.documents / relative, data)
        return relative

    def keep_unless_forgotten(self, data: bytes, sha256: str, extension: str) -> str:
        """As `keep_bytes`, but bytes that were to be forgotten are not written."""
        if is_forgotten(self.db, "document", sha256):
            return _relative(sha256, extension)
        return self.keep_bytes(data, sha256, extension)

    def clear_partial(self) -> None:
        """Remove files that a killed run had not written to the end; nobody else may write."""
        for path in self.documents.glob(f"*/{PARTIAL}*"):
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

    def discard(self, kept_as: str) -> None:
        """Remove a kept file, if it is there.

        Raises:
            WorkspaceError: it cannot be removed.
        """
        try:
            kept_path(self.documents, kept_as).unlink(missing_ok=True)
        except OSError as error:
            raise WorkspaceError(f"{kept_as}: cannot be removed ({error.strerror})") from None

    def peek(self, kept_as: str) -> str:
        """A kept file as text, whatever it is; empty where it is gone."""
        try:
            return kept_path(self.documents, kept_as).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

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
                    "run_id": self.run,
                }
                for issue in issues
            ),
            ignore=True,
        )


@contextmanager
def open_workspace(path: Path, *, create: bool = True, write: bool = True) -> Generator[Workspace]:
    """Open (or make) the workspace at ``path``; with ``write``, nobody else writes meanwhile.

    One of an older version is brought up to date first, and kept as it was beside it. Without
    ``write`` it may be read-only, and another process may write to it.

    Raises:
        WorkspaceError: missing (with ``create=False``), unwritable, not a workspace, damaged, made
            by a newer version, read-only and of an older one, or in use by another process that
            writes.
    """
    if not create and not path.is_file():
        raise WorkspaceError(f"{path}: no such database; make it with `assess scrape` or `run`")
    if not path.parent.is_dir():
        raise WorkspaceError(f"{path}: its folder does not exist; make it first")
    if path.name == ":memory:":
        raise WorkspaceError(":memory: would be lost at the end; give the name of a file")
    if path.is_file() and (not create or any(documents_of(path).glob("*/*"))):
        _refuse_empty(path)
    if write:
        with (
            alone(path),
            _opened(path) as workspace,
            recording(workspace.db, path) as run,
        ):
            yield replace(workspace, run=run)
        return
    _require_current(path)
    with _reading(path) as workspace:
        yield workspace


@contextmanager
def open_to_read(path: Path) -> Generator[Workspace]:
    """Open a workspace as it is: it is neither made, locked, changed nor migrated.

    Tables and views of later migrations may be missing.

    Raises:
        WorkspaceError: missing, not a workspace, damaged, or made by a newer version.
    """
    if not path.is_file():
        raise WorkspaceError(f"{path}: no such database; give one made by `assess run`")
    _refuse_empty(path)
    with _reading(path) as workspace:
        workspace.db.execute("PRAGMA query_only = ON")
        yield workspace


@contextmanager
def _reading(path: Path) -> Generator[Workspace]:
    """For reading; tables of its own (`temp`) may be made."""
    with told(path), closing(connect_to_read(path)) as opened:
        db = Database(opened)
        _refuse_foreign(db, path)
        if not migrations.applied(db):
            raise WorkspaceError(f"{path}: is no database of assess; give another one")
        yield Workspace(db, documents_of(path))


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that makes no file that was not there, whatever lies at ``path``."""
    return sqlite3.connect(address_to_read(path), BUSY_TIMEOUT_SECONDS, uri=True)


def address_to_read(path: Path) -> str:
    """Its address; where SQLite can make no files beside it, and nobody else can, as it is."""
    alone = not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()
    return f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if alone else 'rw'}"


def _require_current(path: Path) -> None:
    """Bring a database of an older version up to date, if that can be done where it is."""
    with _reading(path) as workspace:
        older = bool(migrations.pending(workspace.db))
    if not older:
        return
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise WorkspaceError(
            f"{path}: was made by an older version of assess, and cannot be brought up to date as"
            " it cannot be written; copy it and its documents to a folder that can be"
        )
    with alone(path), _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Generator[Workspace]:
    """For writing, up to date."""
    # As an address, so that others can be attached as such.
    address = f"{path.absolute().as_uri()}?mode=rwc"
    with (
        told(path),
        closing(sqlite3.connect(address, BUSY_TIMEOUT_SECONDS, uri=True)) as connection,
    ):
        db = Database(connection, strict=True)
        _refuse_foreign(db, path)
        keep_older(db, path)
        db.enable_wal()
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        if migrations.pending(db):
            migrations.apply(db)  # each in a transaction of its own
        yield Workspace(db, documents_of(path))


def is_being_written(path: Path) -> bool:
    """Whether a process that writes to the workspace is alive; nothing is changed by asking."""
    try:
        with path.with_name(f"{path.name}.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # there is no lock: nobody has written from here
        return False
    return False


def documents_of(path: Path) -> Path:
    """The folder of a workspace's kept documents."""
    return path.with_name(f"{path.stem}.documents")


@contextmanager
def alone(path: Path) -> Generator[None]:
    """Hold the workspace's lock; the system lets go of it when the process ends, however.

    Raises:
        WorkspaceError: another process holds it, or the folder cannot be written.
    """
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = open_lock(lock)
    except OSError as error:
        raise WorkspaceError(
            f"{path}: its folder cannot be written ({error.strerror}); copy the database and its"
            " documents to one that can be"
        ) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WorkspaceError(
                f"{path}: another assess process is writing to it; try again when it has ended"
            ) from None
        except OSError as error:
            raise WorkspaceError(
                f"{path}: its drive cannot be locked ({error.strerror}); work on a local disk"
            ) from None
        yield


def _refuse_empty(path: Path) -> None:
    """A file without a byte: SQLite would take it for a new database."""
    if path.stat().st_size == 0:
        raise WorkspaceError(
            f"{path}: is no database of assess: the file is empty; take it from a backup, or remove"
            " it and make it again"
        )


def _refuse_foreign(db: Database, path: Path) -> None:
    """Refuse a database that is not ours, or that a newer version of assess has migrated."""
    try:
        distrust(db, path)
        names = set(db.table_names())
    except UnicodeDecodeError as error:  # of SQLite's message, which quotes what is damaged
        raise sqlite3.DatabaseError(f"its schema is no text: {error.reason}") from None
    if names and migrations.migrations_table not in names:
        raise WorkspaceError(f"{path}: is a database of another program; give another --db")
    applied = [migration.name for migration in migrations.applied(db)]
    if newer := sorted(set(applied) - set(NAMES)):
        raise WorkspaceError(
            f"{path}: was made by a newer version of assess ({newer[-1]}); upgrade assess"
        )


def _relative(sha256: str, extension: str) -> str:
    return f"{sha256[:2]}/{sha256}{extension}"


def _write_once(path: Path, data: bytes) -> None:
    try:
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=PARTIAL, delete=False) as handle:
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

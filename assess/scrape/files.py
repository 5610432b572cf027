"""Documents from folders, files and JSON Lines: read, told apart by hash, kept."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from assess.errors import InputError
from assess.extract.limits import MAX_BYTES, TOO_LARGE
from assess.records import Document, Issue
from assess.running import staged
from assess.scrape.given import tell_folders

if TYPE_CHECKING:
    from assess.store import Workspace

# Documents written in one transaction: short enough that another process can wait for it.
BATCH: Final = 100
BATCH_BYTES: Final = 20_000_000
# Files written at once: each waits for the disk, and the disk takes many together.
WRITERS: Final = 8

# An id that stood before in the file; its document is kept all the same.
DUPLICATE_ID: Final = "duplicate_id"
JSON_LINES: Final = frozenset({".jsonl", ".ndjson"})
DOCUMENTS: Final = frozenset(
    {".pdf", ".html", ".htm", ".xhtml", ".docx", ".doc", ".odt", ".rtf"}
    | {".md", ".markdown", ".txt", ".text"}
)
_JUNK_FOLDERS: Final = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})
_JUNK_FILES: Final = frozenset({"thumbs.db", "desktop.ini"})
# Word's lock files beside an open document.
_LOCK_PREFIX: Final = "~$"
# What tells PDF, DOCX and HTML stands within this many bytes.
_HEAD_BYTES: Final = 4096
_PLAIN: Final = "text/plain"
# Originals are kept under the extension of what they are, not of what they are called.
EXTENSIONS: Final = {
    "application/pdf": ".pdf",
    "text/html": ".html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/markdown": ".md",
    _PLAIN: ".txt",
    "application/msword": ".doc",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
}
_TOO_LARGE: Final = f"{TOO_LARGE}; left out"
_STAGE: Final = "files"

OnIssue = Callable[[Issue], None]
_Read = tuple[Document, bytes]


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What an import did; ``new + known == read``."""

    read: int
    new: int
    known: int
    """Kept before, byte for byte the same."""
    skipped: int
    """Files and lines that could not be taken; each left an issue."""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    named: bool
    """Given by name, not met in a folder."""


@staged("files")
def import_files(workspace: Workspace, paths: Sequence[Path]) -> FilesReport:
    """Keep every document at ``paths`` in the workspace.

    Raises:
        InputError: as `iter_documents`.
    """
    from assess.scrape.forgotten import without_forgotten_documents  # with the database's library

    workspace.clear_partial()
    issues: list[Issue] = []
    read = new = 0
    found = tell_folders(paths, iter_documents(paths, on_issue=issues.append))
    documents = without_forgotten_documents(workspace.db, found, issues.append)
    with ThreadPoolExecutor(WRITERS) as writers:
        for batch in _batches(documents):
            new += _keep(workspace, writers, batch)
            read += len(batch)
    workspace.note(issues)
    skipped = sum(issue.code != DUPLICATE_ID for issue in issues)
    return FilesReport(read=read, new=new, known=read - new, skipped=skipped)


def _batches(documents: Iterable[_Read]) -> Iterator[list[_Read]]:
    """At most so many documents, and bytes, at a time."""
    batch: list[_Read] = []
    size = 0
    for document, data in documents:
        batch.append((document, data))
        size += len(data)
        if len(batch) == BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep(workspace: Workspace, writers: ThreadPoolExecutor, batch: Sequence[_Read]) -> int:
    """Keep documents; how many are new. All files are whole before the first row is there."""

    def written(one: _Read) -> str:
        document, data = one
        extension = EXTENSIONS.get(document.media_type, ".bin")
        return workspace.keep_bytes(data, document.sha256, extension)

    kept = list(writers.map(written, batch))
    with workspace.db.atomic():
        return sum(
            workspace.register(document, kept_as)
            for (document, _), kept_as in zip(batch, kept, strict=True)
        )


def iter_documents(
    paths: Sequence[Path], *, on_issue: OnIssue = lambda _: None
) -> Iterator[tuple[Document, bytes]]:
    """Read documents in the order given; folders recursively, sorted by path.

    Hidden files and known junk are passed over. A line of JSON Lines is a document of its own.
    A file named in ``paths`` is read whatever its kind; in folders only kinds that hold text.

    Args:
        on_issue: told of each file or line that could not be taken, and of ids used twice.

    Raises:
        InputError: a path does not exist, or a folder holds no document. Raised at the call,
            before anything is read.
    """
    return _read_all([_plan(path, on_issue) for path in paths], on_issue)


def _plan(path: Path, on_issue: OnIssue) -> list[_File]:
    """The files at a path."""
    try:
        exists = path.exists()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    if not exists:
        raise InputError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [_File(path, named=True)]
    found = [file for file in _walk(path, on_issue) if _is_document(file, on_issue)]
    if not found:
        raise InputError(
            f"{path}: no document in this folder (PDF, HTML, DOCX, Markdown, text, JSON Lines)"
        )
    return [_File(file, named=False) for file in found]


def _walk(folder: Path, on_issue: OnIssue) -> list[Path]:
    """Regular files below a folder, sorted; links to folders are not followed."""

    def unreadable(error: OSError) -> None:
        on_issue(_unreadable(Path(error.filename), error))

    found = []
    for root, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not _is_junk(name)]
        found += [Path(root, name) for name in files if not _is_junk(name)]
    return sorted(found, key=lambda path: path.parts)


def _is_junk(name: str) -> bool:
    return (
        name.startswith((".", _LOCK_PREFIX)) or name in _JUNK_FOLDERS or name.lower() in _JUNK_FILES
    )


def _is_document(path: Path, on_issue: OnIssue) -> bool:
    """Whether a file met in a folder holds text; told by its extension, else by its first bytes."""
    if path.suffix.lower() in DOCUMENTS | JSON_LINES:
        return True
    from assess.extract.media import DOCX, HTML, PDF, sniff

    try:
        with _open(path) as handle:
            if sniff(handle.read(_HEAD_BYTES), path.name) in (PDF, DOCX, HTML):
                return True
    except OSError as error:
        on_issue(_unreadable(path, error))
        return False
    on_issue(_issue(path, "unsupported_type", "not a kind of file that holds a statement"))
    return False


def _read_all(
    plan: Iterable[Sequence[_File]], on_issue: OnIssue
) -> Iterator[tuple[Document, bytes]]:
    for file in (file for files in plan for file in files):
        try:
            if file.path.suffix.lower() in JSON_LINES:
                yield from _read_lines(file.path, on_issue)
            else:
                yield from _read_file(file.path, on_issue)
        except OSError as error:
            on_issue(_unreadable(file.path, error))


def _open(path: Path) -> BinaryIO:
    """Open a regular file; a pipe or device could hang the run."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "not a regular file", str(path))
    return path.open("rb")


def _read_file(path: Path, on_issue: OnIssue) -> Iterator[tuple[Document, bytes]]:
    from assess.extract.media import sniff

    with _open(path) as handle:
        data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        on_issue(_issue(path, "too_large", _TOO_LARGE))
        return
    yield _document(data, sniff(data, path.name), _text(path.as_posix()), _text(path.name)), data


def _read_lines(path: Path, on_issue: OnIssue) -> Iterator[tuple[Document, bytes]]:
    """The documents of a JSON Lines file; a bad line costs itself."""
    seen: set[str] = set()
    with _open(path) as handle:
        for number, line in enumerate(_lines(handle), start=1):
            if not line.strip():
                continue
            place = f"{_text(path.as_posix())} line {number}"
            try:
                name, text = _line_document(line)
            except ValueError as error:
                on_issue(Issue(_STAGE, place, "bad_line", str(error)))
                continue
            if name in seen:
                on_issue(Issue(_STAGE, place, DUPLICATE_ID, f"id {name!r} was used before"))
            seen.add(name)
            data = text.encode("utf-8", errors="replace")
            yield _document(data, _PLAIN, f"{_text(path.as_posix())}#{name}", name), data


def _lines(handle: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut at a byte above the cap so that one cannot fill the memory."""
    while line := handle.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = handle.readline(MAX_BYTES + 1)


def _line_document(line: bytes) -> tuple[str, str]:
    """The id and text of one line; ValueError says what is wrong with it."""
    if len(line) > MAX_BYTES:
        raise ValueError(_TOO_LARGE)
    try:
        record = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        raise ValueError("not JSON; left out") from None
    if not isinstance(record, dict) or not {"id", "text"} <= record.keys():
        raise ValueError('not an object with "id" and "text"; left out')
    name, text = record["id"], record["text"]
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        raise ValueError("its id is no text or number; left out")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("its text is empty; left out")
    return _text(str(name)), text


def _document(data: bytes, media_type: str, source: str, name: str) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(digest, media_type, size=len(data), source=source, name=name)


def _text(name: str) -> str:
    """A name that can be stored and printed: bytes that are no UTF-8 become question marks."""
    return name.encode("utf-8", errors="replace").decode("utf-8")


def _issue(path: Path, code: str, message: str) -> Issue:
    return Issue(_STAGE, _text(path.as_posix()), code, message)


def _unreadable(path: Path, error: OSError) -> Issue:
    return _issue(path, "unreadable", f"cannot be read ({error.strerror or error})")

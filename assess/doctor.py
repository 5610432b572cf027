"""What this installation can do, check by check."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from assess import __version__
from assess.errors import AssessError

State = Literal["ok", "missing", "broken"]
# A national collection of originals with its database takes more; below this even a sector's fails.
_LITTLE_SPACE: Final = 1_000_000_000
# Starting Python takes 0.1 s.
_SECONDS: Final = 20
# Reading one line of text takes 0.3 s.
_TRIAL_SECONDS: Final = 6.0
# What works without it works less well.
_OPTIONAL: Final = frozenset({"worker limits", "tesseract", "folder", "explore"})
_HELLO: Final = "hello"
_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
    b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 63>>stream\n"
    b"BT /F 12 Tf 20 200 Td (hello from a page with enough words) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
)
_WINDOWS_INSTALLER: Final = "https://github.com/UB-Mannheim/tesseract/wiki"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    detail: str
    needed: bool = True
    """Whether nothing works without it."""

    @property
    def fails(self) -> bool:
        """Whether this keeps the program from its work."""
        return self.needed and self.state != "ok"


def examine() -> list[Check]:
    """Look at everything, in the order of `CHECKS`."""
    return [_careful(name, look) for name, look in CHECKS]


def _careful(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except (AssessError, ImportError, OSError, sqlite3.Error, subprocess.SubprocessError) as error:
        return Check(name, "broken", " ".join(str(error).split()), name not in _OPTIONAL)


def _program() -> Check:
    return Check("assess", "ok", __version__)


def _python() -> Check:
    return Check("Python", "ok", f"{platform.python_version()} on {platform.platform(terse=True)}")


def _pdf() -> Check:
    """Read a page in the worker, as every document is."""
    from pypdfium2.version import PDFIUM_INFO

    from assess.extract import extract_isolated

    name, build = "PDF reader", f"pdfium {PDFIUM_INFO.build}"
    if _HELLO in extract_isolated(_PDF, "hello.pdf").content:
        return Check(name, "ok", f"{build}, in a worker process")
    return Check(name, "broken", f"{build} does not find the words of a simple page")


def _limits() -> Check:
    """Try the memory limit in a process of its own: it could not be taken back."""
    code = "from assess.extract.worker import limit_memory; raise SystemExit(not limit_memory())"
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return Check("worker limits", "ok", "memory, CPU time and wall time", needed=False)
    detail = "this system limits no memory: a hostile document may fill it; wall time is limited"
    return Check("worker limits", "missing", detail, needed=False)


def _tesseract() -> Check:
    from assess.extract.ocr.tesseract import LANGUAGE, ORIENTATION, find_tesseract

    name = "tesseract"
    found = find_tesseract()
    meanwhile = "scanned documents are kept as needs_ocr and read once it is there"
    if found is None:
        return Check(name, "missing", f"{meanwhile}; to install: {_install()}", needed=False)
    if not found.languages:
        detail = f"{found.path} does not answer; {meanwhile}"
        return Check(name, "broken", detail, needed=False)
    if not found.usable:
        detail = (
            f"{found.version} lacks English ({LANGUAGE}); {meanwhile}; to install: {_install()}"
        )
        return Check(name, "missing", detail, needed=False)
    if trouble := _ocr_trouble():
        detail = f"{found.version} does not read a simple page: {trouble}; scans become ocr_failed"
        return Check(name, "broken", detail, needed=False)
    turned = "" if ORIENTATION in found.languages else "; without osd turned pages are not read"
    languages = ", ".join(sorted(found.languages))
    return Check(name, "ok", f"{found.version} ({languages}){turned}", needed=False)


def _ocr_trouble() -> str:
    """What is wrong with reading a simple page as a scan; nothing where it works."""
    import pypdfium2

    from assess.extract.ocr.scans import OcrError, recognise

    document = pypdfium2.PdfDocument(_PDF)
    try:
        words = recognise(document[0], _TRIAL_SECONDS).words
    except OcrError as error:
        return str(error)
    finally:
        document.close()
    return "" if _HELLO in (word.text for word in words) else "its words are not found"


def _install() -> str:
    if sys.platform == "darwin":
        return "brew install tesseract"
    if sys.platform == "win32":
        return f"the build of UB Mannheim, {_WINDOWS_INSTALLER}"
    if shutil.which("apt-get"):
        return "sudo apt-get install tesseract-ocr"
    return "your system's package tesseract, with its data for English and osd"


def _rubric() -> Check:
    from assess.score.rubric import load_rubric

    rubric = load_rubric()
    return Check("rubric", "ok", f"{rubric.key}, {len(rubric.criteria)} criteria")


def _classifier() -> Check:
    from assess.score.model import load_model

    return Check("classifier", "ok", f"{load_model().key}, checksum holds")


def _database() -> Check:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE TABLE plain (id INTEGER) STRICT")
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(content)")
        connection.execute("SELECT json_extract('[1]', '$[0]')")
    finally:
        connection.close()
    return Check("database", "ok", f"SQLite {sqlite3.sqlite_version} with full-text search")


def _folder() -> Check:
    try:
        folder = Path.cwd()
    except FileNotFoundError:
        detail = "the current folder was deleted; change to another"
        return Check("folder", "broken", detail, needed=False)
    if not os.access(folder, os.W_OK):
        detail = f"{folder} cannot be written; work in another, or name one with --db"
        return Check("folder", "broken", detail, needed=False)
    free = shutil.disk_usage(folder).free
    detail = f"{folder}, {free / 1e9:,.1f} GB free"
    if free < _LITTLE_SPACE:
        detail += "; originals and database may need more"
        return Check("folder", "missing", detail, needed=False)
    return Check("folder", "ok", detail, needed=False)


def _explore() -> Check:
    try:
        found = version("datasette")
    except PackageNotFoundError:
        detail = "for `assess explore`: pip install 'assess-modern-slavery[explore]'"
        return Check("explore", "missing", detail, needed=False)
    return Check("explore", "ok", f"Datasette {found}", needed=False)


CHECKS: Final[tuple[tuple[str, Callable[[], Check]], ...]] = (
    ("assess", _program),
    ("Python", _python),
    ("PDF reader", _pdf),
    ("worker limits", _limits),
    ("tesseract", _tesseract),
    ("rubric", _rubric),
    ("classifier", _classifier),
    ("database", _database),
    ("folder", _folder),
    ("explore", _explore),
)

"""What results depend on besides the documents: program, libraries, rubric, classifier."""

from __future__ import annotations

import hashlib
import platform
import shutil
import sqlite3
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from assess import __version__
from assess.extract import EXTRACTOR_VERSION

# Those whose next version may read or judge a text otherwise.
LIBRARIES: Final = (
    "joblib",
    "lxml",
    "numpy",
    "pdfplumber",
    "py3langid",
    "pypdfium2",
    "python-docx",
    "scikit-learn",
    "spacy",
    "trafilatura",
)
# Which commit was checked out is told by `commit`, whether the files are still its by `code`.
_CODE: Final = frozenset({".py", ".yaml", ".json"})
_PACKAGE: Final = Path(__file__).resolve().parents[1]


@cache
def program_versions() -> dict[str, str | None]:
    """Versions of this program, its machine and its libraries; None: not there."""
    return {
        "assess": __version__,
        "commit": _commit(_PACKAGE.parent / ".git"),
        "code": _code(),
        "extractor": EXTRACTOR_VERSION,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "sqlite": sqlite3.sqlite_version,
        "tesseract": "there" if shutil.which("tesseract") else None,
        **{name: _library(name) for name in LIBRARIES},
    }


def judge_versions(rubric: Path | None, models: Path | None) -> dict[str, str | None]:
    """Keys and hashes of a rubric (a file or a shipped one's name) and of a classifier.

    Raises:
        RubricError: there is no such rubric, or it is broken.
        ModelError: there is no such classifier.
    """
    from assess.resources import models_folder
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.score.rubric_files import SHIPPED_DEFAULT, shipped_rubrics

    name = str(rubric) if rubric is not None else SHIPPED_DEFAULT
    folder = models or models_folder()
    shipped = _PACKAGE / "score" / "rubrics" / f"{name}.yaml"
    return {
        "rubric": load_rubric(rubric).key,
        "rubric_sha256": _sha256([shipped if name in shipped_rubrics() else Path(name)]),
        "model": model_key(models),
        "model_sha256": _sha256(
            sorted(path for path in folder.iterdir() if path.suffix in {".json", ".npz"})
        ),
    }


def _library(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _code() -> str:
    return _sha256(sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _CODE))


def _sha256(paths: list[Path]) -> str:
    """Of one file its hash; of several the hash of their names and contents."""
    if len(paths) == 1:
        return hashlib.sha256(paths[0].read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for path in paths:
        data = path.read_bytes()
        whole.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def _commit(git: Path) -> str | None:
    """The commit of a checkout; None where there is none, or it cannot be told."""
    try:
        if git.is_file():  # a work tree of its own, beside the repository
            git = git.parent / git.read_text("utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        common = git / "commondir"
        if common.is_file():
            git = git / common.read_text("utf-8").strip()
        if (git / name).is_file():
            return (git / name).read_text("utf-8").strip()
        packed = (git / "packed-refs").read_text("utf-8").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {name}")), None)
    except (OSError, UnicodeDecodeError, IndexError):
        return None

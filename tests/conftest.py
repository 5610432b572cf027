"""What tests of several packages need."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.extract.ocr import tesseract


@pytest.fixture
def without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without character recognition, for this process and those it starts."""
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.find_tesseract.cache_clear()
    yield
    tesseract.find_tesseract.cache_clear()


@pytest.fixture(scope="session")
def corpus_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the whole corpus, scored and compared; made once for all processes.

    To be read only; `shutil.copytree` its folder to change it.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "corpus"
    with (shared / "corpus.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / "corpus.making"
            making.mkdir()
            _fill(making / "corpus.db")
            making.rename(folder)
    return folder / "corpus.db"


def _fill(path: Path) -> None:
    from assess.batch import extract_pending, score_pending
    from assess.compare.everything import refresh_everything
    from assess.resources import corpus_folder
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.scrape.files import import_files
    from assess.scrape.match import match_documents
    from assess.scrape.registry_store import import_registry
    from assess.store import open_workspace

    rubric = load_rubric()
    with open_workspace(path) as workspace:
        import_registry(workspace, corpus_folder() / "registry.csv")
        import_files(workspace, sorted((corpus_folder() / "documents").iterdir()))
        match_documents(workspace)
        extract_pending(workspace)
        match_documents(workspace)
        score_pending(workspace, rubric, model_key(), None)
        refresh_everything(workspace, rubric)

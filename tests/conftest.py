"""What tests of several packages need."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assess.extract.ocr import tesseract
from tests.command import run_corpus
from tests.copies import copied

# What takes longest, to be begun first: one of them begun last keeps all waiting.
LONGEST = (
    "test_tutorial.py",
    "test_kill.py",
    "test_hostile_web.py",
    "test_cluster.py",
    "test_invariance.py",
    "test_commands.py",
    "test_planted.py",
    "test_criteria_training.py",
    "test_gate.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In this order where processes take modules as they come (`--no-loadscope-reorder`)."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(ranks)))


@pytest.fixture
def without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without character recognition, for this process and those it starts."""
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.find_tesseract.cache_clear()
    yield
    tesseract.find_tesseract.cache_clear()


@pytest.fixture(scope="session")
def judged_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the whole corpus, collected, read, matched and judged.

    As all workspaces here it is made once for all processes, and to be read only; `copied` makes
    one to change.
    """
    return _made_once(tmp_path_factory, "judged", _judge) / "judged.db"


@pytest.fixture(scope="session")
def corpus_db(judged_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the whole corpus, judged and compared in all ways but by groups."""

    def compare(folder: Path) -> None:
        from assess.compare.everything import refresh_everything
        from assess.score.rubric import load_rubric
        from assess.store import open_workspace

        with open_workspace(copied(judged_db, folder, "corpus.db")) as workspace:
            refresh_everything(workspace, load_rubric())

    return _made_once(tmp_path_factory, "corpus", compare) / "corpus.db"


@pytest.fixture(scope="session")
def run_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `assess run` makes of the corpus, with its report beside it (demo.html)."""

    def run(folder: Path) -> None:
        folder.mkdir()
        done = run_corpus(folder)
        assert done.returncode == 0, done.stderr

    return _made_once(tmp_path_factory, "run", run) / "demo.db"


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that whichever process comes first makes, and the others wait for."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / f"{name}.making"
            make(making)
            making.rename(folder)
    return folder


def _judge(folder: Path) -> None:
    from assess.batch import extract_pending, score_pending
    from assess.resources import corpus_folder
    from assess.score.model import model_key
    from assess.score.rubric import load_rubric
    from assess.scrape.files import import_files
    from assess.scrape.match import match_documents
    from assess.scrape.registry_store import import_registry
    from assess.store import open_workspace

    folder.mkdir()
    with open_workspace(folder / "judged.db") as workspace:
        import_registry(workspace, corpus_folder() / "registry.csv")
        import_files(workspace, sorted((corpus_folder() / "documents").iterdir()))
        match_documents(workspace)
        extract_pending(workspace)
        match_documents(workspace)
        score_pending(workspace, load_rubric(), model_key(), None)

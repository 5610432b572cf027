"""A workspace to fill, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assess.store.workspace import open_workspace
from tests.compare.factory import Factory


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Factory]:
    """A factory on an empty workspace at ``tmp_path / "w.db"``."""
    with open_workspace(tmp_path / "w.db") as workspace:
        yield Factory(workspace)

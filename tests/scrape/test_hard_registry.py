"""Registry files that a clumsy operator gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import RegistryError
from assess.scrape.registry_store import import_registry
from assess.store import Workspace
from tests.scrape.made import registry_bytes, row


def test_a_download_that_was_cut_off_withdraws_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    data = registry_bytes([row(f"Company {n}", f"c{n}") for n in range(9)])
    whole.write_bytes(data)
    cut.write_bytes(data[: len(data) // 2])
    import_registry(workspace, whole, complete=True)
    with pytest.raises(RegistryError, match=r"cut\.csv: is cut off"):
        import_registry(workspace, cut, complete=True)
    assert not workspace.db.table("statements").count_where("withdrawn_at IS NOT NULL")
    assert import_registry(workspace, cut).withdrawn == 0

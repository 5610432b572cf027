"""Originals that are lost are told without the folder or the address they lie in."""

from __future__ import annotations

import pytest

from assess.errors import WorkspaceError
from assess.store.originals import Originals

SHA256 = "ab" * 32


def _refused(place: str, kept_as: str) -> str:
    with pytest.raises(WorkspaceError) as caught:
        Originals(place).read(kept_as, SHA256)
    return str(caught.value)


@pytest.mark.parametrize("place", ["/srv/secret/a.documents", "memory://secret/a.documents/"])
def test_no_folder_above_its_own_is_told(place: str) -> None:
    told = _refused(place, f"ab/{SHA256}.txt")
    assert told.startswith(f"kept document a.documents/ab/{SHA256}.txt cannot be read: ")
    assert "secret" not in told


def test_a_path_that_leads_elsewhere_is_told_as_the_database_has_it() -> None:
    for kept_as in ("/etc/hostname", "../x"):
        told = _refused("/srv/secret/a.documents", kept_as)
        assert f"{kept_as} is not below its folder" in told and "secret" not in told

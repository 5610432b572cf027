"""What was forgotten in one database does not come back from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.extract import EXTRACTOR_VERSION
from assess.forget.apply import in_transaction
from assess.forget.organisation import Wanted, forget_organisation
from assess.forget.person import forget_person
from assess.merge import merge_parts
from assess.store import open_workspace
from assess.store.checks import check_database
from tests.copies import copied

ORGANISATION = "FERRYWICK COACHES LIMITED"
REFUSED = "holds what the other has forgotten"


@pytest.fixture
def whole(corpus_db: Path, tmp_path: Path) -> Path:
    return copied(corpus_db, tmp_path / "whole")


@pytest.fixture
def forgetful(corpus_db: Path, tmp_path: Path) -> Path:
    """A copy that has forgotten an organisation."""
    path = copied(corpus_db, tmp_path / "forgetful")
    with open_workspace(path) as workspace:
        wanted = Wanted(name=ORGANISATION)
        in_transaction(workspace, lambda: forget_organisation(workspace, wanted), keep=True)
    return path


def problem(path: Path, part: Path) -> str:
    [report] = merge_parts(path, [part]).parts
    return report.problem or ""


def test_a_part_that_holds_it_is_left_out(whole: Path, forgetful: Path) -> None:
    assert f"{whole} {REFUSED}" in problem(forgetful, whole).replace(": ", " ", 1)
    with open_workspace(forgetful) as workspace:
        assert not workspace.db.table("organisations").count_where("name = ?", [ORGANISATION])


def test_a_part_that_forgot_it_asks_to_forget_it_here(whole: Path, forgetful: Path) -> None:
    assert f"the database {REFUSED}" in problem(whole, forgetful)


def test_merged_into_a_new_database_it_stays_forgotten(
    whole: Path, forgetful: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.db"
    assert problem(new, forgetful) == ""
    assert REFUSED in problem(new, whole)
    assert problem(new, forgetful) == ""


def test_of_a_person_too(whole: Path, corpus_db: Path, tmp_path: Path) -> None:
    with open_workspace(whole) as workspace:
        [name] = workspace.db.execute(
            "SELECT approving_person FROM statements WHERE approving_person LIKE '% %' LIMIT 1"
        ).fetchone()
        in_transaction(workspace, lambda: forget_person(workspace, name), keep=True)
    new = tmp_path / "new.db"
    assert problem(new, whole) == ""
    assert all(one.state != "broken" for one in check_database(new, EXTRACTOR_VERSION))
    with open_workspace(new) as workspace:
        assert not workspace.db.table("issues").count_where("code = 'original_lost'")
    assert REFUSED in problem(new, copied(corpus_db, tmp_path / "other"))

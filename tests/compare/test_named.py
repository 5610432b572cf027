"""The organisation that a person means."""

from __future__ import annotations

import pytest

from assess.compare.named import find_organisation
from assess.errors import InputError
from tests.compare.factory import Factory


@pytest.fixture
def three(made: Factory) -> Factory:
    for name, number in (("Hobnail Limited", "00000001"), ("Hobnail Shoes Limited", "00000002")):
        made.workspace.db.table("organisations").insert(
            {
                "identity": number,
                "name": name,
                "name_key": name.lower(),
                "company_number": number,
                "address": "",
                "sector_type": "Private",
            }
        )
        (id_,) = made.workspace.db.execute("SELECT max(id) FROM organisations").fetchone()
        made.workspace.db.table("organisation_names").insert(
            {"organisation_id": id_, "name": name, "name_key": name.lower()}
        )
    made.workspace.db.table("organisation_names").insert(
        {"organisation_id": id_, "name": "Thrush PLC", "name_key": "thrush"}
    )
    return made


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("1", "Hobnail Limited"),
        ("00000002", "Hobnail Shoes Limited"),
        ("HOBNAIL LTD", "Hobnail Limited"),
        ("hobnail limited", "Hobnail Limited"),
        ("shoes", "Hobnail Shoes Limited"),
        ("thrush", "Hobnail Shoes Limited"),
    ],
)
def test_number_name_former_name_or_part(three: Factory, wanted: str, name: str) -> None:
    assert find_organisation(three.workspace.db, wanted).name == name


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("nail", "fits 2 organisations: Hobnail Limited (00000001); Hobnail Shoes Limited"),
        ("Hobnial Shoes", "did you mean Hobnail Shoes Limited"),
        ("Elsewhere", "no such organisation"),
        ("", "no such organisation"),
    ],
)
def test_none_or_several_are_told(three: Factory, wanted: str, told: str) -> None:
    with pytest.raises(InputError, match="(?s)" + told.replace("(", r"\(").replace(")", r"\)")):
        find_organisation(three.workspace.db, wanted)

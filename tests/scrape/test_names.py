"""Organisation names as keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.scrape.names import (
    ACCEPT,
    file_name_keys,
    legal_form,
    likeness,
    name_key,
    squash,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("THE SOUTHERN CO-OPERATIVE LIMITED", "Southern Cooperative Ltd"),
        ("MARKS AND SPENCER P.L.C.", "Marks & Spencer plc"),
        ("R.C.TREATT & CO.LIMITED", "RC Treatt and Company Ltd."),
        ("MCDONALD'S RESTAURANTS LIMITED", "McDonalds Restaurants"),
        ("MÜLLER UK & IRELAND GROUP LLP", "Muller UK and Ireland Group"),
        ("MCCAIN FOODS (G.B.) LIMITED", "McCain Foods GB"),
        ("\t+365 Medicines GmbH", "365 Medicines"),
        ("404404", "404404 Limited"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert squash(name_key(one)) == squash(name_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("W & R BARNETT TRADING LIMITED", "W & R BARNETT HOLDINGS LIMITED"),
        ("ACME GROUP LIMITED", "ACME LIMITED"),
        ("LIMITED", "THE"),
        ("株式会社", "有限会社"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert squash(name_key(one)) != squash(name_key(other))


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key
    assert key == " ".join(key.split())


@given(st.text(min_size=1), st.sampled_from(["Limited", "LTD.", "plc", "P.L.C.", "LLP"]))
def test_a_legal_form_never_changes_the_key(name: str, form: str) -> None:
    if name_key(name) and name.rstrip()[-1:] not in "&+'’":
        assert name_key(f"{name} {form}") == name_key(name)


def test_legal_form_is_told_in_all_its_spellings() -> None:
    forms = [legal_form(f"Acme {form}") for form in ("Ltd", "Cyf", "P.L.C.", "L.L.P.", "Foods")]
    assert forms == ["limited", "limited", "plc", "llp", ""]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("2nd ABEL & COLE LIMITED.txt", "abel and cole"),
        ("acme-foods-ltd_modern-slavery-statement_FY22 (1).pdf", "acme foods"),
        ("2022-03 Acme.pdf", "acme"),
        ("AcmeFoods2022.pdf", "acme foods"),
        ("Modern Slavery Statement 2022 - 2 Sisters Food Group.pdf", "2 sisters food group"),
    ],
)
def test_file_names_are_trimmed_to_the_organisation(name: str, key: str) -> None:
    assert key in file_name_keys(name)


@pytest.mark.parametrize(
    "name", ["modern-slavery-statement-2022.pdf", "MSA statement final v3.pdf", "2022.pdf", ".pdf"]
)
def test_a_file_name_of_nothing_but_noise_names_nobody(name: str) -> None:
    assert file_name_keys(name) == ()


def test_numbers_that_belong_to_a_name_stay() -> None:
    assert file_name_keys("23.5 DEGREES LIMITED.txt") == ("23 5 degrees",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("international flavours and fragrances", "international flavors and fragrances"),
        ("coopland and son scarborough", "cooplands and son scarborough"),
    ],
)
def test_a_slip_of_spelling_is_not_another_organisation(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found.score >= ACCEPT
    assert not found.distinct


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("university of chichester", "university of chester"),
        ("swinton group", "winton group"),
        ("sims group", "sis group"),
        ("capri holdings", "caprice holdings"),
        ("acme logistics 2 uk", "acme logistics 3 uk"),
        ("abc distribution services", "distribution services"),
    ],
)
def test_like_names_of_others_are_told_apart(one: str, other: str) -> None:
    assert likeness(one, other).distinct

"""Rows lead to dossiers and originals, and originals cannot run anything."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.explore.conftest import Ask, asking


def _one(path: Path, sql: str) -> tuple[Any, ...]:
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as db:
        row: tuple[Any, ...] = db.execute(sql).fetchone()
    return row


HOBNAIL = """
    SELECT organisations.id, findings.id, assessment_id, document_sha256, statements.id
    FROM organisations JOIN statement_organisations ON organisation_id = organisations.id
    JOIN statements ON statements.id = statement_id
    JOIN statement_documents USING (statement_id) JOIN assessments USING (document_sha256)
    JOIN findings ON assessment_id = assessments.id
    WHERE name LIKE 'HOBNAIL%' AND year = 2022 AND criterion = 'training'"""


def test_rows_lead_to_the_dossier_of_their_organisation(ask: Ask, corpus_db: Path) -> None:
    organisation, finding, assessment, document, statement = _one(corpus_db, HOBNAIL)
    dossier = f"/-/dossier/{organisation}?year=2022"
    for kind, key in {
        "assessment": assessment,
        "document": document,
        "statement": statement,
    }.items():
        assert ask(f"/-/dossier/of/{kind}/{key}").headers["location"] == dossier
    assert ask(f"/-/dossier/of/finding/{finding}").headers["location"] == f"{dossier}#c-training"
    found = ask(f"/-/dossier/of/organisation/{organisation}").headers["location"]
    assert found == f"/-/dossier/{organisation}"


def test_cells_have_the_links(ask: Ask, corpus_db: Path) -> None:
    organisation, finding, assessment, document, statement = _one(corpus_db, HOBNAIL)
    assert f'href="/-/dossier/of/organisation/{organisation}"' in ask("/assess/organisations").text
    findings = ask("/assess/findings", id=finding).text
    assert f'href="/-/dossier/of/finding/{finding}"' in findings
    assert f'href="/assess/assessments/{assessment}"' in findings
    evidence = ask("/assess/evidence", finding_id=finding).text
    assert f'href="/-/dossier/of/finding/{finding}"' in evidence
    assert (
        f'href="/-/dossier/of/assessment/{assessment}"'
        in ask("/assess/assessments", id=assessment).text
    )
    assert f'href="/-/documents/{document}"' in ask("/assess/documents", sha256=document).text
    history = ask("/assess/organisation_history", name="hobnail").text
    assert f'href="/-/dossier/of/statement/{statement}"' in history


def test_a_document_of_no_organisation_has_no_dossier(ask: Ask, corpus_db: Path) -> None:
    (sha256,) = _one(corpus_db, "SELECT sha256 FROM documents_without_statement")
    response = ask(f"/-/dossier/of/document/{sha256}")
    assert response.status_code == 404
    assert "belongs to no organisation of the registry" in response.text


def test_dossiers_are_made_as_they_are_asked_for(ask: Ask, corpus_db: Path) -> None:
    organisation, _, _, document, _ = _one(corpus_db, HOBNAIL)
    page = ask(f"/-/dossier/{organisation}", year=2022)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "HOBNAIL &amp; THRUSH FOOTWEAR LIMITED" in page.text
    assert f'href="/-/documents/{document[:2]}/{document}' in page.text
    assert 'id="c-training"' in page.text
    newest = ask(f"/-/dossier/{organisation}").text
    assert ask(f"/-/dossier/{organisation}", year="x").text == newest != page.text


@pytest.mark.parametrize("address", ["/-/dossier/123456789", "/-/dossier/1?year=1999"])
def test_there_is_no_such_dossier(ask: Ask, address: str) -> None:
    response = ask(address)
    assert response.status_code == 404
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def _kept(path: Path, media_type: str) -> tuple[str, str]:
    sha256, kept_as = _one(
        path, f"SELECT sha256, kept_as FROM documents WHERE media_type = '{media_type}'"
    )
    return sha256, kept_as


@pytest.mark.parametrize(
    ("media_type", "how", "served"),
    [
        ("application/pdf", "inline", "application/pdf"),
        ("text/plain", "inline", "text/plain; charset=utf-8"),
        ("text/html", "attachment", "application/octet-stream"),
    ],
)
def test_originals_are_served_as_they_are(
    ask: Ask, corpus_db: Path, media_type: str, how: str, served: str
) -> None:
    sha256, kept_as = _kept(corpus_db, media_type)
    for address in (f"/-/documents/{sha256}", f"/-/documents/{kept_as}"):
        response = ask(address)
        assert hashlib.sha256(response.content).hexdigest() == sha256
        assert response.headers["content-type"] == served
        assert response.headers["content-disposition"].startswith(how)
        assert response.headers["x-content-type-options"] == "nosniff"
    if media_type != "application/pdf":
        assert "sandbox" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address", ["0" * 64, "../corpus.db", "..%2Fcorpus.db", "0" * 63, "00/" + "0" * 64 + ".pdf"]
)
def test_nothing_else_is_served(ask: Ask, address: str) -> None:
    response = ask(f"/-/documents/{address}")
    assert response.status_code in (302, 404)
    assert b"SQLite" not in response.content


def test_a_changed_original_is_not_served(own_db: Path) -> None:
    sha256, kept_as = _kept(own_db, "text/plain")
    (own_db.with_name("corpus.documents") / kept_as).write_text("changed")
    response = asking(own_db)(f"/-/documents/{sha256}")
    assert response.status_code == 404
    assert "was changed" in response.text

"""Documents matched to registry statements, and a reviewer's decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assess.errors import InputError
from assess.scrape.files import import_files
from assess.scrape.match import MatchReport, decide, match_documents, review_list
from assess.scrape.registry_store import import_registry
from assess.store import Workspace, open_workspace
from tests.scrape.made import links, matched, row

LINKS = "statement_documents"


def rows_of(workspace: Workspace) -> list[dict[str, Any]]:
    return list(workspace.db.table(LINKS).rows)


def sha_and_statement(workspace: Workspace) -> tuple[str, int]:
    first = review_list(workspace)[0]
    return first.document_sha256, first.statement_id


def test_an_exact_name_is_accepted(workspace: Workspace, tmp_path: Path) -> None:
    report = matched(workspace, tmp_path, [row("THE ACME CO. LTD", "a")], Acme__Company="x")
    assert report == MatchReport(accepted=1, review=0, unmatched=0)
    assert links(workspace) == {("Acme Company.txt", "a/2022", "name_exact", "accepted")}
    assert rows_of(workspace)[0]["quality"] == 1.0


def test_an_address_goes_before_the_name(workspace: Workspace, tmp_path: Path) -> None:
    rows = [row("ACME LTD", "a"), row("OTHER LTD", "b", StatementURL="https://www.b.example/msa/")]
    page = "<html><head><link rel='canonical' href='http://b.example/msa'></head>x</html>"
    matched(workspace, tmp_path, rows, Acme=page)
    assert links(workspace) == {("Acme.html", "b/2022", "url", "accepted")}


def test_a_home_page_is_nobodys_statement(workspace: Workspace, tmp_path: Path) -> None:
    rows = [row("ACME LTD", "a", StatementURL="https://www.acme.example/")]
    page = "<html><head><link rel='canonical' href='https://acme.example'></head>x</html>"
    assert matched(workspace, tmp_path, rows, statement=page).accepted == 0
    assert links(workspace) == {("statement.html", "a/2022", "url", "review")}


def test_a_company_number_in_the_file_name(workspace: Workspace, tmp_path: Path) -> None:
    rows = [row("ACME LTD", "a", CompanyNumber="2781951")]
    matched(workspace, tmp_path, rows, **{"02781951__statement": "x"})
    assert {link[2:] for link in links(workspace)} == {("company_number", "accepted")}


def test_a_number_in_the_text_needs_signatory_and_date(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [row("ACME LTD", "a", CompanyNumber="2781951")]
    number = "Registered in England no. 02781951."
    matched(
        workspace,
        tmp_path,
        rows,
        one=f"{number} Signed Ada Quill, 20 January 2022",
        two=f"{number} Nothing else.",
    )
    assert links(workspace) == {
        ("one.txt", "a/2022", "company_number", "accepted"),
        ("two.txt", "a/2022", "company_number", "review"),
    }


def test_a_slip_of_spelling_is_accepted_and_a_like_name_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [row("QUILLFEATHER MILLS LIMITED", "q"), row("ACME FOODS UK LIMITED", "a")]
    matched(workspace, tmp_path, rows, Quilfeather__Mills="x", Acme__Foods="y")
    assert links(workspace) == {
        ("Quilfeather Mills.txt", "q/2022", "name_fuzzy", "accepted"),
        ("Acme Foods.txt", "a/2022", "name_fuzzy", "review"),
    }
    assert 0.93 < max(link["quality"] for link in rows_of(workspace)) < 1


def test_two_like_names_are_both_doubtful(workspace: Workspace, tmp_path: Path) -> None:
    rows = [row("BRACKENWHISTLE NORTH LTD", "n"), row("BRACKENWHISTLE NORTHS LTD", "s")]
    matched(workspace, tmp_path, rows, Brackenwistle__North="x")
    assert {link[3] for link in links(workspace)} == {"review"}


@pytest.mark.parametrize("name", ["Acme__Holdings", "Asos", "modern-slavery-statement", "s634"])
def test_other_names_stay_unmatched(workspace: Workspace, tmp_path: Path, name: str) -> None:
    rows = [row("ACME FOODS LIMITED", "a"), row("ASDA LIMITED", "b")]
    assert matched(workspace, tmp_path, rows, **{name: "x"}).unmatched == 1


def test_same_key_companies_are_told_apart_by_legal_form(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [row("ACME LIMITED", "a"), row("ACME PLC", "b")]
    matched(workspace, tmp_path, rows, ACME__PLC="one", acme="two")
    assert links(workspace) == {
        ("ACME PLC.txt", "b/2022", "name_exact", "accepted"),
        ("acme.txt", "a/2022", "name_exact", "review"),
        ("acme.txt", "b/2022", "name_exact", "review"),
    }


YEARS = [row("ACME LTD", "a", StatementYear=year) for year in ("2021", "2022", "2023")]


@pytest.mark.parametrize(
    ("name", "text", "year"),
    [
        ("acme", "for the financial year ended 31 December 2021", "2022"),
        ("acme-2023", "in the year ended 31 December 2022, unlike the year ended 2021", "2023"),
        ("acme", "Approved by the board on 20 January 2021.", "2021"),
        ("acme-2020-21", "For the year ended 31 December 2020", "2021"),
    ],
)
def test_the_year_is_chosen_by_dates(
    workspace: Workspace, tmp_path: Path, name: str, text: str, year: str
) -> None:
    matched(workspace, tmp_path, YEARS, **{name: text})
    assert {link[1:] for link in links(workspace)} == {(f"a/{year}", "name_exact", "accepted")}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("acme", "no year at all"),
        # The year of one statement's end and of another's publication.
        ("acme-2022", "nothing else"),
        # A later statement that looks back.
        ("acme", "year ended 31 December 2024. In the year ended 2021 we"),
    ],
)
def test_no_document_is_guessed_into_a_year(
    workspace: Workspace, tmp_path: Path, name: str, text: str
) -> None:
    report = matched(workspace, tmp_path, YEARS, **{name: text})
    assert (report.accepted, report.review) == (0, 1)
    assert len(review_list(workspace)) >= 2


def test_another_year_in_the_file_name_is_doubtful(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, [row("ACME LTD", "a")], **{"acme-2018": "x"})
    assert {link[3] for link in links(workspace)} == {"review"}


def test_the_signatory_tells_group_from_own_statement(workspace: Workspace, tmp_path: Path) -> None:
    group = {"ApprovingPerson": "Bo Vane (CEO)"}
    rows = [row("ACME LTD", "own"), row("ACME LTD", "g", **group), row("B LTD", "g", **group)]
    matched(workspace, tmp_path, rows, Acme="Signed: Bo Vane", acme__2022="Signed: nobody")
    assert links(workspace) == {
        ("Acme.txt", "g/2022", "name_exact", "accepted"),
        ("acme 2022.txt", "own/2022", "name_exact", "accepted"),
        ("acme 2022.txt", "g/2022", "name_exact", "review"),
    }


def test_summaries_that_name_one_page_share_its_document(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = {"StatementURL": "https://www.acme.example/msa"}
    rows = [row("ACME LTD", "a", **page), row("ACME LTD", "b", **page)]
    assert matched(workspace, tmp_path, rows, Acme="x").accepted == 1
    assert {link[1] for link in links(workspace)} == {"a/2022", "b/2022"}


def test_companies_of_one_family_are_not_mixed_up_by_their_text(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [row("PARENT VANE LIMITED", "p"), row("DAUGHTER QUAY LIMITED", "d")]
    text = "Daughter Quay is part of Parent Vane Limited. Signed Ada Quill, 20 January 2022"
    assert matched(workspace, tmp_path, rows, statement=text).accepted == 0


def test_the_text_found_by_extraction_is_a_clue(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, YEARS, acme="%PDF-1.7 not readable here")
    assert {link[3] for link in links(workspace)} == {"review"}
    sha256, _ = sha_and_statement(workspace)
    workspace.db.table("texts").insert(
        {
            "document_sha256": sha256,
            "extractor": "1",
            "status": "read",
            "content": "for the year ended 31 December 2021",
            "language": "en",
            "words": 7,
            "flags": "[]",
        }
    )
    assert match_documents(workspace).accepted == 1
    assert {link[1] for link in links(workspace)} == {"a/2022"}


def test_a_decision_is_never_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, YEARS, acme="no year")
    sha256, statement = sha_and_statement(workspace)
    decide(workspace, sha256[:10].upper(), statement, accept=True)
    decided = rows_of(workspace)
    assert [(d["method"], d["state"]) for d in decided] == [("reviewed", "accepted")]
    assert match_documents(workspace) == MatchReport(accepted=1, review=0, unmatched=0)
    assert rows_of(workspace) == decided


def test_a_rejection_stays_and_promotes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, YEARS, acme="no year")
    sha256, statement = sha_and_statement(workspace)
    decide(workspace, sha256, statement, accept=False)
    assert match_documents(workspace).review == 1
    states = {link["statement_id"]: link["state"] for link in rows_of(workspace)}
    assert states.pop(statement) == "rejected"
    assert set(states.values()) == {"review"}


def test_decisions_name_what_exists(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, YEARS, acme="no year")
    sha256, statement = sha_and_statement(workspace)
    for prefix, number in (("", statement), ("zz", statement), (sha256, 99)):
        with pytest.raises(InputError):
            decide(workspace, prefix, number, accept=True)


def test_an_ambiguous_hash_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, YEARS, **{f"d{number}": str(number) for number in range(17)})
    prefixes = [r["sha256"][0] for r in workspace.db.table("documents").rows]
    twice = next(prefix for prefix in prefixes if prefixes.count(prefix) > 1)
    with pytest.raises(InputError, match="several documents"):
        decide(workspace, twice, 1, accept=True)


def test_a_lost_original_leaves_an_issue(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, [row("ACME LTD", "a")], Acme="x")
    next(workspace.documents.rglob("*.txt")).unlink()
    assert match_documents(workspace).accepted == 1
    assert [issue["code"] for issue in workspace.db.table("issues").rows] == ["original_lost"]


def test_matches_that_no_longer_hold_are_dropped(workspace: Workspace, tmp_path: Path) -> None:
    matched(workspace, tmp_path, [row("ACME LTD", "a")], Acme="x")
    renamed = row("BOLT LTD", "a", LastUpdated="01/01/2023")
    matched(workspace, tmp_path, [renamed])
    assert links(workspace) == set()


def test_real_food_statements_find_their_rows(
    workspace: Workspace, tmp_path: Path, shared: Path
) -> None:
    registries = sorted((shared / "registry").glob("*.csv"))
    texts = shared / "statements" / "food"
    for registry in registries:
        import_registry(workspace, registry)
    import_files(workspace, [texts])
    report = match_documents(workspace)
    assert (report.accepted, report.review, report.unmatched) == (141, 0, 0)
    found = links(workspace)
    assert match_documents(workspace) == report
    # Which of several summaries: told by signatory or by covering that company alone.
    accepted = {(name, summary) for name, summary, _, state in found if state == "accepted"}
    assert {
        ("ABEL & COLE LIMITED.txt", "ZEGn4dI9/2022"),
        ("2nd ABEL & COLE LIMITED.txt", "EINn7BVK/2022"),
        ("JACKSON'S BAKERY LIMITED.txt", "uC23qe28/2022"),
        ("MAKRO SELF SERVICE WHOLESALERS LIMITED.txt", "4C73ZLVe/2022"),
    } <= accepted
    with open_workspace(tmp_path / "other.db") as other:
        import_files(other, [texts])
        for registry in reversed(registries):
            import_registry(other, registry)
        match_documents(other)
        assert links(other) == found


def test_texts_of_other_years_are_not_accepted_by_a_mention(
    workspace: Workspace, shared: Path
) -> None:
    for registry in sorted((shared / "registry").glob("*.csv")):
        import_registry(workspace, registry)
    import_files(workspace, [shared / "statements" / "mixed.jsonl"])
    assert match_documents(workspace).accepted == 0

"""What is on a dossier, and that every link in it leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assess.errors import InputError
from assess.store.workspace import open_workspace
from tests.compare.factory import TYPICAL, Factory
from tests.report.dossier.making import (
    TEXT,
    by_id,
    classed,
    corpus_page,
    organisation_page,
    page_of,
    text_of,
    tree,
    with_evidence,
    with_text,
)

HOSTILE = (
    "<img src=x onerror=alert(1)> \u202egnp.exe </script><script>alert(2)</script> " + "x" * 9999
)


@pytest.fixture
def typical(made: Factory) -> Factory:
    """A statement with evidence of every status, some of it overlapping."""
    values = {**TYPICAL, "training": "0", "risk": "1", "worker_outcome": "false"}
    sha = made.document("d.pdf", values=values)
    made.statement("Org", ["Food"], document=sha, statement_url="https://org.example/s")
    with_text(made, sha)
    with_evidence(made, sha, "approval", ["board approved"])
    with_evidence(made, sha, "audits", ["We audited 34 sites in 2024."])
    with_evidence(made, sha, "risk", ["audited 34 sites", "We found two cases."])
    with_evidence(made, sha, "audits", ["We plan to audit 50 sites."], status="planned")
    with_evidence(made, sha, "training", ["No training was given."], status="negated")
    return made


def links(page: ET.Element) -> Iterator[str]:
    return (link.get("href", "") for link in page.iter("a"))


def assert_sound(page: ET.Element) -> None:
    """Ids are there once, and what links and descriptions name is there."""
    ids = [one.get("id", "") for one in page.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    named = {link[1:] for link in links(page) if link.startswith("#")}
    named |= {id_ for one in page.iter() for id_ in one.get("aria-describedby", "").split()}
    assert named <= set(ids)


def test_evidence_is_marked_in_place_and_leads_to_its_finding_and_back(typical: Factory) -> None:
    page = tree(page_of(typical))
    assert_sound(page)
    marked = {text_of(mark): mark for mark in page.iter("mark")}
    assert list(marked) == [
        "board approved",
        "We",
        "audited 34 sites",
        "in 2024.",
        "We plan to audit 50 sites.",
        "No training was given.",
        "We found two cases.",
    ]
    [link] = marked["in 2024."]
    quote = by_id(page, link.get("href", "")[1:])
    assert "“" not in text_of(quote[0]) and text_of(quote[0]) == "We audited 34 sites in 2024."
    [back] = [one for one in quote.iter("a") if text_of(one) == "In the text"]
    assert back.get("href") == f"#o{TEXT.index('We audited')}"
    assert any(link.endswith(".pdf#page=2") for link in links(page))


def test_what_overlaps_is_told_whole(typical: Factory) -> None:
    page = tree(page_of(typical))
    [both] = [one for one in page.iter("mark") if text_of(one) == "audited 34 sites"]
    readings = [by_id(page, id_) for id_ in both[0].get("aria-describedby", "").split()]
    assert [text_of(one) for one in readings] == [
        "Audits carried out: stated as done.",
        "Risk assessment: stated as done.",
    ]


def test_status_shows_by_shape_and_in_words(typical: Factory) -> None:
    page = tree(page_of(typical))
    css = {text_of(one): one.get("class", "").split() for one in page.iter("mark")}
    assert {"planned", "seen"} <= set(css["We plan to audit 50 sites."])
    assert {"negated", "seen"} <= set(css["No training was given."])
    assert "seen" not in css["in 2024."] and "implemented" in css["in 2024."]
    training = text_of(by_id(page, "c-training"))
    assert "Seen, not counted" in training and "denied: seen, not counted" in training


def test_a_denial_stays_one_where_another_criterion_takes_it_for_evidence(
    typical: Factory,
) -> None:
    (sha,) = typical.workspace.db.execute("SELECT sha256 FROM documents").fetchone()
    with_evidence(typical, sha, "audits", ["No training was given."])
    page = tree(page_of(typical))
    [mark] = [one for one in page.iter("mark") if text_of(one) == "No training was given."]
    assert "negated" in mark.get("class", "") and "seen" not in mark.get("class", "")


def test_what_was_not_found_is_listed_with_its_question(typical: Factory) -> None:
    page = tree(page_of(typical))
    assert "Outcome for workers?" in text_of(by_id(page, "c-worker_outcome"))
    assert "2 of 7 criteria" in text_of(by_id(page, "missing"))
    assert by_id(page, "c-training").tag == "article"


def test_the_page_loads_nothing_and_runs_only_its_own_script(typical: Factory) -> None:
    page = page_of(typical)
    [script] = re.findall(r"<script>(.*?)</script>", page, re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page
    assert not re.search(r"<[^>]*\s(style|on\w+|src)=", page)


def test_hostile_words_stay_words(made: Factory) -> None:
    content = f"We audited. {HOSTILE}"
    sha = made.document("<b>&.pdf")
    made.statement(HOSTILE, [HOSTILE], document=sha, statement_url="javascript:alert(1)")
    with_text(made, sha, content)
    with_evidence(made, sha, "audits", [HOSTILE], content=content)
    page = page_of(made, HOSTILE)
    found = tree(page)
    assert_sound(found)
    assert not list(found.iter("img")) and page.count("<script>") == 1
    assert "javascript:" not in page and "\u202e" not in page and "[U+202E]" in page
    assert len(text_of(next(iter(found.iter("h1"))))) < 300


def test_persons_are_named(typical: Factory) -> None:
    db = typical.workspace.db
    (sha,) = db.execute("SELECT sha256 FROM documents").fetchone()
    db.execute(
        "INSERT INTO reviews (id, document_sha256, criterion, verdict, reviewer, reviewed_at,"
        " reason) VALUES (1, ?, 'audits', 'changed', 'A. Reader', '2026-05-01T10:00:00Z',"
        " 'only visits'), (2, ?, 'risk', 'confirmed', 'B. Reader', '2026-05-02T10:00:00Z', '')",
        [sha, sha],
    )
    db.execute(
        "UPDATE findings SET review_id = 1, found_value = 'false' WHERE criterion = 'audits'"
    )
    db.execute("UPDATE findings SET review_id = 2, found_value = value WHERE criterion = 'risk'")
    db.execute("UPDATE evidence SET status = 'rejected' WHERE quote LIKE 'We plan%'")
    page = tree(page_of(typical))
    audits = text_of(by_id(page, "c-audits"))
    assert "Corrected by A. Reader on 1 May 2026: only visits (found before: Not found" in audits
    assert "only visits" in audits and "1 quote set aside by a person" in audits
    assert "Confirmed by B. Reader on 2 May 2026" in text_of(by_id(page, "c-risk"))
    assert "We plan" not in [text_of(one) for one in page.iter("mark")]


def test_what_a_person_says_is_not_there_counts_nowhere(typical: Factory) -> None:
    typical.workspace.db.execute("UPDATE findings SET value = 'false' WHERE criterion = 'audits'")
    page = tree(page_of(typical))
    assert "Seen, not counted" in text_of(by_id(page, "c-audits"))
    assert "stated as done: seen, not counted" in text_of(by_id(page, "c-audits"))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (None, "No document was collected"),
        ({"reason": "needs_ocr"}, "Could not be assessed: image without text (needs OCR)"),
        ({"scored": False}, "The document was not assessed yet"),
        ({"statement_kind": "policy"}, "a policy, not a statement for a year"),
    ],
)
def test_what_cannot_be_judged_says_why(
    made: Factory, document: dict[str, object] | None, says: str
) -> None:
    sha = None if document is None else made.document("d.pdf", **document)  # type: ignore[arg-type]
    made.statement("Org", document=sha)
    page = tree(page_of(made))
    assert_sound(page)
    assert says in text_of(page)


def test_the_newest_assessed_statement_is_open_or_the_year_asked_for(made: Factory) -> None:
    for year in (2022, 2023):
        made.statement("Org", year=year, document=made.document(f"{year}.pdf"))
    made.statement("Org", year=2024)
    opened = [text_of(one) for one in classed(tree(page_of(made)), "current")]
    assert len(opened) == 1 and opened[0].startswith("2023")
    [asked] = classed(tree(page_of(made, year=2022)), "current")
    assert text_of(asked).startswith("2022")
    with pytest.raises(InputError, match="no statement of 2019; there are those of 2022, 2023 and"):
        page_of(made, year=2019)


def test_a_group_statement_says_whose_it_is(made: Factory) -> None:
    sha = made.document("d.pdf")
    made.statement("Sub", others=["Parent plc"], document=sha, parent_name="Parent plc")
    told = text_of(tree(page_of(made, "Sub")))
    assert "covers 2 organisations; the registry names Parent plc as the parent" in told


def test_an_organisation_without_statements_is_a_clear_error(made: Factory) -> None:
    made.statement("Org", withdrawn_at="2026-01-01T00:00:00Z")
    with pytest.raises(InputError, match="no statement of this organisation"):
        page_of(made)


def test_every_organisation_of_the_corpus_has_a_sound_page(corpus_db: Path) -> None:
    with open_workspace(corpus_db, create=False, write=False) as workspace:
        names = [row[0] for row in workspace.db.execute("SELECT name FROM organisations")]
        for name in names:
            assert_sound(tree(organisation_page(workspace, name)))


def test_a_broken_promise_and_what_changed_are_told(corpus_db: Path) -> None:
    page = tree(corpus_page(corpus_db, "HOBNAIL & THRUSH FOOTWEAR LIMITED"))
    difference = text_of(by_id(page, "difference"))
    assert "2022 to 2023" in difference and "sentences kept, " in difference
    assert "we will publish the names of all our factories and tanneries" in difference
    assert "Not found in the later statement’s text" in difference


def test_contradicted_declarations_are_told_with_the_words(corpus_db: Path) -> None:
    page = tree(corpus_page(corpus_db, "BRACKENWHISTLE LOGISTICS LIMITED"))
    declared = text_of(by_id(page, "declared"))
    assert "Contradicted by the text" in declared
    assert "No training on modern slavery was given in the year." in declared


def test_near_copies_are_told_with_care(corpus_db: Path) -> None:
    page = tree(corpus_page(corpus_db, "COBBLEGATE HAULAGE LIMITED"))
    shared = text_of(by_id(page, "shared"))
    assert "ASHLAPPLE HOMES LIMITED" in shared and "No link between the two" in shared
    assert "say nothing of who wrote them first" in shared


def test_lateness_is_of_guidance_and_not_of_law(corpus_db: Path) -> None:
    page = tree(corpus_page(corpus_db, "NIMBURY DENTAL SUPPLIES LIMITED"))
    registry = text_of(by_id(page, "registry"))
    assert "325 days after the year end" in registry and "the law sets no date" in registry


def test_text_in_another_language_is_said_to_be_unjudged(made: Factory) -> None:
    sha = made.document("d.pdf")
    made.statement("Org", document=sha)
    with_text(made, sha, "We audit.\n\nNous auditons.")
    (text_id,) = made.workspace.db.execute("SELECT id FROM texts").fetchone()
    made.workspace.db.execute(
        "INSERT INTO parts VALUES (?, 11, 25, 'other_language', '', 'fr', 0.9, 0)", [text_id]
    )
    page = tree(page_of(made))
    assert [text_of(one) for one in classed(page, "unjudged")] == ["Nous auditons."]
    assert "Not judged: in another language (fr)" in text_of(page)


def test_a_very_long_text_with_thousands_of_marks_stays_a_page(made: Factory) -> None:
    sentence = "We audited site {} of our suppliers and found that wages were paid in full."
    content = "\n\n".join(sentence.format(number) for number in range(4_000))
    content = "\f".join(content[at : at + 3_000] for at in range(0, len(content), 3_000))
    sha = made.document("d.pdf")
    made.statement("Org", document=sha)
    with_text(made, sha, content)
    (finding,) = made.workspace.db.execute(
        "SELECT id FROM findings WHERE criterion = 'audits'"
    ).fetchone()
    made.workspace.db.conn.executemany(
        'INSERT INTO evidence (finding_id, quote, page, start, "end", status, method)'
        " VALUES (?, ?, 1, ?, ?, 'implemented', 'rule:test')",
        [(finding, content[at : at + 90], at, at + 90) for at in range(0, 300_000, 60)],
    )
    page = page_of(made)
    assert len(content) > 300_000 and page.count("<mark") > 5_000
    assert len(page.encode()) < 3_000_000
    assert_sound(tree(page))
    assert "4,997 more quotes" in page and "of which 47 are listed" in page


def test_years_without_a_statement_are_as_the_database_says(made: Factory) -> None:
    made.statement("Other", year=2025)
    for year in (2020, 2023):
        made.statement("Org", year=year)
    made.workspace.db.execute("UPDATE registry_files SET complete = 1")
    page = text_of(tree(page_of(made)))
    view = made.workspace.db.execute(
        "SELECT year FROM missing_years JOIN organisations ON organisations.id = organisation_id"
        " WHERE name = 'Org' AND state = 'none_found' ORDER BY year"
    )
    told = re.findall(r"(\d{4}): no statement of this organisation", page)
    assert told == [str(year) for (year,) in view] == ["2025"]
    assert "2021: not known" in page and "2022: not known" in page


def test_pages_around_the_statement_of_a_longer_document_are_folded_away(made: Factory) -> None:
    sha = made.document("d.pdf")
    made.statement("Org", document=sha)
    content = "Strategy.\fMarkets.\fWe audit suppliers.\fAccounts."
    with_text(made, sha, content)
    start = content.index("We audit")
    made.workspace.db.execute(
        "INSERT INTO parts SELECT id, ?, ?, 'statement', '', 'en', 0.9, 1 FROM texts",
        [start, start + len("We audit suppliers.")],
    )
    page = tree(page_of(made))
    [folded] = classed(page, "unread")
    told = text_of(folded)
    assert told.startswith("Pages 1 to 2: not judged") and "Strategy." in told
    assert "Accounts." not in told and "audit" not in told
    assert [text_of(one) for one in classed(page, "unjudged")][-1] == "Accounts."


def test_a_row_of_another_organisation_opens_that_ones_page(made: Factory) -> None:
    made.statement("Org Limited", document=made.document("d.pdf"))
    made.statement("Org Ltd")
    made.workspace.db.execute("UPDATE organisations SET same_as = 1 WHERE name = 'Org Ltd'")
    assert page_of(made, "Org Ltd") == page_of(made, "Org Limited")


@pytest.mark.parametrize(("strength", "told"), [(0.25, "0.61"), (0.75, "0.20")])
def test_the_whole_index_is_told_while_it_is_of_the_text_as_judged(
    made: Factory, strength: float, told: str
) -> None:
    sha = made.document("d.pdf", minimal_parts=f'[{{"name": "vague", "strength": {strength}}}]')
    made.statement("Org", document=sha)
    made.workspace.db.execute(
        "INSERT INTO minimal_results VALUES (1, ?, 1, 'ritual', 'the rule', 0.61, 1, '[]')", [sha]
    )
    made.workspace.db.execute("INSERT INTO minimal_parts VALUES (1, 'vague', 0.25, 1, '')")
    [facts] = classed(tree(page_of(made)), "facts")
    assert told in text_of(facts) and ("Ritual" in text_of(facts)) == (strength == 0.25)


def test_folders_of_the_machine_are_not_told(typical: Factory) -> None:
    typical.workspace.db.execute("UPDATE document_sources SET source = '/home/ann/clients/d.pdf'")
    page = page_of(typical)
    assert "clients" not in page and "d.pdf, read on" in text_of(tree(page))


def test_a_document_that_came_from_nowhere_has_its_hash_for_a_name(typical: Factory) -> None:
    typical.workspace.db.execute("DELETE FROM document_sources")
    assert hashlib.sha256(b"d.pdf").hexdigest() in text_of(tree(page_of(typical)))


def test_a_quote_that_is_not_in_the_text_is_not_shown(typical: Factory) -> None:
    typical.workspace.db.execute("UPDATE evidence SET quote = 'Invented' WHERE quote LIKE 'We au%'")
    typical.workspace.db.execute("UPDATE evidence SET start = -5 WHERE quote LIKE 'We found%'")
    page = text_of(tree(page_of(typical)))
    assert "Invented" not in page and "board approved" in page

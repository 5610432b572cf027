"""The sector report: what is on the page, and that hostile data stays text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from assess.records import Reason
from assess.report import data
from assess.report.evidence import QUOTE_CHARACTERS
from assess.report.sectors import write_sector_report
from tests.compare.factory import RUBRIC, TYPICAL, Factory

FOOD = "Food and beverages, agriculture and fishing"
RLO = "\u202e"
HOSTILE = f"<img src=x onerror=alert(1)> & {RLO}gnp.exe $x_{{1}}$ " + "x" * 10_000


FOREIGN = {"link", "img", "iframe", "object", "embed", "base", "form"}
# As a browser takes it: to the first end tag, whatever stands before.
SCRIPT = re.compile(r"(<script[^>]*>)(.*?)(</script>)", re.S)


def page_of(made: Factory, minimum: int = 2) -> ET.Element:
    """The page as a tree; being well-formed, it is read the same by everyone.

    What stands in scripts is left out: nobody reads it as text.
    """
    page = written(made, minimum).removeprefix("<!doctype html>")
    page = re.sub(r"(<meta [^>]*)>", r"\1/>", page)
    return ET.fromstring(SCRIPT.sub(r"\1\3", page))


def written(made: Factory, minimum: int = 2) -> str:
    """The page as it is written."""
    output = made.workspace.documents.parent / "report.html"
    write_sector_report(made.workspace, output, minimum=minimum, rubric=RUBRIC)
    return output.read_text("utf-8")


def embedded(made: Factory) -> dict[str, Any]:
    """The data that the page's script reads."""
    [(_, content, _), _] = SCRIPT.findall(written(made))
    found: dict[str, Any] = json.loads(content)
    return found


def text_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def classed(page: ET.Element, name: str) -> list[ET.Element]:
    return [found for found in page.iter() if name in found.get("class", "").split()]


def section(page: ET.Element, id_: str) -> ET.Element:
    [found] = page.findall(f".//section[@id='{id_}']")
    return found


def links(page: ET.Element) -> Iterator[str]:
    return (link.get("href", "") for link in page.iter("a"))


@pytest.fixture
def typical(made: Factory) -> Factory:
    """Three assessed food statements, one flagged; one unread, one policy, one missing."""
    quotes = {"approval": "approved by the board", "audits": "We audited 34 sites."}
    for place in range(3):
        sha = made.document(
            f"d{place}.pdf",
            quotes=quotes,
            minimal_flag=int(place == 0),
            minimal_reasons=["form without substance"] if place == 0 else [],
            substance=20.0 * place,
        )
        made.statement(
            f"Org {place} Limited", [FOOD], document=sha, statement_url="https://org.example/s"
        )
    made.statement("Unread plc", [FOOD], document=made.document("u.pdf", reason="needs_ocr"))
    made.statement("Policy plc", [FOOD], document=made.document("p.pdf", statement_kind="policy"))
    made.statement("Missing plc", [FOOD], statement_url="https://missing.example/")
    made.document("loose.pdf")
    return made


def test_sections_and_numbers(typical: Factory) -> None:
    page = page_of(typical)
    told = text_of(page)
    assert "1 of 3 statements (33%, 95% interval 6–79%) look like minimal compliance" in told
    assert "image without text (needs OCR)" in told
    assert "a policy, not a statement for a year" in told
    assert "Missing plc" in told
    assert "1 assessed document could not be matched" in told
    assert "Registry data as read on 1 March 2026" in told
    assert "rubric test@1+0" in told
    assert {"LAW", "GUIDANCE", "BENCHMARK"} <= {text_of(badge) for badge in classed(page, "badge")}


def test_tiles_agree_with_the_sectors_and_the_terminal(typical: Factory, tmp_path: Path) -> None:
    """Of the statements of the registry; documents beside it are counted and listed apart."""
    typical.document("other.pdf", statement_kind="other")
    typical.document("unread.pdf", reason="needs_ocr")
    page = page_of(typical)
    facts = classed(page, "facts")[0]
    told = {text_of(tile[0]): text_of(tile[1]) for tile in facts}
    assert told["documents that are not statements"] == "1"
    assert told["could not be assessed"] == "1"
    assert told["documents without a registry row"] == "3"
    assert "1 not statements" in text_of(section(page, "sectors"))
    aside = text_of(section(page, "aside"))
    assert "other.pdf" in aside and "Documents without a registry row are listed here" in aside
    output = tmp_path / "again.html"
    done = write_sector_report(typical.workspace, output, minimum=2, rubric=RUBRIC)
    assert "1 document could not be assessed, 1 not statements" in done.headlines[0]


def test_key_findings_leave_out_what_applies_to_few(made: Factory) -> None:
    for place in range(3):
        values = {**TYPICAL, "approval": "absent" if place == 0 else "na"}
        made.statement("Org", [FOOD], document=made.document(f"d{place}.pdf", values=values))
    few = text_of(section(page_of(made, minimum=2), "findings"))
    assert "met least often" not in few and "Found least often, of 3 statements" in few
    assert "0 of 1 statement" in text_of(section(page_of(made, minimum=1), "findings"))


def test_evidence_has_quote_page_status_and_links(typical: Factory) -> None:
    statement = classed(section(page_of(typical), "statements"), "row")[0]
    told = text_of(statement)
    assert "Looks like minimal compliance: form without substance" in told
    assert "Audits carried out Found We audited 34 sites. p. 2 · stated as done" in told
    assert "Not found in the text: States that no steps were taken; Outcome for workers." in told
    assert "Not applicable: Entities covered." in told
    kept = [link for link in links(statement) if link.startswith("w.documents/")]
    assert kept[0].endswith(".pdf")
    assert kept[1].endswith(".pdf#page=2")
    assert "https://org.example/s" in links(statement)


def test_planned_evidence_is_shown_as_not_counted(made: Factory) -> None:
    sha = made.document("d.pdf", quotes={"worker_outcome": "We plan to ask."}, status="planned")
    made.statement("A", [FOOD], document=sha)
    told = text_of(section(page_of(made), "statements").findall(".//details")[0])
    assert "Outcome for workers Seen, not counted We plan to ask. p. 2 · planned" in told


def test_what_a_model_found_says_because_of_which_words(made: Factory) -> None:
    reasons = (
        Reason("base", "", -6.0),
        Reason("words", "100", 2.912222),
        Reason("words", "policy", -1.5),
        Reason("before", HOSTILE, 1.046996),
        Reason("letters", " aud", 0.9),
        Reason("after", "tier", 0.06),
        Reason("rest", "", 9.0),
    )
    made.statement("A", document=made.document("a.pdf", quotes={"audits": "100 of 100."}))
    assert "because" not in text_of(page_of(made))
    found = made.document("b.pdf", quotes={"audits": "100 of 100."}, reasons=reasons)
    made.statement("B", document=found)
    page = page_of(made)
    [told] = [one for one in map(text_of, classed(page, "sub")) if "because" in one]
    assert told.startswith("because: “100” +2.9, “<img src=x onerror=alert(1)> & [U+202E]gnp")
    assert told.endswith("…” before it +1.0, letters “ aud” +0.9")
    assert "found by a learned model" in text_of(section(page, "method"))


def test_the_policy_allows_this_style_sheet_and_this_script_and_nothing_else(
    typical: Factory,
) -> None:
    page = page_of(typical)
    [policy] = page.findall(".//meta[@http-equiv='Content-Security-Policy']")
    allowed = policy.get("content", "")
    [style] = page.findall(".//style")
    sheet = style.text or ""
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in allowed
    [(opened, _, _), (_, script, _)] = SCRIPT.findall(written(typical))
    assert opened == '<script type="application/json" id="data">'
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in allowed
    assert allowed.startswith("default-src 'none'")
    assert "unsafe" not in allowed
    assert not {element.tag for element in page.iter()} & FOREIGN
    assert not [
        element for element in page.iter() if {"style", "src", "srcset"} & set(element.attrib)
    ]
    assert "url(" not in sheet


def test_hostile_data_stays_text(made: Factory) -> None:
    made.statement(
        HOSTILE,
        [HOSTILE],
        document=made.document(
            HOSTILE, quotes={"audits": HOSTILE}, tier=HOSTILE, minimal_reasons=[HOSTILE]
        ),
        statement_url="javascript:alert(1)",
    )
    made.statement("B", [HOSTILE], document=made.document("b"), statement_url="data:text/html,x")
    page = page_of(made)
    assert not {element.tag for element in page.iter()} & FOREIGN
    assert len(list(page.iter("script"))) == 2
    told = text_of(page)
    assert "<img src=x onerror=alert(1)>" in told
    assert RLO not in told
    assert "[U+202E]" in told
    assert {link.split(":")[0] for link in links(page) if ":" in link} == {"https"}
    assert "x" * 400 not in told
    for link in page.iter("a"):
        outside = not link.get("href", "").startswith(("#", "w.documents/"))
        assert link.get("rel") == ("noopener noreferrer" if outside else None)


def test_hostile_data_cannot_leave_the_script(made: Factory) -> None:
    end = "</script><script>alert(1)</script><!-- &lt;"
    for place in range(2):
        sha = made.document(f"d{place}", tier=end)
        made.statement(f"{end} {HOSTILE}", [end], document=sha, statement_url="javascript:x")
    content = SCRIPT.findall(written(made))[0][1]
    assert not set(content) & set("<>&") and RLO not in content
    found = embedded(made)
    assert found["rows"][0][0].startswith(end)
    assert found["tiers"] == [end] and found["sectors"] == [end]
    assert {row[-1] for row in found["rows"]} == {""}


def test_quotes_are_cut(made: Factory) -> None:
    sha = made.document("d.pdf", quotes={"audits": "word " * 200})
    made.statement("A", [FOOD], document=sha)
    [quote] = page_of(made).iter("q")
    assert len(quote.text or "") <= QUOTE_CHARACTERS + 1
    assert text_of(quote).endswith("…")


def test_of_many_statements_some_show_evidence_and_the_page_says_so(
    made: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "EVIDENCE_STATEMENTS", 2)
    for place in range(5):
        sha = made.document(
            f"d{place}.pdf", minimal_index=place / 10, substance=50.0 - place, minimal_flag=0
        )
        made.statement(f"Org {place}", [FOOD], document=sha)
    page = page_of(made)
    listed = section(page, "statements")
    shown = [text_of(classed(row, "name")[0]) for row in classed(listed, "row")]
    assert shown == ["Org 0", "Org 4"]  # the highest substance and the highest index
    assert [row.get("data-i") for row in classed(listed, "row")] == ["0", "4"]
    assert [row[0] for row in embedded(made)["rows"]] == [f"Org {place}" for place in range(5)]
    assert "SELECT * FROM evidence_quotes" in text_of(page)


def test_a_folder_without_registry_still_gives_a_report(made: Factory) -> None:
    for place in range(3):
        made.document(f"loose{place}.pdf", minimal_flag=1)
    page = page_of(made)
    assert "3 of 3 statements (100%" in text_of(page)
    assert len(classed(section(page, "unregistered"), "row")) == 3
    assert page.findall(".//svg[@role='img']")
    ids = {found.get("id") for found in page.iter("section")}
    assert not {"sectors", "minimal", "statements"} & ids


def test_an_empty_workspace_says_there_is_nothing(made: Factory) -> None:
    assert "nothing to compare" in text_of(page_of(made))


def test_small_sectors_have_counts_without_colour(typical: Factory) -> None:
    page = page_of(typical, minimum=4)
    assert "3/3" in {text_of(cell) for cell in classed(page, "flat")}
    assert "too few to compare" in text_of(section(page, "sectors"))


def test_ids_are_unique_and_inner_links_lead_somewhere(typical: Factory) -> None:
    page = page_of(typical)
    ids = [element.get("id", "") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pointers = [element.get("href", "") for element in page.iter()]
    inner = {pointer[1:] for pointer in pointers if pointer.startswith("#")}
    labels = " ".join(element.get("aria-labelledby", "") for element in page.iter()).split()
    clips = re.findall(r"url\(#([^)]+)\)", ET.tostring(page, encoding="unicode"))
    assert clips
    assert inner | set(labels) | set(clips) <= set(ids)


def test_tiers_are_explained_by_the_rubric_that_judged(typical: Factory) -> None:
    assert "Little is said." in text_of(page_of(typical))


def test_values_unknown_to_the_criteria_table_are_still_shown(made: Factory) -> None:
    sha = made.document("d.pdf", values={**TYPICAL, "new_one": "true"}, quotes={"new_one": "Yes."})
    made.statement("A", [FOOD], document=sha)
    assert "new_one Found Yes." in text_of(page_of(made))


def test_links_are_relative_to_where_the_page_lies(typical: Factory, tmp_path: Path) -> None:
    output = tmp_path / "out" / "report.html"
    output.parent.mkdir()
    write_sector_report(typical.workspace, output, rubric=RUBRIC)
    assert 'href="../w.documents/' in output.read_text("utf-8")


def test_no_sector_is_never_the_sector_with_the_highest_share(made: Factory) -> None:
    for name, sectors, flag in (("None", [], 1), ("A", ["A"], 1), ("A", ["A"], 0), ("B", ["B"], 0)):
        sha = made.document(f"{name} {made.made}", minimal_flag=flag)
        made.statement(f"{name} {made.made}", sectors, document=sha)
    page = text_of(page_of(made, minimum=1))
    assert "No sector given in the registry" in page
    assert "The share is highest in A: 1 of 2 statements" in page

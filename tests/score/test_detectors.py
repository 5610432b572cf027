"""Detectors on own texts, on one line and broken over lines as page extraction leaves them."""

from __future__ import annotations

import re
import time

import pytest

from assess.records import Page, Text
from assess.score.detectors import DETECTORS, entity_type
from assess.score.detectors.signature import _last_line
from assess.score.rules import Reading

FILL = "We buy paper, ink and card from mills that we have known for a long time. " * 30


def reading(content: str) -> Reading:
    return Reading(Text(content, (Page(1, 0, len(content), "text"),), (), "en"), (), {})


def judged(name: str, content: str) -> str:
    values = {found.value for found in DETECTORS[name](reading(content))}
    return "met" if "met" in values else "partial" if "partial" in values else "absent"


def quotes(name: str, content: str) -> list[str]:
    return [content[found.start : found.end] for found in DETECTORS[name](reading(content))]


@pytest.mark.parametrize(
    "content",
    [
        "This statement covers the financial year ended 31 March 2024.",
        "This statement covers the\nfinancial year ended\n31 March\n2024.",
        "Our slavery statement for the financial year ending 2019.",
        "The steps below were taken from 1st April 2021 to 31st March 2022.",
        "This is the statement of Alder Mills Limited for FY22/23.",
        "Modern slavery statement for the 53 weeks ending 2 January 2022.",
        "This statement is made for the 2021/22 financial year.",
        "Modern slavery statementfor the financial year2021/22",
        "This statement relates to the period 01.04.22 - 31.03.23.",
        "It is the slavery statement for the financial year of the University ended 31 July 2022.",
        "Statement made for the academic year 2022/23.",
        "This statement covers the twelve months up to 30 September 2022.",
        "Slavery statement for the FYE 31 March 2022",
        "Slavery statement 2021/22. It is our statement for the current financial year.",
        "This is our statement for the financial year\nOur policies\nending 31 March 2022.",
        "Statement for Fiscal Year 21-22",
        "This statement relates to the financial year ending August 17.",
        "This statement is about our work on slavery during the period 2020-2021.",
    ],
)
def test_financial_year_named(content: str) -> None:
    assert judged("financial_year", content) == "met"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("Modern Slavery Statement 2021", "partial"),
        ("Modern Slavery Statement 2021/22", "partial"),
        ("Signed: A. Whitfield, Director, 3 May 2021", "partial"),
        ("© Copyright 2021 Alder Mills Limited. All rights reserved.", "absent"),
        ("This statement is made under the Modern Slavery Act 2015.", "absent"),
        ("Our turnover for the year to October 2016 was £115m.", "absent"),
        ("We will cut emissions by FY25.", "absent"),
        ("We publish a statement for each financial year.", "absent"),
    ],
)
def test_financial_year_short_of_it(content: str, value: str) -> None:
    assert judged("financial_year", content) == value


@pytest.mark.parametrize(
    "content",
    [
        "This statement was approved by the board of directors on 4 May 2023.",
        "This statement has been reviewed and approved by the Boards of Alder Ltd. and Birch Ltd.",
        "This\nstatement was\napproved by\nthe Trustees.",
        "The board of Alder Mills plc has approved this statement.",
        "It was agreed in June. Approved by the Board",
        "Thisstatementhasbeenapprovedbytheboardofdirectors",
        "The Council of the University: this statement was approved by Council on 2 July 2021.",
        "The Board gave its approval to this statement on 3 May 2022.",
        "This statement has the approval of the board of directors.",
        "Board approval was given to this statement on 2 May 2022.",
        "The statement was agreed at a meeting of the Board on 2 May.",
        "This is our statement. The Trustees endorsed it on 3 May.",
        "Our statement is adopted by resolution of the directors.",
        "Approval: Board, 3 May 2022",
        "It was approved by the board on 2 October 2023.",
        "The fund's managing member approved this statement on 30 June 2017.",
        "Our statement in figures\nSuppliers 20\nAudits 14\nApproved by the board\n",
    ],
)
def test_approved_by_the_managing_body(content: str) -> None:
    assert judged("approval", content) == "met"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("Signed on behalf of the board of directors by Amara Whitfield.", "partial"),
        ("This statement has been approved by our Executive Committee.", "partial"),
        ("This statement was approved by our Managing Director.", "partial"),
        ("This statement was approved on behalf of the Board by Amara Whitfield.", "partial"),
        ("By order of the Board", "partial"),
        ("This statement was approved by the Chair of the Board of Trustees.", "partial"),
        ("This statement is approved on 3 May 2022. Amara Whitfield, Partner", "partial"),
        ("The Chief Executive approved this statement on 3 May 2022.", "partial"),
        ("Our Executive Committee has approved this statement.", "partial"),
        ("The Operations Division approved this statement in June.", "partial"),
        ("Our statement. Authorised by: D Whitfield", "partial"),
        ("The board approved our human rights policy. This statement is public.", "absent"),
        ("The board will give its approval to this statement in June.", "absent"),
        ("This statement will be approved by the board in June.", "absent"),
        ("Our anti-slavery policy was approved by the board.", "absent"),
        ("New suppliers are approved by the procurement team.", "absent"),
        ("The board oversees our work on slavery.", "absent"),
    ],
)
def test_approval_short_of_it(content: str, value: str) -> None:
    assert judged("approval", content) == value


def test_members_approve_in_a_limited_liability_partnership_only() -> None:
    approved = "This statement was approved by the members on 3 May 2022."
    assert judged("approval", f"Alder Partners LLP. {approved}") == "met"
    assert judged("approval", f"Alder Mills Limited. {approved}") != "met"


@pytest.mark.parametrize(
    "content",
    [
        f"{FILL}\n\nAmara Whitfield\nChief Executive Officer\n12 May 2023",
        f"{FILL}Amara Whitfield Chief Executive Officer Alder Mills plc May 2023",
        f"{FILL}Signed: Tomas O’Brien-Lund, Group Finance Director Date: 1 June 2022. {FILL}",
        f"{FILL}SignedMary McAllisterChairPage 5",
        f"{FILL}\nSIGNED\nDR. AMARA WHITFIELD\nDIRECTOR\nALDER MILLS LIMITED",
        f"{FILL}\nName:\nJ. van der Berg\n\nPosition:\nManaging Director\n\nSignature:\n",
        f"{FILL}\nDirector's name: AMARA JANE WHITFIELD",
        f"{FILL}This statement is signed on the board's behalf by Chair Amara Whitfield, May 2020.",
        f"{FILL}\nAmara Whitfield\n(Director)\nTomas Oakden\n(Company Secretary)",
        f"{FILL}\nProfessor Amara Whitfield\nVice-Chancellor\n",
        f"{FILL}\nAmara Whitfield\nDirector and Company Secretary\n2 May 2021",
        f"{FILL}\nAmara Whitfield\nDesignated Member\nAlder Partners LLP",
        f"{FILL}\nThe Rt Hon Amara J. Whitfield-Jones OBE MP\nChairman\n",
        f"{FILL}\nIgnacio de la Cruz y Vega\nPresident and CEO\n",
        f"{FILL}\nAmara Whitfield          Tomas Oakden\nCEO                      CFO",
        f"{FILL}\nAmara\nWhitfield\nManaging\nDirector\n3 May 2022",
        f"{FILL}\nOur Teams\nAmara Whitfield\nGroup MD\n",
        f"{FILL}\nAmara Whitfield\nHeadteacher\nMay 2021",
        f"{FILL}\nCllr Amara Whitfield\nLeader of the Council\n",
        f"{FILL}\nAmara Whitfield, Trustee",
        f"{FILL}\nChair of the Board of Trustees: Amara Whitfield",
        f"{FILL}\nAmara Whitfield lef Executive Director\n13 May 2022",
        f"{FILL}\nElectronically signed by: Amara Whitfield\nReason: approval\nTitle: Director",
        f"{FILL}\nFor and on behalf of the Board\n\n..........\nAmara Whitfield\nDirector",
        f"{FILL}\nSigned by Amara Whitfield, a director of the company, on 3 May 2022.",
        f"{FILL}\nThis was signed by Amara Whitfield in her capacity as a director of Alder Ltd.",
    ],
)
def test_signed_with_name_and_title(content: str) -> None:
    assert judged("signature", content) == "met"
    found = DETECTORS["signature"](reading(content))[0]
    assert 0 <= found.start < found.end <= len(content)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (f"{FILL}\nSigned on 3 May 2021\n\nAmara Whitfield", "partial"),
        (f"{FILL}\nFounder and CEO", "partial"),
        (f"{FILL}\nAmara Whitfield\nFounder, Alder Mills\nMay 2021", "partial"),
        (f"{FILL}\nSigned by a member of the board on 3 May 2021.", "partial"),
        (f"{FILL}\nApproved by the Alder Group President and CEO on 3 May 2021.", "partial"),
        (f"{FILL}\nSIGNATURE OF DIRECTOR:\n3 May 2021", "partial"),
        (f"{FILL}\nDirector AlderMills Services Limited\nMay 2021", "partial"),
        (f"{FILL}\nEach one has an assigned Service Director.\n{FILL}", "absent"),
        (
            f"{FILL}\nThe board approved this statement.\n\nAmara Whitfield\n\nContact us\n",
            "partial",
        ),
        (
            f"{FILL}\nThe board approved this statement.\n\nDirector, Alder Mills Limited\n",
            "partial",
        ),
        (f"{FILL}\nSigned: Amara Whitfield, HR Business Partner", "partial"),
        (f"{FILL}\nAmara Whitfield\nCompliance Lead\nJune 2022", "partial"),
        (f"{FILL}\nThe board approved this.\nHuman Rights\nWe respect them.", "absent"),
        (f"{FILL}\nOur Chief Executive Amara Whitfield chairs the group.", "absent"),
        (f"{FILL}\nThe Alder Mills Limited Board of Directors reviews it.", "absent"),
        (f"{FILL}\nDirector's signature:\n\nDate: May 2021", "partial"),
        (f"{FILL}\nAmara Whitfield\nHuman Resources Manager\n3 May 2021", "partial"),
        (f"{FILL}\nAmara Whitfield\nCompany Secretary\n3 May 2021", "partial"),
        (f"{FILL}\nAmara Whitfield\nDirector of Legal Services\n3 May 2021", "partial"),
        (f"{FILL}\nAmara Whitfield\nHead of Sustainability\n3 May 2021", "partial"),
        (f"Welcome.\n\nAmara Whitfield\nChief Executive\n\n{FILL}{FILL}", "partial"),
        (f"{FILL}Amara Whitfield, Finance Director, is responsible for this. {FILL}", "absent"),
        (f"{FILL}The Board of Directors of Alder Mills Limited reviews it.", "absent"),
        (f"{FILL}Our directors and managers are trained.", "absent"),
    ],
)
def test_signature_short_of_it(content: str, value: str) -> None:
    assert judged("signature", content) == value


def test_a_limited_partnership_is_signed_by_a_general_partner() -> None:
    lead = f"Alder Fund is a limited partnership; its general partner manages it. {FILL}"
    assert judged("signature", f"{lead}\nAmara Whitfield\nGeneral Partner\n3 May 2021") == "met"
    assert judged("signature", f"{lead}\nAmara Whitfield\nDirector\n3 May 2021") == "partial"
    assert quotes("limited_partnership", lead) == ["limited partnership"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("Alder Mills Limited makes paper.", "company"),
        ("Alder Partners LLP is a law firm. Signed for Alder Partners LLP", "llp"),
        ("The Alder Fund is a limited partnership.", "limited_partnership"),
        ("Alder University. The University teaches and does research.", "public_body"),
        ("The Alder Trust, registered charity 123.", "charity"),
        ("We sell shoes.", "company"),
    ],
)
def test_entity_type(content: str, kind: str) -> None:
    assert entity_type(reading(content)) == kind


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("This statement is made under section 54 of the Modern Slavery Act 2015.", "met"),
        ("Alder Mills: Modern Slavery Act Transparency Statement", "partial"),
        ("Alder Mills: UK Modern Slavery Act Transparency Statement", "met"),
        ("We publish it in response to the UK Modern\nSlavery Act.", "met"),
        ("Managers were trained on the Modern Slavery Act 2015.", "partial"),
        ("The UK Modern Slavery Act asks large businesses to say what they do.", "met"),
        ("This is made under the California Transparency in Supply Chains Act.", "partial"),
        ("It is made under section 54(1) of the Modern Slavery Action 2015.", "met"),
        ("We comply with all of the Modern Slavery Act 2015.", "met"),
        ("Slavery is a crime.", "absent"),
    ],
)
def test_act_reference(content: str, value: str) -> None:
    assert judged("act_reference", content) == value


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("This statement covers Alder plc and its subsidiaries, Birch Ltd and Cedar Ltd.", "met"),
        ("This statement is made on behalf of Alder Mills Limited\nand\nBirch Packing Ltd.", "met"),
        ("This statement is made by Birch Ltd. Birch Ltd is a subsidiary of Alder Inc.", "met"),
        ("It covers Alder plc and its wholly owned crewing company, Birch Crews Limited.", "met"),
        ("It also speaks for our trading subsidiary, Alder Shops Limited.", "met"),
        ("Alder LP has a general partner, Birch GP Limited; this statement covers both.", "met"),
        ("This statement is made by Alder (UK), a division of the Birch Group.", "met"),
        ("Made by Alder Group Limited, Alder Limited and Alder Mills Limited in our group.", "met"),
        ("Birch Ltd hereby declares this statement. The Alder Group has a code.", "met"),
        ("This statement applies to the Alder companies listed in Appendix 1.", "met"),
        ("The Boards of each of Alder plc and Birch Ltd approve this statement.", "met"),
        ("Alder Foods is part of the Birch Group, based in Paris.", "met"),
        ("It has these subsidiary companies: Birch Ltd, a company in Wales.", "met"),
        ("Alder & Son Ltd (“the Group”) has taken steps.", "met"),
        ("Alder commits to fair work. The Group HR Director leads on it.", "met"),
        ("This statement is made by Alder plc and applicable UK subsidiaries.", "partial"),
        ("This statement is made by Alder Ltd and its related bodies corporate.", "partial"),
        ("The Alder Family of Companies has taken these steps.", "partial"),
        ("Alder Ltd is a buying group for small shops.", "absent"),
        ("This statement is made for Alder LLP, Birch LLP and their subsidiaries.", "partial"),
        ("Our group was formed from the merger of Alder plc and Birch plc.", "partial"),
        ("Alder Ltd, its subsidiaries and associated companies make this statement.", "partial"),
        ("Alder Group plc is the parent company of the Alder Group.", "partial"),
        ("This statement covers all Group Companies.", "partial"),
        ("This statement covers Alder plc and all its subsidiaries.", "partial"),
        ("It constitutes our Group's slavery and human trafficking statement.", "partial"),
        ("We are a family business with one shop.", "absent"),
    ],
)
def test_group_entities(content: str, value: str) -> None:
    assert judged("group_entities", content) == value


def test_group_mentioned_is_the_organisations_own() -> None:
    assert quotes("group_mentioned", "We are part of the Alder Group.")
    assert quotes("group_mentioned", "Alder is an employee-owned manufacturing group.")
    assert quotes("group_mentioned", "Our policy is group-wide.")
    assert not quotes("group_mentioned", "We are a member of the trade group that meets yearly.")
    assert not quotes("group_mentioned", "The Working Group met twice.")
    assert not quotes("group_mentioned", "Alder Group Limited sells paper.")
    assert not quotes("group_mentioned", "Suppliers tell us of their subsidiary companies.")


@pytest.mark.parametrize("name", DETECTORS)
@pytest.mark.parametrize(
    "unit",
    [
        "approved by the board of ",
        "Signed Amara Whitfield Director ",
        "financial year ended 31 March ",
        "and its subsidiaries, Alder Ltd, ",
        "the board gave its approval at a meeting of ",
        "signed by Amara Whitfield, in her capacity as ",
        "Title: Director Name: Amara Whitfield\n",
        "statement by Alder (UK), a wholly owned ",
        "is a leading international group ",
        "Alder Ltd and its crewing company, ",
        "AaAaAa ",
        "the ",
        "(((",
        "1/2/20",
    ],
)
def test_time_grows_with_length_only(name: str, unit: str) -> None:
    """Twenty times the text must not take hundreds of times as long."""
    small, large = (reading(unit * (size // len(unit))) for size in (10_000, 200_000))
    DETECTORS[name](small)
    times = []
    for text in (small, large):
        started = time.perf_counter()
        DETECTORS[name](text)
        times.append(time.perf_counter() - started)
    assert times[1] < 80 * times[0] + 1


def test_a_long_run_of_capitals_takes_linear_time() -> None:
    """Work of `_last_line` for a run of words: looked at once each."""
    run = list(re.finditer(r"[A-Z]\.", "C.E.O. " * 40_000))
    started = time.perf_counter()
    assert _last_line("C.E.O. " * 40_000, run) == run
    assert time.perf_counter() - started < 2


def test_the_last_line_of_a_run() -> None:
    content = "Alder Mills\nAmara\nWhitfield Jones"
    run = list(re.finditer(r"\w+", content))
    assert [word.group() for word in _last_line(content, run)] == ["Whitfield", "Jones"]
    content = "Alder Mills\nAmara\nW. Jones"
    run = list(re.finditer(r"\w+\.?", content))
    assert [word.group() for word in _last_line(content, run)] == ["Amara", "W.", "Jones"]
    assert _last_line(content, []) == []

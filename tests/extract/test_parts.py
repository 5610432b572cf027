"""Statements in longer documents, several in one file, policies before or behind one."""

from __future__ import annotations

import pytest

from assess.extract import extract, from_plain_text
from assess.records import Part, Text
from tests.extract.makers import pdf
from tests.extract.reports import HEADINGS, Report, make_report, make_statement
from tests.extract.shapes import SHAPES

PLACES = (0.05, 0.3, 0.5, 0.8, 1.0)

STATEMENT = (
    "This statement is made under section 54 of the Modern Slavery Act 2015 for the year ended 31 "
    "March {year}. It sets out the steps that Alder Mills Limited took against slavery and human "
    "trafficking. We employ 400 people at two sites and buy wool from nine countries. Our supplier "
    "code forbids forced labour and the charging of fees to workers. We audited fourteen mills and "
    "found workers who had paid fees to a broker; all were repaid. Buyers and managers "
    "were trained "
    "to see the signs of modern slavery. We measure the share of mills that are audited each year. "
    "The risk of slavery among our own employees is low, since we hire them directly and check "
    "their right to work, and agencies are audited for human trafficking as well.\n\n"
    "This statement was approved by the board on 3 July {year}.\n\nAnn Alder\nDirector"
)
POLICY = (
    "Anti-Slavery Policy\n\nThis policy applies to all persons working for us. You "
    "must ensure that "
    "you read and understand this policy. Any breach of this policy is misconduct and may lead to "
    "dismissal. You must report a concern about slavery to your manager at once. "
    + "The prevention of slavery is the duty of all those who work for us or under our control. "
    * 12
)


def statements(text: Text) -> list[Part]:
    return [part for part in text.parts if part.kind == "statement"]


def agreement(text: Text, report: Report, part: Part) -> tuple[float, float]:
    """Share of the statement's sentences in the part, and of foreign ones among the part's."""
    inside = {s.start for s in text.sentences if report.start <= s.start and s.end <= report.end}
    got = {s.start for s in text.sentences if part.start <= s.start and s.end <= part.end}
    return len(got & inside) / len(inside), len(got - inside) / len(got)


def is_found(text: Text, report: Report) -> bool:
    found = statements(text)
    if len(found) != 1 or not found[0].judged:
        return False
    covered, foreign = agreement(text, report, found[0])
    return covered >= 0.95 and foreign <= 0.1


@pytest.mark.parametrize("seed", range(20))
def test_statement_in_a_report_of_250_pages(seed: int) -> None:
    report = make_report(seed, make_statement(seed), at=PLACES[seed % len(PLACES)])
    text = from_plain_text(report.text)
    assert is_found(text, report) and "part_judged" in text.flags


@pytest.mark.parametrize("seed", range(100, 120))
def test_no_statement_in_a_report_that_mentions_it(seed: int) -> None:
    text = from_plain_text(make_report(seed).text)
    assert (text.parts, text.flags) == ((), ("no_statement",))


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_the_locator_was_not_tuned_to(shape: str) -> None:
    index = list(SHAPES).index(shape)
    report = make_report(500 + index, SHAPES[shape], at=PLACES[index % len(PLACES)])
    assert is_found(from_plain_text(report.text), report)


def test_statement_in_a_pdf_report() -> None:
    report = make_report(3, make_statement(3), pages=60, at=0.5)
    pages = [
        [(50.0, 50.0 + 13 * row, line) for row, line in enumerate(page.split("\n")) if line]
        for page in report.text.split("\f")
    ]
    text = extract(pdf(pages, size=9), "report.pdf")
    (part,) = statements(text)
    numbers = [
        page.number for page in text.pages if page.start < part.end and part.start < page.end
    ]
    first, last = (report.text.count("\f", 0, at) + 1 for at in (report.start, report.end))
    assert [numbers[0], numbers[-1]] == [first, last]
    body = text.content[part.start : part.end]
    assert body.startswith(HEADINGS[3]) and body.rstrip().endswith(report.text[: report.end][-12:])


def test_long_statement_stays_whole() -> None:
    neutral = (
        "The depot at Eastney serves the south and holds the stock of all three divisions. " * 300
    )
    text = from_plain_text(f"Modern Slavery Statement 2024\n\n{neutral}\n\n{make_statement(1)}")
    assert text.words > 3_000 and text.parts == () and "no_statement" not in text.flags


def test_years_in_one_file_are_told_apart_and_the_latest_is_judged() -> None:
    content = "\f".join(
        f"Modern Slavery Statement {year}\n\n{STATEMENT.format(year=year)}"
        for year in (2022, 2024, 2023)
    )
    text = from_plain_text(content)
    assert [part.title[-4:] for part in text.parts] == ["2022", "2024", "2023"]
    assert [part.judged for part in text.parts] == [False, True, False]
    assert set(text.flags) == {"part_judged", "several_statements"}
    for part in text.parts:
        assert text.content[part.start : part.end].rstrip("\f").endswith("Ann Alder\nDirector")


@pytest.mark.parametrize(
    "content",
    [
        # The title again on each page.
        "Modern Slavery Statement 2024\n\n" + STATEMENT.format(year=2024).replace(
            "We audited", "\fModern Slavery Statement 2024\nWe audited"
        ),
        # An appendix, and a list of companies.
        f"Modern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}\n\nAppendix: companies\n\n"
        "Alder Mills Limited\nAlder Yarns Limited\n\nWhat we said in our 2019 statement\n\n"
        "Our Modern Slavery Statement 2019 named three aims on forced labour. All were met.",
        # Two companies, one year.
        f"Alder Mills Modern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}\n\f"
        f"Alder Yarns Modern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}",
        # The year before was never signed: it may be a chapter of this one.
        "Modern Slavery Statement 2023\n\n" + STATEMENT.format(year=2023).split("\n\n")[0]
        + f"\n\nModern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}",
        # A policy that the statement quotes before it is signed.
        f"Modern Slavery Statement 2024\n\n{POLICY}\n\n{STATEMENT.format(year=2024)}",
    ],
    ids=["running title", "appendix", "two companies", "unsigned", "policy within"],
)  # fmt: skip
def test_one_statement_is_not_split(content: str) -> None:
    assert from_plain_text(content).parts == ()


def test_policy_behind_a_signed_statement_is_left_out() -> None:
    statement = f"Modern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}\n\n"
    text = from_plain_text(statement + POLICY)
    (part,) = text.parts
    assert text.content[: part.end] == statement and part.title == "Modern Slavery Statement 2024"


def test_policy_before_a_signed_statement_is_left_out() -> None:
    statement = f"Modern Slavery Statement 2024\n\n{STATEMENT.format(year=2024)}"
    text = from_plain_text(f"{POLICY}\n\n{statement}")
    (part,) = text.parts
    assert text.content[part.start : part.end] == statement and part.judged


@pytest.mark.parametrize(
    "statement",
    [
        STATEMENT.format(year=2024),
        "Modern Slavery Statement 2024\n\n" + STATEMENT.format(year=2024).partition("\n\n")[0],
        "Modern Slavery Statement 2024\n\n"
        + STATEMENT.format(year=2024).partition("trafficking. ")[2],
    ],
    ids=["no title", "not signed", "not declared"],
)
def test_policy_stays_where_the_statement_below_is_in_doubt(statement: str) -> None:
    assert from_plain_text(f"{POLICY}\n\n{statement}").parts == ()


@pytest.mark.parametrize(
    "first",
    [
        "Tarnholm plc Annual Report 2024  Modern slavery statement",
        "Modern slavery statement | Tarnholm plc Sustainability Report 2024",
        "Modern slavery statement\nTarnholm plc Annual Report and Accounts 2024",
    ],
)
def test_running_line_of_a_chapter_makes_no_report_a_statement(first: str) -> None:
    report = make_report(31, make_statement(31, heading=HEADINGS[1]), pages=20, at=0.5)
    text = from_plain_text(f"{first}\n\n{report.text}")
    moved = Report(text.content, *(len(first) + 2 + at for at in (report.start, report.end)))
    assert is_found(text, moved)


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Chief executive review", "Our order book stood at £427 million at the year end."),
        ("Business ethics", "The speak up line took 324 calls, most on grievances at work."),
        ("Our people", "Apprentices make up a tenth of the workforce at the works."),
    ],
)
def test_statement_ends_with_its_signature(heading: str, body: str) -> None:
    """What a report says next is not read along, neither its heading nor its short sentences."""
    below = f"{heading}\n\n{body} {body}"
    unsigned = make_statement(9).partition("\n\nThis statement was approved")[0]
    signed = (
        f"{unsigned}\n\nThis statement was approved by the board.\n\nTom Ardley\nChair\n4 May 2025"
    )
    report = make_report(77, f"{signed}\n\n{below}", pages=40, at=0.5)
    text = from_plain_text(report.text)
    (part,) = statements(text)
    assert text.content[: part.end].rstrip().endswith("Tom Ardley\nChair\n4 May 2025")

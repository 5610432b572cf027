"""Statements in longer documents, several in one file, policies appended, pages that only link."""

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


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Modern Slavery\n\nWe are committed to fair work. Read our Modern Slavery Statement 2023 "
         "(PDF).\n\nContact us\nCareers\nOur brands\nOur history\nInvestors\nFind a shop near you "
         "today\nFollow us", True),
        ("Modern Slavery Statements\nStatement 2023\nDownload\nStatement 2022\nDownload\nStatement "
         "2021\nDownload\nAbout us\nContact\nCareers\nAll our modern slavery "
         "statements are here", True),
        ("Click here to download our slavery and trafficking statement. " + "Home\n" * 30, True),
        ("Modern Slavery Statement\n\nThis statement is made under section 54 of the "
         "Modern Slavery "
         "Act 2015 by Alder Mills Limited for 2024. We took no steps in the year. "
         "Click here to read "
         "our statement of last year.\n\nAnn Alder, Director, 3 July 2024", False),
        ("Modern Slavery Statement\n\nWe act ethically and with integrity, and we do "
         "not allow forced "
         "labour in our business or in our supply chains. Suppliers sign our code, and "
         "we visit each "
         "of them once a year to speak with their workers. Staff are trained to see the signs of "
         "slavery. You can download our code of conduct here (PDF).", False),
        ("Our brands\n\nWe make boots and shoes, and sell them in nine shops. Read more about our "
         "history here, or visit us.", False),
    ],
)  # fmt: skip
def test_pages_that_only_lead_to_a_statement(content: str, expected: bool) -> None:
    assert ("link_page" in from_plain_text(content).flags) is expected

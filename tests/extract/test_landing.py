"""Pages that hold no statement: those that only lead to one, and those that are not there."""

from __future__ import annotations

import pytest

from assess.extract import extract, from_plain_text

NAV = "<nav><ul><li><a href=/>Home</a></li><li><a href=/jobs>Careers</a></li></ul></nav>"
FOOT = "<footer><a href=/p>Privacy</a><p>© 2024 Alder Mills Limited</p></footer>"
COMMITTED = (
    "Alder Mills is committed to keeping modern slavery out of its mills and its supply "
    "chains, and "
    "publishes a statement on this every year."
)


def flags(body: str) -> set[str]:
    page = f"<html><body>{NAV}<main>{body}</main>{FOOT}</body></html>"
    return set(extract(page.encode(), "a.html").flags)


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


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Modern slavery</h1><p>{COMMITTED}</p><ul><li><a href=1>Modern slavery statement 2024"
        "</a></li><li><a href=2>Modern slavery statement 2023</a></li></ul>",
        "<h1>Our policies</h1><p>Here are the rules by which we work with the people around our "
        "mills and with those who sell us wool.</p><p><a href=1>Slavery and human trafficking "
        "statement</a></p><p><a href=2>Tax strategy</a></p><p><a href=3>Gender pay gap</a></p>",
        "<h1>Modern Slavery Act</h1><p>The Modern Slavery Act 2015 asks large firms to say what "
        "they "
        "do about slavery. Modern slavery takes many forms, among them forced labour and debt "
        "bondage. It is thought that millions live in slavery. We take this seriously.</p>"
        "<p><a href=1>Click here to view our statement</a></p>",
        f"<h1>Governance</h1><p>{COMMITTED}</p><h3>Modern slavery statement 2024</h3>"
        "<a href=1 class=button>Download PDF</a>",
    ],
    ids=["years", "index of policies", "on the law", "button"],
)
def test_links_of_a_page_are_read_where_it_says_little_else(body: str) -> None:
    assert "link_page" in flags(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>We buy wool from nine farms and know each of them. We pay the real living wage. We "
        "found no case of forced labour.</p><p>Ann Alder, Managing Director</p>",
        "<p>We buy wool from nine farms. We visit each of them once a year. Our code forbids fees. "
        "We train all our staff.</p>",
        "<p>All agencies were audited. Every mill was visited twice by our own staff. Suppliers "
        "follow the code.</p>",
        "<p>Alder Mills opposes slavery.</p><p>Ann Alder<br>Director</p>",
        f"<p>{COMMITTED} Alder Mills does not tolerate forced labour at its suppliers. It is proud "
        "to pay the living wage to all of its workers, those of agencies too.</p>",
    ],
    ids=["signed", "we", "others", "signature", "assurances"],
)
def test_short_statement_with_a_link_to_itself_is_one(body: str) -> None:
    link = "<p><a href=x>Download the statement as a PDF here</a></p>"
    assert not {"link_page", "no_statement"} & flags(
        f"<h1>Modern slavery statement</h1>{body}{link}"
    )


@pytest.mark.parametrize(
    "content",
    [
        "Page not found. The page that you asked for does not exist. Please use the search box or "
        "go "
        "back to find the modern slavery statement that you were looking for.",
        "403 Forbidden\n\nYou do not have permission to view this page. The request was logged "
        "and may "
        "be looked at by the owner of this site in due course.",
        "Before you continue\n\nWe and our partners use cookies to store information on a device "
        "and "
        "to show what suits you. You can change your choice at any time.",
        "Modern Slavery Statement\n\nThis page has been archived. The statement has moved to the "
        "site "
        "of the group and is signed by our chair. Please go there to read it.",
        "Verify that you are human by doing what is asked below. alder.example looks at the "
        "safety of "
        "your connection before it sends you on.",
    ],
    ids=["404", "403", "consent", "archived", "robot"],
)
def test_page_that_is_not_there_holds_no_statement(content: str) -> None:
    assert "no_statement" in from_plain_text(content).flags


@pytest.mark.parametrize(
    "said",
    [
        "We audit our mills each year, and repaid the fees of nine workers.",
        "Alder Mills has taken no steps in the financial year.",
        "This statement was approved by the board on 3 July 2024.",
    ],
)
def test_notice_beside_a_statement_does_no_harm(said: str) -> None:
    content = f"Modern Slavery Statement\n\nWe use cookies to improve your visit.\n\n{said}"
    assert "no_statement" not in from_plain_text(content).flags

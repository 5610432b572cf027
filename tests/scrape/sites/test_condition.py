"""What a page is."""

from __future__ import annotations

import pytest

from assess.scrape.sites.condition import is_statement_page, page_condition
from assess.scrape.sites.links import read_page
from tests.scrape.sites.pages import TEXT, URL, home, link, page

COOKIES = (
    "<div id='banner'><p>We use cookies. Accept all cookies or manage your preferences.</p>"
    "<button>Accept all</button></div>"
)


def reason(data: bytes) -> str | None:
    return page_condition(read_page(data, f"{URL}modern-slavery")).reason


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (page("Page not found", "<h1>404</h1><p>Sorry, we can't find that page.</p>"), "soft_404"),
        (page("Aldermoor", "<h1>Oops!</h1><p>The page you want has moved.</p>"), "soft_404"),
        (page("Aldermoor", "<p>This document is no longer available.</p>"), "soft_404"),
        (page("Before you continue", f"{COOKIES}<p>Your consent is needed.</p>"), "consent_wall"),
        (page("One moment", "<p>Checking your browser. Verify you are human.</p>"), "consent_wall"),
        (page("Aldermoor", '<div id="root"></div><script src="/app.js"></script>'), "script_only"),
        (
            page("A", "<noscript>Please enable JavaScript to use this site.</noscript>"),
            "script_only",
        ),
        (page("Sign in", '<form><input type="password"></form><p>Sign in</p>'), "login_page"),
        (b"<html><body></body></html>", "empty"),
        (home(), None),
        (home(body=COOKIES), None),
        (page("Modern slavery statement", f"<p>{TEXT}</p>{COOKIES}"), None),
        (page("Modern slavery", '<div id="root"></div>' + f"<p>{TEXT}</p>"), None),
        (page("Modern slavery", f'<p>{TEXT}</p><input type="password">'), None),
        (page("Policies", f"<p>The error page was not found wanting.</p><p>{TEXT}</p>"), None),
    ],
)
def test_conditions(data: bytes, code: str | None) -> None:
    assert reason(data) == code


ARTICLE = (
    "<h1>Modern slavery: what is it?</h1><p>" + "Modern slavery hurts millions. " * 20 + "</p>"
)
LIST = (
    "<h1>Modern slavery</h1><p>We publish a statement on modern slavery each year.</p>"
    + "".join(
        f"<p>{link(f'/ms-{year}.pdf', f'Modern slavery statement {year}')}</p>"
        for year in (2022, 2023)
    )
)


@pytest.mark.parametrize(
    ("data", "path", "is_one"),
    [
        (page("Modern slavery statement", f"<p>{TEXT}</p>"), "ms", True),
        (page("Aldermoor", f"<h2>Modern Slavery Policy</h2><p>{TEXT}</p>"), "p", True),
        (page("Corporate responsibility", f"<p>{TEXT} {TEXT} {TEXT}</p>"), "csr", True),
        (page("News", f"<h1>Our modern slavery statement 2023</h1><p>{TEXT}</p>"), "news/ms", True),
        (page("Modern slavery", LIST), "ms", False),
        (page("Insights", ARTICLE), "insights/slavery", False),
        (home(footer=link("/ms", "Modern slavery statement")), "", False),
        (home(body="<p>We oppose modern slavery in all its forms.</p>"), "", False),
        (page("Gender pay gap", "<p>The mean gap was 4%. " + "We pay fairly. " * 60), "pay", False),
    ],
)
def test_whether_a_page_is_a_statement(data: bytes, path: str, is_one: bool) -> None:
    assert is_statement_page(read_page(data, f"{URL}{path}")) is is_one

"""What a visit brought: documents, statements, and pages that stand in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scrape.sites.reading import condition

URL = "https://www.acme.example/msa"
STATEMENT = """<html><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav><main>
<h1>{title}</h1><p>This statement is made under section 54 of the Modern Slavery Act 2015 and sets
out the steps that Acme Hats Limited has taken to prevent slavery and human trafficking.</p>
<p>We buy felt from six mills in Portugal and we audit each of our suppliers every year.</p>
<p>Our staff are trained to see signs of forced labour, and we have a line to report it.</p>
</main>{more}</body></html>"""
COOKIES = (
    "<div class='cookie-banner'><p>We use cookies to improve our site. Accept all cookies or "
    "manage your consent.</p><button>Accept</button></div>"
)
PLAIN = STATEMENT.format(title="Modern slavery statement", more="")


def reason(page: str | bytes) -> str | None:
    return condition(page.encode() if isinstance(page, str) else page, URL).reason


def is_statement(page: str) -> bool:
    return condition(page.encode(), URL).is_statement


@pytest.mark.parametrize(
    "page",
    [
        PLAIN,
        STATEMENT.format(title="Acme Hats", more=""),
        STATEMENT.format(title="Modern slavery statement", more=COOKIES),
        STATEMENT.format(title="Slavery policy", more="<form><input type='password'></form>"),
        "<h1>Modern slavery statement</h1><p>Acme Hats does not tolerate slavery or human "
        "trafficking in any part of its business.</p>",
    ],
    ids=["plain", "untitled", "cookies", "login_box", "one_sentence"],
)
def test_statements_are_statements(page: str) -> None:
    found = condition(page.encode(), URL)
    assert (found.reason, found.is_statement) == (None, True)


HOME = (
    "<title>Acme Hats</title><h1>Hats</h1><p>We make hats of felt and of straw for every head and "
    "have done so since 1901.</p><footer><a href='/msa'>Modern slavery statement</a></footer>"
)
LIST = (
    "<h1>Modern slavery statements</h1><p>We are committed to preventing slavery in our supply "
    "chains, and publish a statement for each year.</p><ul><li><a href='/1.pdf'>Statement 2023</a>"
    "<li><a href='/2.pdf'>Statement 2022</a></ul>"
)
ARTICLE = (
    "<head><meta property='og:type' content='article'></head><h1>Modern slavery in the hat trade"
    "</h1><p>The Modern Slavery Act asks firms for a statement. You should check your suppliers, "
    "and ask your lawyer what your company must say about slavery.</p><p>Human trafficking and "
    "forced labour are found in many places, and you may find them in your own supply chain.</p>"
)
STORY = (
    "<h1>Why we walk for freedom</h1><p>We at Acme are committed to ending modern slavery, and so "
    "our team walked forty miles for a charity last week.</p><p>Our staff raised money for those "
    "who escaped human trafficking and forced labour, and we are proud of them.</p>"
)
SUSTAINABILITY = (
    "<h1>Sustainability</h1>"
    + "<p>We cut the water that our felt mills use by a third.</p>" * 30
    + "<p>We are committed to preventing modern slavery in our supply chain.</p>"
)
POLICIES = (
    "<h1>Policies</h1><p>Here you find our policies and the statements that we publish.</p><ul>"
    "<li><a href='/p'>Privacy</a><li><a href='/m.pdf'>Modern slavery statement</a></ul>"
)


@pytest.mark.parametrize(
    "page",
    [HOME, LIST, ARTICLE, POLICIES, STORY, SUSTAINABILITY],
    ids=["home", "list", "article", "policies", "story", "sustainability"],
)
def test_other_pages_are_no_statements(page: str) -> None:
    assert reason(page) is None
    assert not is_statement(page)


@pytest.mark.parametrize(
    "page",
    [
        "<title>Page not found</title><h1>Oops</h1>",
        "<title>Acme</title><h1>404</h1><p>Try the home page.</p>",
        "<h1>Acme</h1><p>Sorry, we can't find the page that you are looking for.</p>",
        "<h1>This page no longer exists</h1><ul><li><a href='/'>Home</a></ul>",
        "<h1>Acme</h1><p>The modern slavery statement that you want could not be found.</p>",
    ],
)
def test_soft_404(page: str) -> None:
    assert reason(page) == "soft_404"


@pytest.mark.parametrize(
    "page",
    [
        HOME.replace("<h1>Hats</h1>", "<h1>Can't find your size? Ask us</h1>"),
        "<title>Acme</title>" + COOKIES + "<footer><a href='/m'>Modern slavery</a></footer>",
        "<div id=root></div><script></script><a href='/m'>Modern slavery</a>",
        "<form><input type='password'></form><a href='/m'>Modern slavery</a>",
    ],
    ids=["question", "cookies", "shell", "login"],
)
def test_what_leads_on_is_not_in_the_way(page: str) -> None:
    assert reason(page) is None


def test_a_menu_on_a_page_that_is_not_there_does_not_make_it_one() -> None:
    page = "<h1>Page not found</h1><footer><a href='/m'>Modern slavery</a></footer>"
    assert reason(page) == "soft_404"


def test_a_statement_that_found_nothing_is_no_soft_404() -> None:
    assert reason(PLAIN.replace("</main>", "<p>Slavery was not found.</p></main>")) is None


@pytest.mark.parametrize(
    "page",
    [
        "<title>Acme</title>" + COOKIES,
        "<title>Before you continue</title><p>We and our partners use cookies. Do you accept?</p>"
        "<button>I agree</button>",
        "<h1>Are you over 18?</h1><p>Please confirm your age to enter.</p><button>Yes</button>",
    ],
)
def test_consent_walls(page: str) -> None:
    assert reason(page) == "consent_wall"


@pytest.mark.parametrize(
    "page",
    [
        "<title>Acme</title><div id=root></div><script src=/app.js></script>",
        "<app-root></app-root><script src=/main.js></script>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><script>x</script>",
        "<body><script>document.write(1)</script></body>",
    ],
)
def test_pages_of_scripts(page: str) -> None:
    assert reason(page) == "script_only"


def test_login_pages() -> None:
    page = "<title>Sign in</title><form><input name=u><input type='password'></form><p>Sign in</p>"
    assert reason(page) == "login_page"


@pytest.mark.parametrize("body", [b"", b" \n\0 ", b"<html><body></body></html>"])
def test_empty(body: bytes) -> None:
    assert reason(body) == "empty"


@pytest.mark.parametrize(
    ("folder", "count", "wanted"), [("html", 19, True), ("homepages", 11, False)]
)
def test_real_pages(shared: Path, folder: str, count: int, wanted: bool) -> None:
    files = sorted((shared / "documents" / folder).glob("*.html"))
    wrong = [
        file.name for file in files if condition(file.read_bytes(), URL).is_statement is not wanted
    ]
    assert (len(files), wrong) == (count, [])


@pytest.mark.parametrize("head", ["<!doctype html>", "<html><head>", "<meta charset=utf-8>"])
def test_a_page_may_leave_out_the_tags_of_head_and_body(head: str) -> None:
    inner = PLAIN.partition("<main>")[2].partition("</main>")[0]
    assert is_statement(f"{head}<title>Modern slavery statement</title><main>{inner}</main>")

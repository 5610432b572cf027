"""HTML: what is content, what is the site's, and bytes of many charsets."""

from __future__ import annotations

import pytest

from assess.errors import UnreadableDocument
from assess.extract import extract
from tests.extract.makers import PARAGRAPH

PAGE = f"""<!doctype html><html><head><title>Example | Policies</title><style>p {{}}</style></head>
<body class="has-sidebar"><div id="cookieBanner"><p>We use cookies to improve your visit.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Careers</a></li></ul></nav>
<h1>Modern Slavery Statement</h1><p>Financial year to 31 March 2024</p></header>
<main><p>{PARAGRAPH}</p><h2>Our policies</h2><p>These are our policies:</p>
<ul><li>Supplier Code of Conduct</li><li>Whistleblowing policy</li></ul>
<details><summary>Training</summary><p>All buyers were trained in 2023 by an outside charity.</p>
</details><table><tr><th>Measure</th><th>2024</th></tr><tr><td>Audits</td><td>31</td></tr></table>
<p>This statement was approved by the board.</p>
<p>Signed<br>Jane Doe<br>Chief Executive<br>4 May 2024</p></main>
<footer><p>Follow us</p><a href="/p">Privacy policy</a><p>© 2024 Example</p></footer>
<script>var x = "not text";</script></body></html>"""


def test_statement_is_kept_and_the_site_is_not() -> None:
    text = extract(PAGE.encode(), "a.html")
    assert [line for line in text.content.splitlines() if line] == [
        "Modern Slavery Statement",
        "Financial year to 31 March 2024",
        PARAGRAPH,
        "Our policies",
        "These are our policies:",
        "• Supplier Code of Conduct",
        "• Whistleblowing policy",
        "Training",
        "All buyers were trained in 2023 by an outside charity.",
        "Measure | 2024",
        "Audits | 31",
        "This statement was approved by the board.",
        "Signed",
        "Jane Doe",
        "Chief Executive",
        "4 May 2024",
    ]
    assert text.flags == ("little_text",)


def test_html_under_a_pdf_name_is_read_and_flagged() -> None:
    assert "wrong_extension" in extract(PAGE.encode(), "statement.pdf").flags


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252", "iso-8859-15"])
def test_charsets(charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body><p>Our café’s £36 million</p>'
    sent = page.replace("’", "'") if charset == "iso-8859-15" else page
    assert "café" in extract(sent.encode(charset), "a.html").content


@pytest.mark.parametrize(
    ("label", "charset"),
    [
        ("utf-8", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("windows-1252", "utf-8"),
        ("no-such-set", "windows-1252"),
        ("utf-16", "utf-8"),
        ("iso-8859-1", "utf-8-sig"),
    ],
)
def test_labels_that_lie(label: str, charset: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    page = f"<html><head>{head}</head><body><p>Our café’s “code” – £36 million</p></body></html>"
    assert extract(page.encode(charset), "a.html").content == "Our café’s “code” – £36 million"


def test_a_slip_in_a_page_of_utf8_costs_itself_only() -> None:
    page = "<meta charset=utf-8><p>" + "The café’s £36 – " * 9 + "end</p>"
    content = extract(page.encode() + b"<p>caf\xe9</p>", "a.html").content
    assert content.count("café’s £36 –") == 9 and "Ã" not in content


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<div id=root></div><script>go()</script>", "scripts"),
        ("<p>Loading…</p><div id=__next></div><script>go()</script>", "scripts"),
        (
            "<noscript>Enable JavaScript.</noscript><app-root></app-root><script></script>",
            "scripts",
        ),
        ("<frameset cols=20,80><frame src=a><frame src=b></frameset>", "frames"),
    ],
)
def test_page_without_text_says_so(body: str, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"no_text: .*{says}"):
        extract(f"<html><body>{body}</body></html>".encode(), "a.html")


def test_embedded_file_is_flagged() -> None:
    frame = '<iframe src="https://view.example/statement.pdf#page=1"></iframe>'
    text = extract(f"<main><h1>Modern Slavery Statement</h1>{frame}</main>".encode(), "a.html")
    assert "embedded_document" in text.flags


def test_hundred_thousand_levels_end_in_a_row() -> None:
    page = b"<html><body>" + b"<div>" * 100_000 + PARAGRAPH.encode()
    with pytest.raises(UnreadableDocument, match=r"damaged: .*nested too deep"):
        extract(page, "a.html")


def test_front_matter_and_template_tags_are_dropped() -> None:
    page = "---\ntitle: X\n---\n<main><p>" + PARAGRAPH + "</p></main>\n{% include footer.html %}"
    assert extract(page.encode(), "a.html").content == PARAGRAPH


DECLARED = (
    "<h1>Modern Slavery Statement</h1><p>This statement of Alder Mills is made under the Modern "
    "Slavery Act 2015.</p>"
)
SECTION = f"<h2>Audits</h2><p>{PARAGRAPH}</p>"


def lines(body: str) -> list[str]:
    page = f"<html><body>{body}</body></html>"
    return [one for one in extract(page.encode(), "a.html").content.splitlines() if one]


def test_signature_in_the_footer_is_kept() -> None:
    signed = "<p>Signed on behalf of the board</p><p>Ann Alder</p><p>Chair</p><p>3 July 2024</p>"
    found = lines(f"{DECLARED}{SECTION}<footer>{signed}<p>Follow us</p><p>© Alder</p></footer>")
    assert found[-4:] == ["Signed on behalf of the board", "Ann Alder", "Chair", "3 July 2024"]


def test_linked_companies_between_paragraphs_are_kept() -> None:
    names = ["Alder Yarns Limited", "Alder Felt Limited"]
    items = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in names)
    menu = "<nav><ul><li><a href=/jobs>Careers</a></li></ul></nav>"
    related = "<div class=related><ul><li><a href=/n>Mill of the year</a></li></ul></div>"
    found = lines(f"{menu}{DECLARED}<ul>{items}</ul>{SECTION}{related}")
    assert [one for one in found if one.startswith("•")] == [f"• {name}" for name in names]


def test_case_study_in_an_aside_is_kept_and_news_are_not() -> None:
    told = "A worker at a mill told our auditor that his papers were kept."
    news = "<aside><a href=1>Our workers opened a new mill near the old one last week.</a></aside>"
    found = lines(f"{DECLARED}<aside><p>{told}</p></aside>{SECTION}{news}")
    assert told in found and not any("opened" in one for one in found)


def test_copy_for_small_screens_goes_and_what_is_said_again_stays() -> None:
    twice = f"{DECLARED}<div class=wide>{SECTION}</div><div class=narrow>{SECTION}</div>"
    assert lines(twice).count(PARAGRAPH) == 1
    years = "".join(f"<h2>Year {year}</h2><p>{PARAGRAPH}</p>" for year in (2023, 2024))
    assert lines(DECLARED + years).count(PARAGRAPH) == 2

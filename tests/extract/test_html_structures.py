"""Pages as site builders make them: what a person reads is in the text, the site's own is not."""

from __future__ import annotations

from typing import Final

import pytest

from assess.extract import extract
from tests.extract.wording import PROSE

A, B, C, D, E, F = (" ".join(PROSE[i : i + 3]) for i in range(0, 18, 3))
TITLE: Final = "<h1>Modern Slavery Statement 2024</h1>"
MENU: Final = (
    '<ul><li><a href="/">Home</a></li><li><a href="/shop">Our kitchens</a></li>'
    '<li><a href="/jobs">Careers</a></li></ul>'
)
FOOT: Final = (
    '<p>Follow us</p><p><a href="/privacy">Privacy policy</a></p><p>© 2024 Alder Kitchens</p>'
)
SITE: Final = ("Our kitchens", "Careers", "Follow us", "Privacy policy", "©")

STRUCTURES: Final[dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "plain blog": (
        f"<header>{MENU}</header><main>{TITLE}<p>{A}</p><p>{B}</p></main><footer>{FOOT}</footer>",
        ("Modern Slavery Statement 2024", A, B),
        SITE,
    ),
    "WordPress and Elementor accordion": (
        f'<div class="elementor-location-header"><nav class="elementor-nav-menu">{MENU}</nav></div>'
        f'<div class="elementor elementor-12"><h1 class="elementor-heading-title">Modern Slavery '
        f'Statement 2024</h1><div class="elementor-widget-text-editor"><p>{A}</p></div>'
        '<div class="elementor-accordion-item"><div class="elementor-tab-title" role="button">'
        f'<a href="">Due diligence</a></div><div class="elementor-tab-content" '
        f'style="display:none"><p>{B}</p><ul><li>{PROSE[10]}</li></ul></div></div></div>'
        f'<div class="elementor-location-footer"><footer>{FOOT}</footer></div>',
        ("Modern Slavery Statement 2024", A, "Due diligence", B, f"• {PROSE[10]}"),
        SITE,
    ),
    "Divi toggles": (
        f'<div id="page-container"><header id="main-header">{MENU}</header>'
        f'<div id="et-main-area"><div id="main-content" class="et_pb_section">{TITLE}'
        f'<div class="et_pb_toggle et_pb_toggle_close"><h5 class="et_pb_toggle_title">Training</h5>'
        f'<div class="et_pb_toggle_content clearfix"><p>{A}</p></div></div>'
        f'<div class="et_pb_toggle et_pb_toggle_close"><h5 class="et_pb_toggle_title">Results</h5>'
        f'<div class="et_pb_toggle_content clearfix"><p>{B}</p></div></div></div>'
        f'<footer id="main-footer">{FOOT}</footer></div></div>',
        ("Training", A, "Results", B),
        SITE,
    ),
    "Bootstrap accordion with buttons": (
        f'<main>{TITLE}<p>{A}</p><h2 class="accordion-header"><button class="accordion-button '
        f'collapsed" aria-expanded="false">Our policies</button></h2><div class="collapse'
        f'"><p>{B}</p></div><button class="accordion">Our training</button>'
        f'<div class="panel" style="display: none"><p>{C}</p></div></main>'
        '<button class="btn">Book a demonstration</button>',
        (A, "Our policies", B, "Our training", C),
        ("Book a demonstration",),
    ),
    "hidden tab panels": (
        f'<main>{TITLE}<div role="tablist"><button role="tab">Policies</button><button role="tab">'
        f'Risks</button></div><div role="tabpanel"><p>{A}</p></div>'
        f'<div role="tabpanel" hidden aria-hidden="true"><p>{B}</p></div></main>',
        ("Policies", A, B),
        (),
    ),
    "details": (
        f"<article>{TITLE}<p>{A}</p><details><summary>Risk</summary><p>{B}</p></details></article>",
        ("Risk", B),
        (),
    ),
    "several articles": (
        f"<main>{TITLE}<article><h2>Business</h2><p>{A}</p></article><article><h2>Risk</h2>"
        f"<p>{B}</p></article><article><h2>Goals</h2><p>{C}</p></article></main>",
        ("Business", A, "Risk", B, "Goals", C),
        (),
    ),
    "Webflow": (
        f'<div class="navbar w-nav" role="banner"><nav class="w-nav-menu">{MENU}</nav></div>'
        f'<section class="hero"><h1>Modern Slavery Statement</h1><div>Year to 31 March 2024</div>'
        f'</section><section class="section"><div class="rich-text-block w-richtext"><p>{A}</p>'
        f"<h3>Aims</h3><ul role=\"list\"><li>{PROSE[41]}</li></ul></div></section>"
        f'<div class="footer">{FOOT}</div>',
        ("Modern Slavery Statement", "Year to 31 March 2024", A, "Aims", f"• {PROSE[41]}"),
        SITE,
    ),
    "Squarespace": (
        f'<div class="Mobile-bar"><nav class="Mobile-nav">{MENU}</nav></div>'
        f'<header class="Header"><nav class="Header-nav">{MENU}</nav></header>'
        f'<main class="Index"><section><div class="sqs-block html-block"><div '
        f'class="sqs-block-content">{TITLE}<p style="white-space:pre-wrap">{A}</p></div></div>'
        f'<div class="sqs-block"><div class="sqs-block-content"><p>{B}</p></div></div></section>'
        f'</main><footer class="Footer">{FOOT}</footer>',
        (A, B),
        SITE,
    ),
    "Wix": (
        f'<div id="SITE_CONTAINER"><header id="SITE_HEADER"><div>{MENU}</div></header>'
        f'<main id="PAGES_CONTAINER"><div data-testid="richTextElement"><h1><span>Modern Slavery '
        f'Statement 2024</span></h1></div><div data-testid="richTextElement"><p class="font_8">'
        f'<span>{A}</span></p><p class="font_8"><span class="wixGuard">\u200b</span></p>'
        f'<p class="font_8">{B}</p></div></main><footer id="SITE_FOOTER">{FOOT}</footer></div>',
        ("Modern Slavery Statement 2024", A, B),
        SITE,
    ),
    "Shopify": (
        f'<div id="shopify-section-header"><header>{MENU}</header></div><cart-drawer '
        f'class="cart-drawer"><p>Your cart is empty</p></cart-drawer><main id="MainContent">'
        f'<h1 class="main-page-title">Modern Slavery Statement 2024</h1><div class="rte"><p>{A}'
        f'<br><br>{B}</p></div></main><div id="shopify-section-footer"><footer>{FOOT}</footer>'
        "</div>",
        (A, B),
        (*SITE, "cart is empty"),
    ),
    "Next.js": (
        f'<div id="__next"><div class="Layout_header__x1"><nav>{MENU}</nav></div><main '
        f'class="Policy_main__k2">{TITLE}<div class="Policy_body__z9"><p>{A}</p><p>{B}</p></div>'
        f'</main></div><script id="__NEXT_DATA__" type="application/json">{{"props":"secret"}}'
        "</script>",
        (A, B),
        ("Our kitchens", "secret"),
    ),
    "Drupal": (
        f'<div class="region region-header"><nav class="menu--main">{MENU}</nav></div>'
        f'<div class="region region-breadcrumb"><ol class="breadcrumb"><li><a href="/">Start</a>'
        f'</li><li>Governance</li></ol></div><div class="region region-content"><h1 '
        f'class="page-header">Modern Slavery Statement 2024</h1><div class="field field--name-body '
        f'field__item"><p>{A}</p><p>{B}</p></div></div><div class="region region-sidebar-second">'
        f"<h2>Latest news</h2>{MENU}</div>",
        ("Modern Slavery Statement 2024", A, B),
        ("Our kitchens", "Latest news", "Governance"),
    ),
    "SharePoint": (
        f'<form id="aspnetForm"><div id="s4-workspace"><div id="DeltaTopNavigation">{MENU}</div>'
        f'<div id="DeltaPlaceHolderMain"><div class="ms-rtestate-field"><h2>Modern Slavery '
        f'Statement 2024</h2><div class="ExternalClassA1"><p>{A}</p><div>{B}</div></div></div>'
        "</div></div></form>",
        ("Modern Slavery Statement 2024", A, B),
        ("Our kitchens",),
    ),
    "table by which the page is laid out": (
        f'<table><tr><td colspan="2">{MENU}</td></tr><tr><td><a href="/a">Links</a></td><td>'
        f"<h1>Modern Slavery Statement 2024</h1><p>{A}</p><p>{B}</p><ul><li>{PROSE[16]}</li></ul>"
        "<table><tr><td>Audits</td><td>31</td></tr></table></td></tr></table>",
        ("Modern Slavery Statement 2024", A, B, f"• {PROSE[16]}", "Audits | 31"),
        ("Our kitchens",),
    ),
    "table of figures": (
        f"<main>{TITLE}<p>{A}</p><table><caption>Progress</caption><thead><tr><th>Measure</th>"
        "<th>2023</th><th>2024</th></tr></thead><tbody><tr><th>Staff trained</th><td><p>655</p>"
        "</td><td><p>873</p></td></tr><tr><td>Audits<br>(sites)</td><td></td><td>31</td></tr>"
        f"</tbody></table><p>{B}</p></main>",
        ("Progress", "Measure | 2023 | 2024", "Staff trained | 655 | 873", "Audits (sites) | 31"),
        (),
    ),
    "definitions": (
        f"<main>{TITLE}<p>{A}</p><dl><dt>Approved by</dt><dd>The board</dd><dt>Date</dt>"
        "<dd>14 June 2024</dd></dl></main>",
        ("Approved by", "The board", "Date", "14 June 2024"),
        (),
    ),
    "policies as a list of links": (
        f"<main>{TITLE}<p>{A}</p><p>These policies support the statement:</p><ul><li>"
        '<a href="/code.pdf">Supplier code of conduct</a></li><li><a href="/speak">Speaking up '
        f'policy</a></li></ul><p>{B}</p></main><footer>{FOOT}</footer>',
        ("• Supplier code of conduct", "• Speaking up policy", B),
        SITE,
    ),
    "signature by line breaks": (
        f"<main>{TITLE}<p>{A}</p><p>{B}</p><p>Signed by<br>Margaret Hollis<br/>Chief Executive<br>"
        f"14 June 2024</p></main><footer>{FOOT}</footer>",
        (B, "Signed by", "Margaret Hollis", "Chief Executive", "14 June 2024"),
        SITE,
    ),
    "signature after the article, in its own boxes": (
        f'<article>{TITLE}<p>{A}</p><p>{B}</p></article><div class="sign"><img src="s.png" '
        'alt="Signature of Margaret Hollis"><div><strong>Margaret Hollis</strong></div>'
        f"<div>Chief Executive</div></div><footer>{FOOT}</footer>",
        (B, "Signature of Margaret Hollis", "Margaret Hollis", "Chief Executive"),
        SITE,
    ),
    "signature in the article's footer": (
        f"<article><header><h2>Modern Slavery Statement 2024</h2></header><p>{A}</p><p>{B}</p>"
        f"<footer><p>Approved by the board on 14 June 2024</p></footer></article>"
        f"<footer>{FOOT}</footer>",
        ("Modern Slavery Statement 2024", B, "Approved by the board on 14 June 2024"),
        SITE,
    ),
    "figure": (
        f"<main>{TITLE}<p>{A}</p><figure><img src=m.png alt=map><figcaption>Figure 1: our "
        f"suppliers by country</figcaption></figure><p>{B}</p></main>",
        (A, "Figure 1: our suppliers by country", B),
        (),
    ),
    "mobile menu and consent boxes": (
        f'<div class="mobile-menu" aria-hidden="true" style="display:none">{MENU}</div>'
        '<div id="onetrust-consent-sdk"><p>We and our partners use cookies to give you the best '
        'experience on this site. You may change your settings at any time.</p></div>'
        '<div id="CybotCookiebotDialog"><p>This website uses cookies to analyse our traffic and '
        'to show advertisements that suit you.</p></div><div class="alert" id="cookieAlert"><p>'
        f"This site uses cookies. Read our cookie policy.</p></div><main>{TITLE}<p>{A}</p><p>{B}"
        '</p></main><div class="chat-widget"><p>Hello! How can we help you today?</p></div>',
        (A, B),
        ("Our kitchens", "cookies", "How can we help"),
    ),
    "one text for wide and one for small screens": (
        f'<main>{TITLE}<div class="d-none d-md-block"><p>{A}</p><p>{B}</p></div>'
        f'<div class="d-md-none"><p>{A}</p><p>{B}</p></div></main>',
        (A, B),
        (),
    ),
    "side box with names like the site's": (
        f'<main>{TITLE}<p>{A}</p><section id="social" class="social"><h2>Social standards</h2>'
        f'<p>{B}</p></section><h2 id="consent">Consent of workers</h2><p>{C}</p>'
        f'<div class="related"><p>Our suppliers of cotton are visited each year by an auditor '
        "who speaks with workers about forced labour.</p></div></main>",
        ("Social standards", B, "Consent of workers", C, "cotton are visited each year"),
        (),
    ),
    "characters": (
        f"<main>{TITLE}<p>{A}</p><p><b>W</b>orkers&rsquo; re&shy;cruit&#173;ment&nbsp;fees "
        "&pound;4&#44;200 for work<wbr>wear &#146;24 &#8211; &ldquo;repaid&rdquo;</p>"
        f"<p>Turnover was £36<sup>1</sup> million on the 4<sup>th</sup> of May.</p></main>",
        (
            "Workers’ recruitment fees £4,200 for workwear ’24 – “repaid”",
            "Turnover was £36 [1] million on the 4th of May.",
        ),
        (),
    ),
    "title in the trail of links only": (
        "<html><head><title>Modern Slavery Statement 2022 | Alder</title></head><body>"
        '<div class="breadcrumb"><a href="/">Home</a> <div><a href="#">Modern Slavery Statement '
        f"2022</a></div></div><main><h2>About us</h2><p>{A}</p><p>{B}</p></main>",
        ("Modern Slavery Statement 2022", "About us", A, B),
        ("Home", "| Alder"),
    ),
    "preformatted": (
        f"<body><h2>Statement</h2><pre>Our policies\n\n{PROSE[0]}\n{PROSE[1]}\n</pre></body>",
        ("Our policies", PROSE[0], PROSE[1]),
        (),
    ),
    "XHTML": (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 '
        'Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><body><div id="nav">{MENU}</div><div>{TITLE}'
        f"<p>{A}<br/></p><hr/><p>{B}</p></div></body></html>",
        (A, B),
        ("Our kitchens",),
    ),
    "text removed by an editor": (
        f"<main>{TITLE}<p>{A}</p><p>We visited <del>forty</del><ins>nine</ins> factories.</p>"
        "</main>",
        ("We visited nine factories.",),
        ("forty",),
    ),
    "sections far below what looks like the article": (
        f"<main><article>{TITLE}<p>{A}</p><p>{B}</p><p>{C}</p></article></main>"
        + "".join(f"<div class=blk><div><h3>Part {n}</h3></div><div>{PROSE[n]}</div></div>"
                  for n in range(20, 40))
        + f"<footer>{FOOT}</footer>",
        (*PROSE[20:39], "Part 39", PROSE[39]),
        SITE,
    ),
}  # fmt: skip


def text_of(body: str) -> str:
    return extract(body.encode(), "a.html").content


@pytest.mark.parametrize("name", STRUCTURES)
def test_what_a_person_reads(name: str) -> None:
    body, wanted, unwanted = STRUCTURES[name]
    page = (
        body
        if body.startswith(("<?xml", "<html"))
        else f"<!doctype html><html><body>{body}</body></html>"
    )
    content = text_of(page)
    lines = content.splitlines()
    place = 0
    for text in wanted:
        assert text in lines or (len(text) < 60 and text in content) or text in content, text
        assert content.find(text, place) >= 0, f"out of order: {text}"
        place = content.find(text, place) + len(text)
    assert not [text for text in unwanted if text in content]
    assert all(content.count(text) == 1 for text in wanted if len(text) > 60)

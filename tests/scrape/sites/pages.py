"""Pages as site builders make them, of fictional companies."""

from __future__ import annotations

from typing import Final

URL: Final = "https://www.aldermoor.example/"
STATEMENT: Final = "/modern-slavery-statement"

TEXT: Final = """
This statement is made pursuant to section 54 of the Modern Slavery Act 2015 by Aldermoor Foods
Limited for the financial year ended 31 March 2023. We employ 400 people at six sites and buy from
120 suppliers in nine countries. We do not accept slavery or human trafficking in any part of our
business. Our buyers were trained in the year, and we audited forty suppliers, found two cases of
withheld passports, and saw them returned. It was approved by the board of directors and signed by
Jo Bloggs, Director.
"""


def link(href: str, words: str, attributes: str = "") -> str:
    return f'<a href="{href}" {attributes}>{words}</a>'


def home(
    *, header: str = "", menu: str = "", body: str = "", footer: str = "", head: str = ""
) -> bytes:
    """A home page with something to read on it."""
    return f"""<!doctype html><html><head><title>Aldermoor Foods</title>{head}</head><body>
    <header class="site-header"><a href="/">Aldermoor</a>{header}
    <nav><ul><li><a href="/products">Products</a></li>{menu}</ul></nav></header>
    <main><h1>Bread since 1931</h1>
    <p>We bake bread for shops and restaurants all over the land, and have done so for four
    generations of one family, in ovens that never go out.</p>{body}</main>
    <footer class="footer"><a href="/privacy">Privacy policy</a> <a href="/careers">Careers</a>
    {footer}<p>Aldermoor Foods Limited. All rights reserved.</p></footer></body></html>""".encode()


def page(title: str, inner: str, head: str = "") -> bytes:
    """Any other page."""
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        f'<nav><a href="/">Home</a></nav><main>{inner}</main></body></html>'
    ).encode()

"""Made-up statements and pages of made-up organisations, the same for the same seed."""

from __future__ import annotations

import io
from html import escape
from random import Random
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

_FIRST: Final = (
    "Aldermoor", "Brackenfold", "Corvane", "Dunmarrow", "Eskerby", "Fennwick", "Garrowdale",
    "Holmstrand", "Ickleton", "Jarrowmere", "Kelderby", "Larkhollow", "Marrowgate", "Nettlecombe",
    "Orrinvale", "Pellworth", "Quernstone", "Ravelsby", "Saltmarrow", "Thornisle",
)  # fmt: skip
_SECOND: Final = (
    "Foods", "Logistics", "Textiles", "Packaging", "Dairies", "Engineering", "Retail",
    "Facilities", "Bakeries", "Energy",
)  # fmt: skip
_PEOPLE: Final = ("A. Penhallow", "R. Okonedo", "M. Trevanion", "S. Mahadevan", "J. Lindqvist")
_COUNTRIES: Final = ("Spain", "Kenya", "Vietnam", "Türkiye", "Bangladesh", "Brazil", "Poland")

_SENTENCES: Final = (
    "We employ {n} people at {m} sites in the United Kingdom and buy from {s} direct suppliers.",
    "Our supply chains reach {c}, where raw materials are grown, spun and packed before shipping.",
    "Our Supplier Code of Conduct forbids forced labour, child labour and keeping passports.",
    "Workers may call an independent whistleblowing helpline in {m} languages.",
    "We assessed the risk of modern slavery at all {s} suppliers by country and product.",
    "Seasonal labour in {c} and agency workers in our warehouses are the highest risks.",
    "We carried out {m} unannounced audits of suppliers and found {k} breaches of our code.",
    "Where workers had paid recruitment fees, the supplier repaid them within {k} months.",
    "All {n} colleagues completed training on modern slavery; buyers attended a workshop.",
    "We measure our progress by the share of suppliers audited, which rose to {p}% in the year.",
    "Suppliers that fall short agree a corrective action plan, reviewed each quarter.",
    "Next year we plan to map the second tier of our supply chain in {c}.",
    "Our procurement team screens every new supplier before a contract is signed.",
    "We did not identify any instance of slavery in our own operations during the year.",
    "Responsibility lies with the board, supported by a working group that met {m} times.",
)


def organisation(number: int) -> str:
    """The name of a made-up company; distinct below 200, numbered above."""
    first, second = _FIRST[number % 20], _SECOND[number // 20 % 10]
    return f"{first} {second} {f'{number // 200 + 1} ' if number >= 200 else ''}Limited"


def statement(name: str, year: int, key: str) -> list[str]:
    """Paragraphs of a statement; different for each key."""
    random = Random(key)
    facts = {
        "n": random.randint(60, 9000),
        "m": random.randint(4, 40),
        "s": random.randint(50, 3000),
        "k": random.randint(2, 9),
        "p": random.randint(20, 95),
        "c": " and ".join(random.sample(_COUNTRIES, 2)),
    }
    chosen = [sentence.format(**facts) for sentence in random.sample(_SENTENCES, 12)]
    return [
        f"{name}: Modern Slavery and Human Trafficking Statement {year}",
        f"This statement is made under section 54(1) of the Modern Slavery Act 2015 and is the "
        f"slavery and human trafficking statement of {name} for the financial year ending "
        f"31 March {year}.",
        *(" ".join(chosen[i : i + 3]) for i in range(0, 12, 3)),
        f"This statement was approved by the board of {name} on {random.randint(1, 28)} "
        f"September {year} and signed by {random.choice(_PEOPLE)}, Director.",
        f"Made up for a test; reference {key}.",
    ]


def statement_html(name: str, year: int, key: str) -> str:
    """A page with a statement."""
    title, *paragraphs = statement(name, year, key)
    body = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
    return page(title, f"<main><article><h1>{escape(title)}</h1>\n{body}</article></main>")


def statement_pdf(name: str, year: int, key: str) -> bytes:
    """A PDF with a statement."""
    return pdf(statement(name, year, key))


def pdf(paragraphs: list[str]) -> bytes:
    """A PDF of one page, the same bytes each time."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    text = canvas.beginText(60, 780)
    text.setFont("Helvetica", 10)
    for paragraph in paragraphs:
        for line in [*simpleSplit(paragraph, "Helvetica", 10, 470), ""]:
            text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return file.getvalue()


def page(title: str, inner: str) -> str:
    """A whole HTML document."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head>\n<body>\n{inner}\n</body></html>\n"
    )


def home(name: str, *, header: str = "", menu: str = "", body: str = "", footer: str = "") -> str:
    """A home page as most are, with links of one's own added to its parts."""
    short = escape(name.removesuffix(" Limited"))
    return page(
        f"{name.removesuffix(' Limited')} | Home",
        f"""<header><a href="/">{short}</a> <a href="/search">Search</a> {header}</header>
<nav><ul><li><a href="/about">About us</a></li><li><a href="/products">Products</a></li>
<li><a href="/careers">Careers</a></li>{menu}<li><a href="/contact">Contact</a></li></ul></nav>
<main><h1>Welcome to {short}</h1>
<p>{short} has supplied customers across the United Kingdom since 1962. We are a family of
businesses with people who care about what they make, and we deliver to every region each day.</p>
<p>Read about our latest range, our people and the places in which we work. {body}</p>
<h2>News</h2><ul><li><a href="/news/new-depot">A new depot opens</a></li>
<li><a href="/news/award">An award for our apprentices</a></li></ul></main>
<footer><ul><li><a href="/privacy">Privacy notice</a></li><li><a href="/cookies">Cookies</a></li>
{footer}<li><a href="/terms">Terms of use</a></li></ul><p>© {escape(name)}</p></footer>""",
    )


def link(href: str, label: str, *, item: bool = True) -> str:
    """A link, in a list's item or alone."""
    anchor = f'<a href="{escape(href)}">{escape(label)}</a>'
    return f"<li>{anchor}</li>" if item else anchor

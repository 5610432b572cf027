"""The ways in which a company's site leads, or does not lead, to its statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.web import texts
from tests.web.sites import HomepageValue, Page, document, html
from tests.web.texts import link

_YEAR: Final = 2022
_PAGE: Final = "/modern-slavery-statement"
_PDF: Final = "/media/modern-slavery-statement-2022.pdf"
_LABEL: Final = "Modern slavery statement"


@dataclass(frozen=True, slots=True)
class Plan:
    """A company's pages by path, and what is true of them."""

    pages: dict[str, Page]
    statements: tuple[str, ...]
    """Paths that the home page leads to, by one hop at most."""
    value: HomepageValue
    place: str


def footer_link(name: str, key: str) -> Plan:
    """The usual case."""
    home = texts.home(name, footer=link(_PAGE, "Modern Slavery Act Statement"))
    return _plan(name, key, home, "met", "footer")


def menu_link(name: str, key: str) -> Plan:
    """In a drop-down of the menu."""
    menu = f'<li><a href="/company">Company</a><ul>{link(_PAGE, _LABEL)}</ul></li>'
    return _plan(name, key, texts.home(name, menu=menu), "met", "menu")


def header_link(name: str, key: str) -> Plan:
    """Above the menu."""
    header = link(_PAGE, "Modern slavery", item=False)
    return _plan(name, key, texts.home(name, header=header), "met", "header")


def body_link(name: str, key: str) -> Plan:
    """Within a sentence."""
    body = f"Read our {link(_PAGE, 'slavery and human trafficking statement', item=False)}."
    return _plan(name, key, texts.home(name, body=body), "met", "body")


def footer_pdf(name: str, key: str) -> Plan:
    """Straight to a PDF."""
    home = html(texts.home(name, footer=link(_PDF, f"{_LABEL} (PDF)")))
    return Plan({"/": home, _PDF: _pdf(name, _YEAR, key)}, (_PDF,), "met", "footer")


def landing_page(name: str, key: str) -> Plan:
    """A page of its own that only introduces the PDF."""
    landing = _list_page("Modern slavery", [link(_PDF, "Download our statement")])
    pages = {
        "/": html(texts.home(name, footer=link("/modern-slavery", "Modern Slavery"))),
        "/modern-slavery": html(landing),
        _PDF: _pdf(name, _YEAR, key),
    }
    return Plan(pages, (_PDF,), "met", "footer")


def several_years(name: str, key: str) -> Plan:
    """An archive with three years, the oldest as a PDF."""
    paths = {year: f"/modern-slavery/statement-{year}" for year in (2022, 2021)}
    old = "/media/modern-slavery-statement-2020.pdf"
    links = [link(path, f"{_LABEL} {year}") for year, path in paths.items()]
    pages = {
        "/": html(texts.home(name, footer=link("/modern-slavery", "Modern slavery statements"))),
        "/modern-slavery": html(
            _list_page("Modern slavery statements", [*links, link(old, f"{_LABEL} 2020")])
        ),
        **{path: _statement(name, year, f"{key}-{year}") for year, path in paths.items()},
        old: _pdf(name, 2020, f"{key}-2020"),
    }
    return Plan(pages, (*paths.values(), old), "met", "footer")


def vague_label(name: str, key: str) -> Plan:
    """Policies, and one page further the statement."""
    policies = _list_page(
        "Our policies",
        [
            link("/media/gender-pay.pdf", "Gender pay gap report"),
            link(_PAGE, _LABEL),
            link("/tax", "Tax strategy"),
        ],
    )
    plan = _plan(
        name, key, texts.home(name, footer=link("/policies", "Policies")), "partial", "footer"
    )
    pages = {**plan.pages, "/policies": html(policies), "/media/gender-pay.pdf": _other(name)}
    return Plan(pages, plan.statements, plan.value, plan.place)


def vague_direct(name: str, key: str) -> Plan:
    """A label that does not say modern slavery leads to the statement itself."""
    path = "/corporate-responsibility"
    home = html(texts.home(name, footer=link(path, "Corporate responsibility")))
    return Plan({"/": home, path: _statement(name, _YEAR, key)}, (path,), "partial", "footer")


def no_statement(name: str, key: str) -> Plan:
    """There is none."""
    policies = _list_page("Our policies", [link("/media/gender-pay.pdf", "Gender pay gap report")])
    pages = {
        "/": html(texts.home(name, footer=link("/policies", "Policies"))),
        "/policies": html(policies),
        "/media/gender-pay.pdf": _other(name),
    }
    return Plan(pages, (), "absent", "")


def commented_out(name: str, key: str) -> Plan:
    """There is one, but the link to it is in a comment, where no visitor sees it."""
    home = texts.home(name, footer=f"<!-- {link(_PAGE, _LABEL)} -->")
    plan = _plan(name, key, home, "absent", "")
    return Plan(plan.pages, (), plan.value, plan.place)


PLANS: Final[tuple[Callable[[str, str], Plan], ...]] = (
    footer_link,
    menu_link,
    footer_pdf,
    landing_page,
    body_link,
    several_years,
    vague_label,
    header_link,
    vague_direct,
    no_statement,
    commented_out,
)
"""By turns over the sites. Each takes a company's name and a key that no other company has."""


def _plan(name: str, key: str, home: str, value: HomepageValue, place: str) -> Plan:
    pages = {"/": html(home), _PAGE: _statement(name, _YEAR, key)}
    return Plan(pages, (_PAGE,), value, place)


def _statement(name: str, year: int, key: str) -> Page:
    return html(texts.statement_html(name, year, key))


def _pdf(name: str, year: int, key: str) -> Page:
    return document(texts.statement_pdf(name, year, key), "application/pdf")


def _other(name: str) -> Page:
    """A PDF about something else."""
    pdf = texts.pdf([f"{name}: Gender Pay Gap Report", "The mean gap in hourly pay was 4.1%."])
    return document(pdf, "application/pdf")


def _list_page(title: str, items: list[str]) -> str:
    intro = "These documents are reviewed each year by the board and can be read or downloaded."
    inner = f"<main><h1>{title}</h1><p>{intro}</p><ul>{''.join(items)}</ul></main>"
    return texts.page(title, inner)

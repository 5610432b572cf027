"""The targets of each collecting command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from sqlite_utils import Database

from assess.errors import InputError
from assess.scrape.lists import Site, as_url
from assess.scrape.targets import Target
from assess.scrape.urls import any_key


def statement_targets(
    db: Database, years: Sequence[int] = (), sectors: Sequence[str] = ()
) -> list[Target]:
    """One target for each address that registry statements give; withdrawn ones are left out.

    Raises:
        InputError: the workspace holds no such statement.
    """
    found: dict[str, Target] = {}
    for url, pdf, changed in db.execute(*_query(years, sectors)):
        visited, copy = target_url(url, pdf), _copy(pdf)
        target = found.get(visited)
        if target is None:
            found[visited] = Target("statements", visited, "", (copy,) if copy else (), changed)
            continue
        copies = target.copies if not copy or copy in target.copies else (*target.copies, copy)
        newer = max(target.changed_at, changed)
        found[visited] = replace(target, copies=copies, changed_at=newer)
    found.pop("", None)
    if not found:
        raise InputError(
            "no statement of the registry here has an address to visit; bring in the registry"
            " first (`assess scrape registry --year 2024`), or give other years or sectors"
        )
    return list(found.values())


def target_url(url: str | None, pdf: str | None) -> str:
    """The address that is visited for a registry row: its own, else its copy's, else empty."""
    return as_url(url or "") or (url or "").strip() or _copy(pdf)


def _copy(pdf: str | None) -> str:
    return quote(pdf.strip(), safe=":/%?=&+") if pdf else ""


def _query(years: Sequence[int], sectors: Sequence[str]) -> tuple[str, list[str | int]]:
    conditions, values = ["withdrawn_at IS NULL"], list[str | int]()
    if years:
        conditions.append(f"year IN ({', '.join('?' * len(years))})")
        values += years
    if sectors:
        like = " OR ".join(["sector LIKE ?"] * len(sectors))
        conditions.append(
            f"id IN (SELECT statement_id FROM statement_sectors WHERE {like})"  # noqa: S608
        )
        values += [f"{sector}%" for sector in sectors]
    return (
        "SELECT statement_url, pdf_url, coalesce(last_updated, '') FROM statements"  # noqa: S608
        f" WHERE {' AND '.join(conditions)} ORDER BY id",
        values,
    )


def site_targets(sites: Sequence[Site]) -> list[Target]:
    """One target for each organisation and website."""
    return [Target("sites", site.url, site.organisation) for site in sites]


def url_targets(urls: Sequence[str]) -> list[Target]:
    """One target for each address."""
    return [Target("urls", url) for url in urls]


def corrected(targets: Sequence[Target], corrections: Mapping[str, str]) -> list[Target]:
    """Targets with the addresses that a person has corrected."""
    by_key = {any_key(wrong): right for wrong, right in corrections.items()}
    return [replace(target, correct_url=by_key.get(any_key(target.url), "")) for target in targets]

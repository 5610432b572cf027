"""``registry.csv`` as the GOV.UK registry writes its download, quirks included."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import yaml

from tools.corpus.sources import HERE, Organisation, Source

HEADERS = tuple((HERE / "headers.txt").read_text("utf-8").split())
"""The columns of the download of February 2023, in order."""
AREAS = ("OrgStructure", "Policies", "RisksAssessment", "DueDiligence", "Training", "Goals")
HOST = "https://registry.example"
ID_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
ID_LENGTH = 8
CRLF_IN_CELLS_FROM = 2023
"""The registry joined values in a cell by LF in an early download and by CRLF in a later one."""


def to_csv(sources: Iterable[Source], organisations: Mapping[str, Organisation]) -> bytes:
    """Return the whole registry file: UTF-8 with a byte-order mark, rows ended by CRLF."""
    settings = yaml.safe_load((HERE / "registry.yaml").read_text("utf-8"))
    rows: list[dict[str, str]] = []
    for source in sources:
        if source.org is not None:
            rows += _rows(source, organisations[source.org], settings)
    for raw in settings["without_document"]:
        rows.append(_absent(raw, settings))
    rows.sort(key=lambda row: (row["StatementYear"], row["OrganisationName"]))
    lines = [",".join(HEADERS), *(",".join(_cell(row[name]) for name in HEADERS) for row in rows)]
    return b"\xef\xbb\xbf" + "".join(line + "\r\n" for line in lines).encode()


def registry_year(end: date) -> int:
    """Return the registry's year of a financial year's end: July onwards counts for the next."""
    return end.year + (end.month > 6)


def _cell(value: str) -> str:
    """Quote as the registry does: at a comma or a line break only, and quotes are not doubled."""
    return f'"{value}"' if "," in value or "\n" in value else value


def _rows(
    source: Source, organisation: Organisation, settings: Mapping[str, Any]
) -> list[dict[str, str]]:
    meta = source.meta
    start, end = source.period
    if registry_year(end) != meta["year"]:
        raise ValueError(
            f"{source.id}: a year that ends on {end} is not registry year {meta['year']}"
        )
    cells = dict.fromkeys(HEADERS, "") | _core(meta, start, end, source.id)
    cells |= _who(organisation) | _areas(source.id, settings)
    declared = settings["presets"][meta["preset"]] | meta.get("declares", {})
    declared |= settings["stray"].get(source.id, {})
    newline = "\r\n" if int(meta["year"]) >= CRLF_IN_CELLS_FROM else "\n"
    cells |= {
        name: newline.join(value) if isinstance(value, list) else value
        for name, value in declared.items()
    }
    if source.file.endswith(".pdf"):
        cells |= _archived(source)
    covered = [(organisation.name, organisation.number), *organisation.covers]
    address = newline.join(organisation.address)
    places = {"Address": address, "OrganisationSectors": _sectors(organisation, settings, newline)}
    return [
        cells
        | places
        | {"OrganisationName": name, "CompanyNumber": number}
        | ({"ParentName": organisation.name} if index else {})
        for index, (name, number) in enumerate(covered)
    ]


def _core(meta: Mapping[str, Any], start: date, end: date, key: str) -> dict[str, str]:
    approved = date.fromisoformat(str(meta["approved"]))
    return {
        "StatementYear": str(meta["year"]),
        "StatementURL": meta["url"],
        "StatementSummaryURL": f"{HOST}/statement-summary/{summary_id(key)}/{meta['year']}",
        "StatementStartDate": _uk(start),
        "StatementEndDate": _uk(end),
        "ApprovingPerson": meta["signatory"],
        "DateApproved": _uk(approved),
        "LastUpdated": _uk(approved + timedelta(days=9)),
    }


def summary_id(key: str) -> str:
    """Return the eight characters that stand for one submission."""
    digest = hashlib.sha256(key.encode()).digest()
    return "".join(ID_ALPHABET[byte % len(ID_ALPHABET)] for byte in digest[:ID_LENGTH])


def _who(organisation: Organisation) -> dict[str, str]:
    return {
        "SectorType": organisation.sector_type,
        "GroupSubmission": "Yes" if organisation.group else "No",
        "ParentName": organisation.parent,
        "OtherOrganisationSector": organisation.other_sector,
        "Turnover": organisation.turnover,
        "YearsProducingStatements": organisation.years,
    }


def _areas(key: str, settings: Mapping[str, Any]) -> dict[str, str]:
    """All six areas are declared, goals sometimes not."""
    cells = {f"StatementIncludes{area}": "Yes" for area in AREAS}
    if key in settings["goals_not_claimed"]:
        cells |= {"StatementIncludesGoals": "No", "NoGoalsReason": settings["no_goals_reason"]}
    return cells


def _sectors(organisation: Organisation, settings: Mapping[str, Any], newline: str) -> str:
    return newline.join(settings["sectors"][key] for key in organisation.sectors)


def _archived(source: Source) -> dict[str, str]:
    approved = date.fromisoformat(str(source.meta["approved"]))
    year = source.meta["year"]
    return {
        "PDFDate": f"{approved + timedelta(days=9)}T10:{len(source.file):02d}:07",
        "PDFURL": f"{HOST}/pdf-published/{summary_id(source.id)}/{year}/{source.file}",
    }


def _absent(raw: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, str]:
    organisation = Organisation(
        raw["name"],
        raw["number"],
        tuple(raw["address"]),
        tuple(raw["sectors"]),
        raw["turnover"],
        raw["years"],
        "Private",
        "",
        "",
        group=False,
        covers=(),
    )
    meta = {**raw, "preset": "ritual", "format": "none"}
    source = Source(raw["name"], raw["name"], meta, "", {}, "")
    return _rows(source, organisation, settings)[0]


def _uk(day: date) -> str:
    return f"{day:%d/%m/%Y}"

"""Cells that lead further: to a dossier, or to a kept original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from assess.report.words import cut, shown

DOSSIER: Final = "/-/dossier"
DOCUMENTS: Final = "/-/documents"

# What the value of a column is the key of, in every table, view and query.
KEYS: Final = {
    "organisation_id": "organisation",
    "statement_id": "statement",
    "earlier_statement_id": "statement",
    "later_statement_id": "statement",
    "assessment_id": "assessment",
    "finding_id": "finding",
    "document_sha256": "document",
    "first_sha256": "document",
    "second_sha256": "document",
    "earlier_sha256": "document",
    "later_sha256": "document",
}
# A row's own key is a link to the row: that to the dossier stands at a column that is never null.
_AT: Final = {
    ("organisations", "name"): ("organisation", "id"),
    ("statements", "year"): ("statement", "id"),
    ("assessments", "status"): ("assessment", "id"),
    ("findings", "criterion"): ("finding", "id"),
    ("documents", "kept_as"): ("document", "sha256"),
    ("documents_not_assessed", "document"): ("document", "sha256"),
    ("documents_without_statement", "document"): ("document", "sha256"),
}
# Of a hash nobody reads more; the link has it whole.
_HASH_CHARACTERS: Final = 12
# A label tells rows apart; the row it leads to has it whole.
_LABEL: Final = 60
_CELL: Final = Markup("{}&nbsp;<small>{}</small>")
_LINK: Final = Markup('<a href="{}">{}</a>')


def cell(
    table: str | None, column: str, value: object, row: Mapping[str, Any], row_link: str | None
) -> Markup | None:
    """The cell with its links; None if it has none.

    Args:
        value: The cell's; of a foreign key that has a label a dict of ``value`` and ``label``.
        row_link: Where the row that a foreign key refers to is shown.
    """
    if value in (None, ""):
        return None
    if (at := _AT.get((table or "", column))) is not None:
        kind, own_key = at
        return _with_links(cut(shown(str(value))), kind, row[own_key])
    if (kind_of_key := KEYS.get(column)) is None:
        return None
    key: object = value["value"] if isinstance(value, dict) else value
    label: object = value["label"] if isinstance(value, dict) else value
    words = cut(shown(str(label)), _HASH_CHARACTERS if kind_of_key == "document" else _LABEL)
    linked = _LINK.format(row_link, words) if row_link else words
    return _with_links(linked, kind_of_key, key, told="statement_id" in row.keys())  # noqa: SIM118


def _with_links(words: str, kind: str, key: object, *, told: bool = False) -> Markup:
    """``told``: the statement beside the document leads to the dossier already."""
    links = []
    if kind == "document":
        links.append(_LINK.format(f"{DOCUMENTS}/{key}", "original"))
    if kind != "document" or not told:
        links.append(_LINK.format(f"{DOSSIER}/of/{kind}/{key}", "dossier"))
    return _CELL.format(words, Markup("&nbsp;").join(links))

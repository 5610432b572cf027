"""What a table of an export is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "date", "time"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``time`` is UTC to the second."""

    kind: Kind
    name: str
    description: str
    of: str = ""
    """The table of the database whose column of this name it is, as docs/database.md has it."""
    required: bool = False
    choices: tuple[str, ...] = ()
    """All values that may occur, where they are few."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an export: what it means, and the query whose columns are ``columns``."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    sql: str
    references: tuple[Reference, ...] = ()
    registry: bool = False
    """Whether it holds what organisations declared in the GOV.UK registry."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns' names, in order."""
        return tuple(column.name for column in self.columns)


Make = Callable[..., Column]
text: Make = partial(Column, "text")
integer: Make = partial(Column, "integer")
number: Make = partial(Column, "number")
boolean: Make = partial(Column, "boolean")
day: Make = partial(Column, "date")
time: Make = partial(Column, "time")

TO_DOCUMENT = Reference(("document_sha256",), "documents", ("document_sha256",))
TO_STATEMENT = Reference(("statement_id",), "statements", ("statement_id",))
TO_ORGANISATION = Reference(("organisation_id",), "organisations", ("organisation_id",))

DOCUMENT = text("document_sha256", "the document: SHA-256 of its bytes", required=True)
# A document may be the text of several statements; a table of documents names the newest.
WHOSE = (
    text(
        "organisation",
        "whose statement the document is, as in statements.organisation; of several statements "
        "the newest; empty for a document without a registry row",
    ),
    integer("year", "registry year of that statement"),
)
REVIEW = (
    text("reviewed_by", "name of the person who decided or confirmed it; empty: nobody did"),
    time("reviewed_at", "when that was, UTC"),
    text("review_reason", "why, in the person's words"),
)

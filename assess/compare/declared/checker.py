"""Checking the declarations of one document after the other, in whatever process that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from assess import __version__
from assess.compare.declared.answers import data_key
from assess.compare.declared.checks import Declaration, Findings
from assess.compare.declared.judge import Check, judge_declaration
from assess.compare.declared.search import search
from assess.engine import same_version
from assess.score.model import model_key
from assess.store.results import StoredText
from assess.stored import text_of


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of the registry that a document was filed for, with what was found in the document."""

    id: int
    inputs: str
    """What its checks follow from."""
    declaration: Declaration
    findings: Findings


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what is declared of it: it is searched once, whoever it was filed by."""

    stored: StoredText
    extractor: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of one statement."""

    statement_id: int
    inputs: str
    sha256: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks documents with the shipped answers, searches and model of the worker's own."""

    version: str

    @classmethod
    def here(cls) -> Self:
        """As this process would check."""
        return cls(_version())

    def __call__(self, cases: Sequence[Case]) -> list[tuple[Checked, ...]]:
        """The statements of each document, in their order."""
        same_version(self.version, _version())
        return [_checked(case) for case in cases]


def _checked(case: Case) -> tuple[Checked, ...]:
    searched = search(text_of(case.stored, case.extractor))
    return tuple(
        Checked(
            one.id,
            one.inputs,
            case.stored.sha256,
            tuple(judge_declaration(one.declaration, searched, one.findings)),
        )
        for one in case.statements
    )


@cache
def _version() -> str:
    """Once a process: the key of the model is of its files."""
    return f"{__version__}, declarations {data_key()}, classifier {model_key()}"

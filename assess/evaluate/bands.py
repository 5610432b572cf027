"""Are the shares found over many statements what published studies let one expect?

A share outside its band is something to look into, not proof of an error: the bands were put
together from studies of other years and other samples (docs/accuracy.md names them).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.compare.stats import Share, share
from assess.errors import InputError
from assess.files import read_regular
from assess.records import Assessment, Value
from assess.score.model import SentenceModel
from assess.score.rubric import Rubric

FOLDER = Path("statements")
MAX_FILE_BYTES = 500_000_000
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Band:
    """A published range (in per cent) and when a statement counts for it."""

    name: str
    low: int
    high: int
    counts: Callable[[Values], bool]


@dataclass(frozen=True, slots=True)
class BandResult:
    """What was found beside the published range."""

    name: str
    low: int
    high: int
    found: Share

    @property
    def inside(self) -> bool:
        """Whether the share lies within the range."""
        return self.found.value is not None and self.low <= 100 * self.found.value <= self.high


def _met(*criteria: str) -> Callable[[Values], bool]:
    return lambda values: all(values[criterion] == "met" for criterion in criteria)


def _depth(criterion: str, at_least: int) -> Callable[[Values], bool]:
    return lambda values: int(values[criterion]) >= at_least


def _any(*criteria: str) -> Callable[[Values], bool]:
    return lambda values: any(values[criterion] is True for criterion in criteria)


def _all_nine(values: Values) -> bool:
    """The nine topics of AIMS: approval, signature, structure, operations, supply chains, risk,
    mitigation, remediation, effectiveness, each with something particular."""
    deep = ("structure", "risk", "due_diligence", "effectiveness")
    return (
        _met("approval", "signature")(values)
        and all(int(values[area]) >= 2 for area in deep)
        and int(values["remedy"]) >= 1
    )


BANDS: Sequence[Band] = (
    Band("approved by the board or members", 40, 65, _met("approval")),
    Band("signed by a named person with a qualifying title", 70, 90, _met("signature")),
    Band("approved and signed", 35, 60, _met("approval", "signature")),
    Band("structure or operations described", 85, 100, _depth("structure", 1)),
    Band("supply chains described specifically", 60, 85, _depth("structure", 2)),
    Band("a specific risk identified", 30, 65, _any("risk_specific")),
    Band(
        "any policy or supplier code",
        95,
        100,
        lambda values: int(values["policies"]) >= 1 or values["supplier_code"] is True,
    ),
    Band("training mentioned", 85, 97, _depth("training", 1)),
    Band("training with audience or content on slavery", 50, 80, _depth("training", 2)),
    Band("any measure of effectiveness", 40, 70, _depth("effectiveness", 1)),
    Band("a measure with its value", 20, 30, _any("kpi_value")),
    Band(
        "remediation, as a process or in a case",
        35,
        50,
        _any("remediation_process", "remediation_actual"),
    ),
    Band("a case disclosed", 5, 15, _any("incident_disclosed", "remediation_actual")),
    Band("all nine AIMS topics, each with particulars", 5, 15, _all_nine),
)


def evaluate_bands(data: Path, rubric: Rubric, model: SentenceModel) -> list[BandResult]:
    """Shares over all statements of ``data/statements`` that were judged to be statements.

    Raises:
        InputError: there are none, or a file is not of its format.
    """
    judged = [_values(found) for found in _assessments(data / FOLDER, rubric, model)]
    if not judged:
        raise InputError(f"{data / FOLDER}: holds no statement that could be judged")
    return [
        BandResult(
            band.name, band.low, band.high, share(sum(map(band.counts, judged)), len(judged))
        )
        for band in BANDS
    ]


def _assessments(folder: Path, rubric: Rubric, model: SentenceModel) -> Iterator[Assessment]:
    from assess.extract import from_plain_text
    from assess.score.assessment import assess_text

    for text in _texts(folder):
        found = assess_text(from_plain_text(text), rubric, model)
        if found.status == "assessed" and found.statement_kind == "statement":
            yield found


def _texts(folder: Path) -> Iterator[str]:
    """Texts of ``*.jsonl`` (``text`` of each line) and of ``*/*.txt``, in order of their names."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(read_regular(path, MAX_FILE_BYTES).splitlines(), 1):
            yield _text(line, f"{path}, line {number}")
    for path in sorted(folder.glob("*/*.txt")):
        yield read_regular(path, MAX_FILE_BYTES).decode("utf-8", "replace")


def _text(line: bytes, place: str) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(f"{place}: not valid JSON") from None
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        raise InputError(f"{place}: 'text' must be a text")
    return text


def _values(found: Assessment) -> dict[str, Value]:
    return {finding.criterion: finding.value for finding in found.findings}

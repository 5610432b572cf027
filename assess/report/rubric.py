"""A rubric, and what validating it found, as text: tables on a terminal, plain lines in a pipe."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from assess.errors import InputError
from assess.report.words import authority, count, shown
from assess.score.rubric import Criterion, Kind, Rubric, Rule, Signal
from assess.score.rubric_checks import expressions_by_key, phrases_by_key
from assess.score.validate import MAX_FAULTS, Validation

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDTH = 92
_INDENT = "  "
_COLUMNS = ("id", "kind", "authority", "weight", "question")
_STYLES = {"LAW": "bold red", "BILL": "bold magenta", "GUIDANCE": "yellow", "BENCHMARK": "blue"}
# A rule's keys beside its phrases, shown where they are not as usual.
_RULE_KEYS = ("window", "part", "headings", "topic", "label", "statuses", "status", "value")


def find_judged(rubric: Rubric, id_: str) -> Criterion | Signal:
    """A criterion or signal by its id.

    Raises:
        InputError: there is none; names close ones.
    """
    known = {judged.id: judged for judged in rubric.judged()}
    if id_ in known:
        return known[id_]
    near = get_close_matches(id_[:100], [criterion.id for criterion in rubric.criteria])
    near = near or get_close_matches(id_[:100], list(known))
    advice = f"did you mean {', '.join(near)}?" if near else "'assess rubric show' lists them"
    raise InputError(f"{rubric.id} has no criterion {id_[:100]!r}; {advice}")


def rubric_json(rubric: Rubric) -> str:
    """What the rubric is, and its criteria without their rules."""
    keys = {"id", "kind", "title", "question", "authority", "source", "area", "weight"}
    head = {"key": rubric.key, "title": rubric.title, "notice": rubric.notice}
    criteria = [criterion.model_dump(mode="json", include=keys) for criterion in rubric.criteria]
    return _json({**head, "proposal": rubric.proposal, "criteria": criteria})


def judged_json(rubric: Rubric, judged: Criterion | Signal) -> str:
    """All of a criterion or signal, with its rules."""
    return _json({"rubric": rubric.key, **judged.model_dump(mode="json")})


def validation_json(found: Validation) -> str:
    """What validating found; field names as in ``Validation``."""
    return _json({"valid": found.valid, **asdict(found)})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def rubric_lines(rubric: Rubric) -> Iterator[str]:
    """The rubric's criteria in columns, for a pipe."""
    yield shown(f"{rubric.key}: {_joined(rubric.title)}")
    yield shown(_joined(rubric.notice))
    yield ""
    rows = [_COLUMNS, *(_row(criterion) for criterion in _by_kind(rubric))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield shown(_INDENT.join(cells).rstrip())


def _by_kind(rubric: Rubric) -> list[Criterion]:
    return [criterion for kind in get_args(Kind) for criterion in rubric.of_kind(kind)]


def _row(criterion: Criterion) -> tuple[str, ...]:
    shown_as = authority(criterion.authority)
    return (
        criterion.id,
        criterion.kind,
        shown_as,
        f"{criterion.weight:g}",
        _joined(criterion.question),
    )


def print_rubric(rubric: Rubric, console: Console) -> None:
    """The same as a table on a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console.print(Text(shown(_joined(rubric.title)), style="bold"))
    console.print(Text(shown(rubric.key), style="dim"))
    console.print(Text(shown(_joined(rubric.notice))), end="\n\n")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in _COLUMNS:
        right = "right" if name == "weight" else "left"
        table.add_column(name, justify=right, no_wrap=name != "question")  # type: ignore[arg-type]
    for criterion in _by_kind(rubric):
        cells: list[RenderableType] = [Text(shown(cell)) for cell in _row(criterion)]
        cells[2] = Text(authority(criterion.authority), style=_STYLES[criterion.authority])
        last = criterion is rubric.of_kind(criterion.kind)[-1]
        table.add_row(*cells, end_section=last)
    console.print(table)


def judged_lines(judged: Criterion | Signal) -> Iterator[str]:
    """All about one criterion, for a pipe."""
    for heading, lines in _sections(judged):
        yield shown(f"{heading}:")
        for line in lines:
            yield from _wrapped(line)


def print_judged(judged: Criterion | Signal, console: Console) -> None:
    """The same on a terminal."""
    from rich.padding import Padding
    from rich.text import Text

    for heading, lines in _sections(judged):
        console.print(Text(shown(heading), style="bold cyan"))
        for line in lines:
            deeper = len(line) - len(line.lstrip())
            console.print(Padding(Text(shown(line.strip())), (0, 0, 0, len(_INDENT) + deeper)))


def _wrapped(line: str) -> list[str]:
    if line.startswith(_INDENT):  # a phrase, for `grep`
        return [_INDENT + shown(line)]
    return textwrap.wrap(
        shown(line),
        WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=2 * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _sections(judged: Criterion | Signal) -> Iterator[tuple[str, Sequence[str]]]:
    """Headings, each with its lines, indented by two for each step."""
    if isinstance(judged, Signal):
        yield judged.id, ["signal: evidence for use in expressions, not judged by itself"]
    else:
        yield from _described(judged)
    if judged.detector:
        yield "detector", [judged.detector]
    for rule in judged.rules:
        yield f"rule {rule.name}", list(_rule(rule))
    if isinstance(judged, Criterion):
        yield from _examples(judged)


def _described(criterion: Criterion) -> Iterator[tuple[str, Sequence[str]]]:
    named = [f"kind {criterion.kind}, weight {criterion.weight:g}"]
    named += [f"belongs to {criterion.area}"] if criterion.area else []
    yield criterion.id, [_joined(criterion.title), *named]
    yield "question", [_joined(criterion.question)]
    yield "authority", [authority(criterion.authority), _joined(criterion.source)]
    yield "why", [_joined(criterion.why)]
    yield "good practice", [_joined(criterion.good_practice)]
    yield "advice", [_joined(criterion.advice)]
    if expressions := [f"{k}: {_joined(e)}" for k, e in expressions_by_key(criterion)]:
        yield "expressions", expressions


def _rule(rule: Rule) -> Iterator[str]:
    usual = Rule(name=rule.name, any=rule.any)
    key_before = ""
    for key, phrase in phrases_by_key(rule):
        if key != key_before:
            yield f"{key}:"
        key_before = key
        yield f"{_INDENT}{phrase}"
    for key in _RULE_KEYS:
        value = getattr(rule, key)
        if value != getattr(usual, key):
            yield f"{key}: {', '.join(value) if isinstance(value, tuple) else value}"
    if rule.label:
        yield f"at_least: {rule.at_least:g}"


def _examples(criterion: Criterion) -> Iterator[tuple[str, Sequence[str]]]:
    if criterion.examples.positive:
        yield "examples that are evidence", [f"+ {s}" for s in criterion.examples.positive]
    if criterion.examples.negative:
        yield "examples that are not", [f"- {s}" for s in criterion.examples.negative]


def validation_lines(found: Validation) -> Iterable[str]:
    """A line for each fault, and one for the whole."""
    yield from (shown(fault.line) for fault in found.faults)
    if found.valid:
        yield shown(
            f"{found.file}: valid: {found.rubric}, {count(found.criteria, 'criterion', 'criteria')}"
            f", {count(found.phrases, 'phrase')}, {count(found.examples, 'example')} run"
        )
    elif len(found.faults) == MAX_FAULTS:
        yield f"{found.file}: at least {MAX_FAULTS} faults; mend these and run again"
    else:
        yield shown(f"{found.file}: {count(len(found.faults), 'fault')}")


def _joined(text: str) -> str:
    return " ".join(text.split())

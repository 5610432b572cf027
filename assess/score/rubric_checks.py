"""All that can be wrong with a rubric whose file could be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from assess.records import HOMEPAGE_LINK
from assess.score.expressions import parse_expression
from assess.score.faults import Fault, one_line, quoted
from assess.score.phrase_language import PhraseError, parse_phrase

if TYPE_CHECKING:
    from pydantic import ValidationError

    from assess.score.rubric import Criterion, Rubric, Rule, Signal
    from assess.score.rubric_files import RawRubric

# Keys that only one kind, or two, have a use for.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "when": ("legal",),
    "levels": ("depth",),
    "holds": ("flag", "indicator"),
}
# In the key of every assessment, and in names of files.
_RUBRIC_ID = re.compile(r"[A-Za-z0-9._-]+")
PHRASE_KEYS = ("any", "also", "and_also", "unless", "under", "not_under")


def shape_faults(raw: RawRubric, error: ValidationError, limit: int) -> list[Fault]:
    """The first faults of shape: keys that are missing, unknown, or hold what they cannot."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # "At least one item" is told too where every item has a fault of its own.
    inner = {place[:1] for one in found if len(place := one["loc"]) > 1}
    telling = (fault for fault in found if fault["loc"] not in inner)
    return [_shape_fault(raw, fault["loc"], fault["msg"]) for fault in islice(telling, limit)]


def _shape_fault(raw: RawRubric, place: Sequence[int | str], problem: str) -> Fault:
    criterion, key = "", [str(part) for part in place]
    if len(place) > 1 and place[0] in ("criteria", "signals") and isinstance(place[1], int):
        entries = raw.content[str(place[0])]
        entry = entries[place[1]] if isinstance(entries, list) else None
        named = isinstance(entry, dict) and isinstance(entry.get("id"), str)
        criterion = str(entry["id"]) if named else f"{place[0]}.{place[1]}"  # type: ignore[index]
        key = key[2:]
    return Fault(raw.name, criterion, ".".join(key), one_line(problem))


def faults(rubric: Rubric, file: str, *, detectors: bool) -> Iterator[Fault]:
    """The faults for which a rubric cannot be used, in the file's order."""
    if not _RUBRIC_ID.fullmatch(rubric.id):
        problem = f"{quoted(rubric.id)} is no id"
        yield Fault(file, "", "id", problem, "use letters a to z, digits, '-', '_' and '.'")
    yield from _doubled(rubric, file)
    areas = [area.id for area in rubric.of_kind("depth")]
    ids = frozenset(judged.id for judged in rubric.judged())
    for criterion in rubric.criteria:
        yield from _misplaced(criterion, file)
        yield from _expressions(criterion, file, ids, frozenset(areas))
        yield from _area(criterion, file, areas)
    if min(tier.at_least for tier in rubric.tiers) != 0:
        yield Fault(file, "", "tiers", "the lowest must begin at 0")
    yield from _tiers(rubric, file)
    yield from _entries(rubric, file)
    yield from _particulars(rubric, file)
    for judged in rubric.judged():
        yield from _phrases(judged, rubric, file)
    if detectors:
        yield from _detectors(rubric, file)


def _doubled(rubric: Rubric, file: str) -> Iterator[Fault]:
    for id_, times in Counter(judged.id for judged in rubric.judged()).items():
        if times > 1:
            yield Fault(file, id_, "id", "given twice", "criteria and signals share their ids")


def _tiers(rubric: Rubric, file: str) -> Iterator[Fault]:
    for name, times in Counter(tier.name for tier in rubric.tiers).items():
        if times > 1:
            yield Fault(file, "", "tiers", f"{quoted(name)} given twice", "rename one")
    for least, times in Counter(tier.at_least for tier in rubric.tiers).items():
        if times > 1:
            problem = f"{times} tiers begin at {least:g}"
            yield Fault(file, "", "tiers", problem, "give each its own at_least")


def _misplaced(criterion: Criterion, file: str) -> Iterator[Fault]:
    for key, kinds in _KINDS.items():
        if getattr(criterion, key) and criterion.kind not in kinds:
            advice = f"it is for {' and '.join(kinds)}"
            yield Fault(
                file, criterion.id, key, f"does not go with kind {criterion.kind!r}", advice
            )
    if criterion.judged_from == "home_page":
        yield from _not_of_a_text(criterion, file)
    if criterion.kind == "depth" and not criterion.levels:
        advice = "give an expression for 1, 2 and 3"
        yield Fault(file, criterion.id, "levels", "a depth criterion needs levels", advice)


def _not_of_a_text(criterion: Criterion, file: str) -> Iterator[Fault]:
    """What a visit of the home page judges has no use for rules."""
    if criterion.kind != "legal" or criterion.id != HOMEPAGE_LINK:
        advice = f"it is for the legal item {HOMEPAGE_LINK}"
        yield Fault(file, criterion.id, "judged_from", "home_page does not go with it", advice)
    for key in ("rules", "detector", "when", "label"):
        if getattr(criterion, key):
            advice = "take it out, or judge the criterion from the text"
            yield Fault(file, criterion.id, key, "does not go with judged_from: home_page", advice)


def expressions_by_key(criterion: Criterion) -> Iterator[tuple[str, str]]:
    """(key, expression) of a criterion, such as ``("levels.2", "audits")``."""
    yield from ((f"when.{value}", source) for value, source in criterion.when.items())
    yield from ((f"levels.{level}", source) for level, source in criterion.levels.items())
    if criterion.holds:
        yield "holds", criterion.holds


def _expressions(
    criterion: Criterion, file: str, ids: frozenset[str], areas: frozenset[str]
) -> Iterator[Fault]:
    for key, source in expressions_by_key(criterion):
        try:
            expression = parse_expression(source)
        except ValueError as error:
            yield Fault(file, criterion.id, key, str(error))
            continue
        if unknown := sorted(expression.names - ids):
            advice = "name signals and criteria of this rubric"
            problem = f"{source!r} names unknown {', '.join(unknown)}"
            yield Fault(file, criterion.id, key, problem, advice)
        if no_areas := sorted(expression.areas - areas):
            problem = f"level({no_areas[0]}) is not of a depth criterion"
            yield Fault(file, criterion.id, key, problem, f"there are {', '.join(sorted(areas))}")
        if expression.areas and criterion.kind == "depth":
            problem = "a level cannot rest on another criterion's level"
            yield Fault(file, criterion.id, key, problem, "name its evidence instead")


def _area(criterion: Criterion, file: str, areas: Sequence[str]) -> Iterator[Fault]:
    if criterion.area is not None and criterion.area not in areas:
        known = ", ".join(areas) or "none in this rubric"
        problem = f"area {criterion.area!r} is not the id of a depth criterion ({known})"
        yield Fault(file, criterion.id, "area", problem)


def _entries(rubric: Rubric, file: str) -> Iterator[Fault]:
    for name, entries in rubric.lists.items():
        if not name or any(map(str.isspace, name)):
            problem = f"{quoted(name)} cannot be named in a phrase"
            yield Fault(file, "", "lists", problem, "use a name without blanks")
        if not all(entry.strip() for entry in entries):
            yield Fault(file, "", f"lists.{name}", "an entry is empty", "take it out")


def _particulars(rubric: Rubric, file: str) -> Iterator[Fault]:
    for key, names in rubric.scores.particulars.items():
        for name in (name for name in names if name not in rubric.lists):
            place = f"scores.particulars.{key}"
            yield Fault(file, "", place, f"unknown list {name!r}", "name a list of this rubric")


def _phrases(judged: Signal | Criterion, rubric: Rubric, file: str) -> Iterator[Fault]:
    for rule in judged.rules:
        for key, phrase in phrases_by_key(rule):
            try:
                parse_phrase(phrase, rubric.lists.keys())
            except PhraseError as error:
                place = f"rule {rule.name!r}, {key}"
                yield Fault(file, judged.id, place, f"phrase {phrase!r}: {error}")


def phrases_by_key(rule: Rule) -> Iterator[tuple[str, str]]:
    """(key, phrase) of a rule, in the order of its keys."""
    for key in PHRASE_KEYS:
        yield from ((key, phrase) for phrase in getattr(rule, key))


def _detectors(rubric: Rubric, file: str) -> Iterator[Fault]:
    from assess.score.detectors import DETECTORS

    for judged in rubric.judged():
        if judged.detector is not None and judged.detector not in DETECTORS:
            problem = f"no detector {judged.detector!r}"
            yield Fault(file, judged.id, "detector", problem, f"there are {', '.join(DETECTORS)}")

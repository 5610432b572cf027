"""From hits and detections to findings: every criterion gets a value, a confidence and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assess.records import Evidence, EvidenceStatus, Finding, Text, Value
from assess.score.criteria_model import Learned
from assess.score.detectors import DETECTORS
from assess.score.expressions import Counts, parse_expression
from assess.score.rubric import Criterion, Rubric
from assess.score.rules import Hit, Reading

# Enough to check a finding by; the strongest come first.
MAX_EVIDENCE = 6
# Of evidence that does not count (planned, denied...), enough to show that it was seen.
MAX_OTHER_EVIDENCE = 3
# A quote is read at a glance; a longer sentence is cut around its match.
MAX_QUOTE = 600

# Below this probability of every label, the classifier does not see what the rule saw.
UNSUPPORTED = 0.2
WEAK = 0.5
# Evidence that only the learned part found is as weak a ground.
LEARNED_SUPPORT = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence for one criterion or signal, before findings are made."""

    owner: str
    evidence: Evidence
    counts: bool
    value: str | None
    support: float = 1.0
    """The classifier's highest probability of any label for the sentence; 1 without a model."""


def judge(
    rubric: Rubric, reading: Reading, hits: Sequence[Hit], learned: Learned | None = None
) -> tuple[Finding, ...]:
    """Findings for all criteria, in the rubric's order.

    Where the rules find no evidence that counts, what was ``learned`` may name a sentence.
    """
    items = _items(rubric, reading, hits)
    if learned:
        _add_learned(items, reading, learned)
    counts = {owner: _counts(of_owner) for owner, of_owner in items.items()}
    areas = {area.id: _judged(area, items, counts) for area in rubric.of_kind("depth")}
    # Only now can others ask what level an area has, and show its evidence.
    for id_, area in areas.items():
        counts[id_] = replace(counts[id_], level=int(area.value))
        items[id_] = area.items
    return tuple(
        not_assessed(criterion.id)
        if criterion.judged_from == "home_page"
        else _finding(areas.get(criterion.id) or _judged(criterion, items, counts))
        for criterion in rubric.criteria
    )


def not_assessed(criterion: str) -> Finding:
    """The finding of what no text can show."""
    return Finding(criterion, "na", 0.0)


def _items(rubric: Rubric, reading: Reading, hits: Sequence[Hit]) -> dict[str, list[Item]]:
    items: dict[str, list[Item]] = {judged.id: [] for judged in rubric.judged()}
    for judged in rubric.judged():
        if judged.detector:
            for found in DETECTORS[judged.detector](reading):
                evidence = _evidence(
                    reading.text, found.start, found.end, found.status, f"rule:{judged.detector}"
                )
                counts = found.status == "implemented"
                items[judged.id].append(Item(judged.id, evidence, counts, found.value))
    for hit in hits:
        items[hit.owner].append(_item(reading, hit))
    return {owner: _distinct(of_owner) for owner, of_owner in items.items()}


def _add_learned(items: Mapping[str, list[Item]], reading: Reading, learned: Learned) -> None:
    fit, words = reading.fit_for_evidence, reading.text.words
    for criterion, of_criterion in items.items():
        if any(item.counts for item in of_criterion):
            continue
        if found := learned.find(criterion, fit, words):
            start, end = _quote_span(reading, found.sentence, (0, 0))
            # The same sentence may be there as a plan or a wish; then it stays that.
            if all((i.evidence.start, i.evidence.end) != (start, end) for i in of_criterion):
                evidence = replace(
                    _evidence(reading.text, start, end, "implemented", f"model:{criterion}"),
                    reasons=learned.reasons(criterion, found.sentence),
                )
                of_criterion.append(Item(criterion, evidence, True, None, LEARNED_SUPPORT))


def _item(reading: Reading, hit: Hit) -> Item:
    start, end = _quote_span(reading, hit.sentence, hit.span)
    evidence = _evidence(reading.text, start, end, hit.status, f"rule:{hit.rule.name}")
    labels = reading.labels[hit.sentence] if reading.labels else {}
    return Item(hit.owner, evidence, hit.counts, hit.rule.value, max(labels.values(), default=1.0))


def _quote_span(reading: Reading, index: int, span: tuple[int, int]) -> tuple[int, int]:
    """The whole sentence; of a very long one, the words around the match."""
    sentence = reading.sentences[index].sentence
    if sentence.end - sentence.start <= MAX_QUOTE:
        return sentence.start, sentence.end
    raw = reading.text.content[sentence.start : sentence.end]
    # The match was found in the folded text; its share of the length places it well enough.
    middle = int(len(raw) * (sum(span) / 2) / max(1, len(sentence.text)))
    start = max(0, min(middle - MAX_QUOTE // 2, len(raw) - MAX_QUOTE))
    end = min(len(raw), start + MAX_QUOTE)
    while start > 0 and not raw[start - 1].isspace():
        start -= 1
    while end < len(raw) and not raw[end].isspace() and end - start < 2 * MAX_QUOTE:
        end += 1
    return sentence.start + start, sentence.start + end


def _evidence(text: Text, start: int, end: int, status: EvidenceStatus, method: str) -> Evidence:
    page = next((page.number for page in text.pages if page.start <= start <= page.end), 1)
    return Evidence(text.content[start:end], page, start, end, status, method)


def _distinct(items: Iterable[Item]) -> list[Item]:
    """One item per span: the one that counts, and shows most, wins."""
    best: dict[tuple[int, int], Item] = {}
    for item in items:
        span = (item.evidence.start, item.evidence.end)
        held = best.get(span)
        if held is None or _strength(item) > _strength(held):
            best[span] = item
    return sorted(best.values(), key=lambda item: item.evidence.start)


def _strength(item: Item) -> tuple[bool, int]:
    return (item.counts, {"met": 2, "partial": 1}.get(item.value or "", 0))


def _counts(items: Sequence[Item]) -> Counts:
    others = Counter(item.evidence.status for item in items if not item.counts)
    return Counts(sum(item.counts for item in items), others)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A criterion's value and all that speaks to it."""

    criterion: Criterion
    value: Value
    items: list[Item]


def _judged(
    criterion: Criterion, items: Mapping[str, list[Item]], counts: Mapping[str, Counts]
) -> _Judged:
    value, expression = _value(criterion, items[criterion.id], counts)
    own = list(items[criterion.id])
    if expression is not None and (
        criterion.kind == "depth" or not any(item.counts for item in own)
    ):
        names = sorted(parse_expression(expression).names - {criterion.id})
        own += [item for name in names for item in items[name]]
    return _Judged(criterion, value, own)


def _finding(judged: _Judged) -> Finding:
    shown = _shown(judged.items, judged.value)
    confidence = _confidence(judged.value, shown, judged.items)
    return Finding(judged.criterion.id, judged.value, confidence, shown)


def _value(
    criterion: Criterion, own: Sequence[Item], counts: Mapping[str, Counts]
) -> tuple[Value, str | None]:
    """The value, and the expression that gave it (None: the criterion's own rules did)."""
    match criterion.kind:
        case "legal":
            return _legal_value(criterion, own, counts)
        case "depth":
            return _depth_value(criterion, counts)
        case "flag" | "indicator":
            if any(item.counts for item in own):
                return True, None
            if criterion.holds and parse_expression(criterion.holds).holds(counts):
                return True, criterion.holds
            return False, None


def _legal_value(
    criterion: Criterion, own: Sequence[Item], counts: Mapping[str, Counts]
) -> tuple[Value, str | None]:
    shown = {item.value for item in own if item.counts}
    if "met" in shown:
        return "met", None
    for value in ("met", "partial", "na"):
        if value == "partial" and "partial" in shown:
            return "partial", None
        source = criterion.when.get(value)
        if source and parse_expression(source).holds(counts):
            return value, source
    return "absent", None


def _depth_value(criterion: Criterion, counts: Mapping[str, Counts]) -> tuple[Value, str | None]:
    for level in (3, 2, 1):
        source = criterion.levels.get(level)
        if source and parse_expression(source).holds(counts):
            return level, source
    return 0, None


def _shown(items: Sequence[Item], value: Value) -> tuple[Evidence, ...]:
    counting = _distinct(item for item in items if item.counts)
    if isinstance(value, str):
        # What shows less than the value would mislead: a date of signing beside the year's end.
        counting = [item for item in counting if item.value == value] or counting
    other = _distinct(item for item in items if not item.counts)
    spans = {(item.evidence.start, item.evidence.end) for item in counting}
    rest = [i for i in other if (i.evidence.start, i.evidence.end) not in spans]
    kept = [*counting[:MAX_EVIDENCE], *rest[:MAX_OTHER_EVIDENCE]]
    return tuple(item.evidence for item in kept)


def _confidence(value: Value, shown: Sequence[Evidence], items: Sequence[Item]) -> float:
    """A coarse, stated scale: more independent evidence, or a clear absence, is surer.

    Evidence in which the classifier sees none of its topics is a weak ground.
    """
    counting = [item for item in items if item.counts]
    if value in ("met", True, "partial", 1, 2, 3):
        if counting and max(item.support for item in counting) < UNSUPPORTED:
            return WEAK
        return round(min(0.85, 0.7 + 0.05 * len(counting)), 2)
    return 0.6 if shown else 0.9

"""The evaluation as plain text tables."""

from __future__ import annotations

from collections.abc import Sequence

from assess.compare.stats import Interval
from assess.evaluate.agreement import CriterionAgreement, SplitEvaluation
from assess.evaluate.bands import BandResult
from assess.evaluate.calibration import Calibration
from assess.evaluate.measures import Detection
from assess.evaluate.sentences import LabelScore, SentenceEvaluation
from assess.evaluate.status import StatusEvaluation, StatusTable

# Of rarer criteria the counts are shown, but no mean is made of them.
MIN_POSITIVES = 5
_MEASURED_ON = {
    "dev": "held out: read twice, not used for rules or training",
    "train": "the statements that rules were written from: not a measure of quality",
}
_STATUS_MEASURED_ON = {
    "silver": "the cues were tuned on them; the learned part is cross-validated by statement",
    "expert": "AIMS.uk's remarks `future` and `negative`; held out",
}


def evaluation_text(
    criteria: Sequence[SplitEvaluation], sentences: SentenceEvaluation, statuses: StatusEvaluation
) -> str:
    """All tables, one below the other."""
    parts = [_split_text(split) for split in criteria]
    tables = [_status_text(table) for table in statuses.tables]
    return "\n\n".join([*parts, _sentences_text(sentences), *tables, *statuses.notes])


def _split_text(split: SplitEvaluation) -> str:
    lines = [
        f"{split.split}: {split.statements} statements ({_MEASURED_ON.get(split.split, '')})",
        f"{'criterion':24} {'kind':9} {'n':>3}  agreement (95%)    kappa  prec.  recall  F1 (95%)"
        "          pos.  readers",
    ]
    lines += [_criterion_line(criterion) for criterion in split.criteria]
    lines += [_mean_line(split, kind) for kind in ("legal", "depth", "indicator")]
    found = split.evidence
    lines += [
        f"substance: Spearman {figure(split.substance_spearman)} (types: "
        f"{figure(split.typology_spearman)}); minimal compliance: AUC "
        f"{figure(split.minimal_auc)}, flag agrees {figure(split.minimal_flag_agreement)}; "
        f"statement kind agrees {figure(split.kind_agreement)}",
        f"evidence of positive findings that the readers made too: {found.findings_near} of "
        f"{found.findings} findings have a quote that overlaps or neighbours one of theirs; "
        f"{found.quotes_near} of {found.quotes} quotes do",
    ]
    return "\n".join(lines)


def _criterion_line(found: CriterionAgreement) -> str:
    within = "" if found.within_one is None else f"  within one {found.within_one:.2f}"
    return (
        f"{found.criterion:24} {found.kind:9} {found.statements:3}  {found.agreement:.2f} "
        f"{bounds(found.interval)}  {figure(found.kappa):>5}  {_detection_cells(found.detection)}"
        f"  {figure(found.readers):>7}{within}"
    ).rstrip()


def _detection_cells(found: Detection | None) -> str:
    if found is None:
        return f"{'-':>5}  {'-':>6}  {'-':16}  {'':>4}"
    f1 = with_bounds(found.f1, found.f1_interval)
    return f"{figure(found.precision):>5}  {figure(found.recall):>6}  {f1:16}  {found.positives:>4}"


def _mean_line(split: SplitEvaluation, kind: str) -> str:
    of_kind = [found for found in split.criteria if found.kind == kind]
    agreement = _mean([found.agreement for found in of_kind])
    line = f"mean of {len(of_kind)} {kind}: agreement {figure(agreement)}"
    often = [d for found in of_kind if (d := found.detection) and d.positives >= MIN_POSITIVES]
    if often:
        line += (
            f"; of the {len(often)} with {MIN_POSITIVES} or more positives: macro F1 "
            f"{figure(_mean([d.f1 or 0.0 for d in often]))}, mean precision "
            f"{figure(_mean([d.precision or 0.0 for d in often]))}"
        )
    within = [found.within_one for found in of_kind if found.within_one is not None]
    return f"{line}, within one {figure(_mean(within))}" if within else line


def _sentences_text(found: SentenceEvaluation) -> str:
    lines = [
        f"sentences: {found.sentences} of {found.statements} UK statements{_left_out(found)}",
        f"{'label':14} {'pos.':>4}  prec.  recall  F1    Llama 3.2 3B",
    ]
    lines += [
        f"{s.label:14} {s.positives:4}  {figure(s.precision):4}   {figure(s.recall):4}    "
        f"{figure(s.f1):4}  {figure(s.llama_f1)}"
        for s in found.labels
    ]
    lines.append(f"macro F1 {figure(found.macro_f1, 3)} (Llama {figure(found.llama_macro_f1, 3)})")
    lines.append(_statements_line(found))
    return "\n".join(lines)


def _left_out(found: SentenceEvaluation) -> str:
    return ", each left out of what judged it" if found.left_out else ""


def _statements_line(found: SentenceEvaluation) -> str:
    llama = found.llama_statement_agreement
    return (
        f"statement-level agreement {found.statement_agreement} of {found.statement_cells} "
        f"(Llama {'-' if llama is None else llama})"
    )


def _status_text(table: StatusTable) -> str:
    lines = [
        f"evidence status, {table.name}: {table.sentences} sentences of {table.statements} "
        f"statements ({_STATUS_MEASURED_ON[table.name]})",
        f"{'status':12} {'n':>5}  called  prec.  recall  F1    by cues alone",
    ]
    lines += [
        f"{both.status:12} {both.positives:5}  {both.called:6}  {both.precision:.2f}   "
        f"{both.recall:.2f}    {both.f1:.2f}  {cues.precision:.2f} {cues.recall:.2f} {cues.f1:.2f}"
        for both, cues in zip(table.both, table.cues, strict=True)
    ]
    return "\n".join(lines)


def bands_text(results: Sequence[BandResult]) -> str:
    """Shares found beside the published ranges."""
    number = results[0].found.of
    lines = [
        f"{number:,} statements; published ranges are for other years and samples",
        f"{'share of statements with':50} {'found (95%)':22} published",
    ]
    for result in results:
        found = result.found
        low, high = 100 * (found.low or 0), 100 * (found.high or 0)
        shown = f"{100 * (found.value or 0):.0f}% ({low:.0f}-{high:.0f}%)"
        note = "" if result.inside else "  outside: look into it"
        lines.append(f"{result.name:50} {shown:22} {result.low}-{result.high}%{note}")
    return "\n".join(lines)


def sentences_text(found: SentenceEvaluation, table: str) -> str:
    """All about the classifier on one table; intervals are from resampling statements."""
    lines = [
        f"{table}: {found.sentences:,} sentences of {found.statements} statements"
        f"{_left_out(found)}; {found.model}",
        f"{'label':14} {'pos.':>5}  prec.  recall  {'F1 (95%)':16}  {'AP (95%)':16}  Llama F1  "
        "statements agree  Llama  Brier  ECE",
    ]
    lines += [_label_line(score, found.statements) for score in found.labels]
    lines += [
        f"macro F1 {with_bounds(found.macro_f1, found.macro_f1_interval, 3)}, mean AP "
        f"{with_bounds(found.mean_average_precision, found.mean_average_precision_interval, 3)}; "
        f"Llama macro F1 {figure(found.llama_macro_f1, 3)}",
        _statements_line(found),
        "intervals: 95%, by resampling statements; AP: average precision; Brier score and expected "
        "calibration error (ECE): 0 is best",
        "",
        *_calibration_lines(found.calibration),
    ]
    return "\n".join(lines)


def _label_line(score: LabelScore, statements: int) -> str:
    llama = score.llama_statement_agreement
    agree = f"{score.statement_agreement} of {statements}"
    return (
        f"{score.label:14} {score.positives:5}  {figure(score.precision):5}  "
        f"{figure(score.recall):6}  {with_bounds(score.f1, score.f1_interval):16}  "
        f"{with_bounds(score.average_precision, score.average_precision_interval):16}  "
        f"{figure(score.llama_f1):8}  {agree:16}  {'-' if llama is None else llama:<5}  "
        f"{figure(score.calibration.brier, 3)}  {figure(score.calibration.expected_error, 3)}"
    )


def _calibration_lines(found: Calibration) -> list[str]:
    return [
        f"calibration over all labels: Brier score {figure(found.brier, 4)}, expected calibration "
        f"error {figure(found.expected_error, 4)}, in bins of equal counts:",
        "predicted  observed  probabilities",
        *(
            f"{figure(one.predicted, 4):>9}  {figure(one.observed, 4):>8}  {one.count:13,}"
            for one in found.bins
        ),
    ]


def with_bounds(value: float | None, interval: Interval | None, digits: int = 2) -> str:
    """A figure and, where it has one, its interval."""
    return figure(value, digits) + (f" {bounds(interval, digits)}" if interval else "")


def bounds(interval: Interval, digits: int = 2) -> str:
    """Both ends of an interval, in brackets."""
    return f"({interval.low:.{digits}f}-{interval.high:.{digits}f})"


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def figure(value: float | None, digits: int = 2) -> str:
    """A number for a table; ``-`` where it means nothing."""
    return "-" if value is None else f"{value:.{digits}f}"

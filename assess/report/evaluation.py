"""The evaluation as plain text tables."""

from __future__ import annotations

from collections.abc import Sequence

from assess.compare.stats import Interval
from assess.evaluate.agreement import CriterionAgreement, SplitEvaluation
from assess.evaluate.bands import BandResult
from assess.evaluate.measures import Detection
from assess.evaluate.sentences import SentenceEvaluation

# Of rarer criteria the counts are shown, but no mean is made of them.
MIN_POSITIVES = 5
_MEASURED_ON = {
    "dev": "held out: read twice, not used for rules or training",
    "train": "the statements that rules were written from: not a measure of quality",
}


def evaluation_text(criteria: Sequence[SplitEvaluation], sentences: SentenceEvaluation) -> str:
    """All tables, one below the other."""
    parts = [_split_text(split) for split in criteria]
    return "\n\n".join([*parts, _sentences_text(sentences)])


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
        f"substance: Spearman {_n(split.substance_spearman)}; minimal compliance: AUC "
        f"{_n(split.minimal_auc)}, flag agrees {_n(split.minimal_flag_agreement)}; "
        f"statement kind agrees {_n(split.kind_agreement)}",
        f"evidence of positive findings that the readers made too: {found.findings_near} of "
        f"{found.findings} findings have a quote that overlaps or neighbours one of theirs; "
        f"{found.quotes_near} of {found.quotes} quotes do",
    ]
    return "\n".join(lines)


def _criterion_line(found: CriterionAgreement) -> str:
    within = "" if found.within_one is None else f"  within one {found.within_one:.2f}"
    return (
        f"{found.criterion:24} {found.kind:9} {found.statements:3}  {found.agreement:.2f} "
        f"{_range(found.interval)}  {_n(found.kappa):>5}  {_detection_cells(found.detection)}"
        f"  {_n(found.readers):>7}{within}"
    ).rstrip()


def _detection_cells(found: Detection | None) -> str:
    if found is None:
        return f"{'-':>5}  {'-':>6}  {'-':16}  {'':>4}"
    f1 = _n(found.f1) + (f" {_range(found.f1_interval)}" if found.f1_interval else "")
    return f"{_n(found.precision):>5}  {_n(found.recall):>6}  {f1:16}  {found.positives:>4}"


def _range(interval: Interval) -> str:
    return f"({interval.low:.2f}-{interval.high:.2f})"


def _mean_line(split: SplitEvaluation, kind: str) -> str:
    of_kind = [found for found in split.criteria if found.kind == kind]
    agreement = _mean([found.agreement for found in of_kind])
    line = f"mean of {len(of_kind)} {kind}: agreement {_n(agreement)}"
    often = [d for found in of_kind if (d := found.detection) and d.positives >= MIN_POSITIVES]
    if often:
        line += (
            f"; of the {len(often)} with {MIN_POSITIVES} or more positives: macro F1 "
            f"{_n(_mean([d.f1 or 0.0 for d in often]))}, mean precision "
            f"{_n(_mean([d.precision or 0.0 for d in often]))}"
        )
    within = [found.within_one for found in of_kind if found.within_one is not None]
    return f"{line}, within one {_n(_mean(within))}" if within else line


def _sentences_text(found: SentenceEvaluation) -> str:
    lines = [
        f"sentences: {found.sentences} of {found.statements} UK statements not trained on",
        f"{'label':14} {'pos.':>4}  prec.  recall  F1    Llama 3.2 3B",
    ]
    lines += [
        f"{s.label:14} {s.positives:4}  {s.precision:.2f}   {s.recall:.2f}    {s.f1:.2f}  "
        f"{_n(s.llama_f1)}"
        for s in found.labels
    ]
    lines.append(f"macro F1 {found.macro_f1:.3f} (Llama {_n(found.llama_macro_f1, 3)})")
    lines.append(
        f"statement-level agreement {found.statement_agreement} of {found.statement_cells} "
        f"(Llama {found.llama_statement_agreement})"
    )
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


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _n(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"

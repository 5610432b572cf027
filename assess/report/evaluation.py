"""The evaluation as plain text tables."""

from __future__ import annotations

from collections.abc import Sequence

from assess.evaluate.agreement import CriterionAgreement, SentenceEvaluation, SplitEvaluation
from assess.evaluate.status import StatusEvaluation, StatusTable

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
        f"{'criterion':24} {'kind':9} {'n':>3}  agreement (95%)    kappa  prec.  recall  F1    "
        "pos.  readers",
    ]
    lines += [_criterion_line(criterion) for criterion in split.criteria]
    lines += [
        _mean_line(split, "legal"),
        _mean_line(split, "depth"),
        _mean_line(split, "indicator"),
    ]
    lines.append(
        f"substance: Spearman {_n(split.substance_spearman)}; minimal compliance: AUC "
        f"{_n(split.minimal_auc)}, flag agrees {_n(split.minimal_flag_agreement)}; "
        f"statement kind agrees {_n(split.kind_agreement)}"
    )
    return "\n".join(lines)


def _criterion_line(found: CriterionAgreement) -> str:
    within = "" if found.within_one is None else f"  within one {found.within_one:.2f}"
    positives = "" if found.positives is None else str(found.positives)
    return (
        f"{found.criterion:24} {found.kind:9} {found.statements:3}  {found.agreement:.2f} "
        f"({found.low:.2f}-{found.high:.2f})  {_n(found.kappa):>5}  {_n(found.precision):>5}  "
        f"{_n(found.recall):>6}  {_n(found.f1):>4}  {positives:>4}  {_n(found.readers):>7}{within}"
    ).rstrip()


def _mean_line(split: SplitEvaluation, kind: str) -> str:
    of_kind = [found for found in split.criteria if found.kind == kind]
    agreement = _mean([found.agreement for found in of_kind])
    line = f"mean of {len(of_kind)} {kind}: agreement {_n(agreement)}"
    f1 = [found.f1 for found in of_kind if found.f1 is not None and (found.positives or 0) >= 5]
    return f"{line}, macro F1 (5 or more positives) {_n(_mean(f1))}" if f1 else line


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


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _n(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"

"""Numbers and findings in words: what a report says in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assess.records import HOMEPAGE_LINK, Reason

if TYPE_CHECKING:
    from assess.compare.counts import CriterionRow
    from assess.compare.sectors import GroupSummary, Level, Measure, SectorComparison
    from assess.compare.stats import Distribution, Interval, Share

NOT_FOUND = "not found in the text"

# The longest real organisation name is below 200 characters; hostile ones fill pages.
NAME_CHARACTERS = 240

REASONS = {
    "needs_ocr": "image without text (needs OCR)",
    "ocr_failed": "image whose words could not be recognised",
    "no_statement": "a document in which no statement was found",
    "link_page": "a page that only links to the statement",
    "encrypted": "password-protected",
    "damaged": "damaged or cut short",
    "no_text": "no text",
    "words_run_together": "words run together, not fit to judge",
    "too_short": "too short to judge",
    "too_long": "too long for a statement",
    "too_large": "too large",
    "empty": "an empty file",
    "not_english": "not in English",
    "not_found": "no such file",
    "pdf_limit": "took more time or memory to read than is allowed",
    "unsupported_type": "a kind of file that is not read",
}
KINDS = {"policy": "a policy, not a statement for a year", "other": "not a statement"}
VALUES = {
    "met": "Met",
    "partial": "In part",
    "absent": NOT_FOUND.capitalize(),
    "na": "Not applicable",
    "true": "Found",
    "false": NOT_FOUND.capitalize(),
    "0": NOT_FOUND.capitalize(),
    "1": "1 of 3: general",
    "2": "2 of 3: specific",
    "3": "3 of 3: with results",
}
LEVEL_WORDS: dict[Level, str] = {
    "met": "met",
    "partial": "in part",
    "true": "found",
    "1+": "any mention",
    "2+": "specific",
}
STATUSES = {
    "implemented": "stated as done",
    "planned": "planned",
    "conditional": "conditional",
    "negated": "denied or admitted lacking",
    "vague": "vague",
}

# How terms are named in `because`; base and rest are no words of the text.
REASON_WORDS = {
    "words": "“{}”",
    "letters": "letters “{}”",
    "before": "“{}” before it",
    "after": "“{}” after it",
    "further_up": "“{}” further up",
}
# Enough to see what it was about; the database has more of them.
REASONS_SHOWN = 3

# A proposal must never be read as law, wherever it is named.
AUTHORITIES = {"BILL": "BILL (not law)"}

# Marks that reorder or hide text around them; shown by their code so that nobody is misled.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
# Characters that HTML or a terminal cannot show.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What spreadsheets take for the start of a formula, also in the wide forms of East Asian text.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def shown(text: str) -> str:
    """Text of others made safe to look at: marks that reorder it are spelled out."""
    text = _DIRECTION.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)
    return _SURROGATE.sub("�", _CONTROL.sub(" ", text))


def formula_safe(text: str) -> str:
    """``text`` for a spreadsheet: an apostrophe before what it would take for a formula, and what
    would hide or reorder text is spelled out."""
    made = shown(text.replace("\r\n", "\n"))
    starts = made[:1] in ("\t", "\n") or made.lstrip()[:1] in _FORMULA
    return f"'{made}" if starts and made.strip() else made


def cut(text: str, limit: int = NAME_CHARACTERS) -> str:
    """``text`` with an ellipsis where it is longer than ``limit`` characters."""
    return text if len(text) <= limit else text[:limit].rstrip() + "…"


def web_link(url: str | None) -> str | None:
    """The URL if it is http or https; None for anything else."""
    cleaned = (url or "").strip()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return None
    return cleaned if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def percent(value: float) -> str:
    """0 to 1 as a whole percentage; only a true 0 or 1 reads 0% or 100%."""
    if 0 < value < 0.005:
        return "under 1%"
    if 0.995 <= value < 1:
        return "over 99%"
    return f"{value:.0%}"


def interval(low: float, high: float, scale: float = 100) -> str:
    """Both ends as whole numbers, e.g. ``17–33``."""
    return f"{low * scale:.0f}–{high * scale:.0f}"


def share_words(share: Share, noun: str = "statements") -> str:
    """E.g. ``23 of 96 statements (24%, 95% interval 17–33%)``."""
    if share.value is None or share.low is None or share.high is None:
        return f"no {noun} to count"
    of = f"{share.of:,} {noun}" if share.of != 1 else f"1 {noun.removesuffix('s')}"
    return (
        f"{share.count:,} of {of} ({percent(share.value)}, "
        f"95% interval {interval(share.low, share.high)}%)"
    )


def score_words(scores: Distribution | None) -> str:
    """The median of a score with its interval, e.g. ``78 of 100 (95% interval 74–81)``."""
    if scores is None:
        return "not scored"
    return f"{scores.median:.0f} of 100{_of_median(scores.interval)}"


def _of_median(found: Interval | None) -> str:
    return "" if found is None else f" (95% interval {interval(found.low, found.high, 1)})"


def count(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun, e.g. ``1 statement``, ``2,400 statements``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(parts: Sequence[str]) -> str:
    """E.g. ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def because(reasons: Sequence[Reason]) -> str:
    """The terms that speak most for a sentence, e.g. ``“migrant workers” +0.9``; else ``""``."""
    terms = [reason for reason in reasons if reason.kind in REASON_WORDS and reason.weight >= 0.05]
    strongest = sorted(terms, key=lambda reason: -reason.weight)[:REASONS_SHOWN]
    return ", ".join(
        f"{REASON_WORDS[reason.kind].format(cut(reason.text))} {reason.weight:+.1f}"
        for reason in strongest
    )


def authority(name: str) -> str:
    """An authority as it is shown."""
    return AUTHORITIES.get(name, name)


def compliance_words(proposal: bool) -> str:
    """What a compliance score is called; of proposed law it is never called just that."""
    return "compliance under a proposal (not law)" if proposal else "compliance"


def is_proposal(criteria: Iterable[CriterionRow]) -> bool:
    """Whether compliance counts items that are only proposed law."""
    return any(one.kind == "legal" and one.authority == "BILL" for one in criteria)


def _proposal(comparison: SectorComparison) -> bool:
    return is_proposal(measure.criterion for measure in comparison.measures)


def reason(code: str) -> str:
    """A reason for not assessing, in words."""
    return REASONS.get(code, code.replace("_", " "))


def group_name(group: GroupSummary) -> str:
    """What to call a group."""
    names = {
        "all": "All sectors",
        "no_sector": "No sector given in the registry",
        "unregistered": "Documents without a registry row",
    }
    return names.get(group.kind, cut(group.name))


def measure_label(measure: Measure) -> str:
    """E.g. ``Risk assessment: specific``; indicators are named by their title alone."""
    if measure.level in ("met", "true"):
        return measure.criterion.title
    return f"{measure.criterion.title}: {LEVEL_WORDS[measure.level]}"


def base(comparison: SectorComparison) -> GroupSummary:
    """The group that overall findings speak of: documents alone where there is no registry."""
    registered, loose = comparison.overall, comparison.unregistered
    return loose if loose.assessed and not registered.assessed else registered


def _comparable(comparison: SectorComparison) -> list[GroupSummary]:
    """Sectors with enough statements; those without a sector are none."""
    return [
        group
        for group in comparison.sectors
        if group.kind == "sector" and not group.too_few and group.minimal.of
    ]


def highest_minimal(comparison: SectorComparison) -> GroupSummary | None:
    """The comparable sector with the highest share of minimal compliance."""
    able = _comparable(comparison)
    return max(able, key=lambda group: group.minimal.value or 0.0, default=None)


def headlines(comparison: SectorComparison) -> tuple[str, str, str]:
    """Three lines for a terminal: what was read, minimal compliance, form against substance."""
    group = base(comparison)
    most = highest_minimal(comparison) or group
    read = (
        f"{count(group.assessed, 'statement')} assessed of {group.with_document:,} with a document"
        f"; {count(_total(group.cannot_assess), 'document')} could not be assessed, "
        f"{_total(group.other_kinds):,} not statements"
    )
    minimal, scores = "Minimal compliance: nothing to judge", "Scores: none"
    if most.minimal.of:
        minimal = f"{group_name(most)}: {share_words(most.minimal)} look like minimal compliance"
    if group.compliance or group.substance:
        scores = (
            f"Median {compliance_words(_proposal(comparison))} {score_words(group.compliance)}, "
            f"median substance {score_words(group.substance)}"
        )
    return tuple(shown(line.replace("–", "-")) for line in (read, minimal, scores))  # type: ignore[return-value]


def key_findings(comparison: SectorComparison) -> list[str]:
    """The findings of the page, a sentence or two each."""
    group = base(comparison)
    if not group.assessed:
        return ["No document could be assessed as a statement, so there is nothing to compare."]
    return [
        _form_and_substance(group, proposal=_proposal(comparison)),
        f"{share_words(group.minimal)} look like minimal compliance: the form of the law with "
        "little substance.",
        *_sectors_apart(comparison),
        *_law(comparison, group),
        *_areas(comparison, group),
        *_rarest(comparison, group),
    ]


def _form_and_substance(group: GroupSummary, *, proposal: bool) -> str:
    asked = "the law and a proposal, which is not law, ask" if proposal else "the law asks"
    return (
        f"The middle statement scores {score_words(group.compliance)} for compliance with what "
        f"{asked}, and {score_words(group.substance)} for the substance of what it reports."
    )


def _sectors_apart(comparison: SectorComparison) -> Iterable[str]:
    most, whole = highest_minimal(comparison), comparison.overall.minimal
    able = _comparable(comparison)
    if most is None or whole.value is None or len(able) < 2:
        return
    apart = [
        group_name(group)
        for group in able
        if (group.minimal.low or 0) > whole.value or (group.minimal.high or 0) < whole.value
    ]
    told = (
        f"The interval excludes the overall share in {listed(apart)}."
        if apart
        else "No sector's interval excludes the overall share: on this the sectors cannot be "
        "told apart."
    )
    yield f"The share is highest in {group_name(most)}: {share_words(most.minimal)}. {told}"


def _law(comparison: SectorComparison, group: GroupSummary) -> Iterable[str]:
    asks = {
        "LAW": "Of the items that the law asks for",
        "BILL": "Of the items that a proposal, which is not law, would ask for",
    }
    for name, asked in asks.items():
        if found := _shares(comparison, group, "legal", "met", authority=name):
            measure, share = found[0]
            title = measure.criterion.title
            visited = measure.criterion.id == HOMEPAGE_LINK
            told = f" {home_pages(comparison)}" if visited else ""
            yield f"{asked}, “{title}” is met least often: {share_words(share)}.{told}"


def home_pages(comparison: SectorComparison) -> str:
    """For how many statements the home page's link was judged; "" where it is no criterion."""
    group = base(comparison)
    of = [
        share.of
        for measure, share in zip(comparison.measures, group.shares, strict=True)
        if measure.criterion.id == HOMEPAGE_LINK
    ]
    if not of:
        return ""
    if not of[0]:
        return "The link on the home page is not assessed: no visit of a home page was counted."
    rest = "; for the rest it is not assessed" if of[0] < group.assessed else ""
    return (
        "The link on the home page was judged, by a visit, for "
        f"{of[0]:,} of {count(group.assessed, 'statement')}{rest}."
    )


def _areas(comparison: SectorComparison, group: GroupSummary) -> Iterable[str]:
    found = _shares(comparison, group, "depth", "2+")
    if len(found) > 1:
        (rare, few), (common, many) = found[0], found[-1]
        yield (
            f"Of the seven areas, “{common.criterion.title}” is most often described in specific "
            f"terms, {share_words(many)}, and “{rare.criterion.title}” least, {share_words(few)}."
            f" The areas are optional in law{' today' if _proposal(comparison) else ''}."
        )


def _rarest(comparison: SectorComparison, group: GroupSummary) -> Iterable[str]:
    found = _shares(comparison, group, "indicator", "true")[:3]
    if found:
        rare = [f"“{measure.criterion.title}” ({share.count:,})" for measure, share in found]
        yield f"Found least often, of {found[0][1].of:,} statements: {listed(rare)}."


def _shares(
    comparison: SectorComparison,
    group: GroupSummary,
    kind: str,
    level: Level,
    authority: str | None = None,
) -> list[tuple[Measure, Share]]:
    """Measures of a kind and level with their shares, the lowest first.

    Those that apply to fewer statements than the minimum are left out: nothing follows from them.
    """
    found = [
        (measure, share)
        for measure, share in zip(comparison.measures, group.shares, strict=True)
        if measure.criterion.kind == kind
        and measure.level == level
        and authority in (None, measure.criterion.authority)
        and share.of >= max(1, comparison.minimum)
    ]
    return sorted(found, key=lambda pair: pair[1].value or 0.0)


def _total(parts: Sequence[tuple[str, int]]) -> int:
    return sum(number for _, number in parts)

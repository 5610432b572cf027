"""What a company secretary ticks off: the law first, then guidance, then area by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from assess.compare.dates import dates_in, six_months_after
from assess.compare.peers.records import CheckItem, State, Subject
from assess.compare.peers.standings import indicators_of
from assess.records import Finding, Value
from assess.score.scores import NO_STEPS, STEPS

if TYPE_CHECKING:
    from assess.score.rubric import Authority, Criterion, Rubric

_GUIDANCE: Final = 'Home Office guidance "Transparency in supply chains"'
_SECTIONS: Final[tuple[tuple[Authority, str], ...]] = (
    ("LAW", "What the law asks"),
    ("BILL", "What a proposal would ask (not law)"),
    ("GUIDANCE", "What guidance asks"),
)
# The formal items that fail most often come first; others keep the rubric's order.
_FORMAL: Final = ("approval", "signature", "homepage_link", "financial_year")

_TOLD: Final[dict[tuple[str, str], tuple[State, str]]] = {
    ("legal", "met"): ("done", "found"),
    ("legal", "partial"): ("part", "found in part"),
    ("legal", "absent"): ("open", "not found in the text"),
    ("legal", "na"): ("na", "not applicable"),
    ("depth", "0"): ("open", "not found in the text"),
    ("depth", "1"): ("part", "1 of 3: general"),
    ("depth", "2"): ("done", "2 of 3: specific"),
    ("depth", "3"): ("done", "3 of 3: with results"),
    ("indicator", "true"): ("done", "found"),
    ("indicator", "false"): ("open", "not found in the text"),
}
_HOME_PAGE: Final[dict[str, tuple[State, str]]] = {
    "na": ("unknown", "not assessed: look at the home page yourself"),
    "met": ("done", "seen on a visit of the home page"),
    "partial": ("part", "in part, on a visit of the home page"),
    "absent": ("open", "not found on a visit of the home page"),
}


def checklist(rubric: Rubric, subject: Subject) -> tuple[CheckItem, ...]:
    """All items with their state in the subject's text and the page of the evidence."""
    findings = {finding.criterion: finding for finding in subject.assessment.findings}
    made = _Maker(subject, findings)
    return (*made.legal(rubric), *made.areas(rubric))


@dataclass(frozen=True, slots=True)
class _Maker:
    subject: Subject
    findings: dict[str, Finding]

    def legal(self, rubric: Rubric) -> Iterator[CheckItem]:
        legal = sorted(
            (one for one in rubric.of_kind("legal") if one.id in self.findings),
            key=lambda one: _FORMAL.index(one.id) if one.id in _FORMAL else len(_FORMAL),
        )
        for authority, section in _SECTIONS:
            for criterion in legal:
                if criterion.authority == authority:
                    yield self._item(criterion, section)
            if authority == "GUIDANCE":
                yield from self._dates(section)

    def areas(self, rubric: Rubric) -> Iterator[CheckItem]:
        for area in rubric.of_kind("depth"):
            for criterion in (area, *indicators_of(rubric, area.id)):
                if criterion.id in self.findings:
                    yield self._item(criterion, area.title)

    def _item(self, criterion: Criterion, section: str) -> CheckItem:
        finding = self.findings[criterion.id]
        state, told = self._state(criterion, finding.value)
        counted = state in ("done", "part")
        pages = [one.page for one in finding.evidence if counted or one.status != "implemented"]
        if state == "open" and pages:
            told = "seen, not counted"
        return CheckItem(
            criterion.id,
            section,
            criterion.title,
            criterion.question,
            criterion.authority,
            criterion.source,
            state,
            told,
            min(pages, default=None),
            _uncounted(finding) if state == "open" else (),
            self.subject.persons.get(criterion.id),
        )

    def _state(self, criterion: Criterion, value: Value) -> tuple[State, str]:
        kept = str(value).lower()
        no_steps = self.findings.get(NO_STEPS)
        if criterion.id in STEPS and no_steps and no_steps.value is True:
            return "na", "the text says that no steps were taken, which is lawful"
        if criterion.judged_from == "home_page":
            return _HOME_PAGE[kept]
        return _TOLD[criterion.kind, kept]

    def _dates(self, section: str) -> Iterator[CheckItem]:
        """What guidance asks of the approval's date; only where approval and year are judged."""
        if not {"approval", "financial_year"} <= self.findings.keys():
            return
        approved = self._approved()
        yield CheckItem(
            "approval_date",
            section,
            "Date of the board's approval",
            "Does the statement give the date on which the board approved it?",
            "GUIDANCE",
            f"{_GUIDANCE} s.5.2.4",
            "done" if approved else "unknown",
            f"{_day(approved)}, as read beside approval or signature"
            if approved
            else "no single date could be read beside approval or signature",
            self._page("approval", "signature") if approved else None,
        )
        state, told = self._timing(approved)
        yield CheckItem(
            "six_months",
            section,
            "Within six months of the year's end",
            "Is the statement approved and published within six months of the year's end?",
            "GUIDANCE",
            f"{_GUIDANCE} s.5.4",
            state,
            told,
            self._page("financial_year") if state != "unknown" else None,
        )

    def _timing(self, approved: date | None) -> tuple[State, str]:
        year_end = max(self._days("financial_year"), default=None)
        if approved is None or year_end is None or approved < year_end:
            return "unknown", "the two dates could not be read from the text: check them yourself"
        days = (approved - year_end).days
        told = f"year end {_day(year_end)}, approved or signed {_day(approved)}: {days} days"
        return ("done" if approved <= six_months_after(year_end) else "open"), told

    def _approved(self) -> date | None:
        """The one day that stands in the quotes of approval, else of the signature."""
        period = self._days("financial_year")
        for criterion in ("approval", "signature"):
            days = self._days(criterion) - period
            if days:
                return min(days) if len(days) == 1 else None
        return None

    def _days(self, criterion: str) -> set[date]:
        """Days that a criterion's quotes name; those that can be read in two ways are left out."""
        finding = self.findings.get(criterion)
        quotes = finding.evidence if finding else ()
        return {
            found.days[0]
            for one in quotes
            if one.status == "implemented"
            for found in dates_in(one.quote)
            if len(found.days) == 1
        }

    def _page(self, *criteria: str) -> int | None:
        found = (self.findings[one] for one in criteria if one in self.findings)
        return next((one.page for finding in found for one in finding.evidence), None)


def _uncounted(finding: Finding) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(one.status for one in finding.evidence if one.status != "implemented")
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

"""Each declared answer of a statement judged against its text. Same input, same output."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from assess.compare.declared.answers import Answer, load_answers
from assess.compare.declared.approval_date import check_approval_date, check_period
from assess.compare.declared.checks import Declaration, Findings, Outcome
from assess.compare.declared.passages import check_place, check_topic
from assess.compare.declared.same_year import other_year
from assess.compare.declared.search import Found, Searched
from assess.compare.declared.signatory import (
    find_person,
    in_sign_off,
    line_around,
    other_signatory,
    parse_person,
    surname_in,
)

# Names as alike as this may be one name that was misread; no one is said to have signed instead.
MAY_BE_SAME = 60.0
# What every statement says of itself shows nothing of one area.
_INTRODUCES = re.compile(
    r"\bthis statement\b|\bsection 54\b|\bpursuant to\b|\bmodern slavery act\b", re.IGNORECASE
)
OTHER_YEAR = "the text at hand is another year's statement, as its date shows: not compared with it"


@dataclass(frozen=True, slots=True)
class Check:
    """A row of ``declaration_checks``."""

    field: str
    answer: str
    outcome: Outcome


def judge_declaration(
    declaration: Declaration, searched: Searched, findings: Findings
) -> Iterator[Check]:
    """Every answer that declares something, in the declaration's order.

    Where the text is another year's statement nothing is checked: it says nothing of this row.
    """
    answers = load_answers()
    other = other_year(searched, declaration)
    for field, label in declaration.answers:
        answer = answers.of(field, label)
        if answer and other and not answer.unchecked:
            yield Check(field, label, Outcome("not_checked", OTHER_YEAR, other))
        elif answer:
            yield Check(field, label, _judge(answer, label, (declaration, searched, findings)))


Material = tuple[Declaration, Searched, Findings]


def _judge(answer: Answer, label: str, material: Material) -> Outcome:
    if answer.unchecked:
        return Outcome("not_checked", answer.unchecked)
    if answer.method:
        return _by_method(answer, label, material)
    if answer.plainly:
        return _declared_none(answer, material)
    return _declared(answer, material)


def _declared(answer: Answer, material: Material) -> Outcome:
    _, searched, findings = material
    passages = [found for name in answer.searches for found in searched.found.get(name, ())]
    counted = [found for found in passages if found.counts]
    shown = [
        found
        for name in answer.criteria
        if name in findings and findings[name].present
        for found in findings[name].evidence
        if found.counts
    ]
    shown += _named(answer, searched, findings)
    if confirming := [*counted, *shown]:
        passage = _clearest(confirming, answer, searched)
        return Outcome("confirmed", f"found {answer.asks}", passage)
    if denial := _denial(answer, searched):
        return Outcome("contradicted", f"looked for {answer.asks}; the text denies it", denial)
    other = [
        found for name in answer.criteria if name in findings for found in findings[name].evidence
    ]
    return Outcome("not_found", f"looked for {answer.asks}{_only(passages + other)}")


def _named(answer: Answer, searched: Searched, findings: Findings) -> list[Found]:
    """Counted evidence of the criteria that names the answer."""
    names = [found for name in answer.naming for found in searched.found.get(name, ())]
    return [
        found
        for criterion in answer.within
        for found in _shown(criterion, 1, searched, findings)
        if any(name.start < found.end and found.start < name.end for name in names)
    ]


def _clearest(confirming: Sequence[Found], answer: Answer, searched: Searched) -> Found:
    """Of the evidence what the clearest passages hold; else such a passage itself; else the first.

    The criterion says that it holds; which of its quotes shows it to a reader is another question.
    """
    clear = [
        found for name in answer.clearest for found in searched.found.get(name, ()) if found.counts
    ]
    places = {(found.start, found.end) for found in clear}
    both = [found for found in confirming if (found.start, found.end) in places]
    best = [*both, *clear, *confirming]
    return next((found for found in best if not _INTRODUCES.search(found.quote)), best[0])


def _denial(answer: Answer, searched: Searched) -> Found | None:
    denials = (found for name in answer.denied_by for found in searched.found.get(name, ()))
    return next((found for found in denials if found.counts), None)


def _only(passages: Sequence[Found]) -> str:
    """What was found that does not count, in words."""
    statuses = {found.status for found in passages if not found.counts}
    kinds = (
        ("planned", "plans"),
        ("conditional", "what would be done in a case"),
        ("vague", "aims and expectations"),
        ("negated", "denials in part"),
    )
    named = [words for status, words in kinds if status in statuses]
    return f"; only {', '.join(named)} found" if named else ""


def _declared_none(answer: Answer, material: Material) -> Outcome:
    """An answer that says no: contradicted where the text plainly tells of it all the same."""
    _, searched, findings = material
    if denial := _denial(answer, searched):
        return Outcome("confirmed", f"declared as lacking: {answer.asks}; the text says so", denial)
    shown = [_shown(name, least, searched, findings) for name, least in answer.plainly.items()]
    if all(shown):
        told = f"declared as lacking: {answer.asks}; the text tells of it"
        return Outcome("contradicted", told, shown[0][0])
    some = any(shown)
    told = "the text tells of some" if some else "nothing of it was found, as one would expect"
    return Outcome("not_checked", f"declared as lacking: {answer.asks}; {told}")


def _shown(name: str, least: int, searched: Searched, findings: Findings) -> list[Found]:
    """What counts for a search, or for a criterion with at least this value."""
    finding = findings.get(name)
    if finding is None:
        return [found for found in searched.found.get(name, ()) if found.counts]
    holds = finding.present and finding.value >= least
    return [found for found in finding.evidence if found.counts] if holds else []


def _by_method(answer: Answer, label: str, material: Material) -> Outcome:
    declaration, searched, _ = material
    period = (declaration.start_date, declaration.end_date)
    match answer.method:
        case "person":
            return _check_person(searched, label)
        case "date_approved":
            known = tuple(day for day in period if day)
            return check_approval_date(searched, date.fromisoformat(label), known)
        case "period":
            return check_period(searched, date.fromisoformat(label), period)
        case "place":
            return check_place(searched, label)
        case "topic":
            return check_topic(searched, label)
        case None:
            raise ValueError("an answer without a method")


def _check_person(searched: Searched, label: str) -> Outcome:
    content = searched.text.content
    person = parse_person(label)
    if person is None:
        return Outcome("not_checked", "no name of two words is declared")
    looked = "looked for the name, its variants and misspellings"
    found = find_person(content, person)
    signed = next((name for name in found if in_sign_off(searched, name)), None)
    if signed:
        start, end = line_around(content, signed.start, signed.end)
        told = f"found the person who signed: {signed.how}"
        return Outcome("confirmed", told, searched.passage(start, end))
    if found:
        return Outcome("not_found", f"{looked}; it stands in the text, but in no sign-off")
    other = other_signatory(searched)
    if other and not surname_in(content, person):
        start, end, name = other
        declared = " ".join((*person.given, person.surname))
        if fuzz.partial_ratio(name.casefold(), declared) < MAY_BE_SAME:
            told = f"{looked}; the sign-off names {name}"
            return Outcome("contradicted", told, searched.passage(start, end))
    return Outcome("not_found", f"{looked} in the sign-off")
